"""How well one object answers a question of modelsearch's form, by its names and by its contents."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from search.admin.names import Reading, sought_sequence, sought_words, worth
from search.admin.wordings import Needs, Wording, wording_of

#: Above what contents are worth, so that what is found by its names leads.
FOUND_BY_NAME = 10.0
#: Between the texts of one object.
BREAK = "\n"
#: Tells of one object, by its key and its texts with breaks between, how well it answers; 0 where it does not.
Judge = Callable[[object, str], float]


@dataclass(frozen=True, slots=True)
class Sources:
    """What objects are judged by."""

    reading: Reading
    #: Wording → key of an object → its rank among those whose contents answer.
    contents: Mapping[Wording, Mapping[object, int]]


def judge_of(query: SearchQuery, sources: Sources) -> Judge:
    """Return how objects are judged; a question of an unknown form is refused as modelsearch does."""
    match query:
        case MatchAll():
            return lambda key, texts: 1.0
        case PlainText() | Fuzzy() | Phrase():
            return _boosted(_by_wording(wording_of(query), sources), getattr(query, "boost", 1.0))
        case Boost():
            return _boosted(judge_of(query.subquery, sources), query.boost)
        case Not():
            unwanted = judge_of(query.subquery, sources)
            return lambda key, texts: 0.0 if unwanted(key, texts) else 1.0
        case And() | Or():
            return _of_parts([judge_of(part, sources) for part in query.subqueries], needs_all=isinstance(query, And))
    raise NotImplementedError(f"The editors' search does not know questions of the form {type(query).__name__}.")


def _by_wording(wording: Wording, sources: Sources) -> Judge:
    by_names = _by_names(wording, sources.reading)
    ranks = sources.contents.get(wording, {})

    def judge(key: object, texts: str) -> float:
        if found := by_names(texts):
            return FOUND_BY_NAME + found
        rank = ranks.get(key)
        return 0.0 if rank is None else 1.0 / (1 + rank)

    return judge


def _by_names(wording: Wording, reading: Reading) -> Callable[[str], float]:
    words = sought_words(wording.text, reading.analyzer)
    needs_all = wording.needs is not Needs.ANY
    sequence = sought_sequence(wording.text, reading.analyzer) if wording.needs is Needs.SEQUENCE else ""

    def judge(texts: str) -> float:
        skimmed = reading.skimmed[texts]
        if not (all if needs_all else any)([word.may_be_in(skimmed) for word in words]):
            return 0.0
        read = [reading.read[text] for text in texts.split(BREAK)]
        if sequence and not any(sequence in each for each in read):
            return 0.0
        return worth(words, read, needs_all=needs_all)

    return judge


def _of_parts(judges: Sequence[Judge], *, needs_all: bool) -> Judge:
    def judge(key: object, texts: str) -> float:
        found = [part(key, texts) for part in judges]
        return sum(found) if (all(found) if needs_all else any(found)) else 0.0

    return judge


def _boosted(judge: Judge, boost: float) -> Judge:
    return judge if boost == 1.0 else lambda key, texts: boost * judge(key, texts)
