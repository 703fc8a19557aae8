"""How one word is written in one way only: case, umlauts, sharp s, marks and invisible characters."""

import re
import unicodedata
from functools import lru_cache

# The rule of Lucene's german_normalization: "ue" after a vowel or q is no umlaut ("neue", "Bauer", "Quelle").
_DIGRAPH = re.compile(r"ae|oe|(?<![aeiouyqäöü])ue")
_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None})
_COMPOSE = str.maketrans({"\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None})


def fold(word: str) -> str:
    """Give the spelling that „Ausländerbehörde" and „Auslaenderbehoerde" share."""
    if word.isascii():
        return _DIGRAPH.sub(_first_letter, word.lower())
    composed = unicodedata.normalize("NFC", word.translate(_COMPOSE)).casefold()
    plain = _DIGRAPH.sub(_first_letter, composed).translate(_PLAIN)
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


@lru_cache(maxsize=20_000)
def fold_with_offsets(word: str) -> tuple[str, tuple[int, ...]]:
    """Give the folded word and, for each of its places and its end, the place in the word as written."""
    reached = [_folded_length(word, length) for length in range(len(word) + 1)]
    folded = fold(word)
    offsets = (next(i for i, length in enumerate(reached) if length > place) - 1 for place in range(len(folded)))
    return folded, (*offsets, len(word))


def _folded_length(word: str, length: int) -> int:
    return len(fold(word[:length]))


def _first_letter(match: re.Match[str]) -> str:
    return match[0][0]
