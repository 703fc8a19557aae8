"""The text of a document: waited for, read once, forgotten with its file."""

import datetime

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ReferenceIndex

from knowledge.documents import actions
from knowledge.documents.enums import NOT_SEARCHABLE, STATE_NAMES
from knowledge.documents.models import DocumentText
from knowledge.documents.reading.outcome import Notes, Part, Reading, Reason, State
from portal.shared.models import PortalDocument
from tests.knowledge.documents import samples
from tests.portal.shared.samples import pdf as blank_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def readings(monkeypatch):
    """Count what is read, and answer at once."""
    read = []

    def read_in_child(data, file_name):
        read.append(data)
        return Reading(State.READ, parts=(Part(data.decode(), number=1),), notes=Notes(page_count=1))

    monkeypatch.setattr(actions, "read_in_child", read_in_child)
    return read


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do what follows a commit, as if every test were a request."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def document(data=b"Ein Text.", name="Leitfaden.txt", **fields) -> PortalDocument:
    with ContentFile(data, name=name) as file:
        return PortalDocument.objects.create(title=fields.pop("title", "Leitfaden"), file=file, **fields)


def replace(found: PortalDocument, data: bytes, name="neu.txt") -> None:
    with ContentFile(data, name=name) as file:
        found.file = file
        found.save()


def text_of(found: PortalDocument) -> DocumentText:
    return DocumentText.objects.get(document=found)


def test_a_file_waits_within_the_upload_and_is_read_after_it(readings, committed):
    with committed() as callbacks:
        found = document()
        assert text_of(found).state == State.WAITING
        assert readings == []
    assert callbacks
    text = text_of(found)
    assert (text.state, text.passages(), text.claimed_at) == (State.READ, [Part("Ein Text.", number=1)], None)
    assert text.read_at


def test_an_upload_that_is_rolled_back_leaves_nothing(readings, committed):
    with committed() as callbacks, transaction.atomic():
        document()
        transaction.set_rollback(True)
    assert (DocumentText.objects.count(), readings, callbacks) == (0, [], [])


def test_another_title_reads_nothing(readings, committed):
    with committed():
        found = document()
    with committed() as callbacks:
        found.title = "Anders"
        found.save()
    assert len(readings) == 1
    assert text_of(found).state == State.READ
    assert [callback for callback in callbacks if "read_document" in str(callback)] == []


def test_another_file_forgets_the_old_text_before_the_new_one_is_read(readings, committed):
    with committed():
        found = document(b"Alt.")
    with committed():
        replace(found, b"Neu.")
        waiting = text_of(found)
        assert (waiting.state, waiting.parts) == (State.WAITING, [])
    assert text_of(found).passages()[0].text == "Neu."


def test_the_same_file_again_is_not_read_again(readings, committed):
    with committed():
        found = document(b"Gleich.")
    with committed():
        replace(found, b"Gleich.", "anders.txt")
        another = document(b"Gleich.")
    assert len(readings) == 1
    assert text_of(found).file_name == found.file.name
    assert text_of(another).passages() == text_of(found).passages()


def test_the_same_content_under_another_ending_is_another_file(readings, committed):
    with committed():
        document(b"a;b", "a.txt")
        document(b"a;b", "a.csv")
    assert len(readings) == 2


def test_a_text_goes_with_its_document(readings, committed):
    with committed():
        found = document()
        found.delete()
    assert (DocumentText.objects.count(), readings) == (0, [])


def test_what_was_read_in_a_file_that_was_replaced_meanwhile_is_thrown_away(monkeypatch, committed):
    found = document(b"Alt.")

    def read_in_child(data, file_name):
        if data == b"Alt.":
            replace(PortalDocument.objects.get(pk=found.pk), b"Neu.")
        return Reading(State.READ, parts=(Part(data.decode()),))

    monkeypatch.setattr(actions, "read_in_child", read_in_child)
    assert actions.read_text(pk=text_of(found).pk) is None
    assert text_of(found).state == State.WAITING
    assert actions.read_text(pk=text_of(found).pk).passages() == [Part("Neu.")]


def test_two_readers_do_not_read_the_same_file(monkeypatch):
    pk = text_of(document()).pk
    seconds = []

    def read_in_child(data, file_name):
        seconds.append(actions.read_text(pk=pk))
        return Reading(State.EMPTY)

    monkeypatch.setattr(actions, "read_in_child", read_in_child)
    assert actions.read_text(pk=pk).state == State.EMPTY
    assert seconds == [None]


def test_a_file_whose_reader_died_is_free_again_after_a_while(readings):
    pk = text_of(document()).pk
    DocumentText.objects.update(claimed_at=timezone.now())
    assert actions.read_text(pk=pk) is None
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=11)):
        assert actions.read_text(pk=pk).state == State.READ


def test_a_file_that_the_store_lost_is_told_as_such(readings):
    found = document()
    found.file.storage.delete(found.file.name)
    text = actions.read_text(pk=text_of(found).pk)
    assert (text.state, text.reason) == (State.DAMAGED, Reason.MISSING)


@pytest.mark.parametrize(
    ("data", "name", "state"),
    [
        (samples.pdf, "a.pdf", State.READ),
        (samples.scanned, "a.pdf", State.SCANNED),
        (blank_pdf, "a.pdf", State.EMPTY),
        (lambda: samples.locked(password="geheim"), "a.pdf", State.PROTECTED),
        (samples.swelling_sheets, "a.xlsx", State.TOO_LARGE),
        (lambda: b"%PDF-1.7 und nichts", "a.pdf", State.DAMAGED),
        (lambda: b"GIF8", "a.gif", State.UNSUPPORTED),
    ],
    ids=lambda value: str(value) if isinstance(value, State) else "",
)
def test_whatever_stands_in_a_file_its_upload_succeeds_and_its_state_says_so(data, name, state, committed):
    with committed():
        found = document(data(), name)
    text = text_of(found)
    assert text.state == state
    assert text.state_name
    assert bool(text.advice) == (state in NOT_SEARCHABLE)
    assert (text in DocumentText.objects.not_searchable()) == (state in NOT_SEARCHABLE)


def test_a_file_that_is_found_in_part_says_which_part_is_not():
    found = document(samples.scanned("Ein ganzer Satz mit genug Buchstaben.", pages=3), "a.pdf")
    text = actions.read_text(pk=text_of(found).pk)
    assert text.is_partly_searchable
    assert list(DocumentText.objects.partly_searchable()) == [text]
    assert "3" in text.advice
    assert "4" in text.advice
    assert text.state_name != str(STATE_NAMES[State.READ])


def test_the_command_reads_what_waits_and_what_came_before_the_room(readings, capsys):
    found, old = document(), document(b"Aus der Zeit davor.", title="Altes Papier")
    DocumentText.objects.filter(document=old).delete()
    call_command("documents", "read")
    assert text_of(found).state == text_of(old).state == State.READ
    told = capsys.readouterr().out
    assert "Altes Papier" in told
    assert "2" in told
    call_command("documents", "read")
    assert len(readings) == 2


def test_the_command_reads_everything_anew_after_an_upgrade(readings):
    document(), document()
    call_command("documents", "read", verbosity=0)
    call_command("documents", "read", "--all", verbosity=0)
    assert len(readings) == 2 + 1


def test_a_text_is_no_use_of_its_document():
    found = document()
    assert ReferenceIndex.get_references_to(found).count() == 0


def test_saving_a_document_costs_one_query_more():
    found = document()
    with CaptureQueriesContext(connection) as queries:
        found.save()
    assert len([query for query in queries if "documents_documenttext" in query["sql"]]) == 1
