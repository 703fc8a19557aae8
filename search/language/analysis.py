"""The one analysis that texts and queries go through: word → plain form, stem and compound parts."""

from collections.abc import Iterable
from typing import NamedTuple

from search.language.folding import fold
from search.language.lexicon import Lexicon
from search.language.stems import stem
from search.language.tokens import Token, hyphenated

#: The words of a large collection fit; beyond that everything is forgotten at once and learned anew.
_CACHE_SIZE = 500_000


class Word(NamedTuple):
    """What the search knows about one word."""

    #: The folded word without a feminine ending: the same for all ways to write a person word.
    form: str
    stem: str
    #: Stems of the compound's parts; empty when the word is no compound.
    parts: tuple[str, ...]


class Analyzer:
    """Analyses words with one frozen lexicon; equal lexicons analyse alike."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._words: dict[str, Word] = {}

    def word(self, written: str) -> Word:
        """Analyse one word as a text writes it, remembering it because texts repeat their words."""
        known = self._words.get(written)
        if known is None:
            if len(self._words) >= _CACHE_SIZE:
                self._words.clear()
            known = self._words[written] = self._analyse(written)
        return known

    def words(self, tokens: Iterable[Token]) -> list[Word]:
        """Analyse the words of a tokenized text in their order."""
        return [self.word(token.word) for token in tokens]

    def stem(self, folded: str) -> str:
        """Stem a folded word and take „-in" and „-innen" from words whose head names a person."""
        stemmed = stem(folded)
        for ending in ("inn", "in"):
            if stemmed.endswith(ending) and self._is_person(stemmed.removesuffix(ending)):
                return stemmed.removesuffix(ending)
        return stemmed

    def _is_person(self, head: str) -> bool:
        persons = self.lexicon.persons
        # The last part of a compound is at least four letters long ("Bildungs|referent").
        return head in persons or any(head[start:] in persons for start in range(1, len(head) - 3))

    def _analyse(self, written: str) -> Word:
        folded = fold(written)
        stemmed = self.stem(folded)
        head = folded.removesuffix("nen").removesuffix("in")
        form = head if head != folded and self.stem(head) == stemmed else folded
        return Word(form, stemmed, tuple(self.stem(part.word) for part in self.lexicon.splitter.split(folded)))


def part_terms(analyzer: Analyzer, text: str, tokens: list[Token]) -> list[str]:
    """Give the terms under which words are found by their parts: parts, plain words, hyphenated words joined.

    Plain words stand here too, so that a word is never rarer, hence never heavier, as a part than by itself.
    """
    terms = [term for word in analyzer.words(tokens) for term in word.parts or (word.stem,)]
    for run in hyphenated(text, tokens):
        terms.append(analyzer.word("".join(token.word for token in run)).stem)
    return terms
