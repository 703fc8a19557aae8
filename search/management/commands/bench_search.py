"""`manage.py bench_search`: fills an index with invented documents and prints how fast it answers."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import Client
from django.urls import reverse

from search.benchmarks import asking, filling, portals
from search.benchmarks.large_corpus import LargeCorpus
from search.benchmarks.servers import remove_all
from search.benchmarks.timing import load, milliseconds, spread
from search.engines import ELASTICSEARCH, EMBEDDED, NAMES, get_engine
from search.engines.elasticsearch import Connection
from search.engines.elasticsearch.client import WRITING_LIMIT, connect
from search.queries import SearchRequest
from search.results import results_page
from search.suggestions import suggestions

DEFAULT_CACHE = Path.home() / ".cache" / "fokusportal"
_FACETS = {"field_of_action": ("feld-1", "feld-2"), "year": ("2018", "2019", "2020")}
_WARMING = 30


class Command(BaseCommand):
    """Targets: docs/benchmarks.md."""

    help = "Measures build time, size and answering times on invented documents."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let engine and size be chosen, since the times depend on them."""
        parser.add_argument("--engine", choices=NAMES, default=EMBEDDED)
        parser.add_argument("--elasticsearch", metavar="URL", default="http://127.0.0.1:9200")
        parser.add_argument("--documents", type=int, default=100_000)
        parser.add_argument("--questions", type=int, default=300)
        parser.add_argument("--keep", action="store_true", help="Keep the index and use it the next time.")
        parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE, help="Where a kept index lies.")
        parser.add_argument(portals.INSIDE, action="store_true", help="Used by the command itself.")

    def handle(self, *args, inside: bool, engine: str, elasticsearch: str, keep: bool, cache: Path, **options) -> None:
        """Build in a portal of its own, measure, and leave behind nothing or just the index."""
        sizes = {name: options[name] for name in ("documents", "questions")}
        if inside:
            self._inside(**sizes)
            return
        prefix = f"bench-kept-{sizes['documents']}" if keep else f"bench-search-{sizes['documents']}"
        words = ["bench_search", portals.INSIDE, *(f"--{name}={value}" for name, value in sizes.items())]
        with tempfile.TemporaryDirectory() as folder:
            place = cache / prefix if keep else Path(folder)
            place.mkdir(parents=True, exist_ok=True)
            own = portals.environment(place, engine=engine, url=elasticsearch, prefix=prefix)
            try:
                code = portals.run(words, own)
            finally:
                if engine == ELASTICSEARCH and not keep:
                    client = connect(Connection((elasticsearch,))).options(request_timeout=WRITING_LIMIT)
                    remove_all(client, prefix)
        if code:
            raise CommandError("The measurement failed.")

    def _inside(self, *, documents: int, questions: int) -> None:
        asking.register()
        self._build(documents)
        asked = LargeCorpus().questions(questions)
        for question in asked[:_WARMING]:
            results_page(SearchRequest(query=question), AnonymousUser())
        self.stdout.write(f"{get_engine().name}: {documents} documents, {load()}")
        self.stdout.write(f"a question finds {_median_total(asked)} documents in the median")
        self._measure(asked)
        if settings.SEARCH_ENGINE == ELASTICSEARCH:
            self._measure_server(asked)
        self.stdout.write(load())

    def _build(self, documents: int) -> None:
        engine = get_engine()
        if filling.holds(engine, documents):
            self.stdout.write("The index of an earlier measurement is used.")
            return
        started = time.perf_counter()
        filling.fill(engine, documents)
        seconds = time.perf_counter() - started
        (state, *_) = engine.generations()
        size = state.size / 1_000_000
        self.stdout.write(f"index in {seconds:.1f} s ({documents / seconds:.0f} documents/s), {size:.0f} MB")

    def _measure(self, asked: list[str]) -> None:
        client = Client(headers={"host": settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "localhost"})
        filtered = {"handlungsfeld": _FACETS["field_of_action"], "jahr": _FACETS["year"]}
        address = reverse("search:results")
        self._report("engine and highlights, open", asked, asking.with_highlights({}))
        self._report("engine and highlights, two facets", asked, asking.with_highlights(_FACETS))
        self._report("suggestions", [q[:4] for q in asked], lambda begun: suggestions(begun, AnonymousUser()))
        self._report("page, open", asked, lambda q: client.get(address, {"q": q}))
        self._report("page, two facets", asked, lambda q: client.get(address, {"q": q, **filtered}))

    def _measure_server(self, asked: list[str]) -> None:
        server = asking.ServerTime()
        server.watch(get_engine())
        for name, filters in (("open", {}), ("two facets", _FACETS)):
            took, beside = zip(*asking.server_and_overhead(asked, server, filters), strict=True)
            self._tell(f"the server's own time, {name}", took)
            self._tell(f"our overhead over it, {name}", beside)

    def _report(self, name: str, asked: Iterable[str], ask: Callable[[str], object]) -> None:
        self._tell(name, (milliseconds(lambda question=question: ask(question)) for question in asked))

    def _tell(self, name: str, times: Iterable[float]) -> None:
        found = spread(times)
        self.stdout.write(f"{name:36} p50 {found.p50:6.1f} ms   p95 {found.p95:6.1f} ms")


def _median_total(asked: Iterable[str]) -> int:
    return int(statistics.median(results_page(SearchRequest(query=q), AnonymousUser()).total for q in asked))
