"""`manage.py audiences`: whether every page and file is seen by exactly those who may, mended where not."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection, Page

from portal.shared.inheritance import settle_collections, settle_pages


class Command(BaseCommand):
    """Compares the audience of every page and file with what was chosen and what it lies in."""

    help = "Check that audiences follow from what was chosen and what lies above; --repair mends them."

    def add_arguments(self, parser):
        """Take the wish to mend."""
        parser.add_argument("--repair", action="store_true", help="Mend what differs.")

    @transaction.atomic
    def handle(self, *, repair, **options):
        """Settle everything; without the wish to mend take it back and fail where something differed."""
        pages = sum(settle_pages(root) for root in Page.get_root_nodes())
        files = sum(settle_collections(root) for root in Collection.get_root_nodes())
        if repair or not pages + files:
            self.stdout.write(_("Pages mended: %(pages)s, files mended: %(files)s") % {"pages": pages, "files": files})
            return
        transaction.set_rollback(True)
        raise CommandError(
            _("The audience differs from what follows from the tree at %(pages)s pages and %(files)s files.")
            % {"pages": pages, "files": files}
            + " "
            + _("Run “manage.py audiences --repair”.")
        )
