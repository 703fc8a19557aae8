"""What happens to the text of a document: it is waited for, read once, and forgotten with its file."""

import datetime
import hashlib
import time
from functools import partial
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from knowledge.documents.models import DocumentText
from knowledge.documents.reading.outcome import Part, Reading, Reason, State
from knowledge.documents.reading.runner import read_in_child
from knowledge.documents.tasks import read_document
from portal.shared.models import PortalDocument


@transaction.atomic
def expect_text(*, document: PortalDocument) -> None:
    """Note which file a document has now; another one than before is read after the commit, unless it is known."""
    name = document.file.name
    if not name or DocumentText.objects.filter(document=document, file_name=name).exists():
        return
    text, is_new = DocumentText.objects.select_for_update().get_or_create(document=document)
    digest = _digest(document)
    if not is_new and digest and text.sha256 == digest and _ending(text.file_name) == _ending(name):
        text.file_name = name
    else:
        text.wait_for(name, digest)
        _take_over(text)
    text.save()
    if text.state == State.WAITING:
        # Robust, because the upload is committed by then; what is not queued waits for `manage.py documents read`.
        transaction.on_commit(partial(read_document.enqueue, text.pk), robust=True)


def expect_missing_texts() -> int:
    """Note the documents that came before this room did; return how many there were."""
    documents = PortalDocument.objects.filter(extracted_text=None).order_by("pk")
    return sum(1 for document in documents.iterator() if expect_text(document=document) is None)


def read_text(*, pk: int, again: bool = False, at: datetime.datetime | None = None) -> DocumentText | None:
    """Read a file that waits, in a process of its own; nothing if it does not wait or somebody else has it.

    `again` reads it whatever its state is, for after an upgrade of the readers.
    """
    at = at or timezone.now()
    wanted = DocumentText.objects.all() if again else DocumentText.objects.free(at)
    if not wanted.filter(pk=pk).update(claimed_at=at):
        return None
    if not again and (known := _known(pk)):
        return known
    text = DocumentText.objects.light().select_related("document").filter(pk=pk).first()
    if text is None:
        return None
    started = time.monotonic()
    reading = _reading_of(text.document)
    return _keep(pk, text.file_name, reading, seconds=time.monotonic() - started)


def _reading_of(document: PortalDocument) -> Reading:
    data = _content(document)
    if data is None:
        return Reading(State.DAMAGED, Reason.MISSING)
    return read_in_child(data, document.file.name)


@transaction.atomic
def _keep(pk: int, file_name: str, reading: Reading, *, seconds: float) -> DocumentText | None:
    """Write down how the reading ended, unless the document is gone or has another file by now."""
    text = DocumentText.objects.select_for_update().filter(pk=pk, file_name=file_name).first()
    if text is None:
        return None
    text.state, text.reason = reading.state, reading.reason
    text.parts = [_as_json(part) for part in reading.parts]
    text.page_count = reading.notes.page_count
    text.silent_pages = reading.notes.scanned_pages + reading.notes.damaged_pages
    text.language = reading.notes.language[:35]
    text.seconds, text.claimed_at, text.read_at = round(seconds, 2), None, timezone.now()
    text.save()
    return text


@transaction.atomic
def _known(pk: int) -> DocumentText | None:
    """Look once more for the very same file: two that came together were both unknown then."""
    text = DocumentText.objects.select_for_update().filter(pk=pk).first()
    if text is None:
        return None
    _take_over(text)
    if text.state == State.WAITING:
        return None
    text.claimed_at = None
    text.save()
    return text


def _take_over(text: DocumentText) -> None:
    """Take the text over from a document with the very same file, so that no file is read twice."""
    twins = DocumentText.objects.filter(sha256=text.sha256, file_name__endswith=_ending(text.file_name))
    twin = twins.exclude(pk=text.pk).exclude(sha256="").exclude(state=State.WAITING).first()
    if twin is not None:
        for name in ("state", "reason", "parts", "page_count", "silent_pages", "language", "seconds", "read_at"):
            setattr(text, name, getattr(twin, name))


def _as_json(part: Part) -> dict:
    return {key: value for key in Part.__slots__ if (value := getattr(part, key))} | {"text": part.text}


def _content(document: PortalDocument) -> bytes | None:
    try:
        with document.file.storage.open(document.file.name) as stored:
            return stored.read()
    except FileNotFoundError:
        return None


def _digest(document: PortalDocument) -> str:
    data = _content(document)
    return hashlib.sha256(data).hexdigest() if data is not None else ""


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower()
