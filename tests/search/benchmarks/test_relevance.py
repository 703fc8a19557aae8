"""Every way to rank that is compared answers questions about the same pages."""

import pytest
from django.core.management import CommandError, call_command

from search.benchmarks import help_corpus, native_forms
from search.benchmarks.help_corpus import HelpPage
from search.benchmarks.relevance import our_chain, plain_bm25
from search.benchmarks.servers import corner
from search.engines.embedded import EmbeddedEngine

PAGES = [
    HelpPage("duldung.html", "Duldung", "Die Ausbildungsduldung braucht einen Bescheid."),
    HelpPage("rat.html", "Stadtrat", "Der Rat tagt öffentlich."),
]
QUESTIONS = ["Duldung", "Rat"]
RIGHT = ["duldung.html", "rat.html"]


def firsts(ranking) -> list[str]:
    return [found[0] for found in ranking(QUESTIONS)]


def test_without_a_server_the_embedded_part_is_measured_and_the_command_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(help_corpus, "fetch", lambda cache: tmp_path)
    monkeypatch.setattr(help_corpus, "pages", lambda root: PAGES)
    monkeypatch.setattr(help_corpus, "questions", lambda root, known: {"Duldung": {"duldung.html"}})
    call_command("bench_relevance")
    assert "No server was given" in capsys.readouterr().out


def test_a_missed_target_is_a_failure(tmp_path, monkeypatch):
    monkeypatch.setattr(help_corpus, "fetch", lambda cache: tmp_path)
    monkeypatch.setattr(help_corpus, "pages", lambda root: PAGES)
    monkeypatch.setattr(help_corpus, "questions", lambda root, known: {"Duldung": {"rat.html"}})
    with pytest.raises(CommandError, match="Missed: our chain, embedded"):
        call_command("bench_relevance")


def test_our_chain_and_plain_bm25_rank_without_a_server(tmp_path):
    assert firsts(our_chain(PAGES, EmbeddedEngine(tmp_path))) == RIGHT
    assert firsts(plain_bm25(PAGES)) == RIGHT


def test_everything_ranks_on_one_server_and_leaves_nothing_there(elasticsearch_url):
    with corner(elasticsearch_url) as place:
        rankings = [our_chain(PAGES, place.engine), native_forms.wagtail(PAGES, place)]
        rankings += native_forms.german(PAGES, place).values()
        assert [firsts(ranking) for ranking in rankings] == [RIGHT] * 4
    assert not place.client.indices.get(index=f"{place.prefix}*")
