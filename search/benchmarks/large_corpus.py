"""A large invented collection and questions to it; the same numbers come out of the same seed."""

import datetime
import random
from collections.abc import Iterator
from itertools import accumulate

from search.language.seeds import COMPOUND_PARTS
from search.records import Facet, SearchRecord, Section

_INVENTED = 8_000
_COMPOUNDS = 24_000
_SYLLABLES = [
    f"{a}{v}{e}"
    for a in ("b", "d", "f", "gr", "k", "l", "m", "pr", "st", "w")
    for v in "aeiou"
    for e in ("", "l", "n", "r", "t")
]
#: The word of this rank stands in about every tenth document.
_COMMONEST = 100
_AUDIENCES = ("public", "member", "staff", "editor")
_AUDIENCE_WEIGHTS = (80, 10, 5, 5)
_TOPICS = [Facet(f"thema-{n}", f"Thema {n}") for n in range(60)]
_FIELDS = [Facet(f"feld-{n}", f"Handlungsfeld {n}") for n in range(10)]
_PLACES = [Facet(f"{n:08d}", f"Gemeinde {n}") for n in range(300)]


class LargeCorpus:
    """Texts of compounds whose frequencies fall as they do in language (Zipf)."""

    def __init__(self, seed: int = 3) -> None:
        # A source of their own, so that the same questions are asked however many documents were invented before.
        self._asking = random.Random(seed + 1)  # noqa: S311 -- as below.
        self._random = random.Random(seed)  # noqa: S311 -- a benchmark needs repeatable numbers, not secret ones.
        heads = [*(part.capitalize() for part in COMPOUND_PARTS), *(self._invented_word() for _ in range(_INVENTED))]
        self._random.shuffle(heads)
        compounds = [f"{self._random.choice(heads)}{self._random.choice(heads).lower()}" for _ in range(_COMPOUNDS)]
        self._words = list(dict.fromkeys([*heads, *compounds]))
        self._random.shuffle(self._words)
        self._weights = list(accumulate(1 / (place + 10) for place in range(len(self._words))))

    def records(self, count: int) -> Iterator[SearchRecord]:
        """Invent records of about 1,200 characters in two sections."""
        for number in range(count):
            yield SearchRecord(
                kind="bench",
                id=str(number),
                url=f"/bench/{number}/",
                title=" ".join(self._draw(5)),
                summary=self._text(12),
                sections=tuple(Section(" ".join(self._draw(3)), f"s{n}", self._text(35), str(n)) for n in (1, 2)),
                topics=tuple(self._random.sample(_TOPICS, 2)),
                fields_of_action=(self._random.choice(_FIELDS),),
                municipality=self._random.choice(_PLACES),
                date=datetime.date(2010, 1, 1) + datetime.timedelta(days=self._random.randrange(6_000)),
                audience=self._random.choices(_AUDIENCES, _AUDIENCE_WEIGHTS)[0],
            )

    def questions(self, count: int) -> list[str]:
        """Invent questions of one to three words; nobody asks for the very commonest, which stand in most documents."""
        asked = self._words[_COMMONEST:]
        weights = [1 / (place + _COMMONEST) for place in range(len(asked))]
        return [" ".join(self._asking.choices(asked, weights, k=self._asking.randint(1, 3))) for _ in range(count)]

    def _invented_word(self) -> str:
        return "".join(self._random.choices(_SYLLABLES, k=self._random.randint(2, 3))).capitalize()

    def _text(self, words: int) -> str:
        drawn = self._draw(words)
        sentences = (drawn[start : start + 9] for start in range(0, words, 9))
        return " ".join(f"{' '.join(sentence)}." for sentence in sentences)

    def _draw(self, count: int) -> list[str]:
        return self._random.choices(self._words, cum_weights=self._weights, k=count)
