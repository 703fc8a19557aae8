"""Adding to the log: with the caller's transaction, in one queue, and never again touched."""

import threading

import pytest
from django.db import DatabaseError, connection, connections, transaction

from portal.audit.actions import record
from portal.audit.checking import check
from portal.audit.models import AuditEntry, ChainHead
from portal.audit.querysets import FinalEntryError
from portal.audit.registry import ActionKind, UnknownActionError, register_actions
from tests.factories.accounts import UserFactory
from tests.factories.places import MunicipalityFactory


@pytest.fixture
def entry(db):
    return record(action="release.given", by=None, about=MunicipalityFactory(), after={"share": 0.5})


@pytest.mark.django_db
def test_an_entry_says_who_what_when_and_why():
    person, place = UserFactory(display_name="Ömer Şahin"), MunicipalityFactory(name="Neuenbrück")
    made = record(action="release.refused", by=person, about=place, before={"a": 1}, after={"a": 2}, reason="Unklar")
    entry = AuditEntry.objects.get(number=made.number)
    assert (entry.actor_id, entry.actor_name) == (person.pk, "Ömer Şahin")
    assert (entry.object_kind, entry.object_id, entry.object_name) == (
        "places.municipality",
        str(place.pk),
        "Neuenbrück",
    )
    assert (entry.before, entry.after, entry.reason) == ({"a": 1}, {"a": 2}, "Unklar")
    assert entry.digest == made.digest


@pytest.mark.django_db
def test_entries_are_numbered_without_gaps_and_joined():
    first, second = (record(action="release.given", by=None, about=None) for _ in range(2))
    assert second.number == first.number + 1
    assert second.previous == first.digest
    assert check().fault is None


@pytest.mark.django_db
def test_an_unknown_action_is_refused_with_advice():
    with pytest.raises(UnknownActionError, match="register_actions"):
        record(action="tea.made", by=None, about=None)
    assert not AuditEntry.objects.exists()


def test_a_code_belongs_to_one_room():
    with pytest.raises(ValueError, match="twice"):
        register_actions(ActionKind("page.published", "Anders", "Anders"))


@pytest.mark.django_db
def test_long_names_and_odd_characters_are_kept_readable():
    place = MunicipalityFactory.build(pk=1, name="Ü" * 400)
    entry = record(action="release.given", by=None, about=place, after={"x": "a\0b"}, reason="c\0d")
    entry.refresh_from_db()
    assert entry.object_name == "Ü" * 255
    assert (entry.after, entry.reason) == ({"x": "a\ufffdb"}, "c\ufffdd")
    assert check().fault is None


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_act_leaves_no_entry():
    def act_and_fail():
        record(action="release.refused", by=None, about=MunicipalityFactory())
        raise RuntimeError

    record(action="release.given", by=None, about=None)
    with pytest.raises(RuntimeError), transaction.atomic():
        act_and_fail()
    assert [entry.action for entry in AuditEntry.objects.all()] == ["release.given"]
    assert record(action="release.given", by=None, about=None).number == 2
    assert check().fault is None


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.save(update_fields=["reason"]),
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.update(reason="anders"),
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).delete(),
        lambda entry: AuditEntry._base_manager.all().delete(),
        lambda entry: AuditEntry.objects.bulk_update([entry], ["reason"]),
        lambda entry: AuditEntry.objects.bulk_create([AuditEntry(number=99)]),
        lambda entry: AuditEntry.objects.create(number=99, at=entry.at, action="release.given"),
        lambda entry: AuditEntry.objects.update_or_create(number=entry.number, defaults={"reason": "anders"}),
    ],
)
def test_the_code_has_no_way_to_change_an_entry(entry, change):
    entry.reason = "anders"
    with pytest.raises(FinalEntryError):
        change(entry)
    assert AuditEntry.objects.get().reason == ""


def test_the_database_refuses_as_well(entry):
    with pytest.raises(DatabaseError, match="final"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditentry SET reason = 'anders'")
    entry.refresh_from_db()
    assert entry.reason == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_concurrent_writers_queue_and_leave_one_chain():
    writers, each, failures = 4, 8, []

    def write(name):
        try:
            for turn in range(each):
                with transaction.atomic():
                    record(action="release.given", by=None, about=None, after={"writer": name, "turn": turn})
        except DatabaseError as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert list(AuditEntry.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, writers * each + 1)
    )
    assert ChainHead.objects.get().number == writers * each
    assert check().sound == writers * each
