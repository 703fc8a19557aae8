"""Where generations of the index lie, which of them is current, and who may write."""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import tantivy

from search.engines.base import EngineUnavailable
from search.engines.embedded import schema
from search.language.analysis import Analyzer
from search.language.lexicon import Lexicon

_POINTER = "current"
_PREFIX = "g-"
_POLL_SECONDS = 0.02


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

    def is_complete(self) -> bool:
        """Tell whether the generation was fully laid out, by this version of the code."""
        return (self.path / "meta.json").exists() and self.meta.get("schema") == schema.FINGERPRINT

    def stamp(self) -> tuple[int, ...]:
        """Change with every commit, so that readers know when to look again."""
        files = (self.path / part / "meta.json" for part in ("records", "sections"))
        return tuple(value for stat in map(os.stat, files) for value in (stat.st_mtime_ns, stat.st_ino))


class Generations:
    """The directory of all generations."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def current(self) -> Generation:
        """Return the generation that searches use."""
        try:
            name = (self._directory / _POINTER).read_text().strip()
            generation = Generation(self._directory / name)
            built_with = generation.meta["schema"]
        except (OSError, ValueError, KeyError) as error:
            raise EngineUnavailable("There is no index. Run: manage.py search rebuild") from error
        if built_with != schema.FINGERPRINT:
            raise EngineUnavailable("The index was built by another version. Run: manage.py search rebuild")
        return generation

    def active(self) -> list[Generation]:
        """Return every generation that must hear of changes: the current one and one that is being built."""
        current = self.current()
        building = [] if self._is_free("rebuild") else self._others(current.name)
        return [current, *(generation for generation in building if generation.is_complete())]

    def named(self, name: str) -> Generation:
        """Return a generation by its name."""
        return Generation(self._directory / name)

    def begin(self, lexicon: Lexicon) -> Generation:
        """Create an empty generation; its meta file comes last, so a half-made one is never taken for whole."""
        path = self._directory / f"{_PREFIX}{time.strftime('%Y%m%dT%H%M%S')}-{secrets.token_hex(3)}"
        path.mkdir(parents=True)
        lexicon.save(path / "lexicon.json.gz")
        generation = Generation(path)
        generation.open_records()
        generation.open_sections()
        meta = {"schema": schema.FINGERPRINT, "lexicon": lexicon.fingerprint}
        (path / "meta.json").write_text(json.dumps(meta))
        return generation

    def activate(self, name: str) -> None:
        """Turn the pointer in one step, then remove what nobody points at any more."""
        fresh = self._directory / f"{_POINTER}.new"
        fresh.write_text(name)
        fresh.replace(self._directory / _POINTER)
        for generation in self._others(name):
            self.remove(generation.name)

    def remove(self, name: str) -> None:
        """Delete a generation; readers that have it open keep reading until they let go."""
        shutil.rmtree(self._directory / name, ignore_errors=True)

    def remove_leftovers(self) -> None:
        """Delete what an interrupted rebuild left behind; call it only while holding the rebuild lock."""
        pointer = self._directory / _POINTER
        for generation in self._others(pointer.read_text().strip() if pointer.exists() else ""):
            self.remove(generation.name)

    @contextlib.contextmanager
    def lock(self, name: str, timeout: float) -> Iterator[None]:
        """Keep other processes and threads out; the operating system frees the lock of one that died."""
        self._directory.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + timeout
        with (self._directory / f"{name}.lock").open("w") as file:
            while not _try_lock(file.fileno()):
                if time.monotonic() >= deadline:
                    raise EngineUnavailable(f"Another process holds the {name} lock of the index.")
                time.sleep(_POLL_SECONDS)
            yield

    def _is_free(self, name: str) -> bool:
        try:
            with self.lock(name, timeout=0):
                return True
        except EngineUnavailable:
            return False

    def _others(self, name: str) -> list[Generation]:
        found = sorted(self._directory.glob(f"{_PREFIX}*"))
        return [Generation(path) for path in found if path.name != name]


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
