"""`manage.py audit`: tampering is found, old entries go, files are whole."""

import csv
import datetime
import io
import json
import stat

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from portal.audit.actions import record
from portal.audit.chain import digest_of
from portal.audit.models import AuditEntry, ChainHead

pytestmark = pytest.mark.django_db
START = datetime.datetime(2026, 3, 1, 10, tzinfo=datetime.UTC)


def audit(*args):
    out = io.StringIO()
    call_command("audit", *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def year():
    """Ten entries, one a month."""
    for month in range(10):
        with time_machine.travel(START + datetime.timedelta(days=30 * month), tick=False):
            record(action="release.given", by=None, about=None, after={"month": month}, reason="=1+1")


def behind_the_back(statement, *values):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS audit_entries_are_final")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS audit_entries_are_final ON audit_auditentry")
        cursor.execute(statement, values)


def test_a_whole_log_passes(year):
    text = audit("check")
    assert "10" in text
    assert AuditEntry.objects.first().digest in text


def test_an_empty_log_passes():
    assert "0" in audit("check")


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE audit_auditentry SET reason = 'anders' WHERE number = 4", 4),
        ("UPDATE audit_auditentry SET actor_name = 'Niemand' WHERE number = 1", 1),
        ("UPDATE audit_auditentry SET after = '{\"month\": 99}' WHERE number = 7", 7),
        ("DELETE FROM audit_auditentry WHERE number = 1", 1),
        ("DELETE FROM audit_auditentry WHERE number = 5", 5),
        ("DELETE FROM audit_auditentry WHERE number >= 8", 8),
        ("DELETE FROM audit_auditentry", 1),
        ("DELETE FROM audit_chainhead", 1),
        ("UPDATE audit_chainhead SET number = 9", 10),
    ],
)
def test_what_is_done_behind_the_portals_back_is_found(year, statement, number):
    behind_the_back(statement)
    with pytest.raises(CommandError, match=rf"\b{number}\b") as failure:
        audit("check")
    assert failure.value.returncode == 1


def test_an_entry_sealed_anew_does_not_fit_the_next(year):
    entry = AuditEntry.objects.get(number=4)
    entry.reason = "anders"
    behind_the_back("UPDATE audit_auditentry SET reason='anders', digest=%s WHERE number=4", digest_of(entry.content()))
    with pytest.raises(CommandError, match=r"\b5\b"):
        audit("check")


@pytest.mark.parametrize("keep_days", [100, 200, 250])
def test_pruned_logs_still_pass_and_say_what_went(year, keep_days):
    with time_machine.travel(START + datetime.timedelta(days=300), tick=False):
        expected = sum(300 - 30 * month > keep_days for month in range(10))
        assert str(expected) in audit("prune", "--keep-days", str(keep_days))
        newest = AuditEntry.objects.first()
        assert (newest.action, newest.after["removed"]) == ("audit.pruned", expected)
        assert AuditEntry.objects.count() == 10 - expected + 1
        audit("check")
        # Once more, a month later: the anchor of the first time goes on to hold or is replaced.
        with time_machine.travel(START + datetime.timedelta(days=345), tick=False):
            audit("prune", "--keep-days", str(keep_days))
            record(action="release.given", by=None, about=None)
            audit("check")


def test_everything_may_grow_old(year):
    with time_machine.travel(START + datetime.timedelta(days=5000), tick=False):
        audit("prune")
        assert [entry.number for entry in AuditEntry.objects.all()] == [11]
        audit("check")


def test_nothing_old_leaves_nothing_to_say(year):
    with time_machine.travel(START + datetime.timedelta(days=300), tick=False):
        assert "0" in audit("prune")
    assert AuditEntry.objects.count() == 10


def test_removing_more_than_was_pruned_is_found(year):
    with time_machine.travel(START + datetime.timedelta(days=300), tick=False):
        audit("prune", "--keep-days", "200")
    oldest = AuditEntry.objects.last().number
    behind_the_back("DELETE FROM audit_auditentry WHERE number = %s", oldest)
    with pytest.raises(CommandError, match=rf"\b{oldest}\b"):
        audit("check")


def test_keeping_nothing_is_refused(year):
    with pytest.raises(CommandError):
        audit("prune", "--keep-days", "0")


def test_a_table_is_written_and_the_export_is_logged(year, tmp_path):
    path = tmp_path / "protokoll.csv"
    audit("export", str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == 11
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, 11)]
    assert {row[11] for row in rows[1:]} == {"'=1+1"}
    assert AuditEntry.objects.first().action == "audit.exported"


def test_days_narrow_the_export_both_ends_included(year):
    days = ("--since", "2026-03-31", "--until", "2026-05-30")
    lines = [json.loads(line) for line in audit("export", "-", "--json", *days).splitlines()]
    assert [line["number"] for line in lines] == [2, 3, 4]


def test_others_can_verify_the_json_lines(year):
    lines = [json.loads(line) for line in audit("export", "-", "--json").splitlines()]
    digests = [line.pop("digest") for line in lines]
    assert [digest_of(line) for line in lines] == digests
    assert digests[-1] == AuditEntry.objects.get(number=10).digest


def test_an_existing_file_stays(tmp_path):
    path = tmp_path / "protokoll.csv"
    path.write_text("schon da")
    with pytest.raises(CommandError):
        audit("export", str(path))
    assert path.read_text() == "schon da"


def test_a_lost_head_is_made_anew_by_the_next_writer(year):
    ChainHead.objects.all().delete()
    assert record(action="release.given", by=None, about=None).number == 11
    audit("check")
