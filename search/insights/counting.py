"""How a question and an opened hit are counted: numbers of a day, written after the answer, dropped when in doubt."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from search.insights.keeping import Kept, kept_of
from search.insights.models import DayCount, QuestionCount, RecordCount
from search.insights.patience import in_passing
from search.insights.wording import normalised

#: So many different questions a day are kept; whoever makes up more fills no table.
MOST_TEXTS = 2_000

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """What is counted of an answered question; who asked is not part of it."""

    query: str
    day: datetime.date
    found_nothing: bool
    #: The records among the first ten hits, by kind and key.
    shown: tuple[Key, ...] = ()


def count_question(question: Question) -> None:
    """Count a new question; a busy database or an engine out of order means that it is not counted."""
    if not settings.SEARCH_INSIGHTS:
        return
    with in_passing():
        text = normalised(question.query)
        is_counted_today = QuestionCount.objects.filter(day=question.day, text=text).exists()
        kept = Kept(text=text) if is_counted_today else _kept(question)
        with transaction.atomic():
            _write(question, kept)


def count_opening(*, query: str, key: Key, day: datetime.date) -> None:
    """Count an opened hit; `query` is empty after the first one of a page. Only what was counted today can be."""
    if not settings.SEARCH_INSIGHTS:
        return
    with in_passing(), transaction.atomic():
        kind, object_id = key
        RecordCount.objects.filter(day=day, kind=kind, object_id=object_id).update(opened=F("opened") + 1)
        if query:
            DayCount.objects.filter(day=day, opened__lt=F("asked")).update(opened=F("opened") + 1)
            asked = QuestionCount.objects.filter(day=day, text=normalised(query), opened__lt=F("asked"))
            asked.update(opened=F("opened") + 1)


def _kept(question: Question) -> Kept:
    kept = kept_of(question.query, day=question.day)
    is_full = bool(kept.text or kept.word) and _texts_of(question.day) >= MOST_TEXTS
    return Kept() if is_full else kept


def _texts_of(day: datetime.date) -> int:
    return QuestionCount.objects.filter(day=day).count()


def _write(question: Question, kept: Kept) -> None:
    empty = int(question.found_nothing)
    _add(DayCount, {"day": question.day}, asked=1, without_hits=empty, unnamed=int(not kept.text))
    if kept.text:
        _add(QuestionCount, {"day": question.day, "text": kept.text}, asked=1, without_hits=empty)
    elif kept.word and empty:
        _add(QuestionCount, {"day": question.day, "text": kept.word}, within=1)
    if question.shown:
        _add_shown(question.day, question.shown)


def _add(model: type[models.Model], key: dict, **more: int) -> None:
    """Count up; whoever loses the race for the insert still counts up the row of the winner."""
    changes = {name: F(name) + number for name, number in more.items() if number}
    if not model.objects.filter(**key).update(**changes):
        model.objects.bulk_create([model(**key)], ignore_conflicts=True)
        model.objects.filter(**key).update(**changes)


def _add_shown(day: datetime.date, keys: Iterable[Key]) -> None:
    rows = [RecordCount(day=day, kind=kind, object_id=object_id) for kind, object_id in sorted(keys)]
    RecordCount.objects.bulk_create(rows, ignore_conflicts=True)
    wanted = Q(pk__in=())
    for row in rows:
        wanted |= Q(kind=row.kind, object_id=row.object_id)
    RecordCount.objects.filter(wanted, day=day).update(shown=F("shown") + 1)
