"""Where generations of the index lie, which of them is current, and which one to go back to."""

import contextlib
import datetime
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import tantivy

from search.engines.base import EngineUnavailable, GenerationState, Role
from search.engines.embedded import schema
from search.engines.locks import held_lock, is_free
from search.language.analysis import Analyzer
from search.language.lexicon import Lexicon

_CURRENT = "current"
_PREVIOUS = "previous"
_PREFIX = "g-"


@dataclass(frozen=True)
class Generation:
    """One complete index with the lexicon it was built with."""

    path: Path

    @property
    def name(self) -> str:
        """The directory's name, which is how generations are called everywhere."""
        return self.path.name

    @cached_property
    def meta(self) -> dict[str, str]:
        """What was written down when the generation began."""
        return json.loads((self.path / "meta.json").read_text())

    @cached_property
    def analyzer(self) -> Analyzer:
        """The analysis of this generation; a query must never be analysed with another."""
        lexicon = Lexicon.load(self.path / "lexicon.json.gz")
        if lexicon.fingerprint != self.meta["lexicon"]:
            raise EngineUnavailable(f"The lexicon of {self.name} is not the one it was built with.")
        return Analyzer(lexicon)

    def open_records(self) -> tantivy.Index:
        """Open the index that is ranked and counted."""
        return schema.open_index(schema.RECORDS, self.path / "records")

    def open_sections(self) -> tantivy.Index:
        """Open the index that is quoted from."""
        return schema.open_index(schema.SECTIONS, self.path / "sections")

    def is_usable(self) -> bool:
        """Tell whether the generation was fully laid out, by this version of the code."""
        try:
            return self.meta["schema"] == schema.FINGERPRINT
        except (OSError, ValueError, KeyError):
            return False

    def stamp(self) -> tuple[int, ...]:
        """Change with every commit, so that readers know when to look again."""
        files = (self.path / part / "meta.json" for part in ("records", "sections"))
        return tuple(value for stat in map(os.stat, files) for value in (stat.st_mtime_ns, stat.st_ino))

    def state(self, role: Role) -> GenerationState:
        """Describe the generation to an operator."""
        usable = self.is_usable()
        return GenerationState(
            name=self.name,
            role=role,
            lexicon=self.meta["lexicon"] if usable else "",
            begun=datetime.datetime.fromtimestamp(self.path.stat().st_ctime, datetime.UTC)
            if not usable
            else datetime.datetime.fromisoformat(self.meta["begun"]),
            records=self.open_records().searcher().num_docs if usable else 0,
            size=sum(path.stat().st_size for path in self.path.rglob("*") if path.is_file()),
            is_usable=usable,
        )


class Generations:
    """The directory of all generations."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def current(self) -> Generation:
        """Return the generation that searches use."""
        generation = self._pointed_at(_CURRENT)
        try:
            built_with = generation.meta["schema"] if generation else ""
        except (OSError, ValueError, KeyError):
            built_with = ""
        if not built_with:
            raise EngineUnavailable("There is no index. Run: manage.py search rebuild")
        if built_with != schema.FINGERPRINT:
            raise EngineUnavailable("The index was built by another version. Run: manage.py search rebuild")
        return generation

    def previous(self) -> Generation | None:
        """Return the generation kept for going back."""
        generation = self._pointed_at(_PREVIOUS)
        return generation if generation and generation.path.exists() else None

    def active(self) -> list[Generation]:
        """Return every generation that must hear of changes: the current one and one that is being built."""
        current = self.current()
        building = [] if is_free(self._directory, "rebuild") else self._unnamed()
        return [current, *(generation for generation in building if generation.is_usable())]

    def named(self, name: str) -> Generation:
        """Return a generation by its name."""
        return Generation(self._directory / name)

    def begin(self, lexicon: Lexicon) -> Generation:
        """Create an empty generation; its meta file comes last, so a half-made one is never taken for whole."""
        now = datetime.datetime.now(datetime.UTC)
        path = self._directory / f"{_PREFIX}{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        path.mkdir(parents=True)
        lexicon.save(path / "lexicon.json.gz")
        generation = Generation(path)
        generation.open_records()
        generation.open_sections()
        meta = {"schema": schema.FINGERPRINT, "lexicon": lexicon.fingerprint, "begun": now.isoformat()}
        (path / "meta.json").write_text(json.dumps(meta))
        return generation

    def resume_previous(self) -> Generation:
        """Treat the previous generation as one that is being built, which hears of changes."""
        generation = self.previous()
        if generation is None:
            raise EngineUnavailable("There is no earlier index to go back to.")
        if not generation.is_usable():
            raise EngineUnavailable("The earlier index was built by another version and cannot be used.")
        (self._directory / _PREVIOUS).unlink()
        return generation

    def activate(self, name: str) -> None:
        """Turn the pointer in one step and keep the generation before for going back."""
        before = self._pointed_at(_CURRENT)
        if before and before.name != name and before.path.exists():
            self._point(_PREVIOUS, before.name)
        self._point(_CURRENT, name)
        self.remove_leftovers()

    def remove(self, name: str) -> None:
        """Delete a generation; readers that have it open keep reading until they let go."""
        shutil.rmtree(self._directory / name, ignore_errors=True)

    def remove_previous(self) -> int:
        """Delete the generation kept for going back."""
        generation = self.previous()
        if generation is None:
            return 0
        (self._directory / _PREVIOUS).unlink()
        self.remove(generation.name)
        return 1

    def remove_leftovers(self) -> None:
        """Delete what an interrupted rebuild left behind; call it only while holding the rebuild lock."""
        for generation in self._unnamed():
            self.remove(generation.name)

    def states(self) -> Iterator[GenerationState]:
        """Describe all generations, the current one first."""
        yield self.current().state(Role.CURRENT)
        if previous := self.previous():
            yield previous.state(Role.PREVIOUS)
        for generation in self._unnamed():
            yield generation.state(Role.BUILDING)

    def lock(self, name: str, timeout: float) -> contextlib.AbstractContextManager[None]:
        """Keep other processes and threads out."""
        return held_lock(self._directory, name, timeout)

    def _unnamed(self) -> list[Generation]:
        """Return the generations that no pointer names."""
        named = {generation.name for pointer in (_CURRENT, _PREVIOUS) if (generation := self._pointed_at(pointer))}
        found = sorted(self._directory.glob(f"{_PREFIX}*"))
        return [Generation(path) for path in found if path.name not in named]

    def _pointed_at(self, pointer: str) -> Generation | None:
        try:
            return Generation(self._directory / (self._directory / pointer).read_text().strip())
        except OSError:
            return None

    def _point(self, pointer: str, name: str) -> None:
        fresh = self._directory / f"{pointer}.new"
        fresh.write_text(name)
        fresh.replace(self._directory / pointer)
