"""Canaries: random words that each stand in exactly one field of one object, and are found again in any answer."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.html import strip_tags

_CONSONANTS = "bdfgklmnprtvwz"
_VOWELS = "aio"
#: The short kind is for fields of eight characters; both are plain letters, so that the search takes them for words.
_FOUND = re.compile(r"kanar(?:[bdfgklmnprtvwz][aio]){7}|zk(?:[bdfgklmnprtvwz][aio]){3}")
_LONG, _SHORT = 19, 8


@dataclass(frozen=True, slots=True)
class Token:
    """A canary and where it was planted."""

    word: str
    #: The object's key in the world, such as "paper/member/live".
    owner: str
    #: The field, block or file in which it stands.
    place: str
    #: Any of these labels suffices to see it; nobody has the empty set.
    reach: frozenset[str]

    def __str__(self):
        return f"{self.owner} · {self.place} ({self.word}, for {', '.join(sorted(self.reach)) or 'nobody'})"


@dataclass(slots=True)
class Mint:
    """All canaries of a run; the same place always gets the same word, so that a failure can be repeated."""

    tokens: dict[str, Token] = field(default_factory=dict)

    def token(self, owner: str, place: str, reach: Iterable[str], *, room: int = _LONG) -> str:
        """Return a new canary for a place that holds `room` characters."""
        word = _word(f"{owner}|{place}", short=room < _LONG)
        if room < _SHORT:
            raise ValueError(f"{owner} {place}: {room} characters hold no canary.")
        if word in self.tokens and self.tokens[word].place != place:
            raise ValueError(f"{self.tokens[word]} has the same word as {owner} · {place}.")
        self.tokens[word] = Token(word, owner, place, frozenset(reach))
        return word

    def of(self, owner: str, *, leaving_out: Iterable[str] = ()) -> set[str]:
        """Return the words planted in an object."""
        left_out = set(leaving_out)
        return {t.word for t in self.tokens.values() if t.owner == owner and t.place not in left_out}

    def at(self, owner: str, place: str) -> str:
        """Return the word at one place."""
        return next(t.word for t in self.tokens.values() if (t.owner, t.place) == (owner, place))

    def told(self, words: Iterable[str]) -> list[str]:
        """Say of words where they come from, for the message of a failure."""
        return sorted(str(self.tokens[word]) for word in words)

    def found_in(self, response) -> set[str]:
        """Return every known canary in the body, the headers and the cookies of a response."""
        return {word for word in words_in(response.told) if word in self.tokens}


def words_in(text: str) -> set[str]:
    """Return everything in a text that looks like a canary, also where marking tore it apart."""
    text = text.lower()
    return {*_FOUND.findall(text), *_FOUND.findall(strip_tags(text) if "<mark>" in text else "")}


def text_of(response) -> str:
    """Return all that a response tells: headers, cookies and body; reading a streamed body closes it."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers}\n{response.cookies.output()}\n{body.decode('utf-8', 'replace')}"


def _word(seed: str, *, short: bool) -> str:
    digest = hashlib.blake2b(seed.encode(), digest_size=16).digest()
    syllables = "".join(
        _CONSONANTS[digest[2 * n] % len(_CONSONANTS)] + _VOWELS[digest[2 * n + 1] % len(_VOWELS)]
        for n in range(3 if short else 7)
    )
    return f"zk{syllables}" if short else f"kanar{syllables}"
