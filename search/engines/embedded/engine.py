"""The embedded engine: generations on a disk, written under a lock, read by every process for itself."""

import contextlib
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from search.engines.base import EngineUnavailable, GenerationState, Held, Operation, Outcome
from search.engines.embedded.damage import unavailable_on_damage
from search.engines.embedded.generations import Generation, Generations
from search.engines.embedded.snapshot import EmbeddedSnapshot
from search.engines.embedded.writing import write_operations
from search.language.lexicon import Lexicon

#: Unit: seconds. A rebuild gives way at once when another one runs.
_REBUILD_WAIT = 1.0
#: A pointer may turn between reading it and opening what it names; then the second look finds the new one.
_LOOKS = 2


@dataclass(slots=True)
class _Reader:
    generation: Generation
    records: tantivy.Index
    sections: tantivy.Index
    stamp: tuple[int, ...]
    snapshot: EmbeddedSnapshot


class EmbeddedEngine:
    """Searches in tantivy indexes; safe for threads and for processes that fork before their first search."""

    is_inline = True

    def __init__(self, directory: Path) -> None:
        self._generations = Generations(directory)
        self._directory = directory
        self._thread_lock = threading.Lock()
        self._reader: _Reader | None = None
        self._reader_process = 0
        self._rebuild_lock: contextlib.ExitStack | None = None

    @contextlib.contextmanager
    def exclusive(self, timeout: float) -> Iterator[None]:
        """Keep every other writer of this directory away."""
        with self._generations.lock("write", timeout):
            yield

    def snapshot(self) -> EmbeddedSnapshot:
        """Return the newest commit of the current generation, opened in this very process."""
        with unavailable_on_damage(), self._thread_lock:
            for _ in range(_LOOKS - 1):
                with contextlib.suppress(OSError, ValueError):
                    return self._newest()
            return self._newest()

    def write(self, operations: Sequence[Operation], *, generation: str | None = None) -> list[Outcome]:
        """Write to one generation or to all active ones; the outcomes are those of the current one."""
        with unavailable_on_damage():
            if generation is not None:
                return write_operations(self._generations.named(generation), operations)
            current, *building = self._generations.active()
            outcomes = write_operations(current, operations)
            for other in building:
                write_operations(other, operations)
            return outcomes

    def held(self, *, generation: str | None = None) -> Iterator[Held]:
        """List what a generation holds."""
        with unavailable_on_damage():
            found = self.snapshot() if generation is None else _open(self._generations.named(generation)).snapshot
            yield from found.held()

    def begin_generation(self, lexicon: Lexicon) -> str:
        """Create an empty generation, holding the rebuild lock until it is activated or discarded."""
        self._begin_rebuild()
        with unavailable_on_damage():
            self._generations.remove_leftovers()
            return self._generations.begin(lexicon).name

    def resume_previous(self) -> str:
        """Treat the previous generation as one being built, holding the rebuild lock like a rebuild."""
        self._begin_rebuild()
        try:
            return self._generations.resume_previous().name
        except EngineUnavailable:
            self._end_rebuild()
            raise

    def activate(self, generation: str) -> None:
        """Make a generation the current one."""
        with unavailable_on_damage():
            self._generations.activate(generation)
        self._end_rebuild()

    def retire_others(self) -> None:
        """Do nothing: every search looks at the pointer anew."""

    def discard(self, generation: str) -> None:
        """Remove a generation that was not finished."""
        self._generations.remove(generation)
        self._end_rebuild()

    def remove_previous(self) -> int:
        """Delete the generation kept for going back."""
        return self._generations.remove_previous()

    def generations(self) -> list[GenerationState]:
        """List all generations, the current one first."""
        with unavailable_on_damage():
            return list(self._generations.states())

    @property
    def name(self) -> str:
        """Name the engine and its folder."""
        return f"tantivy, {self._directory}"

    def _begin_rebuild(self) -> None:
        stack = contextlib.ExitStack()
        stack.enter_context(self._generations.lock("rebuild", _REBUILD_WAIT))
        self._rebuild_lock = stack

    def _end_rebuild(self) -> None:
        if self._rebuild_lock is not None:
            self._rebuild_lock.close()
            self._rebuild_lock = None

    def _newest(self) -> EmbeddedSnapshot:
        current = self._generations.current()
        reader = self._reader
        if reader is None or self._reader_process != os.getpid() or reader.generation.name != current.name:
            reader = self._reader = _open(current)
            self._reader_process = os.getpid()
        elif (stamp := reader.generation.stamp()) != reader.stamp:
            reader.records.reload()
            reader.sections.reload()
            reader.stamp = stamp
            reader.snapshot = _snapshot(reader.generation, reader.records, reader.sections)
        return reader.snapshot


def _open(generation: Generation) -> _Reader:
    stamp = generation.stamp()
    records, sections = generation.open_records(), generation.open_sections()
    records.reload()
    sections.reload()
    return _Reader(generation, records, sections, stamp, _snapshot(generation, records, sections))


def _snapshot(generation: Generation, records: tantivy.Index, sections: tantivy.Index) -> EmbeddedSnapshot:
    return EmbeddedSnapshot(generation.analyzer, records.searcher(), sections.searcher())
