"""What the search box offers while somebody types: the vocabulary and the titles the reader may see."""

import logging
from dataclasses import dataclass

from portal.shared.visibility import labels_for
from search.asking import ask
from search.engines.base import EngineUnavailable, Snapshot
from search.queries import clean_query
from search.results import still_visible
from search.thesaurus import current_thesaurus

logger = logging.getLogger(__name__)
SHORTEST_BEGINNING = 2
MOST_TITLES = 4
MOST_TERMS = 6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to choose: a title leads to its page, a word becomes the query."""

    text: str
    url: str = ""
    #: The preferred word that another word stands for.
    preferred: str = ""


def suggestions(begun: str, user) -> list[Suggestion]:
    """Complete what was typed; an engine out of order offers nothing, because typing must go on."""
    begun = clean_query(begun)
    if len(begun) < SHORTEST_BEGINNING:
        return []
    try:
        return ask(lambda snapshot: _offered(begun, user, snapshot)).value
    except EngineUnavailable:
        logger.exception("The search engine cannot suggest.")
        return []


def _offered(begun: str, user, snapshot: Snapshot) -> list[Suggestion]:
    words = _words(begun, snapshot)
    known = {word.text for word in words}
    return [*words, *(title for title in _titles(begun, snapshot, user) if title.text not in known)]


def _words(begun: str, snapshot: Snapshot) -> list[Suggestion]:
    found: dict[str, Suggestion] = {}
    for word, preferred in current_thesaurus(snapshot.analyzer).labels_beginning(begun):
        # A word of several terms is offered for itself; the page of results then asks which one is meant.
        is_plain = word == preferred or word.casefold() in found
        found[word.casefold()] = Suggestion(word, preferred="" if is_plain else preferred)
    return list(found.values())[:MOST_TERMS]


def _titles(begun: str, snapshot: Snapshot, user) -> list[Suggestion]:
    hits = snapshot.suggest_titles(begun, labels_for(user), MOST_TITLES)
    return [Suggestion(hit.title, hit.url) for hit in still_visible(hits, user)]
