"""The invented documents are the same every time, and nothing of a measurement touches the real portal."""

from itertools import islice

import pytest

from search.benchmarks import filling, portals
from search.benchmarks.large_corpus import LargeCorpus
from search.engines.base import EngineUnavailable
from search.engines.embedded import EmbeddedEngine


def test_documents_and_questions_do_not_depend_on_how_many_were_asked_for():
    few, many = LargeCorpus(), LargeCorpus()
    assert list(few.records(3)) == list(islice(many.records(50), 3))
    assert few.questions(5) == many.questions(5)


@pytest.mark.parametrize("processes", [1, 2])
def test_an_index_is_filled_once_and_recognised_the_next_time(tmp_path, processes):
    engine = EmbeddedEngine(tmp_path)
    assert not filling.holds(engine, 40)
    filling.fill(engine, 40, processes)
    assert filling.holds(engine, 40)
    assert not filling.holds(engine, 41)


def test_an_interrupted_filling_leaves_no_index(tmp_path, monkeypatch):
    engine = EmbeddedEngine(tmp_path)
    monkeypatch.setattr(filling, "operations", lambda documents: iter([["no operation"]]))
    with pytest.raises(EngineUnavailable):
        filling.fill(engine, 1, 1)
    with pytest.raises(EngineUnavailable):
        engine.generations()


def test_a_measurement_has_a_database_and_an_index_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_ELASTICSEARCH_URL_FILE", "/run/secrets/address")
    monkeypatch.setenv("DATABASE_URL", "postgres://portal")
    own = portals.environment(tmp_path, engine="elasticsearch", url="http://127.0.0.1:1", prefix="bench")
    assert own["DATABASE_URL"].startswith(f"sqlite:///{tmp_path}")
    assert own["PORTAL_DATA_DIR"] == str(tmp_path)
    assert "PORTAL_ELASTICSEARCH_URL_FILE" not in own
