"""While the server is away the standby answers, changes go on reaching it, and nothing is lost for later."""

import pytest
from django.core.management import CommandError, call_command

from search.asking import ask
from search.drain import drain, drain_quietly, targets, withheld
from search.engines.base import EngineRequest, EngineUnavailable
from search.models import OutboxEntry
from search.queries import SearchRequest
from search.rebuild import rebuild
from search.results import results_page
from search.status import status
from search.suggestions import suggestions
from search.worker import Worker
from tests.factories.places import MunicipalityFactory

pytestmark = pytest.mark.django_db
EVERYBODY = frozenset({"public"})


def titles() -> set[str]:
    return ask(lambda snapshot: {hit.title for hit in snapshot.search(EngineRequest(EVERYBODY, limit=99)).hits}).value


@pytest.fixture
def dead_server(settings, kinds):
    """Nobody listens on that port."""
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH = {**settings.ELASTICSEARCH, "urls": ("http://127.0.0.1:9",), "prefix": "dead"}
    _, standby = targets()
    rebuild(target=standby)
    return standby


@pytest.fixture
def server(settings, kinds, elasticsearch_url, elasticsearch_prefix):
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH = {**settings.ELASTICSEARCH, "urls": (elasticsearch_url,), "prefix": elasticsearch_prefix}
    answering, standby = targets()
    answering.engine._belief = 0.0
    rebuild(target=answering)
    rebuild(target=standby)
    return answering


class TestWithoutTheServer:
    def test_the_standby_answers_and_the_page_says_so(self, dead_server, rf):
        MunicipalityFactory(name="Neuenbrück")
        Worker().step()
        page = results_page(SearchRequest("Neuenbrück"), user=None)
        assert (page.total, page.is_outage, page.is_from_standby) == (1, False, True)
        assert [found.text for found in suggestions("Neuen", None)] == ["Neuenbrück"]

    def test_a_reader_is_told_on_the_page(self, dead_server, client):
        response = client.get("/suche/", {"q": "Neuenbrück"})
        assert response.status_code == 200
        assert "Der Suchserver antwortet gerade nicht" in response.content.decode()

    def test_saving_does_not_ask_the_server(self, dead_server, monkeypatch):
        monkeypatch.setattr("search.drain.drain", lambda **kwargs: pytest.fail("somebody was kept waiting"))
        MunicipalityFactory(name="Neuenbrück")
        drain_quietly()
        assert OutboxEntry.objects.waiting().exists()

    def test_what_the_standby_does_not_know_yet_is_withheld(self, dead_server):
        place = MunicipalityFactory(name="Neuenbrück")
        Worker().step()
        place.name = "Altenbrück"
        place.save()
        assert titles() == set()
        Worker().step()
        assert titles() == {"Altenbrück"}

    def test_the_server_is_owed_every_change(self, dead_server):
        MunicipalityFactory()
        Worker().step()
        assert OutboxEntry.objects.waiting().count() == 1
        assert withheld(dead_server).records == frozenset()
        found = status()
        assert (found.answering.waiting, found.standby.waiting) == (1, 0)
        assert found.answering.outage
        assert not found.standby.outage

    def test_status_fails_and_tells_why(self, dead_server):
        with pytest.raises(CommandError, match="Elasticsearch antwortet nicht"):
            call_command("search", "status")

    def test_without_a_standby_either_the_page_tells_of_an_outage(self, settings, kinds):
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.ELASTICSEARCH = {**settings.ELASTICSEARCH, "urls": ("http://127.0.0.1:9",), "prefix": "dead"}
        assert results_page(SearchRequest("x"), user=None).is_outage
        with pytest.raises(EngineUnavailable):
            ask(lambda snapshot: None)


class TestWithTheServer:
    def test_the_server_answers(self, server):
        MunicipalityFactory(name="Neuenbrück")
        Worker().step()
        page = results_page(SearchRequest("Neuenbrück"), user=None)
        assert (page.total, page.is_from_standby) == (1, False)

    def test_after_an_outage_the_server_catches_up(self, server, monkeypatch):
        MunicipalityFactory(name="Vorher")
        worker = Worker()
        worker.step()

        def away(*args, **kwargs):
            raise EngineUnavailable("gone")

        with monkeypatch.context() as outage:
            outage.setattr(type(server.engine), "write", away)
            outage.setattr(type(server.engine), "snapshot", away)
            MunicipalityFactory(name="Nachher")
            worker.step()
            assert titles() == {"Vorher", "Nachher"}
        assert ask(lambda snapshot: None).is_from_standby is False
        drain(target=server)
        assert titles() == {"Vorher", "Nachher"}
        call_command("search", "check")

    def test_the_earlier_index_is_brought_up_to_date_before_it_is_used_again(self, server):
        MunicipalityFactory(name="Alt")
        Worker().step()
        rebuild(target=server)
        MunicipalityFactory(name="Neu")
        Worker().step()
        call_command("search", "rollback", "--index", "answering")
        assert titles() == {"Alt", "Neu"}
        call_command("search", "check")

    def test_a_refused_document_is_given_up_with_the_reason_of_the_server(self, server, monkeypatch):
        from search.engines.elasticsearch import writing

        make = writing.to_document
        monkeypatch.setattr(writing, "to_document", lambda record: {**make(record), "surprise": 1})
        MunicipalityFactory(name="Neuenbrück")
        assert drain(target=server).failed == 1
        assert "strict_dynamic_mapping_exception" in OutboxEntry.objects.given_up().get().last_error
