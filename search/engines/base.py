"""What every engine can do; the contract suite in tests/search/contracts says the same in examples."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from search.language.analysis import Analyzer
from search.language.lexicon import Lexicon
from search.language.spelling import Vocabulary
from search.ranking import Sought
from search.records import SearchRecord

#: The facets of the results page, in the order in which it shows them.
FACETS = ("kind", "field_of_action", "topic", "municipality", "year")


class EngineUnavailable(Exception):  # noqa: N818 -- it names a state of the engine, not a mistake.
    """The engine cannot answer or write now; the reader is told so, and changes keep waiting."""


class Verdict(StrEnum):
    """What became of one operation."""

    DONE = "done"
    #: The index already knew this or a later version; that is as good as done.
    SUPERSEDED = "superseded"
    #: The same operation would fail again, so somebody has to look at it.
    REJECTED = "rejected"
    #: It may succeed later.
    DELAYED = "delayed"


@dataclass(frozen=True, slots=True)
class Operation:
    """One object's current state at a version of the outbox; without a record it leaves the index."""

    kind: str
    id: str
    version: int
    record: SearchRecord | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one operation, and why if it failed."""

    operation: Operation
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What the index holds of an object."""

    kind: str
    id: str
    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """What is sought, by whom, narrowed by what, and which of the hits are wanted."""

    labels: frozenset[str]
    sought: Sought = field(default_factory=Sought)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    newest_first: bool = False
    offset: int = 0
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is shown to nobody for now, because the index does not know its latest change, e.g. who may see it."""

    #: Single records, as pairs of kind and id.
    records: frozenset[tuple[str, str]] = frozenset()
    #: Kinds of which so many records wait that all of them are left out.
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a facet and how many hits it would leave."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class FoundSection:
    """A section in which a hit answers the query."""

    heading: str
    anchor: str
    number: str
    text: str
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class EngineHit:
    """A record that answers the query, with its best sections."""

    kind: str
    id: str
    url: str
    title: str
    summary: str
    organisation: str
    municipality: str
    edition: str
    date: datetime.date | None
    sections: tuple[FoundSection, ...] = ()
    #: How many sections answer the query, shown or not.
    section_count: int = 0


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """The wanted hits, how many there are in all, and the facets."""

    total: int
    hits: tuple[EngineHit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]


class Snapshot(Protocol):
    """The index as it stood at one moment; everything about one page is asked of one snapshot."""

    analyzer: Analyzer

    def without(self, withheld: Withheld) -> "Snapshot":
        """Return the same moment as if some records were not there: no hit, count, facet or word tells of them."""

    def search(self, request: EngineRequest) -> EngineAnswer:
        """Answer a request; nothing outside of its labels shows in hits, counts or facets."""

    def knows(self, stem: str, labels: frozenset[str]) -> bool:
        """Tell whether a stem stands in a record of these audiences."""

    def rarity(self, stems: Iterable[str]) -> dict[str, float]:
        """Weigh stems by how rare they are, for choosing the most telling sentence."""

    def vocabulary(self) -> Vocabulary:
        """Return all words; whoever shows one must ask `uses` first."""

    def uses(self, written: str, labels: frozenset[str]) -> int:
        """Count the records of these audiences that write this very word."""

    def suggest_titles(self, begun: str, labels: frozenset[str], limit: int) -> list[EngineHit]:
        """Return records whose titles hold the begun words."""


class Engine(Protocol):
    """An index that is written by one process at a time and read by many."""

    def exclusive(self, timeout: float) -> AbstractContextManager[None]:
        """Keep other writers away; raises EngineUnavailable when they take longer than `timeout` seconds."""

    def snapshot(self) -> Snapshot:
        """Return the newest state of the current generation."""

    def write(self, operations: Sequence[Operation], *, generation: str | None = None) -> list[Outcome]:
        """Apply operations, one per object, to a generation or to every active one; one outcome each, in order."""

    def held(self) -> Iterator[Held]:
        """List what the current generation holds, for the audit."""

    def begin_generation(self, lexicon: Lexicon) -> str:
        """Create an empty generation beside the current one; from here on changes are written to both."""

    def activate(self, generation: str) -> None:
        """Let searches use a generation from now on and give up the others."""

    def discard(self, generation: str) -> None:
        """Give up a generation that was not activated."""

    def describe(self) -> dict[str, str]:
        """Name what an operator wants to know: generation, lexicon, size."""
