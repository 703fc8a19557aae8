"""`manage.py bench_directory`: how fast the directory answers with twenty thousand organisations."""

import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import Client

from knowledge.directory import invented
from search.benchmarks import portals
from search.benchmarks.timing import load, milliseconds, spread

_WARMING = 3
#: As readers choose: nothing, one filter, several, a page further on, an order.
LISTS = {
    "list, no filter": ("",),
    "list, one filter": (
        "?art=mso", "?sprache=ti", "?angebot=advice", "?kommune=08990003", "?auftrag=confirmed",
        "?handlungsfeld=feld-1", "?auftrag=declared",
    ),
    "list, two filters": (
        "?sprache=ti&angebot=advice", "?art=mso&auftrag=confirmed", "?kommune=08990003&handlungsfeld=feld-2",
        "?handlungsfeld=feld-1&auftrag=declared",
    ),
    "list, all filters": (
        "?handlungsfeld=feld-1&angebot=advice&sprache=ar&kommune=08990004&art=mso&auftrag=declared",
        "?handlungsfeld=feld-1&handlungsfeld=feld-2&angebot=advice&angebot=parents&sprache=ar&sprache=ti&art=mso",
    ),
    "list, later pages and other order": ("?seite=400", "?seite=900&sortierung=bestaetigt", "?sortierung=bestaetigt"),
}  # fmt: skip


class Command(BaseCommand):
    """Target: the list with filters within 150 ms for nineteen of twenty readers (docs/benchmarks.md)."""

    help = "Measures the directory on invented organisations, in a database of its own."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the size be chosen, since the times depend on it."""
        parser.add_argument("--organisations", type=int, default=20_000)
        parser.add_argument("--requests", type=int, default=60, help="How often each kind of address is asked.")
        parser.add_argument(portals.INSIDE, action="store_true", help="Used by the command itself.")

    def handle(self, *args, inside: bool, organisations: int, requests: int, **options) -> None:
        """Fill a portal of its own, measure, leave nothing behind."""
        if inside:
            self._inside(organisations, requests)
            return
        words = ["bench_directory", portals.INSIDE, f"--organisations={organisations}", f"--requests={requests}"]
        with tempfile.TemporaryDirectory() as folder:
            if portals.run(words, portals.environment(Path(folder))):
                raise CommandError("The measurement failed.")

    def _inside(self, organisations: int, requests: int) -> None:
        call_command("createcachetable", verbosity=0)
        invented.invent(organisations)
        settings.DEBUG = False
        client = Client(headers={"host": settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "localhost"})
        self.stdout.write(f"{organisations} organisations, {load()}")
        every: list[tuple[float, float]] = []
        for name, queries in LISTS.items():
            addresses = [f"/{invented.directory_page().slug}/{query}" for query in queries]
            every += self._measure(client, name, addresses, requests)
        self._tell("every list", every)
        self._measure(client, "profile", [one.get_absolute_url() for one in invented.some(requests)], requests)
        self.stdout.write(load())

    def _measure(self, client: Client, name: str, addresses: list[str], requests: int) -> list:
        for address in addresses[:_WARMING]:
            self._ask(client, address)
        asked = islice(cycle(addresses), requests)
        times = [self._time(client, address) for address in asked]
        self._tell(name, times)
        return times

    def _time(self, client: Client, address: str) -> tuple[float, float]:
        """Return how long the answer took, and how long it would have at most on a machine with nothing else to do."""
        before = time.process_time()
        took = milliseconds(lambda: self._ask(client, address))
        return took, (time.process_time() - before) * 1_000

    def _ask(self, client: Client, address: str) -> None:
        status = client.get(address).status_code
        if status != 200:
            raise CommandError(f"{address} answered {status}.")

    def _tell(self, name: str, times: list[tuple[float, float]]) -> None:
        took, computed = (spread(values) for values in zip(*times, strict=True))
        self.stdout.write(
            f"{name:36} p50 {took.p50:6.1f} ms   p95 {took.p95:6.1f} ms   "
            f"of the processor p50 {computed.p50:6.1f} ms   p95 {computed.p95:6.1f} ms"
        )
