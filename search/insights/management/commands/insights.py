"""`manage.py insights tidy | forget`: what was counted goes after its time, from a timer every night, or at once."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from search.insights.tidying import forget_all, tidy


class Command(BaseCommand):
    """Tidies what was counted about searches."""

    help = "Deletes counts of searches after their time, or all of them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer one subcommand per act."""
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("tidy", help="Delete what is older than SEARCH_INSIGHTS_KEEP_DAYS.")
        acts.add_parser("forget", help="Delete everything that was counted; tasks stay.")

    def handle(self, *args, act: str, **options) -> None:
        """Run the act and say how many rows went."""
        gone = tidy(on=timezone.localdate()) if act == "tidy" else forget_all()
        for name, count in gone.items():
            self.stdout.write(f"{name}: {count}")
