"""Where the words of a text begin and end, and which spellings of a person word are one word."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from search.language.folding import fold

# Combining marks, soft hyphens and zero-width joiners belong to the word they stand in.
_INSIDE = "\u0300-\u036f\u00ad\u200b-\u200d"
_WORD = rf"[^\W_{_INSIDE}][^\W_]*(?:[{_INSIDE}]+[^\W_]*)*"
_PLAIN = re.compile(_WORD)
_MARKED = re.compile(
    rf"(?P<word>{_WORD})"
    # Shorter heads are more often an abbreviation or a unit ("km/s") than a person.
    r"(?:(?<=[^\W_]{3})(?:[*＊⁎:_·•‧∙]|/-?)(?:innen(?P<tail>[^\W\d_]*)|(?:in|inn|r|rn|n|e|en|m|s)(?![^\W_]))"
    r"|(?<=[^\W_]{3})\((?:inn\)en|innen\)|in\)|r\)|n\)|e\)|en\)))?"
)
_INNER_I = re.compile(r"(?<=[^\W\d_A-ZÄÖÜ])I(?:nnen|n$)")
# A quick look that spares most texts the slow reading; it may say yes for nothing, but never no for something.
# Several patterns, because each by itself begins with few signs and is skipped through much faster than all in one.
_MARKED_INSIDE = re.compile(r"[*＊⁎:_·•‧∙/(](?<=[^\W\d_].)-?(?:inn|in|r|n|e|m|s)|(?<=[^\W\d_A-ZÄÖÜ])In")
_FEMALE = re.compile(r"in(?<=\Sin)(?:nen)?(?![^\W_])")
_IN_PAIRS = (
    re.compile(r"in(?:nen)?(?:\s*/|\s+(?:und|oder|bzw|sowie|u)\b)"),
    re.compile(r"(?:\b(?:und|oder|bzw|sowie|u)\b|/)\W*[^\W_]+in(?:nen)?\b"),
)
_SHORTEST_HEAD = 3
_HYPHENS = "-\u2010\u2011"
_HYPHENATED = re.compile(rf"(?<![^\W_]){_WORD}(?:[{_HYPHENS}]{_WORD})+")
_HYPHEN_INSIDE = re.compile(rf"[^\W_][{_HYPHENS}][^\W_]")
_PAIR_WORDS = frozenset({"und", "oder", "bzw", "sowie", "u"})
_FLEXIONS = frozenset({"", "e", "n", "s", "en", "es", "er", "ern", "ens"})


class Token(NamedTuple):
    """One word of a text: its place and the word itself, gender marks taken out."""

    start: int
    end: int
    word: str


def tokenize(text: str) -> list[Token]:
    """Split at everything that is neither letter nor digit, because punctuation hides words from a search."""
    if not _is_suspicious(text):
        return [Token(match.start(), match.end(), match[0]) for match in _PLAIN.finditer(text)]
    return _join_pairs(text, [_token(match) for match in _MARKED.finditer(text)])


def words_of(text: str) -> list[str]:
    """Give the words of a text without their places, which is all an index needs and much faster."""
    if not _is_suspicious(text):
        return _PLAIN.findall(text)
    return [token.word for token in tokenize(text)]


def hyphenated(text: str) -> Iterator[str]:
    """Find words written with hyphens and join them, since „Bund-Länder" and „Bundländer" should meet."""
    if not any(hyphen in text for hyphen in _HYPHENS) or _HYPHEN_INSIDE.search(text) is None:
        return
    for match in _HYPHENATED.finditer(text):
        yield "".join(_PLAIN.findall(match[0]))


def _is_suspicious(text: str) -> bool:
    if _MARKED_INSIDE.search(text):
        return True
    # The slowest patterns last, and only where a word ends like a woman's.
    return _FEMALE.search(text) is not None and any(pattern.search(text) for pattern in _IN_PAIRS)


def _token(match: re.Match[str]) -> Token:
    start, end = match.span()
    word = match["word"]
    if tail := match["tail"]:
        return Token(start, end, f"{word}innen{tail}")
    if "In" in word:
        word = _without_inner_i(word)
    return Token(start, end, word)


def _without_inner_i(word: str) -> str:
    found = _INNER_I.search(word)
    if found is None or found.start() < _SHORTEST_HEAD:
        return word
    tail = word[found.end() :]
    return f"{word[: found.start()]}innen{tail}" if tail else word[: found.start()]


def _join_pairs(text: str, tokens: list[Token]) -> list[Token]:
    """Read „Schülerinnen und Schüler" as the one word it stands for."""
    joined: list[Token] = []
    position = 0
    while position < len(tokens):
        step = _pair_length(text, tokens, position)
        first, last = tokens[position], tokens[position + step - 1]
        if step > 1:
            shorter = min(first.word, last.word, key=len)
            joined.append(Token(first.start, last.end, shorter))
        else:
            joined.append(first)
        position += step
    return joined


def _pair_length(text: str, tokens: list[Token], position: int) -> int:
    first = tokens[position]
    if position + 1 < len(tokens) and text[first.end : tokens[position + 1].start].strip() == "/":
        length = 2
    elif position + 2 < len(tokens) and tokens[position + 1].word.lower() in _PAIR_WORDS:
        length = 3
    else:
        return 1
    last = tokens[position + length - 1]
    return length if _same_person(first.word, last.word) or _same_person(last.word, first.word) else 1


def _same_person(female: str, male: str) -> bool:
    if not female.endswith(("in", "innen")):
        return False
    head = fold(female.removesuffix("nen").removesuffix("in"))
    other = fold(male)
    return len(head) >= _SHORTEST_HEAD and other.startswith(head) and other[len(head) :] in _FLEXIONS
