"""Which letters of a text answer a query, down to the part inside a compound."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.language.analysis import Analyzer, Word
from search.language.folding import fold, fold_with_offsets
from search.language.tokens import Token, tokenize


class Segment(NamedTuple):
    """A stretch of text that either answers the query or does not."""

    text: str
    is_match: bool


class Match(NamedTuple):
    """A marked stretch of a text, the stems it stands for, and whether it is the very word that was asked."""

    start: int
    end: int
    stems: tuple[str, ...]
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """The stems a reader looks for: words, parts of compounds, and sequences that count only as a whole."""

    words: frozenset[str] = frozenset()
    #: Words that were not typed but mean the same; they are marked as whole words only.
    synonyms: frozenset[str] = frozenset()
    #: The words as asked, unstemmed; they tell „Schüler" from „Schule", which share a stem.
    forms: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()


def find_matches(text: str, analyzer: Analyzer, wanted: Wanted) -> list[Match]:
    """Find every stretch that answers the query; parts of the query's words count only where no whole word does."""
    tokens = tokenize(text)
    words = analyzer.words([token.word for token in tokens])
    read = list(zip(tokens, words, strict=True))
    matches = [
        *(_phrase_matches(tokens, [word.stem for word in words], wanted.phrases) if wanted.phrases else ()),
        *_word_matches(text, read, analyzer, wanted.words, wanted.synonyms, wanted.forms),
    ] or _word_matches(text, read, analyzer, wanted.parts)
    return _without_overlap(sorted(matches, key=lambda match: (match.start, -match.end)))


def segments(text: str, matches: Sequence[Match], start: int = 0, end: int | None = None) -> list[Segment]:
    """Cut a stretch of text at its matches, so that a template marks them without any HTML from here."""
    end = len(text) if end is None else end
    cut: list[Segment] = []
    place = start
    for match in matches:
        if match.start < place or match.end > end:
            continue
        if match.start > place:
            cut.append(Segment(text[place : match.start], is_match=False))
        cut.append(Segment(text[match.start : match.end], is_match=True))
        place = match.end
    if place < end:
        cut.append(Segment(text[place:end], is_match=False))
    return cut


def _phrase_matches(tokens: list[Token], stems: list[str], phrases: Sequence[tuple[str, ...]]) -> Iterator[Match]:
    for phrase in phrases:
        for position in range(len(stems) - len(phrase) + 1):
            if stems[position] == phrase[0] and tuple(stems[position : position + len(phrase)]) == phrase:
                yield Match(tokens[position].start, tokens[position + len(phrase) - 1].end, phrase)


def _word_matches(
    text: str,
    read: list[tuple[Token, Word]],
    analyzer: Analyzer,
    sought: frozenset[str],
    whole: frozenset[str] = frozenset(),
    forms: frozenset[str] = frozenset(),
) -> Iterator[Match]:
    for token, (_, form, stem, parts, _) in read:
        if stem in sought or stem in whole:
            yield Match(token.start, token.end, (stem,), form in forms)
        elif parts and not sought.isdisjoint(parts):
            yield from _part_matches(text, token, analyzer, sought)


def _part_matches(text: str, token: Token, analyzer: Analyzer, sought: frozenset[str]) -> Iterator[Match]:
    written = text[token.start : token.end]
    if written != token.word:
        # A gender mark inside the word moves its letters; then the word is marked as a whole.
        yield Match(token.start, token.end, tuple(sought.intersection(analyzer.word(token.word).parts)))
        return
    offsets = fold_with_offsets(written)[1]
    for part in analyzer.lexicon.splitter.split(fold(written)):
        stemmed = analyzer.stem(part.word)
        if stemmed in sought:
            yield Match(token.start + offsets[part.start], token.start + offsets[part.end], (stemmed,))


def _without_overlap(matches: list[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in matches:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
