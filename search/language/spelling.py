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
        self._spellings: dict[str, list[Known]] = {}
        for known in words:
            self._spellings.setdefault(fold(known.written), []).append(known)
        self._by_length: dict[int, list[str]] = {}
        for folded in self._spellings:
            self._by_length.setdefault(len(folded), []).append(folded)

    def nearest(self, written: str) -> list[list[Known]]:
        """Return every spelling of the nearest words, those with fewest slips first, grouped by the number of slips.

        Which of a group is meant is for the caller to say, who knows what the reader may see: the frequencies here
        are those of all documents. People rarely miss the first letter, and a stop word would leave nothing to search.
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
        groups: dict[int, list[Known]] = {}
        for word, distance, _ in found:
            if distance:
                groups.setdefault(distance, []).extend(self._spellings[word])
        return [sorted(groups[distance], key=_most_frequent_first) for distance in sorted(groups)]


def _most_frequent_first(known: Known) -> tuple[int, str]:
    return -known.frequency, known.written


def _believed_slips(folded: str) -> int:
    if len(folded) < SHORTEST_REPAIRED or not folded.isalpha():
        return 0
    return 2 if len(folded) >= TWO_SLIPS_FROM else 1
