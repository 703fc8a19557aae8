"""How two orders become one: reciprocal rank fusion, done by us and so alike on every engine; pure."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

from search.language.tokens import tokenize

#: Source: reference measurements; 10 to 20 beat the usual 60 on German collections.
K = 10
WEIGHT_OF_WORDS = 1.0
#: What meaning counts beside the words: half for keywords, as much for whole questions.
WEIGHT_FOR_KEYWORDS = 0.5
WEIGHT_FOR_QUESTIONS = 1.0
#: Unit: words.
SHORTEST_QUESTION = 4
Key = TypeVar("Key", bound=Hashable)


def weight_of_meaning(question: str) -> float:
    """Return how much meaning counts for a question: more where somebody wrote more than keywords."""
    return WEIGHT_FOR_QUESTIONS if len(tokenize(question)) >= SHORTEST_QUESTION else WEIGHT_FOR_KEYWORDS


def fused(by_words: Sequence[Key], by_meaning: Sequence[Key], weight: float) -> list[Key]:
    """Order everything in both lists by weighed reciprocal ranks; equals keep the order of the words."""
    merits: dict[Key, float] = {}
    for found, weighs in ((by_words, WEIGHT_OF_WORDS), (by_meaning, weight)):
        for rank, key in enumerate(dict.fromkeys(found), start=1):
            merits[key] = merits.get(key, 0.0) + weighs / (K + rank)
    return sorted(merits, key=lambda key: -merits[key])
