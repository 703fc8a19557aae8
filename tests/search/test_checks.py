"""What an operator is told before the first search."""

import pytest

from search import checks
from search.engines.base import EngineUnavailable
from search.engines.elasticsearch import Connection, client


def ids(found) -> list[str]:
    return [one.id for one in found]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"prefix": "Großbuchstaben"}, ["search.E003"]),
        ({"prefix": "-strich"}, ["search.E003"]),
        ({"urls": ("suche.example:9200",)}, ["search.E004"]),
        ({"api_key": "geheim"}, ["search.W001"]),
        ({"api_key": "geheim", "urls": ("https://suche.example:9200",)}, []),
    ],
)
def test_settings_of_the_server_are_checked_without_asking_it(settings, changes, expected):
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH = {**settings.ELASTICSEARCH, **changes}
    assert ids(checks.connection_makes_sense(None)) == expected


def test_an_unknown_engine_is_refused_with_the_names_of_the_others(settings):
    settings.SEARCH_ENGINE = "solr"
    (error,) = checks.engine_is_known(None)
    assert "elasticsearch" in error.hint


def test_a_server_that_is_away_and_a_missing_standby_are_told(settings):
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH = {**settings.ELASTICSEARCH, "urls": ("http://127.0.0.1:9",)}
    assert ids(checks.server_is_one_of_ours(None)) == ["search.E005", "search.W002"]


@pytest.mark.parametrize("number", ["7.17.28", "10.0.0", "2.19.1"])
def test_another_version_is_refused_in_plain_words(monkeypatch, number):
    server = client.connect(Connection(("http://127.0.0.1:9",)))
    monkeypatch.setattr(server, "info", lambda: {"version": {"number": number}})
    with pytest.raises(EngineUnavailable, match=f"Elasticsearch {number}. Das Portal braucht Version 8 oder 9"):
        client.refuse_other_servers(server)


@pytest.mark.parametrize("answer", [{}, {"version": {}}, {"version": {"number": "neun"}}, None, "<html>"])
def test_garbage_instead_of_a_version_is_an_outage(monkeypatch, answer):
    server = client.connect(Connection(("http://127.0.0.1:9",)))
    monkeypatch.setattr(server, "info", lambda: answer)
    with pytest.raises(EngineUnavailable):
        client.refuse_other_servers(server)
