"""Every route for every role: whatever an answer holds, the reader may see; and gates let nobody through."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from tests.matrix.requests import ask, closed_page, expect_none, routes_behind, tried
from tests.matrix.roles import BY_NAME, ROLES
from tests.matrix.route_walk import address_of
from tests.matrix.routes import Gate

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file open in which it made a rendition.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile"),
]

OUTSIDERS = [role for role in ROLES if not role.edits]
#: One of every kind of person who meets these gates; the other roles are tried at every tenth route each.
AT_EVERY_ROUTE = {
    "anonymous",
    "member",
    "administrator of A",
    "suspended administrator",
    "editor without a second factor",
}


@pytest.mark.parametrize("gate", [Gate.READING, Gate.OWN, Gate.KEPT, Gate.NOTHING, Gate.PEOPLE], ids=str)
def test_no_answer_holds_what_its_reader_may_not_see(world, role, gate):
    faults = []
    for address, row in tried(world, role, gate, closed_page(world)):
        for sent in (None, *row.posts):
            response = ask(world, role, address, sent)
            if response.status_code >= 500:
                faults.append(f"{address} {sent or ''}: {response.status_code}")
            faults += [f"{address} {sent or ''}: {leak}" for leak in _leaks(world, role, row, response)]
    expect_none(faults)


@pytest.mark.parametrize("role", [role for role in ROLES if not role.enters], ids=str)
def test_who_is_not_signed_in_is_led_to_the_door_from_every_page_of_an_account(world, role):
    faults = []
    for address in OF_ONES_OWN:
        answers = ask(world, role, address), ask(world, role, address, {})
        if any(a.status_code not in (302, 403, 404, 405) for a in answers):
            faults.append(f"{address}: {[answer.status_code for answer in answers]}")
        faults += [f"{address}: to {a['Location']}" for a in answers if a.status_code == 302 and not is_a_door(a)]
    expect_none(faults)


#: Pages about the account of whoever is signed in; the other routes of `konto/` are doors.
OF_ONES_OWN = (
    "/kooperation/", "/kooperation/anfragen/", "/kooperation/anfragen/1/", "/kooperation/anfragen/neu/x/",
    "/kooperation/vereinbarungen/", "/kooperation/vereinbarungen/1/", "/kooperation/vereinbarungen/1/annehmen/",
    "/kooperation/nachweise/1/zustimmen/", "/kooperation/bilanz/2024/vorbereiten/", "/kooperation/eigene-bilanz/x/",
    "/konto/suchen/", "/konto/suchen/speichern/", "/konto/suchen/1/", "/konto/suchen/1/bearbeiten/",
    "/konto/suchen/1/gelesen/", "/konto/suchen/1/loeschen/", "/konto/suchen/1/zurueckholen/", "/konto/suchen/1/feed/",
    "/konto/suchen/1/feed/schliessen/",
    "/konto/fachperson/", "/konto/fachperson/schritt/koennen/", "/konto/fachperson/einwilligen/",
    "/konto/fachperson/sichtbarkeit/", "/konto/fachperson/verlaengern/", "/konto/fachperson/widerrufen/",
    "/konto/fachperson/loeschen/", "/konto/fachperson/anfragen/", "/konto/fachperson/anfragen/1/",
    "/fachpersonen/", "/fachpersonen/anfragen/", "/fachpersonen/anfragen/1/",
    "/konto/", "/konto/name/", "/konto/daten/", "/konto/daten/export/", "/konto/einwilligungen/",
    "/konto/einwilligungen/1/widerrufen/", "/konto/verlassen/", "/konto/loeschen/", "/konto/sitzungen/",
    "/konto/sitzungen/1/beenden/", "/konto/zwei-faktor/", "/konto/verknuepfungen/", "/konto/e-mail/",
    "/konto/passwort/aendern/",
)  # fmt: skip


def is_a_door(answer) -> bool:
    return answer["Location"].startswith(("/konto/anmelden/", "/konto/gesperrt/"))


@pytest.mark.parametrize("role", OUTSIDERS, ids=str)
@pytest.mark.parametrize("gate", [Gate.EDITING, Gate.TECHNICAL], ids=str)
def test_behind_the_gates_outsiders_find_nothing_whether_it_exists_or_not(world, role, gate):
    frame, page, faults = world.everywhere(role), closed_page(world), []
    for route in some_of(routes_behind(gate), role):
        existing = address_of(route, world, page)
        # Where no page is named, there is nothing that could be missing.
        addresses = dict.fromkeys((existing, existing.replace(f"/{page}/", "/987654/")))
        answers = [ask(world, role, address) for address in addresses]
        if route.name not in OPEN_TO_ALL and not all(answer.status_code in (302, 403, 404) for answer in answers):
            faults.append(f"{existing}: {[answer.status_code for answer in answers]}")
        if len({answer.status_code for answer in answers}) > 1:
            faults.append(f"{existing} tells what exists: {[answer.status_code for answer in answers]}")
        shown = {word for answer in answers for word in world.mint.found_in(answer)} - frame
        faults += [f"{existing}: {leak}" for leak in world.mint.told(shown)]
    expect_none(faults)


@pytest.mark.parametrize("role", OUTSIDERS, ids=str)
@pytest.mark.parametrize("gate", [Gate.EDITING, Gate.TECHNICAL], ids=str)
def test_behind_the_gates_outsiders_change_nothing(world, role, gate):
    frame, page, faults = world.everywhere(role), closed_page(world), []
    for route in some_of(routes_behind(gate), role):
        address = address_of(route, world, page)
        with writing() as written:
            answer = ask(world, role, address, CHANGES)
        if answer.status_code not in (302, 403, 404) and route.name not in OPEN_TO_ALL:
            faults.append(f"{address}: {answer.status_code}")
        faults += [f"{address} wrote: {statement[:120]}" for statement in written]
        faults += [f"{address}: {leak}" for leak in world.mint.told(world.mint.found_in(answer) - frame)]
    expect_none(faults)


def test_what_somebody_with_the_right_changes_there_is_seen(world):
    address = f"/redaktion/pages/{closed_page(world)}/unpublish/"
    with writing() as written:
        ask(world, BY_NAME["editor"], address, CHANGES)
    assert any("wagtailcore_page" in statement for statement in written)


#: What forms of the editing interface and of the technical administration take for a change.
CHANGES = {
    "title": "Von außen", "slug": "von-aussen", "name": "Von außen", "text": "Von außen", "confirm": "1", "next": "/",
    "action-publish": "1", "action": "delete_selected", "restriction_type": "none", "chosen_audience": "public",
    "_selected_action": "1", "post": "yes", "collection": "1", "is_superuser": "on",
}  # fmt: skip
#: Tables in which every request may leave something: whose session it is, what was counted, what came in on the way.
KEPT_OF_REQUESTS = ("django_session", "portal_cache", "usersessions_")


@contextmanager
def writing() -> Iterator[list[str]]:
    """Collect what is written to the database meanwhile, beside what every request leaves there."""
    written: list[str] = []

    def note(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) and not any(
            kept in sql for kept in KEPT_OF_REQUESTS
        ):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written


def some_of(routes, role) -> list:
    every = 1 if role.name in AT_EVERY_ROUTE else 10
    return list(routes)[ROLES.index(role) % every :: every]


#: Addresses below the gates that hold no content and answer everybody.
OPEN_TO_ALL = {"wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "admin:jsi18n"}


@pytest.mark.parametrize("role", [role for role in ROLES if role.name in {"editor", "administrator"}], ids=str)
@pytest.mark.parametrize("gate", [Gate.EDITING, Gate.TECHNICAL], ids=str)
@pytest.mark.slow
def test_behind_the_gates_nobody_finds_other_peoples_accounts(world, role, gate):
    page, faults = closed_page(world), []
    # To an editor the technical administration is closed as to everybody else.
    is_outside = gate is Gate.TECHNICAL and not role.administers
    for route in list(routes_behind(gate))[:: 10 if is_outside else 1]:
        address = address_of(route, world, page)
        response = ask(world, role, address)
        if response.status_code >= 500 and route.name not in FAILS_ON_PURPOSE:
            faults.append(f"{address}: {response.status_code}")
        faults += [f"{address}: {leak}" for leak in world.leaks(role, response, editing=True, technical=True)]
    expect_none(faults)


#: Wagtail's page that shows what a failure looks like.
FAILS_ON_PURPOSE = {"wagtailadmin_error_test"}


def _leaks(world, role, row, response) -> list[str]:
    if row.gate is Gate.NOTHING:
        return world.mint.told(world.mint.found_in(response) - world.everywhere(role))
    people = row.gate is Gate.PEOPLE
    leaks = world.leaks(role, response, technical=people, people=people, editing=row.gate is Gate.KEPT)
    return [leak for leak in leaks if not any(f"· {place} (" in leak for place in row.beside)]
