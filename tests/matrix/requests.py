"""How the matrix asks: which addresses a role tries, and what it sends."""

from collections.abc import Iterator, Sequence

import pytest
from django.http import HttpResponse

from tests.matrix.roles import Role, share_of
from tests.matrix.route_walk import Route, routes
from tests.matrix.routes import Gate, Row, addresses, row_of
from tests.matrix.tokens import text_of
from tests.matrix.world import Planted, World


def ask(world: World, role: Role, address: str, sent: dict | None = None, **headers: str) -> HttpResponse:
    """Ask as a role, by GET or, with something to send, by POST; the answer carries all it tells as `told`."""
    client = world.client(role)
    response = client.get(address, headers=headers) if sent is None else client.post(address, sent, headers=headers)
    response.told = text_of(response)
    return response


def routes_behind(gate: Gate) -> Iterator[Route]:
    """Return the routes whose row names a gate."""
    return (route for route in routes() if (row := row_of(route)) is not None and row.gate is gate)


def tried(world: World, role: Role, gate: Gate, page: int) -> Iterator[tuple[str, Row]]:
    """Return every address behind a gate once, with its row; of roles that read alike each takes its share."""
    rows: dict[str, Row] = {}
    for route in routes_behind(gate):
        row = row_of(route)
        for address in addresses(route, row, world, role, page):
            rows.setdefault(address, row)
    yield from share_of(role, rows.items())


def closed_page(world: World) -> int:
    """Return a live page that most people may not read."""
    return page_in(world, "group:A", "live").pk


def page_in(world: World, audience: str, state: str, kind: str = "papers.PositionPaperPage") -> Planted:
    """Return a page of an audience in a state."""
    return next(thing for thing in world.of_kind(kind) if thing.audience == audience and thing.extra["state"] == state)


def expect_none(faults: Sequence[str]) -> None:
    """Fail with every fault on a line of its own."""
    if faults:
        pytest.fail(f"{len(faults)} faults:\n" + "\n".join(faults), pytrace=False)
