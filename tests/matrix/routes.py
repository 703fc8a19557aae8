"""The table of routes: every route of the portal stands here with what its answers may hold and how it is tried.

A new route gets a row in `ROWS`. Only whole areas behind one gate have a row by their beginning (`AREAS`).
docs/security-matrix.md walks through it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.apps import apps

from knowledge.directory.models import Confirmation, Contact, Expert
from knowledge.directory.networks.links import link_to_object
from knowledge.directory.people.links import token_of
from knowledge.directory.upkeep.links import link_to_confirm, link_to_leave, link_to_tell
from network.cooperation.links import answering_token, ledger_token
from network.cooperation.models import BalanceYear, CooperationRequest
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
    #: The same to the same, and to the people of an organisation what is theirs.
    KEPT = "kept"
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
_PAGES = (
    "/", "/papiere/", "/papiere/?seite=2", "/papiere/?jahr=2024&sortierung=titel", "/papiere/gibt-es-nicht/",
    "/verzeichnis/", "/verzeichnis/?sprache=ti&auftrag=declared", "/verzeichnis/?art=school", "/verzeichnis/x/",
)  # fmt: skip


def _terms(world: World, role: Role) -> Iterable[str]:
    return [f"/glossar/{term.extra['slug']}/" for term in world.of_kind("topics.Term")]


def _entries_at(act: str) -> Addresses:
    """Every entry of the directory, whether or not the role may read it, and one that is not there."""

    def addresses_of(world: World, role: Role) -> Iterable[str]:
        slugs = [e.extra["slug"] for e in world.of_kind("directory.Organisation") if "slug" in e.extra]
        return [f"/verzeichnis/{slug}/{act}" for slug in (*slugs, "gibt-es-nicht")]

    return addresses_of


def _tree(world: World, role: Role) -> Iterable[str]:
    return [*_PAGES, *_entries_at("rueckmeldung/")(world, role)]


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


def _experts_at(act: str) -> Addresses:
    """Every expert, whether or not the role may find them."""
    return lambda world, role: [f"/fachpersonen/{e.extra['uid']}/{act}" for e in world.of_kind("directory.Expert")]


def _questions_at(beginning: str) -> Addresses:
    return lambda world, role: [f"{beginning}{q.pk}/" for q in world.of_kind("directory.ExpertRequest")]


def _consent_links(world: World, role: Role) -> Iterable[str]:
    """One's own as an expert, and links that are wrong; whoever holds another's link is that person by definition."""
    own = [e for e in world.of_kind("directory.Expert") if e.extra["role"] == role.name]
    links = [token_of(Expert.objects.get(pk=planted.pk)) for planted in own]
    # Read anew with another address, as after a change: the former link opens nothing.
    former = Contact.objects.first()
    former.email = "frueher@verein.example"
    return [f"/einwilligung/{token}/" for token in (*links, token_of(former), "x")]


def _kept(*acts: str) -> Addresses:
    """The entries of both organisations, for every role."""

    def addresses_of(world: World, role: Role) -> Iterable[str]:
        slugs = [world.places[f"organisation {letter}"].slug for letter in "XY"]
        there = [f"/verzeichnis-pflegen/{slug}/{act}" for slug in slugs for act in acts]
        return [*there, f"/verzeichnis-pflegen/gibt-es-nicht/{acts[0]}"] if acts else []

    return addresses_of


def _kept_at(kind: str, before: str, after: str = "") -> Addresses:
    """The records of both organisations, at both addresses."""

    def addresses_of(world: World, role: Role) -> Iterable[str]:
        numbers = [planted.pk for planted in world.of_kind(kind)][:4]
        return _kept(*(f"{before}{number}{after}/" for number in numbers))(world, role)

    return addresses_of


def _confirming_links(world: World, role: Role) -> Iterable[str]:
    """Links about an entry that readers do not find tell nothing to whoever holds them."""
    link = urlsplit(link_to_confirm(Confirmation.objects.first())).path
    return [link, "/verzeichnis-bestaetigen/x/"]


def _telling_links(world: World, role: Role) -> Iterable[str]:
    link = urlsplit(link_to_tell(Confirmation.objects.select_related("organisation").first().organisation)).path
    return [link, "/verzeichnis-eintrag/aendern/x/"]


def _leaving_links(world: World, role: Role) -> Iterable[str]:
    question = Confirmation.objects.select_related("organisation").first()
    link = urlsplit(link_to_leave(question, question.organisation.email or "a@verein.example")).path
    return [link, "/verzeichnis-eintrag/austragen/x/"]


def _membership_links(world: World, role: Role) -> Iterable[str]:
    umbrella, member = (world.places[f"organisation {letter}"] for letter in "XY")
    return [urlsplit(link_to_object(umbrella, member)).path, "/verzeichnis-mitgliedschaft/x/"]


def _hsds_records(kind: str, model: str) -> Addresses:
    """Every organisation, or every offer, published or not, for every role."""

    def addresses_of(world: World, role: Role) -> Iterable[str]:
        names = apps.get_model("directory", model).objects.order_by("pk").values_list("uid", flat=True)
        return [f"/api/hsds/3.0/{kind}/{uid}?full_service=true" for uid in names]

    return addresses_of


_HSDS_LISTS = (
    "", "?full=true&full_service=true&per_page=100", "?minimal=true", f"?search={COMMON_WORD}", "?page=9", "?page=x",
)  # fmt: skip


def _nowhere(*addresses: str) -> Addresses:
    return lambda world, role: addresses


_PARTS = (
    "name-und-ort", "wer-wir-sind", "handlungsfelder", "sprachen", "angebote", "auftrag", "zustaendigkeit",
    "qualifikation", "kapazitaet", "ansprechpersonen", "transparenz", "gibt-es-nicht",
)  # fmt: skip
_SENSITIVE = ("rechtsform", "register", "auftrag", "qualifikation", "ansprechperson", "gibt-es-nicht")


def _cooperation_at(kind: str, beginning: str, *acts: str) -> Addresses:
    """Everything of one kind, for every role, and a number that nothing has."""

    def addresses_of(world: World, role: Role) -> Iterable[str]:
        numbers = [planted.pk for planted in world.of_kind(f"cooperation.{kind}")]
        return [f"/kooperation/{beginning}/{number}/{act}" for number in (*numbers, 987654) for act in acts or ("",)]

    return addresses_of


def _answering_links(after: str = "") -> Addresses:
    """Links to a request of an organisation that somebody keeps open nothing, whoever holds them."""

    def addresses_of(world: World, role: Role) -> Iterable[str]:
        planted = [one.pk for one in world.of_kind("cooperation.CooperationRequest")]
        asked = CooperationRequest.objects.filter(pk__in=planted).select_related("organisation")
        return [f"/kooperation/ohne-konto/{token}/{after}" for token in (*map(answering_token, asked), "x")]

    return addresses_of


def _ledger_links(world: World, role: Role) -> Iterable[str]:
    tokens = [ledger_token(world.places["organisation X"], balance) for balance in BalanceYear.objects.all()]
    return [f"/kooperation/ohne-konto/bilanz/{token}/" for token in (*tokens, "x")]


def _ledgers(world: World, role: Role) -> Iterable[str]:
    slugs = [world.places[f"organisation {letter}"].slug for letter in "XY"]
    return [f"/kooperation/eigene-bilanz/{slug}/" for slug in (*slugs, "gibt-es-nicht")]


_MERE_BUTTONS = {"loeschen", "zurueckziehen", "gegenvorschlag/uebernehmen", "beenden", "profil/entfernen"}


def _cooperation_rows() -> Iterable[Row]:
    """What lies between two sides is read by them; who sends nothing changes nothing, and empty forms neither."""
    for kind, beginning, acts in (
        ("CooperationRequest", "anfragen",
         ("bearbeiten", "senden", "loeschen", "zurueckziehen", "antworten", "gegenvorschlag",
          "gegenvorschlag/uebernehmen", "vereinbarung")),
        ("Agreement", "vereinbarungen",
         ("aendern", "annehmen", "beenden", "bewerten", "nachweis", "profil", "profil/entfernen")),
        ("ServiceRecord", "nachweise",
         ("aendern", "loeschen", "zustimmen", "widersprechen", "bezahlt", "zahlung-bestreiten")),
    ):  # fmt: skip
        for act in acts:
            # Those that need nothing but a button would take away what the next role is shown;
            # tests/network/cooperation/test_rights.py presses them.
            posts = () if act in _MERE_BUTTONS else ({},)
            addresses_of = _cooperation_at(kind, beginning, f"{act}/")
            yield Row(f"kooperation/{beginning}/<int:pk>/{act}/", Gate.OWN, addresses_of, posts=posts)


_SEARCHES = (
    "", "?seite=99", "?art=page&seite=3", f"?q={COMMON_WORD}&art=paper&sortierung=datum", "?jahr=2024",
    "?q=kanarbabababababab",
)  # fmt: skip
_A_SIGN_IN = ({"login": "x@y.example", "password": "x"},)
_A_CODE = ({"code": "000000"},)

ROWS = (
    # The pages of the tree, and what lists them.
    Row(r"((?:[\w\-]+/)*)$", Gate.READING, _tree),
    Row("verzeichnis/<slug:slug>/kontakt.vcf", Gate.READING, _entries_at("kontakt.vcf")),
    Row("verzeichnis/export.csv", Gate.READING, queries=("", "?art=mso&sortierung=bestaetigt")),
    # Other directories and programs read what everybody may, whoever asks.
    Row("api/hsds/3.0/", Gate.READING),
    Row("api/hsds/3.0/organizations", Gate.READING, queries=_HSDS_LISTS),
    Row("api/hsds/3.0/organizations/<uuid:uid>", Gate.READING, _hsds_records("organizations", "Organisation")),
    Row("api/hsds/3.0/services", Gate.READING, queries=_HSDS_LISTS),
    Row("api/hsds/3.0/services/<uuid:uid>", Gate.READING, _hsds_records("services", "Offer")),
    Row("api/hsds/3.0/taxonomies", Gate.READING),
    Row("api/hsds/3.0/taxonomy_terms", Gate.READING, queries=("?per_page=100", "?per_page=100&page=2")),
    Row("api/hsds/3.0/profile.json", Gate.NOTHING),
    Row("api/hsds/3.0/openapi.json", Gate.NOTHING),
    Row("api/hsds/3.0/export.json", Gate.READING),
    Row("api/hsds/3.0/(?P<rest>.*)$", Gate.NOTHING,
        _nowhere("/api/hsds/3.0/organizations/x", "/api/hsds/3.0/a/b/c")),
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
    # Experts, for signed-in people; whoever asks and is asked sees the question.
    Row("fachpersonen/", Gate.OWN, queries=("", "?sprache=de&seite=2", "?kommune=x")),
    Row("fachpersonen/anfragen/", Gate.OWN),
    Row("fachpersonen/anfragen/<int:pk>/", Gate.OWN, _questions_at("/fachpersonen/anfragen/")),
    Row("fachpersonen/<uuid:uid>/", Gate.OWN, _experts_at("")),
    Row("fachpersonen/<uuid:uid>/anfragen/", Gate.OWN, _experts_at("anfragen/"), posts=({},)),
    Row("einwilligung/<str:token>/", Gate.OWN, _consent_links, posts=({}, {"act": "give"})),
    # What the people of an organisation keep, and the editors in their stead.
    Row("verzeichnis-pflegen/", Gate.KEPT),
    Row("verzeichnis-pflegen/<slug:slug>/", Gate.KEPT, _kept("")),
    Row("verzeichnis-pflegen/<slug:slug>/teil/<slug:part_slug>/", Gate.KEPT,
        _kept(*(f"teil/{slug}/" for slug in _PARTS)), posts=({"version": "0"},)),
    Row("verzeichnis-pflegen/<slug:slug>/texte/neu/", Gate.KEPT, _kept("texte/neu/"), posts=({},)),
    Row("verzeichnis-pflegen/<slug:slug>/texte/<str:language>/", Gate.KEPT,
        _kept("texte/de/", "texte/ti/"), posts=({},)),
    Row("verzeichnis-pflegen/<slug:slug>/texte/<str:language>/entfernen/", Gate.KEPT, _kept("texte/ti/entfernen/")),
    Row("verzeichnis-pflegen/<slug:slug>/angebote/neu/", Gate.KEPT, _kept("angebote/neu/"), posts=({},)),
    Row("verzeichnis-pflegen/<slug:slug>/angebote/zurueckholen/", Gate.KEPT, _kept("angebote/zurueckholen/"),
        posts=({"uid": "x", "version": "1"},)),
    Row("verzeichnis-pflegen/<slug:slug>/angebote/<int:pk>/", Gate.KEPT,
        _kept_at("directory.Offer", "angebote/"), posts=({},)),
    Row("verzeichnis-pflegen/<slug:slug>/angebote/<int:pk>/pause/", Gate.KEPT,
        _kept_at("directory.Offer", "angebote/", "/pause")),
    Row("verzeichnis-pflegen/<slug:slug>/angebote/<int:pk>/entfernen/", Gate.KEPT,
        _kept_at("directory.Offer", "angebote/", "/entfernen")),
    Row("verzeichnis-pflegen/<slug:slug>/pruefung/<int:pk>/", Gate.KEPT,
        _kept_at("directory.ProfileChange", "pruefung/")),
    Row("verzeichnis-pflegen/<slug:slug>/pruefung/<int:pk>/aendern/", Gate.KEPT,
        _kept_at("directory.ProfileChange", "pruefung/", "/aendern"), posts=({},)),
    Row("verzeichnis-pflegen/<slug:slug>/pruefung/<int:pk>/zuruecknehmen/", Gate.KEPT,
        _kept_at("directory.ProfileChange", "pruefung/", "/zuruecknehmen")),
    Row("verzeichnis-pflegen/<slug:slug>/vorschlag/<slug:kind_slug>/", Gate.KEPT,
        _kept(*(f"vorschlag/{slug}/" for slug in _SENSITIVE)), posts=({},)),
    Row("verzeichnis-pflegen/<slug:slug>/vorschlag/<slug:kind_slug>/<int:pk>/", Gate.KEPT,
        _kept_at("directory.Contact", "vorschlag/ansprechperson/"), posts=({},)),
    Row("verzeichnis-pflegen/<slug:slug>/vorschlag/<slug:kind_slug>/<int:pk>/entfernen/", Gate.KEPT,
        _kept_at("directory.Contact", "vorschlag/ansprechperson/", "/entfernen")),
    Row("verzeichnis-pflegen/<slug:slug>/vorschlag/<slug:kind_slug>/<int:pk>/stellungnahme/", Gate.KEPT,
        _kept_at("directory.Mandate", "vorschlag/auftrag/", "/stellungnahme")),
    Row("verzeichnis-pflegen/<slug:slug>/vorschau/", Gate.KEPT, _kept("vorschau/")),
    Row("verzeichnis-pflegen/<slug:slug>/veroeffentlichen/", Gate.KEPT, _kept("veroeffentlichen/")),
    Row("verzeichnis-pflegen/<slug:slug>/herausnehmen/", Gate.KEPT, _kept("herausnehmen/")),
    Row("verzeichnis-pflegen/<slug:slug>/stimmt-noch/", Gate.KEPT, _kept("stimmt-noch/")),
    Row("verzeichnis-pflegen/<slug:slug>/hinweise/<int:pk>/", Gate.KEPT, _kept("hinweise/1/")),
    Row("verzeichnis-pflegen/<slug:slug>/verlauf/", Gate.KEPT, _kept("verlauf/", "verlauf/?seite=9")),
    Row("verzeichnis-pflegen/<slug:slug>/verlauf/<int:number>/", Gate.KEPT, _kept("verlauf/1/")),
    Row("verzeichnis-pflegen/<slug:slug>/vertretung/", Gate.KEPT, _kept("vertretung/"), posts=({},)),
    # Without signing in, for whoever holds the link; the planted entries are drafts.
    Row("verzeichnis-bestaetigen/<str:token>/", Gate.NOTHING, _confirming_links, posts=({},)),
    Row("verzeichnis-eintrag/aendern/<str:token>/", Gate.NOTHING, _telling_links, posts=({}, {"text": "x"})),
    Row("verzeichnis-eintrag/austragen/<str:token>/", Gate.NOTHING, _leaving_links, posts=({},)),
    Row("verzeichnis-mitgliedschaft/<str:token>/", Gate.NOTHING, _membership_links, posts=({},)),
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
    Row("konto/aufgaben/", Gate.OWN),
    Row("konto/name/", Gate.OWN),
    # Cooperation: what lies between a municipality and an organisation.
    Row("kooperation/", Gate.OWN),
    Row("kooperation/anfragen/", Gate.OWN, queries=("", "?stand=sent", "?stand=x&seite=9")),
    Row("kooperation/anfragen/neu/<slug:slug>/", Gate.OWN, _nowhere("/kooperation/anfragen/neu/x/")),
    Row("kooperation/anfragen/<int:pk>/", Gate.OWN, _cooperation_at("CooperationRequest", "anfragen")),
    Row("kooperation/vereinbarungen/", Gate.OWN),
    Row("kooperation/vereinbarungen/<int:pk>/", Gate.OWN, _cooperation_at("Agreement", "vereinbarungen")),
    *_cooperation_rows(),
    Row("kooperation/bilanz/", Gate.READING, queries=("", "?jahr=2023", "?jahr=2024")),
    Row("kooperation/bilanz/bilanz.csv", Gate.READING),
    Row("kooperation/bilanz/<int:year>/oeffnen/", Gate.OWN, _nowhere("/kooperation/bilanz/2022/oeffnen/")),
    Row("kooperation/bilanz/<int:year>/vorbereiten/", Gate.OWN,
        _nowhere("/kooperation/bilanz/2024/vorbereiten/", "/kooperation/bilanz/2023/vorbereiten/")),
    Row("kooperation/bilanz/antwort/<int:pk>/", Gate.OWN, _cooperation_at("LedgerComment", "bilanz/antwort"),
        posts=({},)),
    Row("kooperation/ohne-konto/<str:token>/", Gate.NOTHING, _answering_links(), posts=({}, {"answer": "accepted"})),
    Row("kooperation/ohne-konto/<str:token>/gegenvorschlag/", Gate.NOTHING, _answering_links("gegenvorschlag/"),
        posts=({},)),
    Row("kooperation/ohne-konto/<str:token>/anfragen-annehmen/", Gate.NOTHING,
        _answering_links("anfragen-annehmen/"), posts=({"annehmen": "nein"},)),
    Row("kooperation/ohne-konto/bilanz/<str:token>/", Gate.NOTHING, _ledger_links, posts=({"text": "x"},)),
    Row("kooperation/saetze/", Gate.READING),
    Row("kooperation/eigene-bilanz/", Gate.OWN),
    Row("kooperation/eigene-bilanz/<slug:slug>/", Gate.OWN, _ledgers, posts=({},)),
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
    Row("konto/fachperson/", Gate.OWN),
    Row("konto/fachperson/schritt/<slug:slug>/", Gate.OWN, _nowhere(
        *(f"/konto/fachperson/schritt/{slug}/" for slug in ("koennen", "themen", "bedingungen", "x"))), posts=({},)),
    Row("konto/fachperson/einwilligen/", Gate.OWN, posts=({},)),
    Row("konto/fachperson/sichtbarkeit/", Gate.OWN, posts=({"hide": "1"},)),
    Row("konto/fachperson/verlaengern/", Gate.OWN, posts=({},)),
    Row("konto/fachperson/widerrufen/", Gate.OWN, posts=({},)),
    Row("konto/fachperson/loeschen/", Gate.OWN),
    Row("konto/fachperson/anfragen/", Gate.OWN),
    Row("konto/fachperson/anfragen/<int:pk>/", Gate.OWN, _questions_at("/konto/fachperson/anfragen/"), posts=({},)),
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
