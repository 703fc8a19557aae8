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
FACETS = ("kind", "field_of_action", "topic", "municipality", "spoken", "service", "year")


class EngineUnavailable(Exception):  # noqa: N818 -- it names a state of the engine, not a mistake.
    """The engine cannot answer or write now; the reader is told so, and changes keep waiting."""


class Verdict(StrEnum):
    """What became of one operation."""

    DONE = "done"
    #: The index already knew this or a later version; that is as good as done.
    SUPERSEDED = "superseded"
    #: The same operation would fail again, so somebody has to look at it.
    REJECTED = "rejected"
    #: The engine takes it later, however often that has to be asked.
    DELAYED = "delayed"
    #: The record itself could not be made; that may pass, or somebody has to look at it.
    UNMADE = "unmade"


@dataclass(frozen=True, slots=True)
class Operation:
    """One object's current state at a version of the outbox; without a record it leaves the index."""

    kind: str
    id: str
    version: int
    record: SearchRecord | None
    #: The record as it was analysed beforehand (search.engines.documents.Prepared); only a saving of time.
    prepared: object = None

    @property
    def size(self) -> int:
        """Return about how much text is to be written, in characters."""
        return sum(len(section.text) for section in self.record.sections) if self.record else 0


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


class Role(StrEnum):
    """What a generation is for."""

    CURRENT = "current"
    #: Being filled; it hears of every change.
    BUILDING = "building"
    #: The one before, kept for going back; it hears of nothing.
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class GenerationState:
    """One generation of the index as an operator sees it."""

    name: str
    role: Role
    #: Name of the frozen lexicon it was built with.
    lexicon: str
    #: When it was begun, in UTC.
    begun: datetime.datetime
    #: How many records it holds.
    records: int
    #: Unit: bytes.
    size: int
    #: Whether this version of the code can read and write it.
    is_usable: bool = True


class Snapshot(Protocol):
    """The index as it stood at one moment; everything about one page is asked of one snapshot."""

    analyzer: Analyzer

    def without(self, withheld: Withheld) -> "Snapshot":
        """Return the same moment as if some records were not there: no hit, count, facet or word tells of them."""

    def search(self, request: EngineRequest) -> EngineAnswer:
        """Answer a request; nothing outside of its labels shows in hits, counts or facets."""

    def known(self, stems: Iterable[str], labels: frozenset[str]) -> frozenset[str]:
        """Return those stems that stand in a record of these audiences."""

    def rarity(self, stems: Iterable[str]) -> dict[str, float]:
        """Weigh stems by how rare they are, for choosing the most telling sentence."""

    def vocabulary(self, beginning: str) -> Vocabulary:
        """Return at least all words with this first letter (folded); whoever shows one must ask `uses` first."""

    def uses(self, written: Iterable[str], labels: frozenset[str]) -> dict[str, int]:
        """Count for each word the records of these audiences that write it just so."""

    def suggest_titles(self, begun: str, labels: frozenset[str], limit: int) -> list[EngineHit]:
        """Return records whose titles hold the begun words."""


class Engine(Protocol):
    """An index that is written by one process at a time and read by many."""

    #: Whether a change may be written while somebody waits for an answer; a server may keep that somebody waiting.
    is_inline: bool

    def exclusive(self, timeout: float) -> AbstractContextManager[None]:
        """Keep other writers away; raises EngineUnavailable when they take longer than `timeout` seconds."""

    def snapshot(self) -> Snapshot:
        """Return the newest state of the current generation."""

    def write(self, operations: Sequence[Operation], *, generation: str | None = None) -> list[Outcome]:
        """Apply operations, one per object, to a generation or to every active one; one outcome each, in order."""

    def held(self, *, generation: str | None = None) -> Iterator[Held]:
        """List what a generation holds, the current one if none is named; for the audit."""

    def begin_generation(self, lexicon: Lexicon) -> str:
        """Create an empty generation beside the current one; from here on changes are written to both."""

    def resume_previous(self) -> str:
        """Let the previous generation hear of changes again, so that it can catch up and be activated."""

    def activate(self, generation: str) -> None:
        """Let searches use a generation from now on; the one before is kept for going back, older ones are not."""

    def retire_others(self) -> None:
        """Let the generations before hear of nothing more, as soon as no process can be reading them any longer."""

    def discard(self, generation: str) -> None:
        """Give up a generation that was not activated."""

    def remove_previous(self) -> int:
        """Delete the generations kept for going back; returns how many they were."""

    def generations(self) -> list[GenerationState]:
        """List all generations, the current one first; raises EngineUnavailable without a current one."""

    @property
    def name(self) -> str:
        """Name the engine and where it is, for operators."""
