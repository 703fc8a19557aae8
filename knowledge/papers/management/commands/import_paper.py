"""Imports a position paper from the command line: says what was recognised, then makes or updates a draft."""

import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.papers import importing
from knowledge.papers.import_messages import EXPLANATIONS, KINDS, reason_for
from knowledge.papers.models import PaperImport, PaperIndexPage, PositionPaperPage
from knowledge.papers.reading.document import RecognisedPaper, RemarkKind
from knowledge.papers.reading.errors import PaperUnreadable
from knowledge.papers.reading.runner import read_in_child
from portal.shared.files import CheckedUpload, UploadRefused, check_upload

#: Exit codes: 1 the file cannot be taken over, 2 the call is wrong, 3 there is already a page for it.
REFUSED, WRONG_CALL, EXISTS = 1, 2, 3


class Command(BaseCommand):
    """`manage.py import_paper FILE`."""

    help = "Imports a position paper (.txt, .md, .docx, .odt, .pdf) as a draft; never publishes anything."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and what the file itself does not say."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--parent", help="Slug or id of the list of papers; needed only where there are several.")
        parser.add_argument("--update", action="store_true", help="Update the draft that this paper already has.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what was recognised.")
        parser.add_argument("--issuing-body", default="", help="Who takes this stand, if the paper does not say it.")
        parser.add_argument("--as-of", type=datetime.date.fromisoformat, help="Stand as YYYY-MM-DD.")

    def handle(self, *, file: Path, parent: str | None, update: bool, dry_run: bool, **options) -> None:
        """Read, report, and unless told otherwise make or update the draft."""
        upload, paper = _read(file)
        for line in report(paper):
            self.stdout.write(line)
        if dry_run:
            self.stdout.write(_("Nothing was made: this was a trial."))
            return
        details = _details(paper, options)
        index = _index(parent)
        kept = importing.keep_import(user=None, upload=upload, recognised=paper)
        try:
            page = self._take_over(kept, details, index, update=update)
        except ValidationError as invalid:
            kept.delete()
            raise CommandError(" ".join(invalid.messages), returncode=REFUSED) from invalid
        self.stdout.write(
            self.style.SUCCESS(_("Draft: %(title)s (page %(id)s)") % {"title": page.title, "id": page.pk})
        )

    def _take_over(
        self, kept: PaperImport, details: importing.PaperDetails, index: PaperIndexPage, *, update: bool
    ) -> PositionPaperPage:
        offer = importing.offer_for(user=None, paper_import=kept, title=details.title, as_of=details.as_of)
        if offer.page is None:
            return importing.create_draft(user=None, paper_import=kept, details=details, parent=index)
        if update:
            return importing.update_draft(user=None, paper_import=kept, details=details, page=offer.page)
        kept.delete()
        raise CommandError(
            _("The paper is already there: %(title)s (page %(id)s). With --update its draft is brought up to date.")
            % {"title": offer.page.title, "id": offer.page.pk},
            returncode=EXISTS,
        )


def _read(file: Path) -> tuple[CheckedUpload, RecognisedPaper]:
    try:
        with file.open("rb") as stream:
            upload = check_upload(stream, file.name, kinds=importing.KINDS, max_bytes=importing.MAX_BYTES)
        return upload, read_in_child(upload.data, upload.name)
    except OSError as error:
        message = _("%(file)s cannot be opened: %(reason)s") % {"file": file, "reason": error.strerror}
        raise CommandError(message, returncode=WRONG_CALL) from error
    except UploadRefused as refused:
        raise CommandError(" ".join(refused.messages), returncode=REFUSED) from refused
    except PaperUnreadable as unreadable:
        raise CommandError(reason_for(unreadable), returncode=REFUSED) from unreadable


def _details(paper: RecognisedPaper, options: dict) -> importing.PaperDetails:
    issuing_body = options["issuing_body"] or paper.issuing_body
    as_of = options["as_of"] or paper.as_of
    missing = [name for name, value in (("--issuing-body", issuing_body), ("--as-of", as_of)) if not value]
    if missing or as_of is None:
        message = _("The paper does not say everything. Please add: %(options)s") % {"options": ", ".join(missing)}
        raise CommandError(message, returncode=WRONG_CALL)
    return importing.PaperDetails(paper.title, issuing_body, as_of, paper.work_phase)


def _index(parent: str | None) -> PaperIndexPage:
    lists = PaperIndexPage.objects.all()
    if parent:
        lists = lists.filter(pk=int(parent)) if parent.isdecimal() else lists.filter(slug=parent)
    index = lists.order_by("pk").first()
    if index is None:
        raise CommandError(_("There is no list of papers to put the draft below."), returncode=WRONG_CALL)
    return index


def report(paper: RecognisedPaper) -> list[str]:
    """What was recognised, uncertain, left out and repaired, line by line."""
    details = (
        (_("Title"), paper.title),
        (_("Issuing body"), paper.issuing_body),
        (_("Stand"), paper.as_of.isoformat() if paper.as_of else ""),
        (_("Work phase"), paper.work_phase),
    )
    lines = [f"{label}: {value or '–'}" for label, value in details]
    lines += [f"{'  ' * section.level}{section.title}" for section in paper.sections]
    count = len(paper.footnotes)
    lines.append(ngettext("%(count)s footnote", "%(count)s footnotes", count) % {"count": count})
    for kind in RemarkKind:
        for remark in paper.remarks_of(kind):
            lines.append(f"[{KINDS[kind]}] {remark.text!s:.200} – {EXPLANATIONS[remark.code]}")
    return lines
