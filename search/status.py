"""How the search is doing, in the numbers that an operator or editor wants to see."""

from dataclasses import dataclass

from django.utils import timezone

from search.drain import Target, targets
from search.engines.base import EngineUnavailable, GenerationState, Role
from search.models import OutboxEntry


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """One index: the one that answers, or the one that stands by."""

    name: str
    is_standby: bool
    generations: tuple[GenerationState, ...]
    #: Objects whose latest change the index does not know.
    waiting: int
    #: Unit: seconds. How long the oldest of them has waited; nothing when none does.
    oldest_seconds: float | None
    #: Why the index cannot be used now; empty when it can.
    outage: str = ""

    @property
    def current(self) -> GenerationState | None:
        """Return the generation that searches use."""
        return next((generation for generation in self.generations if generation.role is Role.CURRENT), None)


@dataclass(frozen=True, slots=True)
class SearchStatus:
    """The whole search at one moment."""

    #: Objects that the search has heard of and that still exist.
    total: int
    #: How many changes were given up and need somebody to look at them.
    given_up: int
    indexes: tuple[IndexStatus, ...]

    @property
    def answering(self) -> IndexStatus:
        """Return the index that answers while all is well."""
        return self.indexes[0]

    @property
    def standby(self) -> IndexStatus | None:
        """Return the index that stands by, where there is one."""
        return next((index for index in self.indexes if index.is_standby), None)

    @property
    def up_to_date(self) -> int:
        """Return how many objects the answering index holds as they are."""
        return max(self.total - self.answering.waiting, 0)


def status() -> SearchStatus:
    """Ask the outbox and every index."""
    return SearchStatus(
        total=OutboxEntry.objects.filter(deleted=False).count(),
        given_up=OutboxEntry.objects.given_up().count(),
        indexes=tuple(_index(target) for target in targets()),
    )


def _index(target: Target) -> IndexStatus:
    waiting = OutboxEntry.objects.waiting(target.column)
    since = waiting.order_by("since").values_list("since", flat=True).first()
    outage = ""
    generations: tuple[GenerationState, ...] = ()
    try:
        generations = tuple(target.engine.generations())
    except EngineUnavailable as error:
        outage = str(error)
    return IndexStatus(
        name=target.engine.name,
        is_standby=target.is_standby,
        generations=generations,
        waiting=waiting.count(),
        oldest_seconds=(timezone.now() - since).total_seconds() if since else None,
        outage=outage,
    )
