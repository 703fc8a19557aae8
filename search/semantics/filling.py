"""How records get their vectors: what changed is read again, only new pieces are given to the model."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db import models, transaction
from django.utils import timezone

from search.drain import operations_for
from search.engines.base import Operation
from search.models import OutboxEntry
from search.records import SearchRecord
from search.registry import registry
from search.semantics.embedder import Embedder, EmbedderUnavailable
from search.semantics.models import PassageVector, RecordMeaning, Revision
from search.semantics.pieces import Piece, pieces

logger = logging.getLogger(__name__)
#: Records read at once, and pieces given to the model at once; small, so that a stop is never far.
BATCH = 50
PIECES_AT_ONCE = 16
#: Unit: seconds. For loading the model, and for one batch of pieces on a busy machine.
PATIENCE = 120.0
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Filled:
    """What a filling did."""

    records: int = 0
    embedded: int = 0
    reused: int = 0
    removed: int = 0
    #: Records that could not be read or embedded, as kind:id with the reason.
    failed: dict[str, str] = field(default_factory=dict)


class Filler:
    """Brings the vectors up to date; remembers what failed, so that one odd record does not hold up all others."""

    def __init__(self, embedder: Embedder, is_stopped: Callable[[], bool] = lambda: False) -> None:
        self._embedder = embedder
        self._is_stopped = is_stopped
        self._odd: dict[tuple[str, str], int] = {}

    def fill_changed(self, progress: Progress = lambda done, total: None) -> Filled:
        """Bring up to date what the outbox knows to have changed; raises EmbedderUnavailable."""
        model = self._embedder.begin(PATIENCE)
        keys = list(due(model).values_list("pk", flat=True))
        batches = (list(OutboxEntry.objects.filter(pk__in=some).order_by("pk")) for some in _batches(keys))
        return self._fill(batches, len(keys), model, progress)

    def fill_all(self, progress: Progress = lambda done, total: None) -> Filled:
        """Bring everything up to date, also what was there before the outbox; raises EmbedderUnavailable."""
        report = self.fill_changed(progress)
        model = self._embedder.begin(PATIENCE)
        for registration in registry:
            known = RecordMeaning.objects.filter(kind=registration.kind, version__gte=0, model=model)
            present = set(known.values_list("object_id", flat=True))
            marked = set(OutboxEntry.objects.filter(kind=registration.kind).values_list("object_id", flat=True))
            keys = registration.queryset().order_by("pk").values_list("pk", flat=True)
            missing = [str(pk) for pk in keys if str(pk) not in present and str(pk) not in marked]
            now = timezone.now()
            entries = (OutboxEntry(kind=registration.kind, object_id=pk, since=now) for pk in missing)
            _add(report, self._fill(_batches(entries), len(missing), model, progress))
        return report

    def _fill(self, batches: Iterable[Sequence[OutboxEntry]], total: int, model: str, progress: Progress) -> Filled:
        report, done = Filled(), 0
        for entries in batches:
            operations, refused = operations_for([entry for entry in entries if not self._is_odd(entry)])
            for outcome in refused:
                self._set_aside(outcome.operation, outcome.reason, report)
            for operation in operations:
                if self._is_stopped():
                    return report
                self._bring(operation, model, report)
            done += len(entries)
            progress(done, total)
        return report

    def _bring(self, operation: Operation, model: str, report: Filled) -> None:
        if operation.record is None:
            remove(operation, model)
            report.removed += 1
            return
        cut = pieces(operation.record)
        try:
            made, reused = self._vectors(operation, cut, model)
            if made is None:
                return
        except EmbedderUnavailable as reason:
            # A model that still answers after this text is well: then the text was at fault, else nothing goes on.
            self._embedder.begin(PATIENCE)
            self._set_aside(operation, str(reason), report)
            return
        store(operation, operation.record, cut, made, model)
        report.records += 1
        report.embedded += len(cut) - reused
        report.reused += reused

    def _vectors(self, operation: Operation, cut: Sequence[Piece], model: str) -> tuple[dict[str, bytes] | None, int]:
        """Return the vector of every piece by its digest, and how many were there already; nothing when stopped.

        They are kept as they come, because a long paper takes minutes that a stop must not waste.
        """
        from search.semantics.shelf import kept  # numpy: loaded only where vectors are made.

        wanted = {piece.digest(model): piece for piece in cut}
        rows = PassageVector.objects.filter(record__kind=operation.kind, record__object_id=operation.id)
        found = {digest: bytes(vector) for digest, vector in rows.values_list("digest", "vector") if digest in wanted}
        reused = len(found)
        missing = [digest for digest in wanted if digest not in found]
        for digests in _batches(missing, PIECES_AT_ONCE):
            if self._is_stopped():
                return None, reused
            some = [wanted[digest] for digest in digests]
            made = self._embedder.embed([piece.read for piece in some], is_query=False, patience=PATIENCE)
            vectors = dict(zip(digests, map(kept, made), strict=True))
            keep(operation, some, vectors, model)
            found |= vectors
        return found, reused

    def _is_odd(self, entry: OutboxEntry) -> bool:
        return self._odd.get((entry.kind, entry.object_id), -1) >= entry.version

    def _set_aside(self, operation: Operation, reason: str, report: Filled) -> None:
        logger.warning("No vectors for %s:%s: %s", operation.kind, operation.id, reason)
        self._odd[operation.kind, operation.id] = operation.version
        report.failed[f"{operation.kind}:{operation.id}"] = reason


def due(model: str) -> models.QuerySet:
    """Return the outbox rows whose latest state has no vectors of this model."""
    known = RecordMeaning.objects.filter(
        kind=models.OuterRef("kind"),
        object_id=models.OuterRef("object_id"),
        version__gte=models.OuterRef("version"),
        model=model,
    )
    return OutboxEntry.objects.filter(~models.Exists(known)).order_by("pk")


def store(
    operation: Operation, record: SearchRecord, cut: Sequence[Piece], vectors: dict[str, bytes], model: str
) -> None:
    """Write down a record as it is at a version; what is newer stays."""
    with transaction.atomic():
        row = _newer_row(operation, model)
        if row is None:
            return
        row.audience, row.facets, row.shown = str(record.audience), _facets(record), _shown(record)
        row.save()
        pieces_by_digest = {piece.digest(model): piece for piece in cut}
        row.passages.exclude(digest__in=pieces_by_digest).delete()
        rows = [_passage(row, piece, digest, vectors[digest]) for digest, piece in pieces_by_digest.items()]
        PassageVector.objects.bulk_create(
            rows,
            batch_size=200,
            update_conflicts=True,
            unique_fields=["record", "digest"],
            update_fields=["heading", "anchor", "number", "text"],
        )


def keep(operation: Operation, some: Sequence[Piece], vectors: dict[str, bytes], model: str) -> None:
    """Keep the vectors of a few pieces; the record is shown to nobody by them until `store` knows its version."""
    row, _ = RecordMeaning.objects.get_or_create(kind=operation.kind, object_id=operation.id)
    rows = [_passage(row, piece, piece.digest(model), vectors[piece.digest(model)]) for piece in some]
    PassageVector.objects.bulk_create(rows, ignore_conflicts=True)


def remove(operation: Operation, model: str) -> None:
    """Forget everything of a record but its key, so that every process hears of the removal."""
    with transaction.atomic():
        row = _newer_row(operation, model)
        if row is not None:
            row.audience, row.facets, row.shown = "", {}, {}
            row.save()
            row.passages.all().delete()


def forget() -> int:
    """Delete all vectors; returns how many there were."""
    with transaction.atomic():
        count = PassageVector.objects.count()
        PassageVector.objects.all().delete()
        # The keys stay until they are read again, so that every process hears that nothing is left.
        RecordMeaning.objects.update(version=-1, revision=Revision.next(), audience="", facets={}, shown={})
        return count


def _newer_row(operation: Operation, model: str) -> RecordMeaning | None:
    """Return the row to write, or nothing where it is already of a later version; changes come one by one."""
    revision = Revision.next()
    row, _ = RecordMeaning.objects.get_or_create(kind=operation.kind, object_id=operation.id)
    if row.version > operation.version:
        return None
    row.version, row.revision, row.model = operation.version, revision, model
    return row


def _facets(record: SearchRecord) -> dict[str, list[str]]:
    """Return by what the engines filter the record."""
    return {
        "kind": [record.kind],
        "field_of_action": [facet.key for facet in record.fields_of_action],
        "topic": [facet.key for facet in record.topics],
        "municipality": [facet.key for facet in record.municipalities],
        "spoken": [facet.key for facet in record.spoken],
        "service": [facet.key for facet in record.services],
        "year": [str(record.date.year)] if record.date else [],
    }


def _shown(record: SearchRecord) -> dict[str, str]:
    return {
        "url": record.url,
        "title": str(record.title),
        "summary": str(record.summary or record.caption),
        "organisation": str(record.organisation),
        "municipality": str(record.municipality.label) if record.municipality else "",
        "edition": record.edition,
        "date": record.date.isoformat() if record.date else "",
    }


def _passage(row: RecordMeaning, piece: Piece, digest: str, vector: bytes) -> PassageVector:
    place = {"heading": piece.heading, "anchor": piece.anchor, "number": piece.number}
    return PassageVector(record=row, digest=digest, vector=vector, text=piece.text, **place)


def _add(report: Filled, other: Filled) -> None:
    report.records += other.records
    report.embedded += other.embedded
    report.reused += other.reused
    report.removed += other.removed
    report.failed.update(other.failed)


def _batches(found: Iterable, size: int = BATCH) -> Iterator[list]:
    iterator = iter(found)
    while batch := list(islice(iterator, size)):
        yield batch
