"""Loads the shipped vocabulary without ever undoing what editors did."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from django.db import models, transaction

from knowledge.topics.enums import EXCLUSIVE_RELATIONS, EntryKind, LabelRelation
from knowledge.topics.models import FieldOfAction, Term, TermLabel, Topic, VocabularyEntry
from knowledge.topics.vocabulary.entries import (
    Entry,
    FieldEntry,
    LabelEntry,
    TermEntry,
    TopicEntry,
    fingerprint,
    shipped_fields,
    shipped_terms,
    shipped_topics,
)
from knowledge.topics.words import fold


@dataclass
class LoadReport:
    """What a load did, as names for people to read."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    #: Changed by editors, or entered by them before; left as they are.
    kept: list[str] = field(default_factory=list)
    #: Deleted by editors; not brought back.
    left_out: list[str] = field(default_factory=list)
    unchanged: int = 0
    #: Words left out because they already lead to a term of the editors.
    words_left_out: list[str] = field(default_factory=list)


def load_vocabulary(
    *,
    fields: Iterable[FieldEntry] | None = None,
    topics: Iterable[TopicEntry] | None = None,
    terms: Iterable[TermEntry] | None = None,
) -> LoadReport:
    """Bring the shipped entries in, all or nothing; a second load changes nothing.

    An entry is written only while the database still holds exactly what the last load wrote (VocabularyEntry keeps
    its fingerprint). What editors changed, entered themselves or deleted stays as they left it.
    """
    report = LoadReport()
    with transaction.atomic():
        for entry in fields if fields is not None else shipped_fields():
            _load(_FIELDS, entry, report)
        for entry in topics if topics is not None else shipped_topics():
            _load(_TOPICS, _fit_topic(entry), report)
        for entry in terms if terms is not None else shipped_terms():
            _load(_TERMS, _fit_term(entry, report), report)
    return report


@dataclass(frozen=True)
class _Shelf:
    """How one kind of entry is found, read and written."""

    kind: EntryKind
    model: type[models.Model]
    name_field: str
    read: Callable[[models.Model], Entry]
    write: Callable[[models.Model, Entry], None]


def _load(shelf: _Shelf, entry: Entry, report: LoadReport) -> None:
    """Write one entry if nobody but the loader has touched it."""
    name = getattr(entry, shelf.name_field)
    known = VocabularyEntry.objects.filter(kind=shelf.kind, slug=entry.slug).first()
    existing = shelf.model.objects.filter(slug=entry.slug).first()
    if existing is None:
        if known:
            report.left_out.append(name)
        elif shelf.model.objects.filter(**{shelf.name_field: name}).exists():
            report.kept.append(name)
        else:
            _write(shelf, shelf.model(slug=entry.slug), entry)
            report.added.append(name)
        return
    current = shelf.read(existing)
    if current == entry:
        report.unchanged += 1
    elif known is None or fingerprint(current) != known.fingerprint:
        report.kept.append(name)
    else:
        _write(shelf, existing, entry)
        report.updated.append(name)


def _write(shelf: _Shelf, target: models.Model, entry: Entry) -> None:
    shelf.write(target, entry)
    VocabularyEntry.objects.update_or_create(
        kind=shelf.kind, slug=entry.slug, defaults={"fingerprint": fingerprint(entry)}
    )


def _read_field(row: FieldOfAction) -> FieldEntry:
    return FieldEntry(row.slug, row.name, row.description, row.position)


def _write_field(row: FieldOfAction, entry: FieldEntry) -> None:
    row.name, row.description, row.position = entry.name, entry.description, entry.position
    row.save()


def _fit_topic(entry: TopicEntry) -> TopicEntry:
    """Drop links to what editors deleted."""
    has_broader = Topic.objects.filter(slug=entry.broader).exists()
    has_field = FieldOfAction.objects.filter(slug=entry.field).exists()
    return replace(entry, broader=entry.broader if has_broader else "", field=entry.field if has_field else "")


def _read_topic(row: Topic) -> TopicEntry:
    broader = row.broader.slug if row.broader else ""
    field_of_action = row.field_of_action.slug if row.field_of_action else ""
    return TopicEntry(row.slug, row.name, row.description, broader, field_of_action)


def _write_topic(row: Topic, entry: TopicEntry) -> None:
    row.name, row.description = entry.name, entry.description
    row.broader = Topic.objects.filter(slug=entry.broader).first()
    row.field_of_action = FieldOfAction.objects.filter(slug=entry.field).first()
    row.save()


def _fit_term(entry: TermEntry, report: LoadReport) -> TermEntry:
    """Drop topics that editors deleted and words that already lead to another term."""
    topics = Topic.objects.filter(slug__in=entry.topics).values_list("slug", flat=True)
    taken = _taken_words(entry)
    free = tuple(label for label in entry.labels if (fold(label.text), label.relation) not in taken)
    report.words_left_out += [f"{label.text} ({entry.preferred})" for label in entry.labels if label not in free]
    return replace(entry, topics=tuple(sorted(topics)), labels=free)


def _taken_words(entry: TermEntry) -> set[tuple[str, str]]:
    """Return the entry's words that lead to another term already; the rule of `TermLabel.clean`, asked beforehand."""
    wanted = {(fold(label.text), label.relation) for label in entry.labels}
    held = TermLabel.objects.filter(folded__in=[word for word, _ in wanted]).exclude(term__slug=entry.slug)
    others = Term.objects.exclude(slug=entry.slug).values_list("preferred", flat=True)
    leading = {fold(preferred) for preferred in others}
    leading |= set(held.filter(relation__in=EXCLUSIVE_RELATIONS).values_list("folded", flat=True))
    offered = set(held.filter(relation=LabelRelation.AMBIGUOUS).values_list("folded", flat=True))
    return {
        (word, relation)
        for word, relation in wanted
        if (relation in EXCLUSIVE_RELATIONS and word in leading | offered)
        or (relation == LabelRelation.AMBIGUOUS and word in leading)
    }


def _read_term(row: Term) -> TermEntry:
    return TermEntry(
        slug=row.slug,
        preferred=row.preferred,
        definition=row.definition,
        source=row.source,
        source_url=row.source_url,
        scope_note=row.scope_note,
        editorial_note=row.editorial_note,
        topics=tuple(sorted(topic.slug for topic in row.topics.all())),
        labels=tuple(
            sorted(LabelEntry(label.text, label.relation, label.is_abbreviation) for label in row.labels.all())
        ),
    )


def _write_term(row: Term, entry: TermEntry) -> None:
    """Write a term with its words, and keep the state as a revision that editors can return to."""
    for name in ("preferred", "definition", "source", "source_url", "scope_note", "editorial_note"):
        setattr(row, name, getattr(entry, name))
    row.topics = Topic.objects.filter(slug__in=entry.topics)
    row.labels = [
        TermLabel(text=label.text, relation=label.relation, is_abbreviation=label.is_abbreviation)
        for label in entry.labels
    ]
    row.save()
    row.save_revision()


_FIELDS = _Shelf(EntryKind.FIELD_OF_ACTION, FieldOfAction, "name", _read_field, _write_field)
_TOPICS = _Shelf(EntryKind.TOPIC, Topic, "name", _read_topic, _write_topic)
_TERMS = _Shelf(EntryKind.TERM, Term, "preferred", _read_term, _write_term)
