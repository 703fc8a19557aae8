"""Documents in the search: found by their words, with the page, by those who may read them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from knowledge.documents.indexing import record_of
from knowledge.documents.models import DocumentText
from portal.shared.models import PortalDocument
from search.drain import drain
from search.queries import parse_request
from search.rebuild import rebuild
from search.results import results_page
from tests.factories.accounts import UserFactory
from tests.knowledge.documents import samples

pytestmark = pytest.mark.django_db
WORD = "Ausländerbehörde"


@pytest.fixture(autouse=True)
def index():
    rebuild()


def upload(committed, data=None, name="leitfaden.pdf", **fields) -> PortalDocument:
    """Bring in a file as a command would, and do what follows the commit."""
    with committed(execute=True), ContentFile(data or samples.pdf(), name=name) as file:
        return PortalDocument.objects.create(title=fields.pop("title", "Leitfaden"), file=file, **fields)


def hits(query=WORD, user=None, **parameters):
    asked = {"q": [query], **{name: [value] for name, value in parameters.items()}}
    return results_page(parse_request(asked), user).hits


def test_an_upload_is_found_with_its_page_from_the_form_to_the_link(client, django_capture_on_commit_callbacks):
    client.force_login(UserFactory(editor=True, administrator=True))
    form = {
        "title": "Leitfaden Übergang",
        "file": SimpleUploadedFile("Leitfaden.pdf", samples.pdf(), "application/pdf"),
        "chosen_audience": "public",
        "collection": Collection.get_first_root_node().pk,
        "tags": "",
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("wagtaildocs:add"), form).status_code == 302
    client.logout()
    found = PortalDocument.objects.get()
    html = client.get(reverse("search:results"), {"q": WORD}).content.decode()
    assert f'data-hit="document:{found.pk}"' in html
    assert f'href="{found.url}#page=3"' in html
    assert "3</a>" in html
    assert client.get(found.url).status_code == 200


def test_a_sheet_is_named_as_the_place(django_capture_on_commit_callbacks):
    found = upload(django_capture_on_commit_callbacks, samples.sheets(rows=200), "a.xlsx")
    (hit,) = hits("Elternkurs")
    assert (hit.place.heading, hit.place.url) == ("Plätze", found.url)
    record = record_of(PortalDocument.objects.get(pk=found.pk))
    headings = [section.heading for section in record.sections]
    assert headings[0] == "Plätze"
    assert headings[1] != "Plätze"
    assert "Plätze" in headings[1]
    assert headings[-1] == "Träger"


def test_a_chapter_is_named_as_the_place(django_capture_on_commit_callbacks):
    upload(django_capture_on_commit_callbacks, samples.word(), "a.docx")
    (hit,) = hits("Handwerkskammer")
    assert hit.place.heading == "Zuständigkeiten"


def test_a_file_without_text_is_found_by_its_title(django_capture_on_commit_callbacks):
    upload(django_capture_on_commit_callbacks, samples.scanned(), title="Satzung Neuenbrück")
    (hit,) = hits("Satzung")
    assert (hit.kind, hit.place) == ("document", None)
    assert "".join(segment.text for segment in hit.passage).startswith("PDF, 2")


def test_a_kind_of_its_own_can_be_chosen(django_capture_on_commit_callbacks):
    upload(django_capture_on_commit_callbacks)
    assert [hit.kind for hit in hits(art="document")] == ["document"]
    assert hits(art="paper") == ()


def test_words_of_a_replaced_file_are_gone_and_those_of_the_new_one_found(django_capture_on_commit_callbacks):
    found = upload(django_capture_on_commit_callbacks)
    with (
        django_capture_on_commit_callbacks(execute=True),
        ContentFile(samples.pdf("Die Volkshochschule."), "b.pdf") as new,
    ):
        found.file = new
        found.save()
    assert hits() == ()
    assert len(hits("Volkshochschule")) == 1


def test_between_two_files_no_word_of_the_old_one_is_found(django_capture_on_commit_callbacks):
    found = upload(django_capture_on_commit_callbacks)
    with ContentFile(samples.pdf("Die Volkshochschule."), "b.pdf") as new:
        found.file = new
        found.save()
    drain()
    assert hits() == hits("Volkshochschule") == ()
    assert len(hits("Leitfaden")) == 1


def test_a_deleted_document_is_gone(django_capture_on_commit_callbacks):
    found = upload(django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        found.delete()
    assert hits() == ()


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("public", {"anonymous", "member", "staff", "editor"}),
        ("member", {"member", "staff", "editor"}),
        ("staff", {"staff", "editor"}),
        ("editor", {"editor"}),
    ],
)
def test_those_find_a_file_who_may_read_it(django_capture_on_commit_callbacks, audience, readers):
    people = {
        "anonymous": None,
        "member": UserFactory(),
        "staff": UserFactory(staff=True),
        "editor": UserFactory(editor=True),
    }
    found = upload(django_capture_on_commit_callbacks, chosen_audience=audience)
    assert {name for name, person in people.items() if hits(user=person)} == readers
    if audience != "public":
        # The title stands in the address of open files only.
        assert record_of(found).url == reverse("wagtaildocs_serve", args=[found.pk, "datei"])


def test_a_collection_that_is_closed_later_closes_the_search(django_capture_on_commit_callbacks):
    collection = Collection.get_first_root_node().add_child(name="Intern")
    upload(django_capture_on_commit_callbacks, collection=collection)
    member = UserFactory()
    assert len(hits()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert hits() == ()
    assert len(hits(user=member)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()
    assert len(hits()) == 1


def test_a_text_that_changes_brings_its_document_into_the_index(django_capture_on_commit_callbacks):
    found = upload(django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        text = DocumentText.objects.get(document=found)
        text.parts = [{"number": 7, "text": "Die Härtefallkommission berät."}]
        text.save()
    (hit,) = hits("Härtefallkommission")
    assert hit.place.url.endswith("#page=7")


def test_more_documents_cost_no_more_queries(django_capture_on_commit_callbacks):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            hits()
        return len(queries)

    upload(django_capture_on_commit_callbacks)
    hits()
    one = cost()
    for number in range(4):
        upload(django_capture_on_commit_callbacks, samples.pdf(f"{number}: {WORD}."), title=f"Blatt {number}")
    assert len(hits()) == 5
    assert cost() == one
