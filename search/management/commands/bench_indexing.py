"""`manage.py bench_indexing`: prints how fast an index is built, and how near the server's own speed writing comes."""

import cProfile
import io
import os
import pstats
import resource
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from search.benchmarks import filling, portals, stored_corpus
from search.benchmarks.servers import Corner, corner
from search.benchmarks.timing import load
from search.engines import EMBEDDED, get_engine
from search.engines.base import EngineUnavailable, Operation, Verdict
from search.engines.documents import Prepared, RecordMaker
from search.engines.elasticsearch import schema
from search.engines.elasticsearch.documents import to_document
from search.language.analysis import Analyzer
from search.language.lexicon import Lexicon
from search.rebuild import rebuild

#: Unit: seconds, for 100,000 documents.
TARGET_REBUILD = 30.0
TARGET_SHARE = 0.70
_TARGET_DOCUMENTS = 100_000
#: The server gets faster while it runs; each way to write is measured as often, in turns.
_ROUNDS = 3


class Command(BaseCommand):
    """Exit code 1 when a target is missed."""

    help = "Measures a rebuild of the embedded index, and writing to Elasticsearch beside raw bulk requests."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the sizes be chosen; figures of other sizes are measured against no target."""
        parser.add_argument("--documents", type=int, default=_TARGET_DOCUMENTS, help="For the rebuild; 0 skips it.")
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
        parser.add_argument("--written", type=int, default=10_000, help="Documents written to the server.")
        parser.add_argument("--elasticsearch", metavar="URL", default="", help="A server to write to.")
        parser.add_argument("--profile", action="store_true", help="Print where the rebuild's own process spends time.")
        parser.add_argument(portals.INSIDE, action="store_true", help="Used by the command itself.")

    def handle(self, *args, inside: bool, documents: int, processes: int, profile: bool, **options) -> None:
        """Rebuild in a portal of its own, then write to the server."""
        if inside:
            self._rebuild(documents, processes, with_profile=profile)
            return
        is_missed = bool(documents) and self._apart(documents, processes, with_profile=profile)
        if options["elasticsearch"]:
            try:
                is_missed |= self._on_server(options["elasticsearch"], options["written"])
            except EngineUnavailable as error:
                raise CommandError(f"The server could not be measured: {error}") from error
        else:
            self.stdout.write("No server was given (--elasticsearch URL): nothing was written to Elasticsearch.")
        if is_missed:
            raise CommandError("A target was missed.")

    def _apart(self, documents: int, processes: int, *, with_profile: bool) -> bool:
        words = ["bench_indexing", portals.INSIDE, f"--documents={documents}", f"--processes={processes}"]
        with tempfile.TemporaryDirectory() as folder:
            own = portals.environment(Path(folder), engine=EMBEDDED)
            return portals.run([*words, *(["--profile"] if with_profile else [])], own) != 0

    def _rebuild(self, documents: int, processes: int, *, with_profile: bool) -> None:
        stored_corpus.create(documents)
        self.stdout.write(f"{documents} documents in a database, {processes} processes, {load()}")
        self.stdout.flush()
        profiler = cProfile.Profile()
        with stored_corpus.registered():
            before = time.process_time()
            started = time.perf_counter()
            if with_profile:
                profiler.enable()
            rebuild(processes=processes)
            profiler.disable()
            seconds = time.perf_counter() - started
        (state, *_) = get_engine().generations()
        own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        busy = sum(used.ru_utime + used.ru_stime for used in (own, others)) - before
        self.stdout.write(
            f"embedded rebuild: {seconds:.1f} s, {documents / seconds:.0f} documents/s, {state.size / 1e6:.0f} MB; "
            f""
            f"{busy:.1f} s of processor time; memory at most {own.ru_maxrss / 1_000:.0f} MB and "
            f"{others.ru_maxrss / 1_000:.0f} MB in each other process; {load()}"
        )
        if with_profile:
            told = io.StringIO()
            pstats.Stats(profiler, stream=told).sort_stats("tottime").print_stats(30)
            self.stdout.write(told.getvalue())
        if documents == _TARGET_DOCUMENTS and seconds > TARGET_REBUILD:
            raise CommandError(f"The rebuild took longer than {TARGET_REBUILD:.0f} s.")

    def _on_server(self, url: str, written: int) -> bool:
        lexicon = filling.lexicon_of(written)
        maker = RecordMaker(Analyzer(lexicon))
        plain = list(chain.from_iterable(filling.operations(written)))
        prepared = [
            Operation(one.kind, one.id, 1, one.record, Prepared(lexicon.fingerprint, maker.make(one))) for one in plain
        ]
        documents = [to_document(one.prepared.record) for one in prepared]
        ways: dict[str, Callable[[Corner], float]] = {
            "raw helpers.bulk": lambda place: _raw(place, documents, lexicon),
            "the engine, analysed before": lambda place: _ours(place, prepared, lexicon),
            "the engine, analysis included": lambda place: _ours(place, plain, lexicon),
        }
        best = dict.fromkeys(ways, float("inf"))
        for _ in range(_ROUNDS):
            for name, write in ways.items():
                with corner(url) as place:
                    best[name] = min(best[name], write(place))
        for name, seconds in best.items():
            self.stdout.write(f"Elasticsearch, {name:30} {written / seconds:6.0f} documents/s (best of {_ROUNDS})")
        raw, ours, _ = best.values()
        self.stdout.write(f"share of the raw speed: {raw / ours:.0%}; {load()}")
        return raw / ours < TARGET_SHARE


def _ours(place: Corner, operations: list[Operation], lexicon: Lexicon) -> float:
    generation = place.engine.begin_generation(lexicon)
    started = time.perf_counter()
    outcomes = place.engine.write(operations, generation=generation)
    seconds = time.perf_counter() - started
    place.engine.discard(generation)
    if any(outcome.verdict is not Verdict.DONE for outcome in outcomes):
        raise EngineUnavailable("Not everything was written.")
    return seconds


def _raw(place: Corner, documents: Iterable[dict], lexicon: Lexicon) -> float:
    index = f"{place.prefix}-raw"
    mapping = schema.mapping(lexicon.fingerprint).to_dict()
    place.client.indices.create(index=index, mappings=mapping, settings=schema.settings(1))
    actions = (
        {"_id": document["key"], "version": 1, "version_type": "external_gte", "_source": document}
        for document in documents
    )
    started = time.perf_counter()
    _send(place.client, index, actions)
    return time.perf_counter() - started


def _send(client: Elasticsearch, index: str, actions: Iterable[dict]) -> None:
    bulk(client, actions, index=index)
