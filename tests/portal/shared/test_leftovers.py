"""Uploads that nobody completed go after a week, rows and files; younger ones and all others stay."""

import datetime
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import UploadedFile

from portal.shared.leftovers import KEPT_DAYS, tidy_uploads
from portal.shared.models import PortalDocument

pytestmark = pytest.mark.django_db


def lying_since(days, name) -> None:
    moment = (timezone.now() - datetime.timedelta(days=days)).timestamp()
    os.utime(default_storage.path(name), (moment, moment))


def upload(days) -> UploadedFile:
    row = UploadedFile.objects.create(file=ContentFile(b"x", name="angefangen.txt"))
    lying_since(days, row.file.name)
    return row


def test_what_lay_for_a_week_goes_with_its_file():
    old, young = upload(KEPT_DAYS + 1), upload(KEPT_DAYS - 1)
    assert tidy_uploads(at=timezone.now()) == 1
    assert list(UploadedFile.objects.all()) == [young]
    assert not default_storage.exists(old.file.name)
    assert default_storage.exists(young.file.name)
    assert tidy_uploads(at=timezone.now()) == 0


def test_a_row_whose_file_is_gone_goes_as_well():
    row = upload(1)
    default_storage.delete(row.file.name)
    assert tidy_uploads(at=timezone.now()) == 1
    assert not UploadedFile.objects.exists()


def test_a_file_whose_row_never_came_to_be_goes_as_well():
    names = [default_storage.save(f"wagtail_uploads/{name}.txt", ContentFile(b"x")) for name in ("alt", "neu")]
    lying_since(KEPT_DAYS + 1, names[0])
    assert tidy_uploads(at=timezone.now()) == 1
    assert [default_storage.exists(name) for name in names] == [False, True]


def test_documents_stay_however_old_they_are():
    document = PortalDocument.objects.create(title="Plan", file=ContentFile(b"x", name="plan.txt"))
    lying_since(900, document.file.name)
    assert tidy_uploads(at=timezone.now()) == 0
    assert default_storage.exists(document.file.name)


def test_the_nightly_command_tells_how_many(capsys):
    upload(KEPT_DAYS + 1)
    call_command("accounts", "tidy")
    assert "uploads: 1" in capsys.readouterr().out
