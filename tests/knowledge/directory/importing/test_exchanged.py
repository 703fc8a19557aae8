"""What one portal exports, another one reads back as the same facts; persons do not travel."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from knowledge.directory.enums import EntryState
from knowledge.directory.importing.reading.door import read_table
from knowledge.directory.importing.reading.headings import guessed
from knowledge.directory.importing.reading.outcome import Reason, Unreadable
from knowledge.directory.models import Contact, DirectoryImport, Organisation
from tests.factories import directory
from tests.factories.accounts import UserFactory
from tests.knowledge.directory.hsds.furnished import whole_organisation

COLUMNS = (
    "name", "short_name", "own_language_name", "kind", "legal_form", "founded_year", "municipality", "street",
    "postal_code", "city", "website", "email", "phone", "summary", "reachable", "responsibility", "legal_basis",
)  # fmt: skip


def facts() -> list[dict]:
    """Return what the directory says, without keys and days."""
    return [
        {name: getattr(one, name) for name in COLUMNS}
        | {
            "description": [said.text for said in one.descriptions.all() if said.language == "de"],
            "fields": sorted(field.slug for field in one.fields_of_action.all()),
            "languages": sorted(spoken.code for spoken in one.languages.all() if spoken.offer_id is None),
            "register": [(r.number, r.authority) for r in one.registrations.all() if r.kind == "vereinsregister"],
        }
        for one in Organisation.objects.order_by("name")
    ]


@pytest.mark.django_db
def test_an_export_is_read_back_as_equal_facts(client):
    contact = directory.contact(whole_organisation(name="Brücken bauen", email="info@bruecken.example"))
    directory.organisation(name="Ein Amt", kind="job-centre", responsibility="Beratung", legal_basis="SGB II")
    before = facts()
    exported = b"".join(client.get("/api/hsds/3.0/export.json"))
    assert contact.name in exported.decode()
    Organisation.objects.all().delete()

    client.force_login(UserFactory(editor=True))
    sent = client.post(reverse("directory_imports"), {"file": SimpleUploadedFile("export.json", exported)})
    fields = client.get(sent.url).context["form"].initial
    columns = {name: value for name, value in fields.items() if name.startswith("column")} | {"kind": "mso"}
    client.post(sent.url, columns)
    listed = DirectoryImport.objects.get()
    assert contact.name not in str(listed.rows)
    client.post(reverse("directory_import_start", args=[listed.pk]))

    assert facts() == before
    assert set(Organisation.objects.values_list("state", flat=True)) == {EntryState.DRAFT}
    assert not Contact.objects.exists()


def test_every_column_of_an_export_is_guessed():
    table = read_table(b'{"organizations": [{"name": "Verein"}]}', "export.json")

    assert all(guessed(table.columns))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", Reason.DAMAGED), (b"\xff\xff", Reason.DAMAGED), (b"[" * 100_000, Reason.DAMAGED), (b"[]", Reason.EMPTY),
        (b'"text"', Reason.EMPTY), (b'{"organizations": 7}', Reason.EMPTY), (b"[1, 2]", Reason.EMPTY),
    ],
)  # fmt: skip
def test_what_is_no_export_is_told(data, reason):
    with pytest.raises(Unreadable) as refused:
        read_table(data, "a.json")

    assert refused.value.reason == reason


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=10) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("name", "description", "attributes", "locations", "phones", "organization_identifiers", "contacts")


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, ANYTHING)), max_size=3))
def test_no_shape_of_an_export_breaks_the_reading(organisations):
    try:
        read_table(json.dumps({"organizations": organisations}).encode(), "a.json")
    except Unreadable as refused:
        reason = refused.reason
    else:
        return
    assert reason == Reason.EMPTY
