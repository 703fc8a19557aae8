"""Invented documents in a table of a throw-away database, so that rebuild and worker find them as they find rooms."""

import contextlib
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice

from django.apps.registry import Apps
from django.db import connection, models

from search import door
from search.benchmarks.filling import KIND
from search.benchmarks.large_corpus import LargeCorpus
from search.records import Facet, SearchRecord, Section
from search.registry import registry

_BATCH = 1_000


class StoredText(models.Model):
    """A document; the model is in no registry of the portal, and its table exists only in a measurement's database."""

    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    sections = models.JSONField(default=list)
    topics = models.JSONField(default=list)
    fields_of_action = models.JSONField(default=list)
    municipality = models.JSONField(null=True)
    date = models.DateField(null=True)
    audience = models.CharField(max_length=64, default="public")

    class Meta:
        app_label = "search"
        apps = Apps()
        managed = False

    def __str__(self) -> str:
        return self.title


def create(documents: int) -> None:
    """Make the table and fill it."""
    with connection.schema_editor() as editor:
        editor.create_model(StoredText)
    records = LargeCorpus().records(documents)
    while batch := [_row(record) for record in islice(records, _BATCH)]:
        StoredText.objects.bulk_create(batch)


@contextlib.contextmanager
def registered() -> Iterator[None]:
    """Make the documents findable for the time being."""
    door.register(
        StoredText,
        kind=KIND,
        label=KIND,
        project=_record,
        queryset=StoredText.objects.all,
        visible_to=_visible,
    )
    try:
        yield
    finally:
        registry.remove(KIND)


def _row(record: SearchRecord) -> StoredText:
    return StoredText(
        title=record.title,
        summary=record.summary,
        sections=[asdict(section) for section in record.sections],
        topics=[asdict(topic) for topic in record.topics],
        fields_of_action=[asdict(field) for field in record.fields_of_action],
        municipality=asdict(record.municipality) if record.municipality else None,
        date=record.date,
        audience=record.audience,
    )


def _record(row: StoredText) -> SearchRecord:
    return SearchRecord(
        kind=KIND,
        id=str(row.pk),
        url=f"/bench/{row.pk}/",
        title=row.title,
        summary=row.summary,
        sections=tuple(Section(**section) for section in row.sections),
        topics=tuple(Facet(**topic) for topic in row.topics),
        fields_of_action=tuple(Facet(**field) for field in row.fields_of_action),
        municipality=Facet(**row.municipality) if row.municipality else None,
        date=row.date if isinstance(row.date, datetime.date) else None,
        audience=row.audience,
    )


def _visible(user, ids: Iterable[str]) -> set[str]:
    return {str(pk) for pk in StoredText.objects.filter(pk__in=list(ids)).values_list("pk", flat=True)}
