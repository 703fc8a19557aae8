"""From a change in the database to the index: nothing is lost, nothing is sent too early."""

import datetime
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.utils import timezone

from portal.places.models import Municipality
from search import door, outbox
from search.drain import drain
from search.engines import get_engine
from search.engines.base import EngineRequest, EngineUnavailable, Outcome, Verdict
from search.models import OutboxEntry
from search.querysets import MOST_ATTEMPTS
from search.registry import registry
from tests.factories.places import DepartmentFactory, MunicipalityFactory
from tests.search.kinds import DEPARTMENT, MUNICIPALITY

EVERYBODY = frozenset({"public"})


def titles() -> set[str]:
    answer = get_engine().snapshot().search(EngineRequest(EVERYBODY, limit=100))
    return {hit.title for hit in answer.hits}


def entry(instance, kind=MUNICIPALITY) -> OutboxEntry:
    return OutboxEntry.objects.get(kind=kind, object_id=str(instance.pk))


class BrokenEngine:
    """Refuses what a test tells it to refuse."""

    def __init__(self, verdict=None):
        self.verdict = verdict
        self.written = []

    @contextmanager
    def exclusive(self, timeout):
        yield

    def write(self, operations, *, generation=None):
        if self.verdict is None:
            raise EngineUnavailable("no room on the disk")
        self.written += operations
        return [Outcome(operation, self.verdict, "the field is too long") for operation in operations]


@pytest.mark.django_db(transaction=True)
class TestAfterTheCommit:
    def test_a_saved_object_is_found_at_once(self, engine):
        place = MunicipalityFactory(name="Neuenbrück")
        assert titles() == {"Neuenbrück"}
        assert entry(place).done_version == entry(place).version

    def test_a_changed_and_a_deleted_object_follow(self, engine):
        place = MunicipalityFactory(name="Neuenbrück")
        place.name = "Altenbrück"
        place.save()
        assert titles() == {"Altenbrück"}
        key = place.pk
        place.delete()
        assert titles() == set()
        assert OutboxEntry.objects.get(kind=MUNICIPALITY, object_id=str(key)).deleted

    def test_a_rolled_back_change_leaves_nothing(self, engine):
        with transaction.atomic():
            MunicipalityFactory(name="Nie")
            transaction.set_rollback(True)
        assert not OutboxEntry.objects.exists()
        assert titles() == set()

    def test_nothing_is_indexed_before_the_commit(self, engine):
        with transaction.atomic():
            MunicipalityFactory(name="Neuenbrück")
            assert titles() == set()
        assert titles() == {"Neuenbrück"}

    def test_an_engine_out_of_order_does_not_break_the_save(self, engine, monkeypatch):
        monkeypatch.setattr("search.drain.get_engine", lambda: BrokenEngine())
        place = MunicipalityFactory(name="Neuenbrück")
        waiting = entry(place)
        assert waiting.version > waiting.done_version
        assert waiting.attempts == 0, "an outage is no fault of the object"
        assert "no room" in waiting.last_error

    def test_a_change_waits_through_a_crash_before_the_drain(self, engine, monkeypatch):
        monkeypatch.setattr("search.drain.drain_quietly", lambda: None)
        MunicipalityFactory(name="Neuenbrück")
        assert titles() == set()
        drain()
        assert titles() == {"Neuenbrück"}


@pytest.mark.django_db
class TestMarking:
    def test_many_changes_of_one_object_are_one_row(self, engine):
        place = MunicipalityFactory()
        for name in ("a", "b", "c"):
            place.name = name
            place.save()
        assert OutboxEntry.objects.filter(kind=MUNICIPALITY).count() == 1
        assert entry(place).version == 4

    def test_the_version_never_starts_anew(self, engine):
        place = MunicipalityFactory()
        drain()
        place.save()
        assert (entry(place).version, entry(place).done_version) == (2, 1)

    def test_waiting_time_counts_from_the_oldest_change(self, engine):
        place = MunicipalityFactory()
        first = entry(place).since
        place.save()
        assert entry(place).since == first
        drain()
        place.save()
        assert entry(place).since > first

    def test_a_renamed_place_marks_its_offices(self, engine):
        office = DepartmentFactory(municipality__name="Alt", email="public@x.example")
        drain()
        office.municipality.name = "Neu"
        office.municipality.save()
        drain()
        (hit,) = get_engine().snapshot().search(EngineRequest(EVERYBODY, filters={"kind": (DEPARTMENT,)})).hits
        assert hit.municipality == "Neu"

    def test_a_bulk_change_is_marked_by_hand(self, engine):
        place = MunicipalityFactory(name="Alt")
        drain()
        Municipality.objects.filter(pk=place.pk).update(name="Neu")
        door.mark(Municipality.objects.filter(pk=place.pk))
        drain()
        assert titles() == {"Neu"}

    def test_one_instance_is_marked_by_hand(self, engine):
        place = MunicipalityFactory()
        drain()
        door.mark(place)
        assert entry(place).version == 2

    def test_a_draft_leaves_the_index(self, engine):
        office = DepartmentFactory(name="Sozialamt", email="public@x.example")
        drain()
        assert "Sozialamt" in titles()
        office.email = ""
        office.save()
        drain()
        assert "Sozialamt" not in titles()

    def test_an_unknown_kind_leaves_the_index(self, engine):
        outbox.mark("gone", ["1"])
        drain()
        assert not OutboxEntry.objects.waiting().exists()


@pytest.mark.django_db
class TestDrain:
    def test_a_change_made_during_the_drain_stays_due(self, engine):
        place = MunicipalityFactory()

        class Meddling(BrokenEngine):
            def write(self, operations, *, generation=None):
                outbox.mark(MUNICIPALITY, [place.pk])
                self.verdict = Verdict.DONE
                outcomes = super().write(operations)
                Meddling.write = BrokenEngine.write
                return outcomes

        meddling = Meddling(Verdict.DONE)
        drain(engine=meddling)
        assert [operation.version for operation in meddling.written] == [1, 2]
        assert entry(place).done_version == 2

    def test_a_delayed_object_rests_and_is_tried_again(self, engine):
        place = MunicipalityFactory()
        now = timezone.now()
        assert drain(engine=BrokenEngine(Verdict.DELAYED)).failed == 1
        assert entry(place).attempts == 1
        assert entry(place).last_error == "the field is too long"
        assert not OutboxEntry.objects.due(now).exists()
        assert OutboxEntry.objects.due(now + datetime.timedelta(minutes=1)).exists()

    def test_an_object_refused_too_often_is_given_up_until_it_changes(self, engine):
        place = MunicipalityFactory()
        later = timezone.now() + datetime.timedelta(days=30)
        OutboxEntry.objects.update(attempts=MOST_ATTEMPTS - 1)
        drain(engine=BrokenEngine(Verdict.UNMADE))
        assert OutboxEntry.objects.given_up().get() == entry(place)
        assert not OutboxEntry.objects.due(later).exists()
        place.save()
        assert OutboxEntry.objects.due(timezone.now()).get() == entry(place)

    def test_what_an_engine_puts_off_is_never_given_up(self, engine):
        place = MunicipalityFactory()
        for _ in range(MOST_ATTEMPTS + 2):
            OutboxEntry.objects.update(next_attempt=None)
            drain(engine=BrokenEngine(Verdict.DELAYED))
        assert not OutboxEntry.objects.given_up().exists()
        assert entry(place).next_attempt < timezone.now() + datetime.timedelta(minutes=2)

    def test_what_would_be_refused_again_is_given_up_at_once_with_the_reason(self, engine):
        place = MunicipalityFactory()
        assert drain(engine=BrokenEngine(Verdict.REJECTED)).failed == 1
        assert OutboxEntry.objects.given_up().get() == entry(place)
        assert entry(place).last_error == "the field is too long"

    def test_a_superseded_object_is_done(self, engine):
        place = MunicipalityFactory()
        drain(engine=BrokenEngine(Verdict.SUPERSEDED))
        assert entry(place).done_version == 1

    def test_an_outage_keeps_everything_waiting(self, engine):
        MunicipalityFactory()
        with pytest.raises(EngineUnavailable):
            drain(engine=BrokenEngine())
        assert OutboxEntry.objects.waiting().count() == 1

    def test_one_faulty_record_does_not_hold_up_the_others(self, engine, monkeypatch):
        bad, _good = MunicipalityFactory(name="Schlecht"), MunicipalityFactory(name="Gut")
        registration = registry.get(MUNICIPALITY)

        def project(place):
            if place.name == "Schlecht":
                raise KeyError("summary")
            return registration.project(place)

        registry.remove(MUNICIPALITY)
        door.register(
            Municipality,
            kind=MUNICIPALITY,
            label="Kommune",
            project=project,
            queryset=registration.queryset,
            visible_to=registration.visible_to,
        )
        assert drain().failed == 1
        assert titles() == {"Gut"}
        assert entry(bad).last_error == "KeyError: 'summary'"

    def test_long_texts_are_written_before_they_fill_the_memory(self, engine, monkeypatch):
        monkeypatch.setattr("search.drain.drain_quietly", lambda: None)
        offices = [DepartmentFactory(name=f"Amt {number}") for number in range(7)]
        monkeypatch.setattr("search.drain._READ_AT_ONCE", 2)
        monkeypatch.setattr("search.drain._TEXT_AT_ONCE", 1)
        taking = BrokenEngine(Verdict.DONE)
        sizes = []
        write = taking.write
        taking.write = lambda operations: sizes.append(len(operations)) or write(operations)
        monkeypatch.setattr("search.engines.base.Operation.size", 1)

        report = drain(engine=taking)

        assert max(sizes) == 2
        assert report.indexed == sum(sizes) >= len(offices)
        assert not OutboxEntry.objects.waiting().exists()

    def test_many_changes_are_taken_in_batches(self, engine, monkeypatch):
        monkeypatch.setattr("search.drain.BATCH", 2)
        for _ in range(5):
            MunicipalityFactory()
        assert drain().indexed == 5
