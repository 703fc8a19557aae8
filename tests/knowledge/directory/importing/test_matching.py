"""Which entries a row may be about; what is only alike is never merged by itself."""

import pytest

from knowledge.directory.importing.cells import Row
from knowledge.directory.importing.matching import KnownEntries, Why, folded, folded_street
from tests.factories import directory

pytestmark = pytest.mark.django_db


def candidates(**values):
    return [(found.why, found.is_certain) for found in KnownEntries().candidates(Row(2, {"name": "x"} | values))]


@pytest.fixture
def bridges():
    made = directory.organisation(
        name="Brücken bauen e. V.", street="Hafenstraße 3", postal_code="26789", city="Ravensfurt",
        email="info@bruecken.example", website="https://www.bruecken.example/",
    )  # fmt: skip
    directory.registration(made, number="VR 4711", authority="Amtsgericht Ravensfurt")
    return made


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"name": "Brücken bauen"}, [(Why.NAME, True)]),
        ({"name": "BRUECKEN BAUEN eV", "city": "Ravensfurt"}, [(Why.NAME, True)]),
        ({"name": "Brücken bauen e.V.", "city": "Andernorts"}, [(Why.NAME, False)]),
        ({"name": "Brücken bauen", "postal_code": "11111"}, [(Why.NAME, False)]),
        ({"name": "Brüken bauen", "city": "Ravensfurt"}, [(Why.ALIKE, False)]),
        ({"name": "Bauen Brücken", "postal_code": "26789"}, [(Why.ALIKE, False)]),
        ({"name": "Brücken bauen Andernorts", "city": "Andernorts"}, []),
        ({"name": "Brückenfreunde", "street": "Hafenstr. 3", "postal_code": "26789"}, [(Why.ADDRESS, False)]),
        ({"name": "Kochgruppe", "street": "Hafenstr. 3", "postal_code": "26789"}, []),
        ({"name": "Ganz anders", "email": "INFO@bruecken.example"}, [(Why.EMAIL, False)]),
        ({"name": "Ganz anders", "website": "http://bruecken.example"}, [(Why.WEBSITE, False)]),
        (
            {"name": "Ganz anders", "registration": {"number": "VR4711", "authority": "Amtsgericht Ravensfurt"}},
            [(Why.REGISTER, True)],
        ),
        ({"name": "Brücken", "registration": {"number": "4711", "authority": ""}}, [(Why.REGISTER, True)]),
        ({"name": "Ganz anders", "registration": {"number": "4711", "authority": ""}}, [(Why.REGISTER, False)]),
        ({"name": "Ganz anders", "registration": {"number": "VR 4711", "authority": "Amtsgericht Köln"}}, []),
        ({"name": "Verein"}, []),
    ],
)
def test_a_row_is_compared_by_register_name_and_address(bridges, values, expected):
    assert candidates(**values) == expected


def test_drafts_and_put_away_entries_are_found_too():
    directory.organisation(name="Entwurf", state="draft")
    directory.organisation(name="Weggelegt", state="archived")

    assert candidates(name="Entwurf") == candidates(name="Weggelegt") == [(Why.NAME, True)]


def test_a_site_that_many_share_is_nobodys_own():
    for number in range(5):
        directory.organisation(name=f"Ortsgruppe {number} Nord", website="https://verband.example/")

    assert candidates(name="Ganz anders", website="https://verband.example/") == []


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Brücken bauen e. V.", "bruecken bauen"),
        ("Neue Wege gGmbH", "neue wege"),
        ("Verein", "verein"),
        ("e. V.", "ev"),
    ],
)
def test_names_are_compared_without_their_legal_form(name, same):
    assert folded(name) == same


def test_streets_are_compared_however_they_are_written():
    assert folded_street("Hafenstraße 3") == folded_street("Hafenstr. 3") == folded_street("hafen strasse 3")


def test_a_long_list_is_compared_with_a_large_directory_in_seconds():
    import time

    from knowledge.directory.models import Organisation

    Organisation.objects.bulk_create(
        Organisation(name=f"Verein {number} für Bildung {number % 97}", slug=f"v-{number}", city="Ravensfurt")
        for number in range(5_000)
    )
    known = KnownEntries()
    started = time.process_time()
    for number in range(200):
        known.candidates(
            Row(number, {"name": f"Verein {number} fuer Bildung {number % 97} e. V.", "city": "Ravensfurt"})
        )
    assert time.process_time() - started < 3
