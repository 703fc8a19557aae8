"""The Elasticsearch engine: generations behind aliases, read with a time limit, written with the outbox's versions."""

import contextlib
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from elasticsearch import NotFoundError
from elasticsearch.dsl import Search

from search.engines.base import EngineUnavailable, GenerationState, Held, Operation, Outcome
from search.engines.documents import SEPARATOR
from search.engines.elasticsearch.breaker import Breaker
from search.engines.elasticsearch.client import (
    WRITING_LIMIT,
    Connection,
    connect,
    refuse_other_servers,
    unavailable_on_fault,
)
from search.engines.elasticsearch.generations import Generation, Generations
from search.engines.elasticsearch.snapshot import ElasticsearchSnapshot
from search.engines.elasticsearch.writing import write_operations
from search.engines.locks import held_lock
from search.language.analysis import Analyzer
from search.language.lexicon import Lexicon
from search.language.spelling import Known, Vocabulary

#: Unit: seconds. So long a process may believe that the current generation still is; whoever switches waits for it.
BELIEF = 5.0
#: Unit: seconds. New words may be offered that much later as what was meant.
_VOCABULARY_LIFE = 60.0
_REBUILD_WAIT = 1.0
_PAGE = 2_000
_TERMS_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class _Reading:
    """What this process knows of the current generation."""

    generation: Generation
    analyzer: Analyzer
    until: float


class ElasticsearchEngine:
    """Searches on a server; safe for threads and processes."""

    is_inline = False

    def __init__(
        self, connection: Connection, directory: Path, *, breaker: Breaker | None = None, belief: float = BELIEF
    ) -> None:
        """Keep locks in `directory`; several machines that write are kept apart by the versions alone."""
        self._belief = belief
        self._connection = connection
        self._client = connect(connection)
        self._patient = self._client.options(request_timeout=WRITING_LIMIT)
        self._generations = Generations(self._patient, connection)
        self._directory = directory
        self._breaker = breaker or Breaker()
        self._thread_lock = threading.Lock()
        self._reading: _Reading | None = None
        self._analyzers: dict[str, Analyzer] = {}
        self._vocabularies: dict[tuple[str, str], tuple[float, Vocabulary]] = {}
        self._rebuild_lock: contextlib.ExitStack | None = None
        self._is_verified = False

    @property
    def name(self) -> str:
        """Name the server and the prefix, without any secret that an address may hold."""
        return f"Elasticsearch, {', '.join(map(_without_secret, self._connection.urls))}, {self._connection.prefix}"

    @property
    def is_resting(self) -> bool:
        """Tell whether the server failed a moment ago and is not asked for now."""
        return self._breaker.is_open

    def version(self) -> str:
        """Return the server's version; raises EngineUnavailable when it is none that the portal can speak to."""
        return refuse_other_servers(self._client)

    @contextlib.contextmanager
    def exclusive(self, timeout: float) -> Iterator[None]:
        """Keep every other writer of this machine away."""
        with held_lock(self._directory, "elasticsearch-write", timeout):
            yield

    def snapshot(self) -> ElasticsearchSnapshot:
        """Return what answers about the current generation."""
        reading = self._read()
        return ElasticsearchSnapshot(reading.analyzer, _Asker(self, reading.generation.name))

    def write(self, operations: Sequence[Operation], *, generation: str | None = None) -> list[Outcome]:
        """Write to one generation or to all that hear of changes; the outcomes are those of the current one."""
        with unavailable_on_fault():
            self._verify()
            if generation is not None:
                return self._write_to(self._generations.named(generation), operations, refresh=False)
            current, *building = self._generations.written()
            outcomes = self._write_to(current, operations, refresh=True)
            for other in building:
                self._write_to(other, operations, refresh=False)
            return outcomes

    def held(self, *, generation: str | None = None) -> Iterator[Held]:
        """List what a generation holds, from one point in time."""
        with unavailable_on_fault():
            client = self._patient
            index = generation or self._generations.current().name
            client.indices.refresh(index=index)
            point = client.open_point_in_time(index=index, keep_alive="2m")["id"]
            try:
                yield from self._held_at(client, point)
            finally:
                client.close_point_in_time(id=point)

    def begin_generation(self, lexicon: Lexicon) -> str:
        """Create an empty generation, holding the rebuild lock until it is activated or discarded."""
        self._begin_rebuild()
        try:
            with unavailable_on_fault():
                self._verify()
                self._generations.remove_leftovers()
                return self._generations.begin(lexicon)
        except BaseException:
            self._end_rebuild()
            raise

    def resume_previous(self) -> str:
        """Let the previous generation hear of changes again, holding the rebuild lock like a rebuild."""
        self._begin_rebuild()
        try:
            with unavailable_on_fault():
                return self._generations.resume_previous()
        except BaseException:
            self._end_rebuild()
            raise

    def activate(self, generation: str) -> None:
        """Let searches use a generation from now on; the one before hears of changes until it is retired."""
        with unavailable_on_fault():
            self._generations.activate(generation)
        self._reading = None
        self._end_rebuild()

    def retire_others(self) -> None:
        """Wait until no process can believe any longer that the generation before is the current one."""
        time.sleep(self._belief)
        with unavailable_on_fault():
            self._generations.retire_others()

    def discard(self, generation: str) -> None:
        """Remove a generation that was not finished."""
        try:
            with unavailable_on_fault():
                self._generations.remove(generation)
        finally:
            self._end_rebuild()

    def remove_previous(self) -> int:
        """Delete the generations kept for going back."""
        with unavailable_on_fault():
            return self._generations.remove_previous()

    def generations(self) -> list[GenerationState]:
        """List all generations, the current one first."""
        with unavailable_on_fault():
            return self._generations.states()

    def ask(self, search: Search, generation: str) -> Mapping:
        """Send a search to a generation; a part of the answer counts as none, because nobody would know what lacks."""
        with self._breaker.watching(), unavailable_on_fault():
            try:
                answer = self._client.search(
                    index=generation, allow_partial_search_results=False, timeout="900ms", **_as_arguments(search)
                ).body
            except NotFoundError:
                self._reading = None
                raise
            if answer["timed_out"]:
                raise EngineUnavailable("Elasticsearch took too long.")
        return answer

    def vocabulary(self, generation: str, beginning: str) -> Vocabulary:
        """Read the words with one first letter from the server's dictionary, now and then."""
        known = self._vocabularies.get((generation, beginning))
        if known is None or known[0] < time.monotonic():
            with self._breaker.watching(), unavailable_on_fault():
                words = Vocabulary(
                    Known(term.partition(SEPARATOR)[2], 0) for term in self._terms(generation, beginning)
                )
            known = self._vocabularies[generation, beginning] = (time.monotonic() + _VOCABULARY_LIFE, words)
        return known[1]

    def _terms(self, generation: str, beginning: str) -> Iterator[str]:
        after = None
        while True:
            answer = self._client.terms_enum(
                index=generation,
                field="words",
                string=beginning,
                size=_TERMS_PAGE,
                search_after=after,
                timeout="1s",
            )
            yield from answer["terms"]
            if len(answer["terms"]) < _TERMS_PAGE:
                return
            after = answer["terms"][-1]

    def _read(self) -> _Reading:
        reading = self._reading
        if reading is not None and time.monotonic() < reading.until:
            return reading
        with self._breaker.watching(), unavailable_on_fault():
            self._verify()
            # A reader waits here, so the short limit applies; the lexicon is fetched only once the server has answered.
            generation = Generations(self._client, self._connection).current()
            reading = _Reading(generation, self._analyzer(generation), time.monotonic() + self._belief)
        self._reading = reading
        return reading

    def _verify(self) -> None:
        if not self._is_verified:
            refuse_other_servers(self._client)
            self._is_verified = True

    def _analyzer(self, generation: Generation) -> Analyzer:
        with self._thread_lock:
            if generation.lexicon not in self._analyzers:
                # At most two are in use: the current generation's and that of one being built.
                for name in list(self._analyzers)[:-1]:
                    del self._analyzers[name]
                self._analyzers[generation.lexicon] = Analyzer(self._generations.lexicon(generation.lexicon))
            return self._analyzers[generation.lexicon]

    def _write_to(self, generation: Generation, operations: Sequence[Operation], *, refresh: bool) -> list[Outcome]:
        return write_operations(self._patient, generation.name, self._analyzer(generation), operations, refresh=refresh)

    def _held_at(self, client, point: str) -> Iterator[Held]:
        after = None
        while True:
            answer = client.search(
                pit={"id": point, "keep_alive": "2m"},
                size=_PAGE,
                sort=[{"_shard_doc": "asc"}],
                search_after=after,
                source=False,
                version=True,
                docvalue_fields=["key", "digest"],
                track_total_hits=False,
            )
            hits = answer["hits"]["hits"]
            for hit in hits:
                kind, _, object_id = hit["fields"]["key"][0].partition(":")
                yield Held(kind, object_id, hit["_version"], hit["fields"]["digest"][0])
            if len(hits) < _PAGE:
                return
            after = hits[-1]["sort"]

    def _begin_rebuild(self) -> None:
        stack = contextlib.ExitStack()
        stack.enter_context(held_lock(self._directory, "elasticsearch-rebuild", _REBUILD_WAIT))
        self._rebuild_lock = stack

    def _end_rebuild(self) -> None:
        if self._rebuild_lock is not None:
            self._rebuild_lock.close()
            self._rebuild_lock = None


@dataclass(frozen=True, slots=True)
class _Asker:
    """Asks on behalf of a snapshot, which knows nothing of servers."""

    engine: ElasticsearchEngine
    generation: str

    def ask(self, search: Search) -> Mapping:
        return self.engine.ask(search, self.generation)

    def vocabulary(self, beginning: str) -> Vocabulary:
        return self.engine.vocabulary(self.generation, beginning)


def _as_arguments(search: Search) -> dict:
    """Say a search as the client's arguments, which call two of the words differently."""
    body = search.to_dict()
    renamed = {"from": "from_", "_source": "source"}
    return {renamed.get(name, name): value for name, value in body.items()}


def _without_secret(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
