"""What an answer tells without content: forbidden and missing look alike, whatever method or header is tried."""

import re

import pytest

from tests.matrix.requests import ask, expect_none
from tests.matrix.roles import ROLES, share_of
from tests.matrix.tokens import text_of

pytestmark = pytest.mark.django_db

#: Headers whose value may differ between two answers that tell the same.
CHANGING = {"Set-Cookie"}
METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
ASKED = (
    {},
    {"Range": "bytes=0-10"},
    {"If-Modified-Since": "Wed, 21 Oct 2015 07:28:00 GMT"},
    {"If-None-Match": '"da39a3ee5e6b4b0d3255bfef95601890afd80709"'},
    {"Accept": "application/json"},
    {"HX-Request": "true"},
    {"X-Requested-With": "XMLHttpRequest"},
)
#: The closed things of each kind that a role is kept from; the reason is looked up in the table.
KINDS = ("papers.PositionPaperPage", "home.StandardPage", "shared.PortalDocument", "shared.PortalImage")


def shape(response, address: str) -> tuple:
    """Everything that can be told from an answer, the address itself taken out."""
    told = getattr(response, "told", None) or text_of(response)
    body = told.replace(address, "ADRESSE").replace(address.strip("/"), "ADRESSE")
    for word in re.split(r"[/.\-]+", address.strip("/")):
        body = body.replace(word, "WORT") if len(word) > 1 else body
    body = re.sub(r"(?m)^Set-Cookie: (\w+)=.*$", "", body)
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "CSRF", body)
    body = re.sub(r"Content-Length: \d+|csrftoken=\S+|expires=[^;]+", "", body)
    return response.status_code, sorted(set(response.headers) - CHANGING), re.sub(r"\n\s*\n", "\n", body)


def missing_beside(address: str) -> str:
    """An address of the same length and form under which nothing lies."""
    *before, last = address.rstrip("/").split("/")
    stem, dot, ending = last.partition(".")
    gone = "fehlt" + "x" * (len(stem) - 5)
    return "/".join([*before, f"{gone}{dot}{ending}"]) + ("/" if address.endswith("/") else "")


def closed_to(world, role) -> list:
    """A few of every kind, whatever they are closed by."""
    cases = ("for group:A", "for editor", "draft, public", "unpublished, public", "closed by a password", "collection")
    things = [thing for thing in world.of_kind(*KINDS) if not thing.may_be_read_by(role)]
    return [thing for thing in things if any(case in thing.key for case in cases)]


@pytest.fixture(params=[role for role in ROLES if role.name in {"anonymous", "member of group B"}], ids=str)
def outsider(request):
    return request.param


@pytest.mark.parametrize("headers", ASKED, ids=lambda headers: next(iter(headers), "plain"))
def test_forbidden_and_missing_answer_alike(world, outsider, headers):
    faults = []
    for planted in closed_to(world, outsider):
        missing = missing_beside(planted.url)
        forbidden = shape(ask(world, outsider, planted.url, **headers), planted.url)
        absent = shape(ask(world, outsider, missing, **headers), missing)
        if forbidden != absent:
            faults.append(f"{planted.key}: {_difference(forbidden, absent)}")
    expect_none(faults)


@pytest.mark.parametrize("method", METHODS)
def test_no_method_tells_forbidden_from_missing(world, outsider, method):
    faults = []
    for planted in closed_to(world, outsider)[::3]:
        for address in (planted.url.rstrip("/"), f"{planted.url}zitat/ris/", f"{planted.url}?x=1"):
            missing = missing_beside(address.partition("?")[0])
            answers = [getattr(world.client(outsider), method)(tried) for tried in (address, missing)]
            told = [shape(answer, tried)[:2] for answer, tried in zip(answers, (address, missing), strict=True)]
            if told[0] != told[1] and not address.endswith("ris/"):
                faults.append(f"{method} {planted.key} {address}: {told}")
            if answers[0].status_code == 200:
                faults.append(f"{method} {planted.key} {address}: 200")
    expect_none(faults)


def test_the_checksum_of_a_document_is_confirmed_to_its_readers_alone(world, outsider):
    faults = []
    for document in world.of_kind("shared.PortalDocument"):
        answer = ask(world, outsider, document.url, **{"If-None-Match": f'"{document.extra["hash"]}"'})
        expected = {200, 304} if document.may_be_read_by(outsider) else {404}
        if answer.status_code not in expected:
            faults.append(f"{document.key}: {answer.status_code}")
        if not document.may_be_read_by(outsider) and "ETag" in answer.headers:
            faults.append(f"{document.key}: has an ETag")
    expect_none(faults)


def test_a_share_of_a_file_is_given_to_its_readers_alone(world, outsider):
    faults = []
    for thing in world.of_kind("shared.PortalDocument", "shared.PortalImage"):
        answer = ask(world, outsider, thing.url, Range="bytes=0-3")
        if (answer.status_code in (200, 206)) is not thing.may_be_read_by(outsider):
            faults.append(f"{thing.key}: {answer.status_code}")
    expect_none(faults)


def test_originals_have_no_address_whoever_asks(world, role):
    faults = []
    for thing in share_of(role, world.of_kind("shared.PortalDocument", "shared.PortalImage")):
        path = thing.extra.get("original") or thing.extra["path"]
        answer = ask(world, role, f"/media/{path}")
        if answer.status_code == 200:
            faults.append(f"{thing.key}: /media/{path}")
    expect_none(faults)


def test_passwords_open_no_restriction(world, outsider):
    closed = next(thing for thing in world.pages() if "password" in thing.key)
    addresses = [f"/_util/authenticate_with_password/1/{closed.pk}/", "/dokumente/authenticate_with_password/1/"]
    for address in addresses:
        for sent in (None, {"password": "ein-geteiltes-Passwort", "return_url": closed.url}):
            answer = ask(world, outsider, address, sent)
            assert answer.status_code in (302, 404)
            assert world.leaks(outsider, answer) == []
    assert ask(world, outsider, closed.url).status_code == 404


def _difference(forbidden: tuple, absent: tuple) -> str:
    if forbidden[:2] != absent[:2]:
        return f"{forbidden[:2]} against {absent[:2]}"
    lines = zip(forbidden[2].splitlines(), absent[2].splitlines(), strict=False)
    return next(
        (f"{one.strip()[:120]} against {other.strip()[:120]}" for one, other in lines if one != other), "length"
    )
