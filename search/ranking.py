"""How a query is weighed: the measured recipe as a tree that every engine translates and none interprets.

Source of the weights: reference measurements on the help corpus (`manage.py bench_relevance`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from search.language.analysis import Analyzer, Word
from search.language.highlights import Wanted

#: Stems of title (five times) and body; the field that decides.
TEXT = "text"
#: The same with compounds replaced by their parts, and hyphenated words joined as well.
PARTS = "parts"
#: Words as written apart from case, umlauts and gender; decides between equals ("Behörde" over "Ausländerbehörde").
FORM = "form"
#: Stems of what only introduces a record or is related to it; a match there lists the record behind all others.
MENTIONS = "mentions"

TITLE_REPETITIONS = 5
PART_WEIGHT = 0.45
FORM_WEIGHT = 0.3
#: The same for choosing what to quote from a hit, where "Schüler" should win over "Schule".
QUOTED_FORM_WEIGHT = 0.5
PHRASE_WEIGHT = 0.5
PHRASE_SLOP = 2
#: What every concept that a hit covers is worth by itself, so that a hit for all of a question beats many for one word.
COVERAGE_BONUS = 2.0
#: Below the score of any match in a text, and the same for every mention.
MENTION_SCORE = 0.0001
#: A typed word leads a word that means the same, else a record titled by a narrower name would come first.
SYNONYM_WEIGHT = 0.5
#: How much the weaker of several ways to match one word adds to the strongest.
TIE = 0.5


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a reader asks for, and all the ways to say it; each way is a sequence of words."""

    #: As the reader typed it; a single word is also found by and inside of compounds.
    ways: tuple[tuple[str, ...], ...]
    #: What means the same, found as a whole only: parts of a word nobody typed lead astray.
    synonyms: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """An understood query; without content everything is sought."""

    #: Any of these makes a hit; the more, the better.
    concepts: tuple[Concept, ...] = ()
    #: Quoted by the reader: each must stand in a hit as it is.
    phrases: tuple[tuple[str, ...], ...] = ()
    #: All words in their order; hits that keep the order gain.
    sequence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A leaf: one term in one field."""

    field: str
    value: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A leaf: terms that stand near each other in order."""

    field: str
    values: tuple[str, ...]
    slop: int = 0
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one child matches; their scores add up."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every child matches; their scores add up, and `welcome` ones add theirs where they match."""

    children: tuple["Node", ...]
    welcome: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class BestOf:
    """At least one child matches; the best score counts, the others a little."""

    children: tuple["Node", ...]
    tie: float = 0.0


@dataclass(frozen=True, slots=True)
class Constant:
    """The child matches or not; either way its score does not depend on how often or how rarely."""

    child: "Node"
    score: float


Node = Term | Phrase | AnyOf | AllOf | BestOf | Constant


def ranking_tree(
    sought: Sought, analyzer: Analyzer, form_weight: float = FORM_WEIGHT, *, is_mentioned: Callable[[str], bool]
) -> Node | None:
    """Weigh a query by the recipe, or return nothing when nothing is sought.

    `is_mentioned` tells whether any record merely mentions a stem; asking for the others would cost time for nothing.
    """
    required = [_exactly(words, analyzer) for words in sought.phrases]
    wished = [_concept(concept, analyzer, form_weight) for concept in sought.concepts]
    if not required and not wished:
        return None
    if len(wished) > 1:
        wished = [AnyOf((node, Constant(matching_tree(node), COVERAGE_BONUS))) for node in wished]
    wished += _mentions(filter(is_mentioned, _typed_stems(sought.concepts, analyzer)))
    welcome = _in_sequence(sought.sequence, analyzer)
    if required:
        return AllOf(tuple(required), (*wished, *welcome))
    return AllOf((AnyOf(tuple(wished)),), welcome)


def matching_tree(node: Node) -> Node:
    """Reduce a ranking tree to what decides whether a record matches at all, which is enough for counting.

    Forms are left out: a form never matches where its stem does not.
    """
    match node:
        case Term(field, value):
            return Term(field, value)
        case Phrase(field, values, slop):
            return Phrase(field, values, slop)
        case Constant(child):
            return matching_tree(child)
        case AllOf(children):
            return AllOf(tuple(matching_tree(child) for child in children))
        case AnyOf(children) | BestOf(children):
            counted = (child for child in children if not (isinstance(child, Term) and child.field == FORM))
            return AnyOf(tuple(dict.fromkeys(matching_tree(child) for child in counted)))


def wanted(sought: Sought, analyzer: Analyzer) -> Wanted:
    """Name what a highlighter marks for a query: the same stems that the ranking looks for."""
    typed = [[analyzer.word(word) for word in way] for concept in sought.concepts for way in concept.ways]
    others = [[analyzer.word(word) for word in way] for concept in sought.concepts for way in concept.synonyms]
    singles = [way[0] for way in typed if len(way) == 1]
    synonyms = [way[0] for way in others if len(way) == 1]
    phrases = [tuple(word.stem for word in way) for way in (*typed, *others) if len(way) > 1]
    phrases += [tuple(analyzer.word(word).stem for word in words) for words in sought.phrases]
    return Wanted(
        words=frozenset(word.stem for word in singles),
        synonyms=frozenset(word.stem for word in synonyms),
        forms=frozenset(word.form for word in (*singles, *synonyms)),
        parts=frozenset(part for word in singles for part in word.parts),
        phrases=tuple(dict.fromkeys(phrases)),
    )


def _concept(concept: Concept, analyzer: Analyzer, form_weight: float) -> Node:
    typed = [[analyzer.word(word) for word in way] for way in concept.ways]
    others = [[analyzer.word(word) for word in way] for way in concept.synonyms]
    # The label that was typed is among the synonyms of its term and must not count twice.
    known = {_stems(way) for way in typed}
    nodes = [_way(way, form_weight) for way in typed]
    nodes += [_whole(way, form_weight, SYNONYM_WEIGHT) for way in others if _stems(way) not in known]
    return nodes[0] if len(nodes) == 1 else BestOf(tuple(nodes))


def _typed_stems(concepts: Sequence[Concept], analyzer: Analyzer) -> list[str]:
    stems = [analyzer.word(way[0]).stem for concept in concepts for way in concept.ways if len(way) == 1]
    return list(dict.fromkeys(stems))


def _mentions(stems: Iterable[str]) -> list[Node]:
    """Let typed words list records that merely mention them; no bonus, so these stay behind all others."""
    return [Constant(Term(MENTIONS, stem), MENTION_SCORE) for stem in stems]


def _stems(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.stem for word in words)


def _whole(words: Sequence[Word], form_weight: float, boost: float = 1.0) -> Node:
    if len(words) > 1:
        return Phrase(TEXT, _stems(words), boost=boost)
    return AnyOf((Term(TEXT, words[0].stem, boost), Term(FORM, words[0].form, form_weight * boost)))


def _way(words: Sequence[Word], form_weight: float) -> Node:
    if len(words) > 1:
        return _whole(words, form_weight)
    word = words[0]
    matches: list[Node] = [Term(TEXT, word.stem), Term(PARTS, word.stem, PART_WEIGHT)]
    if word.parts:
        # All parts together, in whatever form: „Organisation der Migranten" answers „Migrantenorganisation".
        matches.append(AllOf(tuple(Term(PARTS, part, PART_WEIGHT) for part in dict.fromkeys(word.parts))))
    return AnyOf((BestOf(tuple(matches), TIE), Term(FORM, word.form, form_weight)))


def _exactly(words: Sequence[str], analyzer: Analyzer) -> Node:
    stems = tuple(analyzer.word(word).stem for word in words)
    return Phrase(TEXT, stems) if len(stems) > 1 else Term(TEXT, stems[0])


def _in_sequence(words: Sequence[str], analyzer: Analyzer) -> tuple[Node, ...]:
    if len(words) < 2:
        return ()
    return (Phrase(TEXT, tuple(analyzer.word(word).stem for word in words), PHRASE_SLOP, PHRASE_WEIGHT),)
