"""What is asked in words within a question of modelsearch's form."""

from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from modelsearch.query import And, Boost, Fuzzy, Or, Phrase, PlainText, SearchQuery

from search.queries import clean_query


class Needs(Enum):
    """Which of the words must be there."""

    ANY = auto()
    ALL = auto()
    #: All, one after the other.
    SEQUENCE = auto()


class Wording(NamedTuple):
    """Words that were asked for together."""

    text: str
    needs: Needs


def wording_of(query: PlainText | Fuzzy | Phrase) -> Wording:
    """Return the words of a question that consists of nothing else, cut where readers' questions are."""
    text = clean_query(query.query_string)
    if isinstance(query, Phrase):
        return Wording(text, Needs.SEQUENCE)
    return Wording(text, Needs.ANY if query.operator == "or" else Needs.ALL)


def wordings(query: SearchQuery) -> Iterator[Wording]:
    """Name everything that the index is asked for; what is to be left out is judged by names alone."""
    match query:
        case PlainText() | Fuzzy() | Phrase():
            yield wording_of(query)
        case Boost():
            yield from wordings(query.subquery)
        case And() | Or():
            for part in query.subqueries:
                yield from wordings(part)
