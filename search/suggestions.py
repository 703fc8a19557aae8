"""What the search box offers while somebody types: titles, terms and frequent words the reader may see."""

import logging
from dataclasses import dataclass

from portal.shared.visibility import labels_for
from search.engines import get_engine
from search.engines.base import EngineUnavailable, Snapshot
from search.queries import clean_query
from search.results import still_visible
from search.thesaurus import current_thesaurus

logger = logging.getLogger(__name__)
SHORTEST_BEGINNING = 2
MOST_TITLES = 4
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to choose: a title leads to its page, words become the query."""

    text: str
    url: str = ""


def suggestions(begun: str, user) -> list[Suggestion]:
    """Complete what was typed; an engine out of order offers nothing, because typing must go on."""
    begun = clean_query(begun)
    if len(begun) < SHORTEST_BEGINNING:
        return []
    try:
        snapshot = get_engine().snapshot()
        words = _words(begun, snapshot, labels_for(user))
        offered = {word.text for word in words}
        return [*words, *(title for title in _titles(begun, snapshot, user) if title.text not in offered)]
    except EngineUnavailable:
        logger.exception("The search engine cannot suggest.")
        return []


def _words(begun: str, snapshot: Snapshot, labels: frozenset[str]) -> list[Suggestion]:
    *whole, last = begun.split()
    terms = current_thesaurus(snapshot.analyzer).labels_beginning(begun)
    completed = [" ".join([*whole, word]) for word in snapshot.suggest_words(last, labels, MOST_WORDS)]
    distinct = {text.casefold(): text for text in reversed([*terms, *completed])}
    return [Suggestion(text) for text in reversed(distinct.values())][:MOST_WORDS]


def _titles(begun: str, snapshot: Snapshot, user) -> list[Suggestion]:
    hits = snapshot.suggest_titles(begun, labels_for(user), MOST_TITLES)
    return [Suggestion(hit.title, hit.url) for hit in still_visible(hits, user)]
