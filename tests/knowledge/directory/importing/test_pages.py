"""The pages of the import as an editor goes through them, without JavaScript, with whatever files people bring."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from knowledge.directory.importing.reading.runner import read_in_child
from knowledge.directory.models import DirectoryImport, Organisation
from tests.factories import directory
from tests.factories.accounts import UserFactory
from tests.knowledge.directory.importing.files import BRIDGES, HEADINGS, WAYS, as_csv, as_excel
from tests.knowledge.directory.importing.test_reading import zip_bomb

pytestmark = pytest.mark.django_db
ROWS = (HEADINGS, BRIDGES, WAYS)
COLUMNS = {"column_0": "name", "column_1": "street", "column_2": "postal_code", "column_3": "city", "column_4": "email",
           "column_5": "phone", "column_6": "person", "column_7": "languages", "kind": "mso"}  # fmt: skip


@pytest.fixture
def editor(client):
    person = UserFactory(editor=True)
    client.force_login(person)
    return person


@pytest.fixture
def in_process(monkeypatch):
    """Read in this process, so that hundreds of files take seconds."""
    from knowledge.directory.importing import forms
    from knowledge.directory.importing.reading.door import read_table

    monkeypatch.setattr(forms, "read_in_child", read_table)


def send(client, data: bytes, name: str = "liste.csv"):
    return client.post(reverse("directory_imports"), {"file": SimpleUploadedFile(name, data)})


def go(client, data: bytes, name: str = "liste.csv", **columns) -> str:
    """Bring a list and name its columns; return the address of its dry run."""
    address = send(client, data, name).url
    answer = client.post(address, columns or COLUMNS)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.url


@pytest.mark.parametrize("data", [as_csv(ROWS), as_csv(ROWS, encoding="cp1252", delimiter=","), as_excel(ROWS)])
def test_a_list_is_brought_looked_through_taken_over_and_undone(client, editor, data):
    name = "liste.xlsx" if data.startswith(b"PK") else "liste.csv"
    columns = client.get(send(client, data, name).url)
    assert columns.context["form"].initial["column_0"] == "name"
    assert columns.context["has_persons"]
    look = go(client, data, name)
    html = client.get(look).content.decode()
    assert "Brücken bauen e. V." in html
    assert "Zwirnlein" not in html

    pk = DirectoryImport.objects.first().pk
    assert client.post(reverse("directory_import_start", args=[pk]), follow=True).status_code == 200
    assert Organisation.objects.count() == 2
    assert "Brücken bauen e. V." in client.get(look).content.decode()
    assert client.get(reverse("directory_import_undo", args=[pk])).status_code == 200
    assert Organisation.objects.count() == 2
    client.post(reverse("directory_import_undo", args=[pk]))
    assert Organisation.objects.count() == 0
    assert client.get(look).status_code == 200


def test_a_decision_is_kept_and_carried_out(client, editor):
    look = go(client, as_csv(ROWS))
    client.post(look, {"row-0": "skip", "row-1": "new"})
    assert DirectoryImport.objects.get().decisions["0"] == "skip"
    client.post(reverse("directory_import_start", args=[DirectoryImport.objects.get().pk]))

    assert Organisation.objects.get().name == WAYS[0]


def test_an_undo_is_refused_with_the_names_of_what_was_touched(client, editor):
    go(client, as_csv(ROWS))
    pk = DirectoryImport.objects.get().pk
    client.post(reverse("directory_import_start", args=[pk]))
    directory.offer(Organisation.objects.get(name=WAYS[0]))

    html = client.post(reverse("directory_import_undo", args=[pk])).content.decode()
    assert WAYS[0] in html
    assert BRIDGES[0] not in html
    assert Organisation.objects.count() == 2


def test_a_list_can_be_thrown_away(client, editor):
    go(client, as_csv(ROWS))
    client.post(reverse("directory_import_discard", args=[DirectoryImport.objects.get().pk]))

    assert not DirectoryImport.objects.exists()


@pytest.mark.parametrize(
    ("columns", "wrong"),
    [({"kind": "mso"}, "__all__"), (COLUMNS | {"column_1": "name"}, "column_1"), (COLUMNS | {"kind": "x"}, "kind")],
)
def test_columns_without_a_name_or_with_two_are_asked_for_again(client, editor, columns, wrong):
    answer = client.post(send(client, as_csv(ROWS)).url, columns)

    assert list(answer.context["form"].errors) == [wrong]
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.csv"), (b"\x00\x01\x02", "a.csv"), (b"PK\x03\x04kaputt", "a.xlsx"), (zip_bomb(), "a.xlsx"),
        (as_csv(ROWS), "a.xlsx"), (as_excel(ROWS), "a.csv"), (b"Name", "a.exe"), (b'Name\n"offen', "a.csv"),
        (as_excel([]), "a.xlsx"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xlsx"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_at_its_field(client, editor, data, name):
    answer = send(client, data, name)

    assert answer.status_code == 200
    assert len(answer.context["form"].errors["file"]) == 1
    assert not DirectoryImport.objects.exists()


MANY = st.lists(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40), min_size=1, max_size=5),
    min_size=1, max_size=6,
)  # fmt: skip
patiently = hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@patiently
@given(st.binary(min_size=1, max_size=200))
def test_no_file_breaks_a_page(client, editor, in_process, data):
    for content, name in ((data, "a.csv"), (b"Name;Ort\n" + data, "a.csv"), (b"PK\x03\x04" + data, "a.xlsx")):
        answer = send(client, content, name)
        assert answer.status_code in (200, 302)


@patiently
@given(MANY)
def test_no_cell_breaks_the_way_to_an_entry(client, editor, in_process, rows):
    headings = ["Name", "Adresse", "E-Mail", "Sprachen", "VR-Nr."]
    answer = send(client, as_csv([headings, *rows]))
    if answer.status_code == 200:
        assert answer.context["form"].errors
        return
    columns = {"column_0": "name", "column_1": "address", "column_2": "email", "column_3": "languages",
               "column_4": "register_number", "kind": "mso"}  # fmt: skip
    look = client.post(answer.url, columns).url
    assert client.get(look).status_code == 200
    pk = DirectoryImport.objects.first().pk
    before = Organisation.objects.count()
    assert client.post(reverse("directory_import_start", args=[pk]), follow=True).status_code == 200
    assert client.get(look).status_code == 200
    client.post(reverse("directory_import_undo", args=[pk]))
    assert Organisation.objects.count() == before


def test_text_of_the_list_is_never_obeyed(client, editor):
    data = as_csv([("Name", "Ort"), ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>")])
    address = send(client, data).url
    html = client.get(address).content.decode()
    html += client.get(
        client.post(address, {"column_0": "name", "column_1": "city", "kind": "mso"}).url
    ).content.decode()

    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("count", [2, 20])
def test_the_dry_run_costs_the_same_for_any_number_of_rows(client, editor, django_assert_max_num_queries, count):
    rows = [(f"Verein {chr(97 + number) * 9}", "Ravensfurt", "0491 1") for number in range(count)]
    for name, place, _phone in rows[::2]:
        directory.organisation(name=name, city=place)
    data = as_csv([("Name", "Ort", "Telefon"), *rows])
    look = go(client, data, column_0="name", column_1="city", column_2="phone", kind="mso")
    client.get(look)
    with django_assert_max_num_queries(40):
        client.get(look)


@pytest.mark.parametrize("roles", [[], ["author"]])
def test_nobody_else_gets_there(client, editor, roles):
    go(client, as_csv(ROWS))
    pk = DirectoryImport.objects.get().pk
    client.force_login(UserFactory(roles=roles))

    for name in ("directory_import", "directory_import_columns", "directory_import_undo"):
        assert client.get(reverse(name, args=[pk])).status_code in (302, 403)
    for name in ("directory_import_start", "directory_import_discard"):
        assert client.post(reverse(name, args=[pk])).status_code in (302, 403)
    assert send(client, as_csv(ROWS)).status_code in (302, 403)
    assert DirectoryImport.objects.get().pk == pk


def test_ten_thousand_rows_are_taken_over_by_the_worker(client, editor):
    """Read and planned here; that pieces are taken one after the other is proved in `test_taking`."""
    rows = [("Name", "Ort"), *((f"Verein {number} {number % 89}", "Ravensfurt") for number in range(10_000))]

    assert len(read_in_child(as_csv(rows), "a.csv").rows) == 10_000
