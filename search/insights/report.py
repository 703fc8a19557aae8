"""The three lists from which editors learn: questions without hits, without openings, and records never opened."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Sum
from django.urls import reverse

from search.insights.enums import Period
from search.insights.models import DayCount, EditorialTask, QuestionCount, RecordCount
from search.insights.naming import Key, RecordName, names_of, visible_keys
from search.insights.term_editor import new_term_url

#: So many of the most shown records are looked at for the list of those that nobody opens.
MOST_RECORDS = 1_000


@dataclass(frozen=True, slots=True)
class Totals:
    """All questions of a period, whether or not their words are kept."""

    asked: int
    without_hits: int
    opened: int
    unnamed: int


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with its figures and what can be done about it."""

    text: str
    #: Without hits in one list, with hits in the other.
    times: int
    times_opened: int
    last_day: datetime.date | None
    search_url: str
    term_url: str
    task: EditorialTask | None


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record that is shown and never opened."""

    key: Key
    name: RecordName
    times: int
    last_day: datetime.date
    task: EditorialTask | None


def first_day(period: Period, today: datetime.date) -> datetime.date:
    """Return the first day of a period that ends today."""
    return today - datetime.timedelta(days=period - 1)


def totals(since: datetime.date) -> Totals:
    """Sum all questions since a day."""
    names = ("asked", "without_hits", "opened", "unnamed")
    sums = DayCount.objects.filter(day__gte=since).aggregate(**{f"all_{name}": Sum(name) for name in names})
    return Totals(**{name: sums[f"all_{name}"] or 0 for name in names})


def without_hits(since: datetime.date):
    """Return the sums of questions that found nothing, most frequent first."""
    return QuestionCount.objects.since(since).without_hits()


def hardly_opened(since: datetime.date):
    """Return the sums of questions of which hardly anything was opened, most frequent first."""
    return QuestionCount.objects.since(since).hardly_opened()


def never_opened(since: datetime.date, person) -> list[dict]:
    """Return the sums of records that nobody opened and that this editor may read, most shown first."""
    sums = list(RecordCount.objects.since(since).never_opened()[:MOST_RECORDS])
    visible = visible_keys(((row["kind"], row["object_id"]) for row in sums), person)
    return [row for row in sums if (row["kind"], row["object_id"]) in visible]


def question_rows(sums: Sequence[dict], person, *, times: str, last: str) -> list[QuestionRow]:
    """Complete a page of questions; `times` and `last` name the sums that the list is about."""
    tasks = _tasks(text__in=[row["text"] for row in sums])
    return [
        QuestionRow(
            text=row["text"],
            times=row[times],
            times_opened=row["times_opened"],
            last_day=row[last],
            search_url=f"{reverse('search:results')}?{urlencode({'q': row['text']})}",
            term_url=new_term_url(row["text"], person),
            task=tasks.get((row["text"], "", "")),
        )
        for row in sums
    ]


def record_rows(sums: Sequence[dict], person) -> list[RecordRow]:
    """Complete a page of records; one question per kind."""
    keys = [(row["kind"], row["object_id"]) for row in sums]
    names, tasks = names_of(keys, person), _tasks(object_id__in=[pk for _kind, pk in keys])
    return [
        RecordRow(key, names[key], row["times_shown"], row["last_shown"], tasks.get(("", *key)))
        for key, row in zip(keys, sums, strict=True)
    ]


def _tasks(**about) -> dict[tuple[str, str, str], EditorialTask]:
    found = EditorialTask.objects.open().filter(**about).with_people()
    return {(task.text, task.kind, task.object_id): task for task in found}
