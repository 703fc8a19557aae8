"""Questions put to a filled index as the pages put them, and what a server says it took of the time itself."""

import time
from collections.abc import Callable, Iterable, Mapping

from django.contrib.auth.models import AnonymousUser

from portal.shared.visibility import labels_for
from search import door
from search.benchmarks.filling import KIND
from search.engines import get_engine
from search.engines.base import EngineRequest, Snapshot
from search.engines.elasticsearch import ElasticsearchEngine
from search.language.passages import best_passage
from search.models import OutboxEntry
from search.queries import SearchRequest
from search.ranking import Sought, wanted
from search.thesaurus import Thesaurus
from search.understanding import understand


class ServerTime:
    """Adds up what a server says each of its answers took."""

    def __init__(self) -> None:
        self.milliseconds = 0.0

    def watch(self, engine: ElasticsearchEngine) -> None:
        """Listen to every answer from here on."""
        send = engine.ask

        def ask(*args, **kwargs) -> Mapping:
            answer = send(*args, **kwargs)
            self.milliseconds += answer["took"]
            return answer

        engine.ask = ask  # type: ignore[method-assign]


def register() -> None:
    """Make the invented documents a kind, which stands behind no table."""
    door.register(
        OutboxEntry,
        kind=KIND,
        label=KIND,
        project=lambda entry: None,
        queryset=lambda: OutboxEntry.objects.filter(kind=KIND),
        visible_to=_visible,
    )


def understood(question: str, snapshot: Snapshot) -> Sought:
    """Read a question as the results page does."""
    no_terms = Thesaurus((), snapshot.analyzer)
    return understand(SearchRequest(query=question), snapshot, no_terms, labels_for(AnonymousUser())).sought


def with_highlights(filters: Mapping[str, tuple[str, ...]]) -> Callable[[str], object]:
    """Understand, filter, count all five facets, find ten hits with their sections and mark the best passages."""
    labels = labels_for(AnonymousUser())

    def ask(question: str) -> None:
        snapshot = get_engine().snapshot()
        sought = understood(question, snapshot)
        marked = wanted(sought, snapshot.analyzer)
        rarity = snapshot.rarity(marked.words | marked.parts)
        for hit in snapshot.search(EngineRequest(labels, sought, filters)).hits:
            for section in hit.sections:
                best_passage(section.text, snapshot.analyzer, marked, rarity)

    return ask


def server_and_overhead(
    questions: Iterable[str], server: ServerTime, filters: Mapping[str, tuple[str, ...]]
) -> list[tuple[float, float]]:
    """Measure for each question what the server took and what the way there and back and the reading took beside it."""
    labels = labels_for(AnonymousUser())
    found = []
    for question in questions:
        snapshot = get_engine().snapshot()
        sought = understood(question, snapshot)
        server.milliseconds = 0.0
        started = time.perf_counter()
        snapshot.search(EngineRequest(labels, sought, filters))
        whole = (time.perf_counter() - started) * 1_000
        found.append((server.milliseconds, whole - server.milliseconds))
    return found


def _visible(user, ids: Iterable[str]) -> set[str]:
    """Ask the database by key, as a room's own check does; the invented documents have no rows to find."""
    ids = list(ids)
    return {*ids, *OutboxEntry.objects.filter(kind=KIND, object_id__in=ids).values_list("object_id", flat=True)}
