"""How well a title or another short text answers a German question; pure, without database or engine."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.language.analysis import Analyzer
from search.language.folding import fold
from search.language.stopwords import is_stop_word
from search.language.tokens import words_of

#: Around words as written, stems and parts of compounds; no text holds the latter two, since they are no letters.
_WRITTEN, _STEM, _PART = " ", "\x1f", "\x1e"
_PLAIN_WORD = re.compile(r"\w+")

#: What a word is worth by the way in which it was found.
AS_WRITTEN, INFLECTED, BEGUN, IN_COMPOUND, SOMEWHERE = 5.0, 4.0, 3.0, 2.0, 1.0
#: What a word is worth in addition when it stands in what the object is called.
IN_NAME = 5.0
#: Unit: characters. Fewer stand in every other word; codes such as the AGS are looked for earlier.
_SHORTEST_PIECE = 4
_SHORTEST_PIECE_OF_CODE = 3
#: So many texts of some eighty characters take about 50 MB; beyond that all are forgotten and read anew.
_MOST_SKIMMED = 150_000
#: Only texts that may answer a question are read closely.
_MOST_READ = 20_000
_NO_LETTERS = re.compile(r"[\W_]+")


class _Skimmed(dict[str, str]):
    """Texts without anything but letters and digits, made once."""

    def __missing__(self, text: str) -> str:
        if len(self) >= _MOST_SKIMMED:
            self.clear()
        skimmed = self[text] = _NO_LETTERS.sub("", _squeezed(fold(text)))
        return skimmed


class _Read(dict[str, str]):
    """Texts as they are compared, made once with one analysis: words, stems and parts in one string.

    One string, because that is small, and because looking for something in it is quicker than anything else in Python.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__()
        self._analyzer = analyzer

    def __missing__(self, text: str) -> str:
        if len(self) >= _MOST_READ:
            self.clear()
        words = self._analyzer.words(words_of(text))
        parts = " ".join(self._analyzer.part_terms(text, words)).split()
        written = _between(_WRITTEN, _PLAIN_WORD.findall(fold(text)))
        stems = _between(_STEM, [word.stem for word in words])
        read = self[text] = written + stems + _between(_PART, parts)
        return read


class Reading:
    """Short texts, skimmed and read with one analysis."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self.skimmed = _Skimmed()
        self.read = _Read(analyzer)


@dataclass(frozen=True, slots=True)
class SoughtWord:
    """A word of the question in all the forms in which a read text may hold it."""

    whole: str
    stem: str
    begun: str
    #: All of them must be there.
    parts: tuple[str, ...]
    #: Anywhere inside of a word; empty where the word is too short for that.
    piece: str
    #: What a skimmed text holds, or else all of the others, if the word is in the text at all.
    clue: str
    other_clues: tuple[str, ...]

    def may_be_in(self, skimmed: str) -> bool:
        """Tell from a skimmed text whether it is worth reading: stems are beginnings of words or of their parts."""
        return self.clue in skimmed or all(clue in skimmed for clue in self.other_clues)

    def worth(self, read: str) -> float:
        """Return how well the word is found in a read text, 0 where it is not."""
        if self.whole in read:
            return AS_WRITTEN
        if self.stem in read:
            return INFLECTED
        if self.begun in read:
            return BEGUN
        if all(part in read for part in self.parts):
            return IN_COMPOUND
        return SOMEWHERE if self.piece and self.piece in read else 0.0


def sought_words(text: str, analyzer: Analyzer) -> list[SoughtWord]:
    """Read the words of a question; little words count only where there are no others."""
    written = words_of(text)
    telling = [word for word in written if not is_stop_word(fold(word))]
    return [_sought(word, analyzer) for word in dict.fromkeys(telling or written)]


def sought_sequence(text: str, analyzer: Analyzer) -> str:
    """Return what a read text holds that has these words one after the other; empty without words."""
    return _between(_STEM, [word.stem for word in analyzer.words(words_of(text))])


def worth(words: Sequence[SoughtWord], read_texts: Sequence[str], *, needs_all: bool) -> float:
    """Return how well an object's texts answer all the words, or any of them; the first text is its name."""
    total = 0.0
    for word in words:
        best = max(word.worth(read) for read in read_texts)
        if best and (in_name := word.worth(read_texts[0])):
            best = max(best, in_name + IN_NAME)
        if needs_all and not best:
            return 0.0
        total += best
    return total


def _sought(written: str, analyzer: Analyzer) -> SoughtWord:
    word = analyzer.word(written)
    shortest = _SHORTEST_PIECE if word.folded.isalpha() else _SHORTEST_PIECE_OF_CODE
    return SoughtWord(
        whole=f"{_WRITTEN}{word.folded}{_WRITTEN}",
        stem=f"{_STEM}{word.stem}{_STEM}",
        begun=f"{_WRITTEN}{word.folded}",
        parts=tuple(f"{_PART}{part}{_PART}" for part in word.part_terms.split()),
        piece=word.folded if len(word.folded) >= shortest else "",
        clue=_squeezed(word.stem),
        other_clues=tuple(map(_squeezed, word.part_terms.split())),
    )


def _squeezed(folded: str) -> str:
    """Take „ue" for „u", as the stemmer does even in „Bauer", where folding does not."""
    return folded.replace("ue", "u")


def _between(mark: str, words: Sequence[str]) -> str:
    return f"{mark}{mark.join(words)}{mark}" if words else ""
