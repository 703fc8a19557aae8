"""Whether the index holds exactly what the database says, and how differences are mended."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from search import outbox
from search.engines import get_engine
from search.engines.base import Engine
from search.registry import Registration, registry

_BATCH = 1_000


@dataclass(slots=True)
class Audit:
    """Objects whose index entry is wrong, as (kind, id)."""

    checked: int = 0
    #: In the database, not in the index.
    missing: list[tuple[str, str]] = field(default_factory=list)
    #: In both, with different content.
    stale: list[tuple[str, str]] = field(default_factory=list)
    #: In the index, but not findable by the database.
    ghosts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def differences(self) -> list[tuple[str, str]]:
        """Return everything that has to be indexed again."""
        return [*self.missing, *self.stale, *self.ghosts]


def audit(engine: Engine | None = None) -> Audit:
    """Compare every record of the database with what the index holds, by content."""
    engine = engine or get_engine()
    held = {(found.kind, found.id): found.digest for found in engine.held()}
    result = Audit()
    for registration in registry:
        for key, digest in _digests(registration):
            result.checked += 1
            if key not in held:
                result.missing.append(key)
            elif held.pop(key) != digest:
                result.stale.append(key)
    result.ghosts.extend(held)
    return result


def repair(found: Audit) -> None:
    """Mark every difference, so that the next drain mends it like any other change."""
    by_kind: dict[str, list[str]] = {}
    for kind, object_id in found.differences:
        by_kind.setdefault(kind, []).append(object_id)
    for kind, ids in by_kind.items():
        outbox.mark(kind, ids)


def _digests(registration: Registration) -> Iterator[tuple[tuple[str, str], str]]:
    objects = registration.queryset().iterator(chunk_size=_BATCH)
    while batch := list(islice(objects, _BATCH)):
        for found in batch:
            record = registration.project(found)
            if record is not None:
                yield (registration.kind, str(found.pk)), record.digest
