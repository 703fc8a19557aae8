"""The interface for other directories: what it answers, to whom, in which pages, and what it says about mistakes."""

import json
import uuid

import pytest
from django.utils import timezone

from knowledge.directory.hsds.taxonomies import FIELD, KIND, SERVICE, terms
from knowledge.directory.models import Offer, Organisation
from tests.factories import directory
from tests.factories.accounts import UserFactory
from tests.knowledge.directory.hsds.furnished import umbrella, whole_organisation
from tests.knowledge.directory.hsds.specification import faults

pytestmark = pytest.mark.django_db
BASE = "/api/hsds/3.0"


def get(client, path: str, **headers):
    return client.get(f"{BASE}{path}", headers=headers)


def read(client, path: str) -> dict:
    response = get(client, path)
    assert response.status_code == 200, response.content
    return response.json()


def names(answer: dict) -> list[str]:
    return [thing["name"] for thing in answer["contents"]]


@pytest.fixture
def whole():
    return whole_organisation(name="Brücken bauen", umbrellas=[umbrella(name="Verbund Nord")])


@pytest.mark.parametrize("query", ["", "?full=true", "?full=true&full_service=true"])
def test_every_organisation_of_a_list_follows_the_standard_and_our_profile(client, whole, query):
    directory.contact(whole)

    answer = read(client, f"/organizations{query}")

    assert names(answer) == ["Brücken bauen", "Verbund Nord"]
    assert [fault for thing in answer["contents"] for fault in faults("organization", thing)] == []


@pytest.mark.parametrize("query", ["", "?full=true"])
def test_every_offer_of_a_list_follows_the_standard_and_our_profile(client, whole, query):
    answer = read(client, f"/services{query}")

    assert names(answer) == ["Ruhendes Angebot", "Sprachmittlung am Abend"]
    assert [fault for thing in answer["contents"] for fault in faults("service", thing)] == []


def test_a_single_record_follows_the_standard_and_our_profile(client, whole):
    directory.contact(whole)
    organization = read(client, f"/organizations/{whole.uid}?full_service=true")

    assert faults("organization", organization) == []
    for offer in whole.offers.all():
        assert faults("service", read(client, f"/services/{offer.uid}")) == []
    for found in organization["services"]:
        assert faults("service", found) == []


def test_an_organisation_that_said_little_follows_the_standard_too(client):
    bare = directory.organisation(summary="", email="")
    Offer.objects.create(organisation=bare, name="Angebot", kind="advice", description="")

    assert faults("organization", read(client, f"/organizations/{bare.uid}")) == []
    assert faults("service", read(client, f"/services/{bare.offers.get().uid}")) == []


@pytest.mark.parametrize(
    ("path", "schema"), [("/taxonomies", "taxonomy"), ("/taxonomy_terms?per_page=100", "taxonomy_term")]
)
def test_code_lists_follow_the_standard(client, path, schema):
    answer = read(client, path)

    assert answer["contents"]
    assert [fault for thing in answer["contents"] for fault in faults(schema, thing)] == []


def test_mandates_tell_what_stands_behind_them(client, whole):
    programs = read(client, f"/organizations/{whole.uid}")["programs"]

    states = {program["mandate"]["kind"]: program["mandate"]["state"] for program in programs}
    assert states == {"municipal": "declared", "grant": "expired"}
    declared = next(program["mandate"] for program in programs if program["mandate"]["kind"] == "municipal")
    assert (declared["speaks_for"], declared["not_for"]) == ("Eltern aus Eritrea", "alle Familien")


def test_nobody_inside_the_portal_is_named_as_having_checked(client, whole):
    editor = UserFactory(editor=True)
    whole.mandates.update(checked_by=editor)
    whole.registrations.update(checked_by=editor)

    text = get(client, f"/organizations/{whole.uid}?full_service=true").content.decode()

    assert editor.display_name not in text
    assert editor.email not in text


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"state": "archived"}, {"audience": "member"}])
@pytest.mark.parametrize("signed_in", [False, True])
def test_only_what_everybody_may_read_is_told_whoever_asks(client, fields, signed_in):
    if signed_in:
        client.force_login(UserFactory(administrator=True))
    hidden = directory.organisation(name="Verborgen", **fields)
    offer = directory.offer(hidden, name="Verborgenes Angebot")

    for path in (
        "/organizations?full=true",
        "/services?full=true",
        "/export.json",
        f"/services?organization_id={hidden.uid}",
    ):
        response = get(client, path)
        assert "Verborgen" not in b"".join(response).decode()
    assert get(client, f"/organizations/{hidden.uid}").status_code == 404
    assert get(client, f"/services/{offer.uid}").status_code == 404


def test_an_umbrella_that_is_not_public_is_not_told(client):
    hidden = umbrella(name="Verborgen", state="draft")
    member = directory.organisation(umbrellas=[hidden])

    assert str(hidden.uid) not in get(client, f"/organizations/{member.uid}").content.decode()


def test_persons_stand_there_under_a_live_consent_with_the_agreed_fields_alone(client):
    made = directory.organisation()
    shown = directory.contact(made, shown=("name",))
    directory.contact(made, consenting=False)

    response = get(client, f"/organizations/{made.uid}")
    contacts = response.json()["contacts"]
    assert response["Cache-Control"] == "no-store"

    assert [set(contact) for contact in contacts] == [{"id", "name"}]
    assert contacts[0]["name"] == shown.name


def test_a_withdrawal_is_told_to_programs_that_ask_by_fingerprint_or_by_date(client):
    made = directory.organisation()
    contact = directory.contact(made)
    before = get(client, f"/organizations/{made.uid}")
    assert contact.name in before.content.decode()
    contact.consents.update(withdrawn_at=timezone.now())

    for header in ({"If-None-Match": before["ETag"]}, {"If-Modified-Since": before["Last-Modified"]}):
        after = get(client, f"/organizations/{made.uid}", **header)
        assert after.status_code == 200
        assert contact.name not in after.content.decode()


@pytest.mark.parametrize("path", ["", "/", "/organizations", "/services", "/profile.json", "/openapi.json"])
def test_what_has_not_changed_is_not_sent_again(client, whole, path):
    if not path:
        assert client.get(BASE).status_code == 301
        return
    first = get(client, path)
    again = get(client, path, **{"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


def test_pages_stand_in_the_envelope_of_the_standard(client):
    for number in range(5):
        directory.organisation(name=f"Verein {number}")

    answer = read(client, "/organizations?per_page=2&page=3")

    assert {key: value for key, value in answer.items() if key != "contents"} == {
        "total_items": 5, "total_pages": 3, "page_number": 3, "size": 1, "first_page": False, "last_page": True,
        "empty": False,
    }  # fmt: skip
    assert names(answer) == ["Verein 4"]


@pytest.mark.parametrize("path", ["/organizations?page=9", "/organizations", "/services"])
def test_a_page_without_records_is_empty_and_no_error(client, path):
    answer = read(client, path)

    assert (answer["empty"], answer["size"], answer["contents"]) == (True, 0, [])


def test_pages_together_hold_every_record_once(client):
    for _ in range(7):
        directory.organisation(name="Gleicher Name")

    found = [
        thing["id"]
        for page in (1, 2, 3)
        for thing in read(client, f"/organizations?per_page=3&page={page}")["contents"]
    ]

    assert sorted(found) == sorted(str(uid) for uid in Organisation.objects.values_list("uid", flat=True))


@pytest.mark.parametrize(
    ("schema", "field", "wrong"),
    [
        ("organization", "website", "verein"), ("organization", "website", "https://verein.example/a b"),
        ("organization", "uri", "/verzeichnis/x/"), ("organization", "email", "verein"), ("organization", "id", "1"),
        ("service", "last_modified", "2026-01-31"),
        ("service", "last_modified", "2026-01-31T12:00:00"),
    ],
)  # fmt: skip
def test_the_validation_looks_at_the_formats_of_values(client, whole, schema, field, wrong):
    (thing,) = [
        one for one in read(client, f"/{schema}s?full=true")["contents"] if one["name"].startswith(("Br", "Sp"))
    ]
    assert faults(schema, thing) == []
    assert faults(schema, thing | {field: wrong}) != []


def test_addresses_with_umlauts_are_written_as_the_standard_wants_them(client):
    club = directory.organisation(website="https://Vereinshäuser.example/straße")
    directory.offer(club, url="https://häuser.example:8080/ü", is_online=True)
    (organization,) = read(client, "/organizations?full=true&full_service=true")["contents"]
    assert organization["website"] == "https://xn--vereinshuser-ncb.example/stra%C3%9Fe"
    assert faults("organization", organization) == []


def test_minimal_names_every_offer_in_one_page(client, whole):
    answer = read(client, "/services?minimal=true")

    assert {thing["id"] for thing in answer["contents"]} == {str(offer.uid) for offer in whole.offers.all()}
    assert all(set(thing) == {"id", "name", "status", "modified_date"} for thing in answer["contents"])


@pytest.mark.parametrize(("path", "schema"), [("organizations", "organization"), ("services", "service")])
def test_what_minimal_answers_follows_the_standard_and_our_profile(client, whole, path, schema):
    contents = read(client, f"/{path}?minimal=true")["contents"]
    assert len(contents) == 2
    assert [fault for thing in contents for fault in faults(schema, thing)] == []


@pytest.mark.parametrize("path", ["organizations", "services"])
@pytest.mark.parametrize("moment", ["0001-01-01", "0001-01-01T00:00:00", "0001-01-01T00:00:00+14:00"])
def test_a_time_before_all_time_is_a_mistake_and_no_failure(client, path, moment):
    assert get(client, f"/{path}?modified_after={moment.replace('+', '%2B')}").status_code == 400


def queries(made):
    return {
        "search=ravensfurt": [],
        "search=brücken": ["Brücken bauen"],
        "search=BRÜCKEN+bauen": ["Brücken bauen"],
        "modified_after=2020-01-01": ["Brücken bauen", "Verbund Nord"],
        "modified_after=2999-01-01T00:00:00Z": [],
        "modified_after=2020-01-01T00:00:00+01:00": ["Brücken bauen", "Verbund Nord"],
        f"organization_id={made.uid}": ["Brücken bauen"],
        f"taxonomy_term_id={KIND.term_id('mso-umbrella')}": ["Verbund Nord"],
        f"taxonomy_term_id={FIELD.term_id('bildung')}": ["Brücken bauen"],
        f"taxonomy_term_id={uuid.uuid4()}": [],
        f"taxonomy_id={FIELD.id}": ["Brücken bauen"],
        f"taxonomy_id={SERVICE.id}": ["Brücken bauen"],
        f"taxonomy_id={uuid.uuid4()}": [],
    }


@pytest.mark.parametrize("number", range(13))
def test_organisations_are_picked_out_as_the_standard_says(client, whole, number):
    query, expected = list(queries(whole).items())[number]

    assert names(read(client, f"/organizations?{query}")) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("search=sprachmittlung", ["Sprachmittlung am Abend"]),
        (f"taxonomy_term_id={FIELD.term_id('bildung')}", ["Sprachmittlung am Abend"]),
        (f"taxonomy_term_id={SERVICE.term_id('advice')}", ["Ruhendes Angebot", "Sprachmittlung am Abend"]),
        (f"taxonomy_id={FIELD.id}", ["Sprachmittlung am Abend"]),
        ("modified_after=2999-01-01", []),
    ],
)
def test_offers_are_picked_out_as_the_standard_says(client, whole, query, expected):
    assert names(read(client, f"/services?{query}")) == expected


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=x", "page=-1", "per_page=101", "per_page=0", "page=99999999999999", "full=maybe", "format=xml",
     "taxonomy_term_id=7", "organization_id=x", "modified_after=gestern", "modified_after=2026-13-01"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/organizations", "/services"])
def test_a_mistyped_parameter_is_told(client, path, query):
    response = get(client, f"{path}?{query}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert query.partition("=")[0] in response.json()["detail"]


@pytest.mark.parametrize(
    "path",
    ["/organizations/", "/organizations/x", "/services/00000000-0000-4000-8000-000000000000", "/x", "/a/b/c.json"],
)
def test_what_is_not_there_is_told_as_json(client, path):
    response = get(client, path)

    assert response.status_code == 404
    assert response.json()["status"] == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_written(client, method):
    response = getattr(client, method)(f"{BASE}/organizations")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_too_many_requests_are_told_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    statuses = [get(client, "/profile.json").status_code for _ in range(121)]

    assert set(statuses[:120]) == {200}
    assert statuses[-1] == 429


def test_the_interface_says_what_it_is(client):
    answer = read(client, "/")

    assert answer["version"] == "3.0"
    for key in ("profile", "openapi_url"):
        assert client.get("/" + answer[key].partition("//")[2].partition("/")[2]).status_code == 200


def test_every_term_of_an_answer_is_in_the_code_lists(client, whole):
    listed = {term["id"] for term in terms()}

    organization = read(client, f"/organizations/{whole.uid}?full_service=true")
    used = {found["taxonomy_term_id"] for found in attributes_in(organization)}

    assert used
    assert used <= listed


def attributes_in(thing):
    if isinstance(thing, dict):
        yield from thing.get("attributes", [])
        for value in thing.values():
            yield from attributes_in(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from attributes_in(value)


#: Address → queries; the same for one record as for many.
COSTS = {
    "/organizations": 4,
    "/organizations?full=true": 14,
    "/organizations?full=true&full_service=true": 22,
    "/services": 4,
    "/services?full=true": 10,
    "/services?minimal=true": 2,
    "/taxonomies": 0,
    "/profile.json": 0,
}


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("path", COSTS)
def test_an_answer_costs_what_is_written_here(client, django_assert_num_queries, path, count):
    for _ in range(count):
        directory.contact(whole_organisation(umbrellas=[umbrella()]))
    with django_assert_num_queries(COSTS[path]):
        get(client, path)


def test_the_export_holds_every_public_organisation_whole(client, whole):
    exported = json.loads(b"".join(get(client, "/export.json")))

    assert exported["version"] == "3.0"
    assert [found["name"] for found in exported["organizations"]] == ["Brücken bauen", "Verbund Nord"]
    assert exported["organizations"][0] == read(client, f"/organizations/{whole.uid}?full_service=true")


def test_the_command_writes_the_same(client, whole, tmp_path):
    from django.core.management import call_command

    call_command("hsds", "export", str(tmp_path / "verzeichnis.json"))

    written = json.loads((tmp_path / "verzeichnis.json").read_text())
    exported = json.loads(b"".join(get(client, "/export.json")))
    assert written["organizations"] == exported["organizations"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
