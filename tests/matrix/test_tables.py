"""The tables are complete: a model or a route without a row fails, and so does a row without a model or a route."""

import pytest
from django.apps import apps

from tests.matrix import objects, routes
from tests.matrix.filling import text_places
from tests.matrix.requests import expect_none
from tests.matrix.route_walk import routes as all_routes

pytestmark = pytest.mark.django_db

_HELP = "docs/security-matrix.md tells how."


def test_every_model_stands_in_the_table_of_objects():
    missing = [
        f"{label} stands in no row. Add it to PAGES, to PLANTED (and plant it) or to READ_BY_NOBODY (with the reason) "
        f"in tests/matrix/objects.py; {_HELP}"
        for label in sorted(set(objects.own_models()) - objects.rows())
    ]
    expect_none(missing)


def test_the_table_of_objects_names_no_model_that_is_gone():
    assert sorted(objects.rows() - set(objects.own_models())) == []


def test_every_row_that_promises_objects_has_planted_some(world):
    planted = {thing.kind for thing in world.objects.values()}
    parts = {
        "accounts.Consent",
        "accounts.RoleAssignment",
        "audit.AuditEntry",
        "directory.Consent",
        "documents.DocumentText",
        "shared.PortalRendition",
        "topics.TermLabel",
    }
    promised = {page.model for page in objects.PAGES} | set(objects.PLANTED)
    assert sorted(promised - planted - parts) == []


def test_every_text_of_a_page_holds_a_canary(world):
    bare = []
    for page in objects.PAGES:
        planted = next(thing for thing in world.of_kind(page.model) if thing.key.endswith(": for public"))
        places = {token.place.partition(".")[0] for token in world.mint.tokens.values() if token.owner == planted.key}
        bare += [f"{page.model}.{name}" for name in text_places(apps.get_model(page.model)) - places - {"as_of"}]
    expect_none(bare)


def test_every_route_stands_in_the_table_of_routes():
    missing = [
        f"The route {route} stands in no row. Add to ROWS in tests/matrix/routes.py: "
        f"Row({route.pattern!r}, Gate.…) with what its answers may hold and how its arguments are filled; {_HELP}"
        for route in all_routes()
        if routes.row_of(route) is None
    ]
    expect_none(missing)


def test_the_table_of_routes_names_no_route_that_is_gone():
    patterns = {route.pattern for route in all_routes()}
    assert [row.pattern for row in routes.ROWS if row.pattern not in patterns] == []


def test_every_expression_has_addresses_written_by_hand():
    known = [(route, row) for route in all_routes() if (row := routes.row_of(route)) is not None]
    bare = [str(route) for route, row in known if routes.needs_addresses(route, row)]
    expect_none(bare)
