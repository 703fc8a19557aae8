"""The one analysis that texts and queries go through: word → plain form, stem and compound parts."""

from collections.abc import Iterable
from typing import NamedTuple

from search.language.folding import fold
from search.language.lexicon import Lexicon
from search.language.stems import stem
from search.language.tokens import hyphenated

#: The words of a large collection fit; beyond that everything is forgotten at once and learned anew.
MOST_REMEMBERED = 500_000


class Word(NamedTuple):
    """What the search knows about one word."""

    folded: str
    #: The folded word without a feminine ending: the same for all ways to write a person word.
    form: str
    stem: str
    #: Stems of the compound's parts; empty when the word is no compound.
    parts: tuple[str, ...]
    #: What it is found by in the field of parts, with spaces between: its parts, or itself.
    part_terms: str


class Analyzer:
    """Analyses words with one frozen lexicon; equal lexicons analyse alike."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._remembered = _Memory(self)

    def word(self, written: str) -> Word:
        """Analyse one word as a text writes it."""
        return self._remembered[written]

    def words(self, written: Iterable[str]) -> list[Word]:
        """Analyse the words of a text in their order."""
        return list(map(self._remembered.__getitem__, written))

    def part_terms(self, text: str, words: Iterable[Word]) -> list[str]:
        """Give the terms under which words are found by their parts: parts, plain words, hyphenated words joined.

        Plain words stand here too, so that a word is never rarer, hence never heavier, as a part than by itself.
        """
        return [*(word.part_terms for word in words), *self.joined_terms(text)]

    def joined_terms(self, text: str) -> list[str]:
        """Give the terms for words that a text writes with hyphens, joined."""
        return [self.word(joined).stem for joined in hyphenated(text)]

    def stem(self, folded: str) -> str:
        """Stem a folded word and take „-in" and „-innen" from words whose head names a person."""
        stemmed = stem(folded)
        for ending in ("inn", "in"):
            if stemmed.endswith(ending) and self._is_person(stemmed.removesuffix(ending)):
                return stemmed.removesuffix(ending)
        return stemmed

    def analyse(self, written: str) -> Word:
        """Analyse a word without remembering it."""
        folded = fold(written)
        stemmed = self.stem(folded)
        head = folded.removesuffix("nen").removesuffix("in")
        form = head if head != folded and self.stem(head) == stemmed else folded
        parts = tuple(self.stem(part.word) for part in self.lexicon.splitter.split(folded))
        return Word(folded, form, stemmed, parts, " ".join(parts) or stemmed)

    def _is_person(self, head: str) -> bool:
        persons = self.lexicon.persons
        # The last part of a compound is at least four letters long ("Bildungs|referent").
        return head in persons or any(head[start:] in persons for start in range(1, len(head) - 3))


class _Memory(dict[str, Word]):
    """Words analysed once, because texts repeat their words; a dict answers known ones without any Python code."""

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__()
        self._analyzer = analyzer

    def __missing__(self, written: str) -> Word:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        word = self[written] = self._analyzer.analyse(written)
        return word
