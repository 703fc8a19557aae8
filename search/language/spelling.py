"""Which known words a misspelt word was probably meant to be."""

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from search.language.folding import fold
from search.language.stopwords import is_stop_word

#: Shorter words have neighbours that mean something else („Geld" and „Feld"), so they are never repaired.
SHORTEST_REPAIRED = 6
#: From this length on two slips are believed, below only one.
TWO_SLIPS_FROM = 9


class Known(NamedTuple):
    """A word of the vocabulary as texts write it, and how many documents use it."""

    written: str
    frequency: int


class Vocabulary:
    """The words that a misspelt word is compared with."""

    def __init__(self, words: Iterable[Known]) -> None:
        self._most_written: dict[str, Known] = {}
        for known in words:
            folded = fold(known.written)
            if known.frequency > self._most_written.get(folded, Known("", 0)).frequency:
                self._most_written[folded] = known
        self._by_length: dict[int, list[str]] = {}
        for folded in self._most_written:
            self._by_length.setdefault(len(folded), []).append(folded)

    def nearest(self, written: str, limit: int = 5) -> list[Known]:
        """Return the nearest words, fewest slips first, then the more frequent ones.

        People rarely miss the first letter, and a stop word would leave nothing to search for.
        """
        folded = fold(written)
        slips = _believed_slips(folded)
        if not slips:
            return []
        lengths = range(len(folded) - slips, len(folded) + slips + 1)
        alike = (word for length in lengths for word in self._by_length.get(length, ()) if word[0] == folded[0])
        choices = [word for word in alike if not is_stop_word(word)]
        found = process.extract(
            folded, choices, scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=None, processor=None
        )
        ranked = sorted(
            (distance, -self._most_written[word].frequency, word) for word, distance, _ in found if distance
        )
        return [self._most_written[word] for _, _, word in ranked[:limit]]


def _believed_slips(folded: str) -> int:
    if len(folded) < SHORTEST_REPAIRED or not folded.isalpha():
        return 0
    return 2 if len(folded) >= TWO_SLIPS_FROM else 1
