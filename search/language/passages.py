"""Which one or two sentences of a text answer a query best."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from search.language.analysis import Analyzer
from search.language.highlights import Match, Segment, Wanted, find_matches, segments

#: Unit: characters. A result shows about three lines; longer sentences are cut around their matches.
LONGEST_PASSAGE = 320
#: How much the very word counts beyond another word of the same stem.
EXACT_SHARE = 0.5
_ELLIPSIS = "…"
_SENTENCE_END = re.compile(r"[.!?…][\"“”»«)\]]*(?=\s+[^\sa-zäöüß])|\n+")
_WORD_BEFORE = re.compile(r"\w*$")
_ABBREVIATIONS = frozenset(
    {"abs", "art", "bd", "bzw", "ca", "dr", "etc", "evtl", "ggf", "hrsg", "inkl", "nr", "usw", "vgl"}
)


class Sentence(NamedTuple):
    """Where a sentence begins and ends."""

    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """Split a text into sentences; a line break always ends one, because lists and headings have no full stop."""
    return [sentence for sentence in _stripped(text) if sentence.start < sentence.end]


def best_passage(
    text: str, analyzer: Analyzer, wanted: Wanted, weights: Mapping[str, float]
) -> tuple[list[Segment], float]:
    """Return the passage with the most and rarest sought words, marked, and how much it weighs."""
    matches = find_matches(text, analyzer, wanted)
    spans = sentences(text)
    if not spans:
        return [], 0.0
    # Of equals the single sentence wins, then the earlier one: a second sentence must add something.
    best = max(_candidates(spans), key=lambda span: _weight(span, matches, weights))
    return _cut(text, best, matches), _weight(best, matches, weights)


def _candidates(spans: Sequence[Sentence]) -> list[Sentence]:
    neighbours = [Sentence(first.start, second.end) for first, second in pairwise(spans)]
    return [*spans, *(pair for pair in neighbours if pair.end - pair.start <= LONGEST_PASSAGE)]


def _weight(span: Sentence, matches: Sequence[Match], weights: Mapping[str, float]) -> float:
    inside = [match for match in matches if span.start <= match.start and match.end <= span.end]
    stems = {stem for match in inside for stem in match.stems}
    exact = {stem for match in inside if match.is_exact for stem in match.stems}
    return sum(weights.get(stem, 1.0) for stem in stems) + EXACT_SHARE * sum(weights.get(stem, 1.0) for stem in exact)


def _cut(text: str, span: Sentence, matches: Sequence[Match]) -> list[Segment]:
    if span.end - span.start <= LONGEST_PASSAGE:
        return segments(text, matches, span.start, span.end)
    inside = [match for match in matches if span.start <= match.start and match.end <= span.end]
    middle = (inside[0].start + min(inside[-1].end, inside[0].start + LONGEST_PASSAGE)) // 2 if inside else span.start
    start = max(span.start, min(middle - LONGEST_PASSAGE // 2, span.end - LONGEST_PASSAGE))
    end = min(span.end, start + LONGEST_PASSAGE)
    start, end = _at_words(text, span, start, end)
    shown = segments(text, matches, start, end)
    before = [Segment(f"{_ELLIPSIS} ", is_match=False)] if start > span.start else []
    after = [Segment(f" {_ELLIPSIS}", is_match=False)] if end < span.end else []
    return [*before, *shown, *after]


def _at_words(text: str, span: Sentence, start: int, end: int) -> tuple[int, int]:
    if start > span.start and (space := text.find(" ", start, end)) >= 0:
        start = space + 1
    if end < span.end and (space := text.rfind(" ", start, end)) >= 0:
        end = space
    return start, end


def _stripped(text: str) -> Iterator[Sentence]:
    start = 0
    for place in [*_ends(text), len(text)]:
        raw = text[start:place]
        lead = len(raw) - len(raw.lstrip())
        yield Sentence(start + lead, start + lead + len(raw.strip()))
        start = place


def _ends(text: str) -> Iterator[int]:
    for match in _SENTENCE_END.finditer(text):
        if match[0].isspace() or not _is_abbreviated(text, match.start()):
            yield match.end()


def _is_abbreviated(text: str, stop: int) -> bool:
    """A full stop after a number, a single letter or a known abbreviation does not end a sentence."""
    if text[stop] != ".":
        return False
    word = _WORD_BEFORE.search(text, max(0, stop - 12), stop)[0]
    return len(word) <= 1 or word.isdigit() or word.lower() in _ABBREVIATIONS
