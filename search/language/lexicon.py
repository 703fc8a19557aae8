"""The words a collection uses, counted once and then frozen, so that index and query split words alike."""

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from search.language.compounds import Splitter
from search.language.folding import fold
from search.language.seeds import COMPOUND_PARTS, PERSONS
from search.language.stems import stem
from search.language.tokens import words_of

#: In a large collection a word seen once is more often a misprint than a part of compounds.
LARGE_COLLECTION = 1_000
#: A seed word counts as if this many documents used it, so that small collections split like large ones.
SEED_FREQUENCY = 3


@dataclass(frozen=True)
class Lexicon:
    """Words with their document frequencies, and the stems of words that name persons."""

    frequencies: dict[str, int]
    persons: frozenset[str]

    @cached_property
    def fingerprint(self) -> str:
        """Name this lexicon by its content, because a query must use the one its index was built with."""
        return hashlib.sha256(self.to_bytes()).hexdigest()[:16]

    @cached_property
    def stem_frequencies(self) -> dict[str, int]:
        """How many documents used a stem, at least: those of its most frequent form."""
        found: dict[str, int] = {}
        for word, count in self.frequencies.items():
            stemmed = stem(word)
            found[stemmed] = max(count, found.get(stemmed, 0))
        return found

    @cached_property
    def largest_frequency(self) -> int:
        """How many documents used the most frequent word, which stands for how many there were."""
        return max(self.frequencies.values(), default=0)

    @cached_property
    def splitter(self) -> Splitter:
        """The compound splitter that follows from the words."""
        return Splitter(self.frequencies)

    def save(self, path: Path) -> None:
        """Write the lexicon beside the index that was built with it."""
        path.write_bytes(gzip.compress(self.to_bytes(), mtime=0))

    @classmethod
    def load(cls, path: Path) -> "Lexicon":
        """Read a lexicon back as it was saved."""
        return cls.from_bytes(gzip.decompress(path.read_bytes()))

    @classmethod
    def from_bytes(cls, serialized: bytes) -> "Lexicon":
        """Read a lexicon from what `to_bytes` made."""
        data = json.loads(serialized)
        return cls(data["frequencies"], frozenset(data["persons"]))

    def to_bytes(self) -> bytes:
        """Return the lexicon in the one form that its fingerprint is made of."""
        data = {"frequencies": self.frequencies, "persons": sorted(self.persons)}
        return json.dumps(data, sort_keys=True, ensure_ascii=False).encode()


class _Folded(dict[str, str]):
    """Words folded once; a dict answers known ones without any Python code."""

    def __missing__(self, word: str) -> str:
        folded = self[word] = fold(word)
        return folded


def build_lexicon(texts: Iterable[str]) -> Lexicon:
    """Count the words of a collection and freeze them together with the seed words."""
    counts: Counter[str] = Counter()
    folded = _Folded()
    documents = 0
    for text in texts:
        documents += 1
        counts.update(set(map(folded.__getitem__, words_of(text))))
    fewest = 2 if documents >= LARGE_COLLECTION else 1
    frequencies = {word: count for word, count in counts.items() if count >= fewest and word.isalpha()}
    for word in COMPOUND_PARTS:
        frequencies[fold(word)] = max(frequencies.get(fold(word), 0), SEED_FREQUENCY)
    return Lexicon(frequencies, _persons(frequencies))


def _persons(frequencies: Iterable[str]) -> frozenset[str]:
    """Learn who is a person: a word that the collection uses both with and without „-innen"."""
    words = list(frequencies)
    stems = {stem(word) for word in words}
    female = {stem(word).removesuffix("inn") for word in words if word.endswith("innen")}
    return frozenset(stem(fold(word)) for word in PERSONS) | {s for s in female & stems if len(s) >= 3}
