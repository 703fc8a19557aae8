"""Where a German compound comes apart, learned from the words that a collection uses by themselves."""

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from search.language.stems import stem
from search.language.stopwords import STOP_WORDS

#: Letters that German puts between the parts of a compound; "innen" as in „Schülerinnenvertretung".
#: Source: Koehn & Knight, "Empirical Methods for Compound Splitting", EACL 2003.
LINKS = ("", "s", "es", "n", "en", "er", "e", "ns", "ens", "innen")
SHORTEST_PART = 4
#: Shorter words that so many offices and bodies end with that they are parts all the same („Sozialamt", „Stadtrat").
SHORT_HEADS = frozenset({"amt", "rat"})
_SHORTEST_HEAD = 3
#: „Lernende“ is no end of learning: participles end like the noun „Ende“ and are far more frequent than its compounds.
PARTICIPLE_ENDINGS = frozenset({"ende", "enden", "endem", "ender", "endes"})
#: Longer "words" are addresses, codes or accidents; splitting them costs time and finds nothing.
LONGEST_COMPOUND = 50
MOST_PARTS = 5


class Part(NamedTuple):
    """One part of a compound: its place in the folded word (the link not counted) and the part itself."""

    start: int
    end: int
    word: str


class Splitter:
    """Takes compounds apart by the geometric mean of their parts' document frequencies (Koehn & Knight)."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._weights: dict[str, float] = {}
        self._stem_weights: dict[str, float] = {}
        for word, count in frequencies.items():
            if count > 0 and _is_long_enough(word) and word.isalpha() and word not in STOP_WORDS:
                self._weights[word] = weight = math.log(count)
                stemmed = stem(word)
                self._stem_weights[stemmed] = max(weight, self._stem_weights.get(stemmed, 0.0))

    def split(self, word: str) -> tuple[Part, ...]:
        """Return the parts of a folded word, or nothing when it is no compound of known words."""
        if not SHORTEST_PART + _SHORTEST_HEAD <= len(word) <= LONGEST_COMPOUND or not word.isalpha():
            return ()
        best: tuple[Part, ...] = ()
        best_mean = -1.0
        for weight, parts in self._segmentations(word, 0):
            mean = weight / len(parts)
            if len(parts) > 1 and mean > best_mean:
                best, best_mean = parts, mean
        return best

    def _segmentations(self, word: str, start: int, depth: int = 1) -> Iterator[tuple[float, tuple[Part, ...]]]:
        tail = word[start:]
        weight = self._tail_weight(tail)
        if weight is not None:
            yield weight, (Part(start, len(word), tail),)
        if depth == MOST_PARTS:
            return
        for end in range(start + SHORTEST_PART, len(word) - _SHORTEST_HEAD + 1):
            head_weight = self._head_weight(word[start:end])
            if head_weight is None:
                continue
            head = Part(start, end, word[start:end])
            for link in LINKS:
                if word.startswith(link, end):
                    for rest_weight, rest in self._segmentations(word, end + len(link), depth + 1):
                        yield head_weight + rest_weight, (head, *rest)

    def _head_weight(self, head: str) -> float | None:
        weight = self._weights.get(head)
        return weight if weight is not None else self._stem_weights.get(head)

    def _tail_weight(self, tail: str) -> float | None:
        """The last part carries the inflection, so a form never seen counts when its stem is known."""
        if not _is_long_enough(tail) or tail in PARTICIPLE_ENDINGS:
            return None
        weight = self._weights.get(tail)
        return weight if weight is not None else self._stem_weights.get(stem(tail))


def _is_long_enough(part: str) -> bool:
    return len(part) >= SHORTEST_PART or part in SHORT_HEADS
