"""Loads the shipped vocabulary; what editors changed or deleted stays as they left it."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from knowledge.topics.actions import LoadReport, load_vocabulary


class Command(BaseCommand):
    """`manage.py load_vocabulary`."""

    help = "Loads the shipped fields of action, topics and terms; never overwrites what editors changed."

    def handle(self, *args, **options):
        """Load, then say what happened."""
        for line in lines_of(load_vocabulary()):
            self.stdout.write(line)


def lines_of(report: LoadReport) -> list[str]:
    """Say what a load did: the numbers always, the names of everything that was not taken over."""
    lines = [
        _("Vocabulary: %(added)d added, %(updated)d updated, %(unchanged)d unchanged.")
        % {"added": len(report.added), "updated": len(report.updated), "unchanged": report.unchanged}
    ]
    named = (
        (_("Kept as edited: %(names)s"), report.kept),
        (_("Deleted by editors, not brought back: %(names)s"), report.left_out),
        (_("Words left out because they lead to another term: %(names)s"), report.words_left_out),
    )
    return lines + [text % {"names": ", ".join(names)} for text, names in named if names]
