"""`manage.py bench_search`: fills a throw-away index with invented documents and prints how fast it answers."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandParser
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from portal.shared.visibility import labels_for
from search import door
from search.benchmarks.large_corpus import LargeCorpus
from search.engines import get_engine
from search.engines.base import EngineRequest, Operation
from search.language.lexicon import build_lexicon
from search.language.passages import best_passage
from search.models import OutboxEntry
from search.queries import SearchRequest
from search.ranking import wanted
from search.registry import registry
from search.results import results_page
from search.suggestions import suggestions
from search.thesaurus import Thesaurus
from search.understanding import understand

_KIND = "bench"
_BATCH = 5_000
_FACETS = {"field_of_action": ("feld-1", "feld-2"), "year": ("2018", "2019", "2020")}
_LEXICON_TEXTS = 20_000


class Command(BaseCommand):
    """Targets: engine p50 ≤ 5 ms and p95 ≤ 20 ms, page p95 ≤ 150 ms, suggestions p95 ≤ 30 ms."""

    help = "Measures build time, size and answering times on invented documents."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the size be chosen, since the times depend on it."""
        parser.add_argument("--documents", type=int, default=100_000)
        parser.add_argument("--questions", type=int, default=300)

    def handle(self, *args, documents: int, questions: int, **options) -> None:
        """Build in a folder of its own, measure, and leave nothing behind."""
        corpus = LargeCorpus()
        with tempfile.TemporaryDirectory() as folder, override_settings(SEARCH_INDEX_DIR=Path(folder)):
            door.register(
                OutboxEntry,
                kind=_KIND,
                label=_KIND,
                project=lambda entry: None,
                queryset=lambda: OutboxEntry.objects.filter(kind=_KIND),
                visible_to=_visible,
            )
            try:
                self._build(corpus, documents)
                self._measure(corpus.questions(questions))
            finally:
                registry.remove(_KIND)

    def _build(self, corpus: LargeCorpus, documents: int) -> None:
        engine = get_engine()
        started = time.perf_counter()
        records = list(corpus.records(documents))
        self.stdout.write(f"{documents} documents invented in {time.perf_counter() - started:.1f} s")
        started = time.perf_counter()
        texts = (" ".join((r.title, r.summary, *(s.text for s in r.sections))) for r in records[:_LEXICON_TEXTS])
        generation = engine.begin_generation(build_lexicon(texts))
        self.stdout.write(f"lexicon in {time.perf_counter() - started:.1f} s")
        remaining = iter(records)
        while batch := list(islice(remaining, _BATCH)):
            engine.write([Operation(_KIND, r.id, 1, r) for r in batch], generation=generation)
        engine.activate(generation)
        seconds = time.perf_counter() - started
        size = engine.describe()["megabytes"]
        self.stdout.write(f"index in {seconds:.1f} s ({documents / seconds:.0f} documents/s), {size} MB")

    def _measure(self, questions: list[str]) -> None:
        client = Client(headers={"host": settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "localhost"})
        filtered = {"handlungsfeld": _FACETS["field_of_action"], "jahr": _FACETS["year"]}
        address = reverse("search:results")
        self.stdout.write(f"a question finds {_median_total(questions)} documents in the median")
        self._report("engine and highlights, open", questions, _engine({}))
        self._report("engine and highlights, two facets", questions, _engine(_FACETS))
        self._report("suggestions", [q[:4] for q in questions], lambda begun: suggestions(begun, AnonymousUser()))
        self._report("page, open", questions, lambda q: client.get(address, {"q": q}))
        self._report("page, two facets", questions, lambda q: client.get(address, {"q": q, **filtered}))

    def _report(self, name: str, questions: Iterable[str], ask: Callable[[str], object]) -> None:
        times = sorted(_milliseconds(ask, question) for question in questions)
        p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
        self.stdout.write(f"{name:36} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms")


def _engine(filters: dict[str, tuple[str, ...]]) -> Callable[[str], object]:
    """Understand, filter, count all five facets, find ten hits with their sections and mark the best passages."""
    labels = labels_for(AnonymousUser())

    def ask(question: str) -> None:
        snapshot = get_engine().snapshot()
        no_terms = Thesaurus((), snapshot.analyzer)
        sought = understand(SearchRequest(query=question), snapshot, no_terms, labels).sought
        marked = wanted(sought, snapshot.analyzer)
        rarity = snapshot.rarity(marked.words | marked.parts)
        for hit in snapshot.search(EngineRequest(labels, sought, filters)).hits:
            for section in hit.sections:
                best_passage(section.text, snapshot.analyzer, marked, rarity)

    return ask


def _median_total(questions: Iterable[str]) -> int:
    return int(statistics.median(results_page(SearchRequest(query=q), AnonymousUser()).total for q in questions))


def _milliseconds(ask: Callable[[str], object], question: str) -> float:
    started = time.perf_counter()
    ask(question)
    return (time.perf_counter() - started) * 1_000


def _visible(user, ids: Iterable[str]) -> set[str]:
    """Ask the database by key, as a room's own check does; the invented documents have no rows to find."""
    ids = list(ids)
    return {*ids, *OutboxEntry.objects.filter(kind=_KIND, object_id__in=ids).values_list("object_id", flat=True)}
