"""What a reader means: subject words, words that mean the same, and what was probably misspelt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.engines.base import EngineRequest, Snapshot
from search.language.folding import fold
from search.language.stopwords import is_stop_word
from search.language.tokens import tokenize
from search.queries import SearchRequest, Wording, read_wording
from search.ranking import Concept, Sought
from search.thesaurus import Expansion, Thesaurus, ThesaurusTerm

#: Asked for per word and number of slips; more would keep the reader waiting.
MOST_CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Synonyms:
    """A word of the query and the words that were searched along with it."""

    word: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """A query as it is searched, and everything the reader should be told about that."""

    sought: Sought
    synonyms: tuple[Synonyms, ...] = ()
    #: The query with misspelt words replaced, as it was searched; empty when nothing was.
    repaired_query: str = ""
    #: The same where the other words found something: it is offered and nothing is replaced.
    offered_query: str = ""
    meanings: tuple[ThesaurusTerm, ...] = ()
    neighbours: tuple[str, ...] = ()


def understand(
    request: SearchRequest, snapshot: Snapshot, thesaurus: Thesaurus, labels: frozenset[str]
) -> Understanding:
    """Read a query for one reader; nothing in the answer comes from records outside of `labels`."""
    wording = read_wording(request.query)
    as_written = _understood(wording.words, wording, request, thesaurus)
    repairs = _repairs(wording, snapshot, thesaurus, labels) if request.with_repair else {}
    if not repairs:
        return as_written
    better = _replaced(request.query, repairs)
    # Unknown words find nothing, so a hit is owed to the other words, and these must not be drowned by a guess.
    if snapshot.search(EngineRequest(labels, as_written.sought, limit=1)).total:
        return replace(as_written, offered_query=better)
    words = tuple(repairs.get(word, word) for word in wording.words)
    return replace(_understood(words, wording, request, thesaurus), repaired_query=better)


def _understood(
    words: tuple[str, ...], wording: Wording, request: SearchRequest, thesaurus: Thesaurus
) -> Understanding:
    expansions = list(thesaurus.expansions(words)) if request.with_synonyms else []
    return Understanding(
        sought=Sought(_concepts(words, expansions), wording.phrases, words),
        synonyms=tuple(_told(words, expansions)),
        meanings=tuple(thesaurus.meanings(words)),
        neighbours=tuple(thesaurus.neighbours(words)),
    )


def _concepts(words: Sequence[str], expansions: Sequence[Expansion]) -> tuple[Concept, ...]:
    """A single word becomes one concept with its synonyms; the words of a longer label also count by themselves."""
    by_start = {expansion.start: _synonyms(expansion) for expansion in expansions if expansion.length == 1}
    subject = [place for place, word in enumerate(words) if not is_stop_word(fold(word))] or range(len(words))
    concepts = [Concept(((words[place],),), by_start.get(place, ())) for place in subject]
    for expansion in expansions:
        if expansion.length > 1:
            typed = tuple(words[expansion.start : expansion.start + expansion.length])
            concepts.append(Concept((typed,), _synonyms(expansion)))
    return tuple(concepts)


def _synonyms(expansion: Expansion) -> tuple[tuple[str, ...], ...]:
    ways = (tuple(token.word for token in tokenize(label)) for label in expansion.ways)
    return tuple(way for way in ways if way)


def _told(words: Sequence[str], expansions: Sequence[Expansion]):
    for expansion in expansions:
        written = " ".join(words[expansion.start : expansion.start + expansion.length])
        others = tuple(label for label in expansion.shown if fold(label) != fold(written))
        if others:
            yield Synonyms(written, others)


def _repairs(wording: Wording, snapshot: Snapshot, thesaurus: Thesaurus, labels: frozenset[str]) -> dict[str, str]:
    """Find for each word that this reader's records do not know the nearest one that they do know."""
    repairs: dict[str, str] = {}
    for word in _unknown(wording.words, snapshot, thesaurus, labels):
        for group in snapshot.vocabulary(fold(word)[:1]).nearest(word):
            # By what this reader's records write: words of others may neither be offered nor push such words aside.
            uses = snapshot.uses([known.written for known in group[:MOST_CANDIDATES]], labels)
            best = min(uses, key=lambda written: (-uses[written], written))
            if uses[best]:
                repairs[word] = best
                break
    return repairs


def _unknown(words: Sequence[str], snapshot: Snapshot, thesaurus: Thesaurus, labels: frozenset[str]) -> list[str]:
    """Return the words that may be misspelt: neither words of the language nor of this reader's records."""
    odd = {}
    for word in words:
        analysed = snapshot.analyzer.word(word)
        # A compound of known parts is a word, whether or not anybody wrote it yet.
        if not (is_stop_word(analysed.folded) or analysed.parts or thesaurus.knows(word)):
            odd[word] = analysed.stem
    known = snapshot.known(frozenset(odd.values()), labels) if odd else frozenset()
    return [word for word, stem in odd.items() if stem not in known]


def _replaced(query: str, repairs: dict[str, str]) -> str:
    pieces, place = [], 0
    for token in tokenize(query):
        if token.word in repairs:
            pieces += [query[place : token.start], repairs[token.word]]
            place = token.end
    return "".join([*pieces, query[place:]])
