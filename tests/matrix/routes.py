"""The table of routes: every route of the portal stands here with what its answers may hold and how it is tried.

A new route gets a row in `ROWS`. Only whole areas behind one gate have a row by their beginning (`AREAS`).
docs/security-matrix.md walks through it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from search.saved.links import link_to_stop
from tests.matrix.plant_searches import feed_token
from tests.matrix.roles import Role
from tests.matrix.route_walk import Route, address_of, is_expression
from tests.matrix.world import COMMON_WORD, World


class Gate(StrEnum):
    """What the answers of a route may hold."""

    #: What the reader's audiences let them see.
    READING = "reading"
    #: The same, and what belongs to the reader's own account.
    OWN = "own"
    #: What the administration of people shows: to those who administer, of those whom they administer.
    PEOPLE = "people"
    #: Everything editors work with, to those who work in the editing interface.
    EDITING = "editing"
    #: Everything, to administrators.
    TECHNICAL = "technical"
    #: No content at all.
    NOTHING = "nothing"


Addresses = Callable[[World, Role], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """How a route is tried."""

    pattern: str
    gate: Gate
    #: Addresses beside the one made from the pattern; needed where the pattern is an expression.
    addresses: Addresses | None = None
    #: Query strings that are tried with every address.
    queries: tuple[str, ...] = ("",)
    #: What is sent by POST.
    posts: tuple[dict, ...] = ()
    #: Places whose words this route may hold for everybody, each with the reason beside the row.
    beside: tuple[str, ...] = ()


#: What lists pages or has none; `test_pages` asks for every page there is, in both directions.
_PAGES = ("/", "/papiere/", "/papiere/?seite=2", "/papiere/?jahr=2024&sortierung=titel", "/papiere/gibt-es-nicht/")


def _terms(world: World, role: Role) -> Iterable[str]:
    return [f"/glossar/{term.extra['slug']}/" for term in world.of_kind("topics.Term")]


def _documents(world: World, role: Role) -> Iterable[str]:
    """Under other names; `test_pages` asks for every file under its own, `test_oracles` for the originals."""
    return [f"/dokumente/{document.pk}/datei" for document in world.of_kind("shared.PortalDocument")]


def _people(world: World, role: Role) -> Iterable[str]:
    """Everybody, for those whom the gate lets in; else the person itself and a few others."""
    people = [f"/personen/{person.pk}/" for person in world.of_kind("accounts.User")]
    if role.administers or role.manages:
        return people
    own = [f"/personen/{world.people[role.name].pk}/"] if role.is_known else []
    return [*own, *people[::8]]


def _by_number(world: World, role: Role) -> Iterable[str]:
    """A few; `test_lists` asks for every page by its number, in both directions."""
    return [f"/seiten/{planted.pk}/" for planted in list(world.of_kind("papers.PositionPaperPage"))[::7]]


def _own_feed(world: World, role: Role) -> Iterable[str]:
    return [f"/suche/feed/{feed_token(role.name)}/", "/suche/feed/x/"]


def _searches_at(act: str) -> Addresses:
    """One's own search, where there is one, and somebody else's."""

    def addresses_of(world: World, role: Role) -> Iterable[str]:
        own, others = [], []
        for planted in world.of_kind("saved_searches.SavedSearch"):
            (own if planted.extra["role"] == role.name else others).append(planted)
        return [f"/konto/suchen/{planted.pk}/{act}" for planted in (*own, others[0])]

    return addresses_of


def _stopping_links(world: World, role: Role) -> Iterable[str]:
    planted = next(world.of_kind("saved_searches.SavedSearch"))
    person = world.people[planted.extra["role"]]
    return [urlsplit(link_to_stop(person.pk, [planted.pk])).path, "/konto/suchen/abbestellen/x/"]


def _nowhere(*addresses: str) -> Addresses:
    return lambda world, role: addresses


_SEARCHES = (
    "", "?seite=99", "?art=page&seite=3", f"?q={COMMON_WORD}&art=paper&sortierung=datum", "?jahr=2024",
    "?q=kanarbabababababab",
)  # fmt: skip
_A_SIGN_IN = ({"login": "x@y.example", "password": "x"},)
_A_CODE = ({"code": "000000"},)

ROWS = (
    # The pages of the tree, and what lists them.
    Row(r"((?:[\w\-]+/)*)$", Gate.READING, _nowhere(*_PAGES)),
    Row("suche/", Gate.READING, queries=_SEARCHES),
    Row("suche/vorschlaege/", Gate.READING, queries=("?q=ka", "?q=kanar", "?q=zk")),
    Row("suche/opensearch.xml", Gate.NOTHING),
    Row("suche/geoeffnet/", Gate.NOTHING, posts=({}, {"art": "paper", "nummer": "1", "q": COMMON_WORD})),
    Row("api/v1/suche/", Gate.READING, queries=_SEARCHES),
    # The feed reads as its owner does, whoever asks; every role asks for that of its own search.
    Row("suche/feed/<str:token>/", Gate.READING, _own_feed),
    Row("glossar/", Gate.READING, queries=("", "?buchstabe=K", "?buchstabe=Z")),
    # Outdated words stand there as hidden labels, by which other systems find the term without showing them.
    Row("glossar/skos.ttl", Gate.READING, beside=("label outdated",)),
    Row("glossar/<slug:slug>/", Gate.READING, _terms),
    Row("sitemap.xml", Gate.READING),
    Row("seiten/<int:pk>/", Gate.READING, _by_number),
    Row("kontakt/", Gate.READING, queries=("", "?frage=ka&seite=/papiere/", "?art=barriere"), posts=({}, {"text": ""})),
    # Files.
    Row("media/<path:path>", Gate.READING, _nowhere("/media/", "/media/images/x.png", "/media/documents/x.txt")),
    Row(r"dokumente/([0-9]{1,18})/(.*)$", Gate.READING, _documents),
    Row("dokumente/", Gate.NOTHING, _nowhere("/dokumente/", "/dokumente/1", "/dokumente/x/y")),
    # What readers never get to see, because a row above answers.
    Row(r"dokumente/(\d+)/(.*)$", Gate.READING, _documents),
    Row("dokumente/authenticate_with_password/<int:restriction_id>/", Gate.NOTHING),
    Row("_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/", Gate.NOTHING),
    Row("(?:_util|dokumente)/authenticate_with_password/", Gate.NOTHING,
        _nowhere("/_util/authenticate_with_password/1/2/", "/dokumente/authenticate_with_password/1/")),
    # What says nothing about content.
    Row("healthz", Gate.NOTHING),
    Row("readyz", Gate.NOTHING),
    Row("favicon.ico", Gate.NOTHING),
    Row("robots.txt", Gate.NOTHING),
    Row(".well-known/security.txt", Gate.NOTHING),
    # Doors that lead to the only one.
    Row("_util/login/", Gate.READING, queries=("", "?next=/papiere/")),
    Row("redaktion/login/", Gate.READING, queries=("", "?next=/papiere/")),
    Row("redaktion/password_reset/", Gate.READING),
    Row("verwaltung/login/", Gate.READING, queries=("", "?next=/papiere/")),
    Row("verwaltung/password_change/", Gate.READING),
    Row("redaktion/account/", Gate.OWN),
    # Joining.
    Row("mitmachen/antrag/", Gate.READING, posts=({},)),
    Row("einladung/<str:token>/", Gate.READING, posts=({},)),
    # The administration of people.
    Row("personen/", Gate.PEOPLE),
    Row("personen/meine/", Gate.PEOPLE),
    Row("personen/rollen/", Gate.PEOPLE),
    Row("personen/rollen/<int:pk>/beenden/", Gate.PEOPLE),
    Row("personen/einladen/", Gate.PEOPLE, posts=({},)),
    Row("personen/einladungen/", Gate.PEOPLE),
    Row("personen/einladungen/<int:pk>/erneut-senden/", Gate.PEOPLE),
    Row("personen/einladungen/<int:pk>/zuruecknehmen/", Gate.PEOPLE),
    Row("personen/anfragen/", Gate.PEOPLE),
    Row("personen/anfragen/<int:pk>/", Gate.PEOPLE),
    Row("personen/anfragen/<int:pk>/ablehnen/", Gate.PEOPLE),
    Row("personen/gruppe/<int:pk>/", Gate.PEOPLE),
    Row("personen/gruppe/<int:pk>/einladen/", Gate.PEOPLE, posts=({},)),
    Row("personen/organisation/<int:pk>/", Gate.PEOPLE),
    Row("personen/organisation/<int:pk>/einladen/", Gate.PEOPLE, posts=({},)),
    Row("personen/<int:pk>/", Gate.PEOPLE, _people),
    Row("personen/<int:pk>/aendern/", Gate.PEOPLE),
    Row("personen/<int:pk>/rolle-geben/", Gate.PEOPLE),
    Row("personen/<int:pk>/sperren/", Gate.PEOPLE),
    Row("personen/<int:pk>/entsperren/", Gate.PEOPLE),
    Row("personen/<int:pk>/sitzungen-beenden/", Gate.PEOPLE),
    # One's own account.
    Row("konto/", Gate.OWN),
    Row("konto/name/", Gate.OWN),
    Row("konto/suchen/", Gate.OWN),
    Row("konto/suchen/speichern/", Gate.OWN, posts=({"q": COMMON_WORD, "name": "x", "frequency": "daily"}, {})),
    Row("konto/suchen/abbestellen/<str:token>/", Gate.NOTHING, _stopping_links, posts=({},)),
    Row("konto/suchen/<int:pk>/", Gate.OWN, _searches_at("")),
    Row("konto/suchen/<int:pk>/bearbeiten/", Gate.OWN, _searches_at("bearbeiten/"), posts=({},)),
    Row("konto/suchen/<int:pk>/gelesen/", Gate.OWN, _searches_at("gelesen/"), posts=({},)),
    Row("konto/suchen/<int:pk>/loeschen/", Gate.OWN, _searches_at("loeschen/"), posts=({},)),
    Row("konto/suchen/<int:pk>/zurueckholen/", Gate.OWN, _searches_at("zurueckholen/"), posts=({},)),
    Row("konto/suchen/<int:pk>/feed/", Gate.OWN, _searches_at("feed/"), posts=({},)),
    Row("konto/suchen/<int:pk>/feed/schliessen/", Gate.OWN, _searches_at("feed/schliessen/"), posts=({},)),
    Row("konto/daten/", Gate.OWN),
    Row("konto/daten/export/", Gate.OWN, posts=({},)),
    Row("konto/einwilligungen/", Gate.OWN),
    Row("konto/einwilligungen/<int:pk>/widerrufen/", Gate.OWN, posts=({},)),
    Row("konto/verlassen/", Gate.OWN),
    Row("konto/verlassen/erledigt/", Gate.OWN),
    Row("konto/verlassen/loeschen/<str:token>/", Gate.OWN, posts=({},)),
    Row("konto/loeschen/", Gate.OWN),
    Row("konto/loeschen/erledigt/", Gate.OWN),
    Row("konto/loeschen/zuruecknehmen/<str:token>/", Gate.OWN),
    Row("konto/anmelden/", Gate.OWN, queries=("", "?next=/papiere/"), posts=_A_SIGN_IN),
    Row("konto/anmelden/zweiter-schritt/", Gate.OWN, posts=_A_CODE),
    Row("konto/anmelden/passkey/", Gate.OWN),
    Row("konto/anmelden/abgebrochen/", Gate.OWN),
    Row("konto/anmelden/mit/<slug:provider_id>/", Gate.OWN),
    Row("konto/anmelden/mit/<slug:provider_id>/zurueck/", Gate.OWN),
    Row("konto/abmelden/", Gate.OWN),
    Row("konto/registrieren/", Gate.OWN),
    Row("konto/gesperrt/", Gate.OWN),
    Row("konto/bestaetigen/", Gate.OWN, posts=({"password": "x"},)),
    Row("konto/bestaetigen/code/", Gate.OWN, posts=_A_CODE),
    Row("konto/bestaetigen/sicherheitsschluessel/", Gate.OWN),
    Row("konto/zwei-faktor/", Gate.OWN),
    Row("konto/zwei-faktor/app/einrichten/", Gate.OWN),
    Row("konto/zwei-faktor/app/abschalten/", Gate.OWN),
    Row("konto/zwei-faktor/codes/", Gate.OWN),
    Row("konto/zwei-faktor/codes/erzeugen/", Gate.OWN),
    Row("konto/zwei-faktor/codes/herunterladen/", Gate.OWN),
    Row("konto/zwei-faktor/schluessel/", Gate.OWN),
    Row("konto/zwei-faktor/schluessel/hinzufuegen/", Gate.OWN),
    Row("konto/zwei-faktor/schluessel/<int:pk>/umbenennen/", Gate.OWN),
    Row("konto/zwei-faktor/schluessel/<int:pk>/entfernen/", Gate.OWN),
    Row("konto/sitzungen/", Gate.OWN),
    Row("konto/sitzungen/<int:pk>/beenden/", Gate.OWN),
    Row("konto/verknuepfungen/", Gate.OWN),
    Row("konto/e-mail/", Gate.OWN),
    Row("konto/e-mail/bestaetigung-unterwegs/", Gate.OWN),
    Row(r"konto/e-mail/bestaetigen/(?P<key>[-:\w]+)/$", Gate.OWN, _nowhere("/konto/e-mail/bestaetigen/abc/")),
    Row("konto/passwort/aendern/", Gate.OWN),
    Row("konto/passwort/festlegen/", Gate.OWN),
    Row("konto/passwort/vergessen/", Gate.OWN, posts=({"email": "niemand@kommune.example"},)),
    Row("konto/passwort/vergessen/unterwegs/", Gate.OWN),
    Row(r"konto/passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", Gate.OWN, _nowhere("/konto/passwort/neu/1-abc/")),
    Row("konto/passwort/neu/gespeichert/", Gate.OWN),
)  # fmt: skip

#: Beginning → gate. Wagtail and Django bring these routes along, and one gate stands before all of them.
AREAS = {"redaktion/": Gate.EDITING, "verwaltung/": Gate.TECHNICAL}


def row_of(route: Route) -> Row | None:
    """Return the row of a route: its own, else that of its area."""
    for row in ROWS:
        if row.pattern == route.pattern:
            return row
    for beginning, gate in AREAS.items():
        if route.pattern.startswith(beginning):
            return Row(route.pattern, gate)
    return None


def addresses(route: Route, row: Row, world: World, role: Role, page: int) -> list[str]:
    """Return every address at which a route is tried, query strings included."""
    found = list(row.addresses(world, role)) if row.addresses else [address_of(route, world, page)]
    return [f"{address}{query}" for address in found for query in row.queries]


def needs_addresses(route: Route, row: Row) -> bool:
    """Tell whether a row must write its addresses, because no argument can be filled into an expression."""
    return row.addresses is None and is_expression(route)
