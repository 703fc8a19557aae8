"""The thread beside the worker, and the operator's command."""

import pytest
from django.core.management import CommandError, call_command

from search.semantics.models import PassageVector
from search.semantics.worker import FillingThread, vectors_made_beside

pytestmark = pytest.mark.django_db


def test_the_thread_fills_what_changed_and_rests_while_nothing_does(office, model, monkeypatch):
    told = []
    thread = FillingThread(model, told.append)
    office("Bauhof")
    assert thread.step()
    assert PassageVector.objects.count() == 2
    monkeypatch.setattr(thread._filler, "fill_changed", None)
    assert thread.step()
    assert told == ["meaning: 2 records, 2 new passages"]


def test_what_failed_is_tried_again(office, model):
    thread = FillingThread(model, lambda line: None)
    office("Bauhof")
    model.is_broken = True
    assert not thread.step()
    model.is_broken = False
    assert thread.step()
    assert PassageVector.objects.exists()


def test_switched_off_no_thread_is_started(settings, monkeypatch):
    monkeypatch.setattr("search.semantics.worker.FillingThread", None)
    with vectors_made_beside(print):
        pass


@pytest.fixture
def command(model, monkeypatch, capsys):
    """Run the command with the fake model."""

    def run(act: str) -> str:
        call_command("semantics", act)
        return capsys.readouterr().out

    model.close = lambda: None
    monkeypatch.setattr("search.semantics.management.commands.semantics.ChildEmbedder", lambda **options: model)
    return run


def test_the_command_fills_counts_and_forgets(office, command):
    office("Bauhof")
    assert "2" in command("fill")
    assert "fake 1" in command("status")
    assert PassageVector.objects.count() == 2
    command("forget")
    assert not PassageVector.objects.exists()


def test_a_model_out_of_order_is_a_plain_message(office, command, model):
    office("Bauhof")
    model.is_broken = True
    with pytest.raises(CommandError, match="out of order"):
        command("fill")


def test_switched_off_nothing_is_filled(command, settings):
    settings.SEARCH_SEMANTICS = False
    with pytest.raises(CommandError, match="PORTAL_SEARCH_SEMANTICS"):
        command("fill")
