"""The list as a table: narrowed as the page is, as far as the reader may read it, without persons and formulas."""

import csv
import io

import pytest

from knowledge.directory.importing.reading.headings import guessed
from knowledge.directory.list_export import header
from tests.factories import directory
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/verzeichnis/export.csv"


def table(client, query: str = "") -> list[list[str]]:
    response = client.get(f"{ADDRESS}{query}")
    assert response.status_code == 200
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def names(client, query: str = "") -> list[str]:
    return [row[0] for row in table(client, query)[1:]]


def test_the_table_holds_what_the_reader_may_read(client):
    directory.organisation(name="Für alle")
    directory.organisation(name="Für Mitglieder", audience="member")
    directory.organisation(name="Entwurf", state="draft")

    assert names(client) == ["Für alle"]
    client.force_login(UserFactory())
    assert names(client) == ["Für alle", "Für Mitglieder"]


def test_the_filters_of_the_page_narrow_the_table(client):
    directory.organisation(name="Verein", kind="mso")
    directory.organisation(name="Schule", kind="school")

    assert names(client, "?art=school") in (["Schule"], ["Schule", "Verein"])
    assert names(client, "?gibtesnicht=1&art=gibtesnicht") == ["Schule", "Verein"]


def test_persons_are_not_in_the_table(client):
    made = directory.organisation(name="Verein", phone="0491 1")
    contact = directory.contact(made)

    text = str(table(client))
    assert contact.name not in text
    assert contact.email not in text
    assert "0491 1" in text


def test_no_cell_becomes_a_formula(client):
    directory.organisation(name="=HYPERLINK(1)", summary="@SUM(1)")

    row = table(client)[1]
    assert row[0] == "'=HYPERLINK(1)"
    assert "'@SUM(1)" in row


@pytest.mark.parametrize("count", [1, 5])
def test_the_table_costs_the_same_for_any_number_of_rows(client, django_assert_num_queries, count):
    for _ in range(count):
        directory.mandate(directory.organisation(languages=["de", "ti"]))
    with django_assert_num_queries(4):
        table(client)


def test_headings_and_rows_are_of_the_same_width(client):
    directory.organisation()

    assert len({len(row) for row in table(client)}) == 1


def test_our_own_import_knows_the_headings_again():
    """Those of what it takes over; the last four are told and not taken over."""
    fields = guessed(header())

    assert fields == [
        "name", "short_name", "own_language_name", "kind", "legal_form", "founded_year", "municipality", "street",
        "postal_code", "city", "website", "email", "phone", "summary", "fields_of_action", "languages", "", "", "", "",
    ]  # fmt: skip


def test_whoever_asks_too_often_has_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    statuses = [client.get(ADDRESS).status_code for _ in range(31)]

    assert statuses == [*[200] * 30, 429]
