"""Building anew, comparing and mending: the operator's side of the index."""

import pytest
from django.core.management import CommandError, call_command

from portal.places.models import Municipality
from search import outbox
from search.audit import audit
from search.drain import drain
from search.engines import get_engine
from search.engines.base import EngineRequest
from search.models import OutboxEntry
from search.rebuild import rebuild
from tests.factories.places import MunicipalityFactory
from tests.search.kinds import MUNICIPALITY

pytestmark = pytest.mark.django_db


def titles() -> set[str]:
    return {hit.title for hit in get_engine().snapshot().search(EngineRequest(frozenset({"public"}), limit=99)).hits}


def test_a_rebuild_finds_what_was_there_before_the_search(kinds, capsys):
    MunicipalityFactory(name="Neuenbrück")
    OutboxEntry.objects.all().delete()
    call_command("search", "rebuild")
    assert titles() == {"Neuenbrück"}
    assert "1" in capsys.readouterr().out


def test_a_rebuild_learns_the_words_of_the_collection(engine):
    MunicipalityFactory(name="Quarkbällchen")
    rebuild()
    assert "quarkballchen" in get_engine().snapshot().analyzer.lexicon.frequencies


def test_a_change_during_a_rebuild_is_not_lost(engine, monkeypatch):
    place = MunicipalityFactory(name="Alt")
    drain()
    activate = type(engine).activate

    def change_then_activate(self, generation):
        Municipality.objects.filter(pk=place.pk).update(name="Neu")
        outbox.mark(MUNICIPALITY, [place.pk])
        activate(self, generation)

    monkeypatch.setattr(type(engine), "activate", change_then_activate)
    rebuild()
    assert titles() == {"Neu"}


def test_a_failed_rebuild_leaves_the_index_as_it_was(engine, monkeypatch):
    MunicipalityFactory(name="Neuenbrück")
    drain()
    before = engine.generations()[0].name

    def fail(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("search.rebuild._current", fail)
    with pytest.raises(KeyboardInterrupt):
        rebuild()
    assert engine.generations()[0].name == before
    assert titles() == {"Neuenbrück"}
    monkeypatch.undo()
    rebuild()


def test_the_audit_sees_what_is_missing_stale_and_surplus_and_repairs_it(engine, capsys):
    kept, renamed, gone = (MunicipalityFactory(name=name) for name in ("Bleibt", "Alt", "Geht"))
    drain()
    Municipality.objects.filter(pk=renamed.pk).update(name="Neu")
    Municipality.objects.filter(pk=gone.pk)._raw_delete("default")
    Municipality.objects.bulk_create([MunicipalityFactory.build(name="Kommt", ags="08999999", land="08")])
    found = audit()
    assert (found.checked, len(found.missing), len(found.stale), len(found.ghosts)) == (3, 1, 1, 1)
    with pytest.raises(CommandError):
        call_command("search", "check")
    call_command("search", "check", "--repair")
    assert titles() == {"Bleibt", "Neu", "Kommt"}
    assert not audit().differences
    call_command("search", "check")
    assert kept.name in titles()


def test_status_names_the_index_and_what_waits(engine, capsys):
    MunicipalityFactory()
    call_command("search", "status")
    out = capsys.readouterr().out
    assert engine.generations()[0].name in out
    OutboxEntry.objects.update(attempts=99, last_error="zu lang")
    with pytest.raises(CommandError):
        call_command("search", "status")
    assert "zu lang" in capsys.readouterr().err


def test_drain_reports_what_it_did(engine, capsys):
    MunicipalityFactory()
    call_command("search", "drain")
    assert "1" in capsys.readouterr().out


@pytest.mark.parametrize("act", ["status", "check", "drain"])
def test_without_an_index_a_command_says_so(kinds, act):
    MunicipalityFactory()
    with pytest.raises(CommandError, match="rebuild"):
        call_command("search", act)


def test_the_earlier_index_is_brought_up_to_date_before_it_is_used_again(engine):
    kept, gone = MunicipalityFactory(name="Bleibt"), MunicipalityFactory(name="Geht")
    drain()
    before = engine.generations()[0].name
    rebuild()
    kept.name = "Bleibt anders"
    kept.save()
    gone.delete()
    MunicipalityFactory(name="Kommt")
    drain()
    call_command("search", "rollback")
    assert engine.generations()[0].name == before
    assert titles() == {"Bleibt anders", "Kommt"}
    call_command("search", "check")


def test_without_an_earlier_index_there_is_nothing_to_go_back_to(engine):
    call_command("search", "cleanup")
    with pytest.raises(CommandError):
        call_command("search", "rollback")


def test_the_analysis_in_several_processes_finds_the_same(engine, monkeypatch):
    for name in ("Ausländerbehörde", "Schüler:innenvertretung", "Bund-Länder-Programm"):
        MunicipalityFactory(name=name)
    monkeypatch.setattr("search.rebuild.FEWEST_FOR_PROCESSES", 0)
    rebuild(processes=2)
    alone = {(held.id, held.digest) for held in engine.held()}
    assert titles() == {"Ausländerbehörde", "Schüler:innenvertretung", "Bund-Länder-Programm"}
    rebuild()
    assert {(held.id, held.digest) for held in engine.held()} == alone


def test_a_deletion_between_reading_and_writing_leaves_no_ghost(engine, monkeypatch):
    from search import rebuild as room

    place = MunicipalityFactory(name="Geht")
    drain()
    together = room._large

    def meddled(batches):
        for batch in together(batches):
            place.delete()
            drain()
            yield batch

    monkeypatch.setattr(room, "_large", meddled)
    rebuild()
    assert titles() == set()
    assert not audit().differences
