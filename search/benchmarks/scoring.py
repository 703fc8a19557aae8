"""What rankings are worth: reciprocal ranks, recall, gains with their uncertainty, and how alike two rankings are."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

DEPTH = 10
RESAMPLES = 2_000
_SEED = 5
#: The outer twentieth is left out, half of it on either side.
_CONFIDENCE = 0.95

#: Answers questions, each with the addresses of its best pages.
Ranking = Callable[[Sequence[str]], Iterable[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Score:
    """How well a ranking answers, question by question."""

    #: The first ten pages for each question.
    found: tuple[tuple[str, ...], ...]
    reciprocal_ranks: tuple[float, ...]
    recalls: tuple[float, ...]

    @property
    def mrr(self) -> float:
        """Mean reciprocal rank within the first ten hits."""
        return _mean(self.reciprocal_ranks)

    @property
    def recall(self) -> float:
        """Share of the right pages within the first ten hits."""
        return _mean(self.recalls)


@dataclass(frozen=True, slots=True)
class Gain:
    """How much better one ranking is than another, and between which figures that lies."""

    mrr: float
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two rankings of the same questions are."""

    #: Shares of the questions.
    same_first: float
    same_ten: float
    mrr_difference: float


def score(ranking: Ranking, answers: Mapping[str, set[str]]) -> Score:
    """Ask every question and see where its pages stand."""
    found = tuple(tuple(pages[:DEPTH]) for pages in ranking(list(answers)))
    pairs = list(zip(found, answers.values(), strict=True))
    return Score(
        found,
        tuple(next((1 / (n + 1) for n, page in enumerate(pages) if page in right), 0.0) for pages, right in pairs),
        tuple(len(right.intersection(pages)) / len(right) for pages, right in pairs),
    )


def gain(better: Score, worse: Score, resamples: int = RESAMPLES) -> Gain:
    """Compare two rankings of the same questions by the paired bootstrap: questions are drawn anew, with repetition."""
    differences = [a - b for a, b in zip(better.reciprocal_ranks, worse.reciprocal_ranks, strict=True)]
    chance = random.Random(_SEED)  # noqa: S311 -- a benchmark needs repeatable numbers, not secret ones.
    means = sorted(_mean(chance.choices(differences, k=len(differences))) for _ in range(resamples))
    outside = round(resamples * (1 - _CONFIDENCE) / 2)
    return Gain(_mean(differences), means[outside], means[-1 - outside])


def likeness(one: Score, other: Score) -> Likeness:
    """Compare what two engines find."""
    pairs = list(zip(one.found, other.found, strict=True))
    return Likeness(
        _mean([a[:1] == b[:1] for a, b in pairs]),
        _mean([set(a) == set(b) for a, b in pairs]),
        abs(one.mrr - other.mrr),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
