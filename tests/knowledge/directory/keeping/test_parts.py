"""An organisation keeps its entry, part by part: saved at once, never overwritten unseen, never lost."""

import datetime

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledge.directory.enums import EntryState, OrganisationKind
from knowledge.directory.keeping.parts import PartKey, parts_of
from knowledge.directory.models import Organisation, ProfileVersion
from knowledge.topics.models import FieldOfAction
from tests.factories import directory as make
from tests.factories.accounts import UserFactory
from tests.factories.places import MunicipalityFactory

pytestmark = pytest.mark.django_db
EMPTY_HOURS = {f"day_{day}": "" for day in range(1, 8)}
EMPTY_CAPACITY = {"takes_requests": "True", "conditions": "", "reachable": "", "rooms": "", "paid_staff": "",
                  "volunteers": "", "members_class": "", "reached_class": "", "answers_within": "",
                  **EMPTY_HOURS}  # fmt: skip


@pytest.fixture
def club():
    return make.organisation(slug="bruecken", name="Brücken", state=EntryState.DRAFT, summary="", email="")


@pytest.fixture
def keeper(club):
    return UserFactory(roles=[("organisation_editor", club)])


@pytest.fixture
def signed_in(client, keeper):
    client.force_login(keeper)
    return client


def address(name, *args, slug="bruecken"):
    return reverse(f"keeping:{name}", args=[slug, *args])


def part_address(part):
    return address("part", part)


IDENTITY = {"name": "Brücken", "city": "Ravensfurt", "email": "buero@bruecken.example", "version": "1"}


@pytest.mark.parametrize(
    ("kind", "has_mandate"),
    [(OrganisationKind.MIGRANT_ORGANISATION, True), (OrganisationKind.FOUNDATION, True),
     (OrganisationKind.FOREIGNERS_AUTHORITY, False), (OrganisationKind.YOUTH_MIGRATION, False)],
)  # fmt: skip
def test_services_name_a_responsibility_instead_of_a_mandate(kind, has_mandate):
    keys = [part.key for part in parts_of(Organisation(kind=kind))]
    assert (PartKey.MANDATE in keys) is has_mandate
    assert (PartKey.RESPONSIBILITY in keys) is not has_mandate
    assert len(keys) == 10


def test_the_start_page_counts_the_parts_and_names_what_is_missing(signed_in, club):
    page = signed_in.get(address("start")).content.decode()
    assert "0 von 10" in page or "0 of 10" in page
    signed_in.post(part_address("name-und-ort"), IDENTITY)
    page = signed_in.get(address("start")).content.decode()
    assert "1 von 10" in page or "1 of 10" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("keeper", 200), ("editor", 200), ("stranger", 404), ("keeper of another", 404), ("no factor", 302),
     ("anonymous", 302)],
)  # fmt: skip
def test_only_its_people_and_the_editors_keep_an_entry(client, club, keeper, who, status):
    person = {
        "keeper": lambda: keeper,
        "editor": lambda: UserFactory(editor=True),
        "stranger": lambda: UserFactory(),
        "keeper of another": lambda: UserFactory(roles=[("organisation_editor", make.organisation())]),
        "no factor": lambda: UserFactory(roles=[("organisation_editor", club)], second_factor=False),
        "anonymous": lambda: None,
    }[who]()
    if person is not None:
        client.force_login(person)
    assert client.get(address("start")).status_code == status
    assert client.post(part_address("name-und-ort"), IDENTITY).status_code == (302 if status in (200, 302) else status)
    club.refresh_from_db()
    assert (club.city == "Ravensfurt") is (status == 200)


def test_a_saved_part_is_live_at_once_says_so_with_the_time_and_leads_on(signed_in, club):
    with time_machine.travel(datetime.datetime(2026, 11, 24, 14, 32, tzinfo=datetime.UTC), tick=False):
        signed_in.force_login(UserFactory(roles=[("organisation_editor", club)]))
        response = signed_in.post(part_address("name-und-ort"), IDENTITY, follow=True)
    club.refresh_from_db()
    assert (club.city, club.version) == ("Ravensfurt", 2)
    assert response.redirect_chain[-1][0] == part_address("wer-wir-sind")
    assert "15:32" in response.content.decode()


def test_going_on_later_saves_too_and_leads_to_the_start_page(signed_in, club):
    response = signed_in.post(part_address("name-und-ort"), IDENTITY | {"spaeter": "1"})
    assert response.url == address("start")
    club.refresh_from_db()
    assert club.city == "Ravensfurt"


def test_errors_keep_what_was_typed_and_save_nothing(signed_in, club):
    typed = IDENTITY | {"email": "keine Adresse", "own_language_name": "ጽሑፍ", "founded_year": "1200"}
    response = signed_in.post(part_address("name-und-ort"), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "ጽሑፍ" in page
    assert "keine Adresse" in page
    club.refresh_from_db()
    assert club.own_language_name == ""


@pytest.mark.parametrize("part", [part.slug for part in parts_of(Organisation(kind="mso"))])
def test_every_part_has_a_page(signed_in, part):
    assert signed_in.get(part_address(part)).status_code == 200


def test_parts_that_an_organisation_does_not_have_are_not_there(signed_in):
    assert signed_in.get(part_address("zustaendigkeit")).status_code == 404
    assert signed_in.get(part_address("gibt-es-nicht")).status_code == 404


def test_descriptions_are_kept_per_language(signed_in, club):
    signed_in.post(
        part_address("wer-wir-sind"),
        {"summary": "Wir begleiten.", "german": "Wir sind.", "easy": "Wir helfen.", "version": "1"},
    )
    club.refresh_from_db()
    signed_in.post(address("text_new"), {"language": "Tigrinya", "text": "ንሕና", "version": str(club.version)})
    assert dict(club.descriptions.values_list("language", "text")) == {
        "de": "Wir sind.", "de-x-leicht": "Wir helfen.", "ti": "ንሕና",
    }  # fmt: skip
    club.refresh_from_db()
    signed_in.post(
        part_address("wer-wir-sind"),
        {"summary": "Wir begleiten.", "german": "Anders.", "easy": "", "version": str(club.version)},
    )
    assert dict(club.descriptions.values_list("language", "text")) == {"de": "Anders.", "ti": "ንሕና"}
    club.refresh_from_db()
    page = signed_in.get(address("text_remove", "ti"))
    # A colleague changes the text while the question stands there.
    typed = {"language": "Tigrinya", "text": "ንሕና ኢና", "version": page.context["version"]}
    signed_in.post(address("text", "ti"), typed)
    response = signed_in.post(address("text_remove", "ti"), {"version": page.context["version"]})
    assert response.status_code == 409
    assert "ንሕና ኢና" in response.content.decode()
    signed_in.post(address("text_remove", "ti"), {"version": response.context["version"]})
    assert [row.language for row in club.descriptions.all()] == ["de"]


def test_fields_of_action_and_areas_are_kept(signed_in, club):
    field = FieldOfAction.objects.create(slug="bildung", name="Bildung")
    place = MunicipalityFactory(name="Ravensfurt am See")
    typed = {
        "fields_of_action": [field.pk], "approaches": ["potential"], "crosses_origins": "yes",
        "areas": "Ravensfurt am See\n\n", "version": "1",
    }  # fmt: skip
    assert signed_in.post(part_address("handlungsfelder"), typed).status_code == 302
    club.refresh_from_db()
    assert (list(club.fields_of_action.all()), list(club.areas.all())) == ([field], [place])
    assert (club.approaches, club.crosses_origins) == (["potential"], True)


def test_languages_are_found_by_their_names(signed_in, club):
    typed = {"spoken": ["de", "ti"], "others": "Haussa", "interpreted": "Dari, Kurmandschi", "version": "1"}
    assert signed_in.post(part_address("sprachen"), typed).status_code == 302
    kept = set(club.languages.values_list("code", "with_interpreter"))
    assert kept == {("de", False), ("ti", False), ("ha", False), ("prs", True), ("kmr", True)}
    response = signed_in.post(part_address("sprachen"), typed | {"others": "Klingonisch-X", "version": "2"})
    assert response.status_code == 422


def test_capacity_says_when_no_requests_are_taken_and_when_one_can_come(signed_in, club):
    typed = EMPTY_CAPACITY | {"takes_requests": "False", "day_1": "9–12, 14:30 bis 18 Uhr (nur Frauen)", "version": "1"}
    assert signed_in.post(part_address("kapazitaet"), typed).status_code == 302
    club.refresh_from_db()
    assert club.takes_requests is False
    times = [(f"{row.opens:%H:%M}", f"{row.closes:%H:%M}", row.note) for row in club.opening_times.all()]
    assert times == [("09:00", "12:00", ""), ("14:30", "18:00", "nur Frauen")]


def test_transparency_is_kept_by_point(signed_in, club):
    empty = {f"{name}_{item}": "" for name in ("url", "as_of") for item in range(1, 11)}
    typed = empty | {"url_2": "https://bruecken.example/satzung", "as_of_2": "1.5.2026", "version": "1"}
    assert signed_in.post(part_address("transparenz"), typed).status_code == 302
    (note,) = club.transparency_notes.all()
    assert (note.item, note.as_of) == ("2", datetime.date(2026, 5, 1))


# Two tabs.


def test_two_tabs_never_overwrite_each_other_unseen(signed_in, club):
    signed_in.post(part_address("name-und-ort"), IDENTITY)
    mine = IDENTITY | {"city": "Ravensfurt-Nord", "version": "1"}
    response = signed_in.post(part_address("name-und-ort"), mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Ravensfurt-Nord" in page
    assert 'name="version" value="2"' in page
    club.refresh_from_db()
    assert club.city == "Ravensfurt"
    # Having seen both, the person decides.
    signed_in.post(part_address("name-und-ort"), mine | {"version": "2"})
    club.refresh_from_db()
    assert club.city == "Ravensfurt-Nord"


def test_changes_of_other_parts_meanwhile_are_no_conflict(signed_in, club):
    signed_in.post(part_address("name-und-ort"), IDENTITY)
    typed = {"summary": "Wir begleiten.", "german": "", "easy": "", "version": "1"}
    assert signed_in.post(part_address("wer-wir-sind"), typed).status_code == 302
    club.refresh_from_db()
    assert (club.city, club.summary, club.version) == ("Ravensfurt", "Wir begleiten.", 3)


@pytest.mark.parametrize("version", ["", "0", "-1", "abc", "99", "²", "1" * 40])
def test_a_form_that_names_no_known_version_overwrites_nothing(signed_in, club, version):
    signed_in.post(part_address("name-und-ort"), IDENTITY)
    typed = IDENTITY | {"city": "Anderswo", "version": version}
    assert signed_in.post(part_address("name-und-ort"), typed).status_code == 409
    club.refresh_from_db()
    assert club.city == "Ravensfurt"


def test_a_change_by_other_ways_that_made_no_version_is_seen_as_well(signed_in, club):
    Organisation.objects.filter(pk=club.pk).update(city="Importhausen", version=2)
    assert signed_in.post(part_address("name-und-ort"), IDENTITY).status_code == 409


def test_saving_the_same_makes_no_version(signed_in, club):
    signed_in.post(part_address("name-und-ort"), IDENTITY)
    signed_in.post(part_address("name-und-ort"), IDENTITY | {"version": "2"})
    assert list(ProfileVersion.objects.values_list("number", "part")) == [(2, "identity"), (1, "start")]


def test_the_line_ends_of_browsers_make_no_version(signed_in, club):
    club.summary = "Wir begleiten."
    club.save()
    make.description(club, "Erste Zeile\nzweite Zeile")
    make.description(club, "ንሕና\nኢና", language="ti")
    typed = {"summary": "Wir begleiten.", "german": "Erste Zeile\r\nzweite Zeile", "easy": "", "version": "1"}
    signed_in.post(part_address("wer-wir-sind"), typed)
    signed_in.post(address("text", "ti"), {"language": "Tigrinya", "text": "ንሕና\r\nኢና", "version": "1"})
    club.refresh_from_db()
    assert club.version == 1


# Nothing typed is lost.


def test_what_was_typed_when_the_session_had_ended_is_back_after_signing_in(client, club, keeper):
    response = client.post(part_address("name-und-ort"), IDENTITY | {"city": "Tippdorf"})
    assert response.status_code == 302
    assert "/konto/anmelden/" in response.url
    client.force_login(keeper)
    page = client.get(part_address("name-und-ort")).content.decode()
    assert 'value="Tippdorf"' in page
    club.refresh_from_db()
    assert club.city == ""
    client.post(part_address("name-und-ort"), IDENTITY | {"city": "Tippdorf"})
    club.refresh_from_db()
    assert club.city == "Tippdorf"
    assert "Tippdorf" not in client.session.get("directory_typed", {}).get("typed", "")


def test_what_was_typed_when_the_session_ran_out_with_it_is_back_too(client, club, keeper):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        client.force_login(keeper)
        client.get(address("start"))
    with time_machine.travel(now + datetime.timedelta(hours=3), tick=False):
        response = client.post(part_address("name-und-ort"), IDENTITY | {"city": "Tippdorf"})
        assert "/konto/anmelden/" in response.url
        client.force_login(keeper)
        assert 'value="Tippdorf"' in client.get(part_address("name-und-ort")).content.decode()


def test_whoever_sends_texts_without_an_account_fills_no_storage(client, club, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    for _number in range(25):
        client.post(part_address("name-und-ort"), IDENTITY)
        client.cookies.clear()
    assert Session.objects.count() == 20


def test_the_words_typed_before_a_sign_in_keep_the_version_with_which_they_were_read(client, club, keeper):
    client.post(part_address("name-und-ort"), IDENTITY | {"city": "Tippdorf"})
    colleague = Client()
    colleague.force_login(UserFactory(roles=[("organisation_editor", club)]))
    colleague.post(part_address("name-und-ort"), IDENTITY | {"city": "Anderswo"})
    client.force_login(keeper)
    page = client.get(part_address("name-und-ort"))
    assert 'value="Tippdorf"' in page.content.decode()
    sent = IDENTITY | {"city": "Tippdorf", "version": page.context["version"]}
    assert client.post(part_address("name-und-ort"), sent).status_code == 409
    club.refresh_from_db()
    assert club.city == "Anderswo"


def test_what_was_typed_is_shown_to_those_only_who_keep_the_entry(client, club):
    client.post(part_address("name-und-ort"), IDENTITY | {"city": "Tippdorf"})
    client.force_login(UserFactory())
    assert client.get(part_address("name-und-ort")).status_code == 404


# Figures.


def test_the_start_page_costs_the_same_however_long_the_entry_is(
    signed_in, club, django_assert_num_queries, django_assert_max_num_queries
):
    signed_in.get(address("start"))
    with django_assert_num_queries(16):
        signed_in.get(address("start"))
    for number in range(4):
        make.offer(club, languages=["de", "ti"])
        make.mandate(club)
        make.contact(club)
        club.remarks.create(text=f"Stimmt nicht {number}")
    with django_assert_max_num_queries(16):
        signed_in.get(address("start"))
