"""What editors are told of documents that are not searchable."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledge.documents.models import DocumentText
from knowledge.documents.reading.outcome import Reason, State
from portal.shared.models import PortalDocument
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
REPORT = "/redaktion/dokumente-auffindbar/"
RESULTS = "/redaktion/dokumente-auffindbar/ergebnisse/"


@pytest.fixture
def editing(client):
    client.force_login(UserFactory(administrator=True))
    return client


def document(title: str, state=State.READ, reason=Reason.NONE, **fields) -> PortalDocument:
    with ContentFile(b"Text", name="a.pdf") as file:
        made = PortalDocument.objects.create(title=title, file=file)
    DocumentText.objects.filter(document=made).update(state=state, reason=reason, **fields)
    return made


def titles(response) -> set[str]:
    return {text.document.title for text in response.context["object_list"]}


@pytest.fixture
def mixed():
    document("Gelesen", page_count=3)
    document("Gescannt", State.SCANNED)
    document("Verschlossen", State.PROTECTED)
    document("Halb", State.READ, Reason.SCANNED_PAGES, page_count=9, silent_pages=7)
    document("Wartend", State.WAITING)


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ("", {"Gelesen", "Gescannt", "Verschlossen", "Halb", "Wartend"}),
        ("?state=not-searchable", {"Gescannt", "Verschlossen"}),
        ("?state=partly", {"Halb"}),
        ("?state=scanned", {"Gescannt"}),
        ("?state=waiting", {"Wartend"}),
        ("?title=halb", {"Halb"}),
    ],
)
def test_the_list_is_narrowed(editing, mixed, chosen, shown):
    assert titles(editing.get(f"{REPORT}{chosen}")) == shown
    assert titles(editing.get(f"{RESULTS}{chosen}")) == shown


def test_the_list_says_what_to_do(editing, mixed):
    html = editing.get(REPORT).content.decode()
    assert "OCR" in html
    assert "7" in html
    assert reverse("wagtaildocs:edit", args=[PortalDocument.objects.get(title="Gescannt").pk]) in html


def test_an_empty_list_says_why(editing):
    assert "object_list" in editing.get(REPORT).context
    assert editing.get(f"{REPORT}?state=scanned").status_code == 200


def test_the_page_of_a_document_says_whether_it_is_searchable(editing):
    found = document("Gescannt", State.SCANNED)
    html = editing.get(reverse("wagtaildocs:edit", args=[found.pk])).content.decode()
    assert "OCR" in html
    DocumentText.objects.all().delete()
    assert editing.get(reverse("wagtaildocs:edit", args=[found.pk])).status_code == 200


def test_the_menu_leads_to_it(editing):
    assert "dokumente-auffindbar/?state=not-searchable" in editing.get("/redaktion/").content.decode()


@pytest.mark.parametrize("address", [REPORT, RESULTS])
def test_those_without_documents_are_refused(client, address):
    assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address).status_code in (302, 403)


@pytest.mark.parametrize("address", [REPORT, RESULTS])
def test_whoever_edits_no_documents_is_refused_inside_the_editing_interface_too(client, address):
    person = UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person)
    assert client.get("/redaktion/").status_code == 200
    assert client.get(address).status_code == 403
    assert "dokumente-auffindbar" not in client.get("/redaktion/").content.decode()


def test_authors_see_their_own_documents_alone(client, mixed):
    author = UserFactory(author=True)
    PortalDocument.objects.filter(title="Halb").update(uploaded_by_user=author)
    client.force_login(author)
    assert titles(client.get(REPORT)) == {"Halb"}


def test_a_longer_list_costs_no_more_queries_and_no_text(editing):
    def cost() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            editing.get(RESULTS)
        return [query["sql"] for query in queries]

    document("Eins")
    editing.get(RESULTS)
    one = cost()
    for number in range(5):
        document(f"Weiteres {number}")
    more = cost()
    assert len(more) == len(one)
    assert not any('"documents_documenttext"."parts"' in sql for sql in more)
