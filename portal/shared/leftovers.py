"""What remains of uploads that nobody completed: Wagtail keeps each until somebody fills in its form."""

import datetime
from collections.abc import Iterator
from contextlib import suppress

from django.core.files.storage import Storage
from wagtail.models import UploadedFile

#: Unit: days. Whoever has not filled in the form by then brings the file in anew.
KEPT_DAYS = 7


def tidy_uploads(*, at: datetime.datetime) -> int:
    """Remove uploads that were left lying, rows and files; return how many.

    The rows know no time, so the file says how old it is.
    """
    before = at - datetime.timedelta(days=KEPT_DAYS)
    removed = 0
    for upload in list(UploadedFile.objects.order_by("pk")):
        storage, name = upload.file.storage, upload.file.name
        if _is_older(storage, name, before):
            # The file first: were the work interrupted here, the next run would find the row without one.
            storage.delete(name)
            upload.delete()
            removed += 1
    return removed + sum(_removed(storage, name) for storage, name in _without_row(before))


def _is_older(storage: Storage, name: str, before: datetime.datetime) -> bool:
    """Tell whether a file lay there before a time; one that is gone did."""
    try:
        return storage.get_modified_time(name) < before
    except FileNotFoundError:
        return True


def _without_row(before: datetime.datetime) -> Iterator[tuple[Storage, str]]:
    """Find files whose row never came to be, because something failed between the two."""
    field = UploadedFile._meta.get_field("file")
    known = set(UploadedFile.objects.values_list("file", flat=True))
    names: list[str] = []
    with suppress(FileNotFoundError):
        names = field.storage.listdir(field.upload_to)[1]
    for name in (f"{field.upload_to}/{name}" for name in names):
        if name not in known and _is_older(field.storage, name, before):
            yield field.storage, name


def _removed(storage: Storage, name: str) -> int:
    storage.delete(name)
    return 1
