"""Makes a draft of a file that was read, or brings the draft up to date; nothing here ever publishes."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from knowledge.papers.anchors import slug_of
from knowledge.papers.import_content import content_of
from knowledge.papers.models import PaperImport, PaperIndexPage, PositionPaperPage
from knowledge.papers.reading.document import RecognisedPaper
from knowledge.papers.reading.serialise import from_json, to_json
from portal.accounts.models import User
from portal.shared.files import MEGABYTE, CheckedUpload, FileKinds

KINDS = (FileKinds.TEXT, FileKinds.MARKDOWN, FileKinds.WORD, FileKinds.OPENDOCUMENT, FileKinds.PDF)
MAX_MEGABYTES = 10
MAX_BYTES = MAX_MEGABYTES * MEGABYTE
#: How long a file that was read but not taken over is kept.
KEEP_FOR = datetime.timedelta(days=7)


class AlreadyImported(Exception):  # noqa: N818 -- it is an answer: there is a page already, and this is it.
    """This file has a page already, so a second one is not made; the draft can be updated."""

    def __init__(self, page: PositionPaperPage) -> None:
        super().__init__(page.title)
        self.page = page


class DraftLocked(Exception):  # noqa: N818 -- it is an answer, not an error.
    """Somebody has locked the draft, so that it cannot be updated."""


@dataclass(frozen=True, slots=True)
class PaperDetails:
    """What the person confirms or corrects before the draft is made."""

    title: str
    issuing_body: str
    as_of: datetime.date
    work_phase: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be done with a file that was read: make a draft, or update the one that is there."""

    #: Made of the very same file: no second page is made.
    same_file: PositionPaperPage | None
    #: Has the same title and Stand, but comes from another file.
    same_paper: PositionPaperPage | None
    may_update: bool

    @property
    def page(self) -> PositionPaperPage | None:
        """The page that can be updated."""
        return self.same_file or self.same_paper


def may_import(user: User, index: PaperIndexPage) -> bool:
    """Whoever may add pages below the list of papers may import."""
    return index.permissions_for_user(user).can_add_subpage()


def keep_import(*, user: User | None, upload: CheckedUpload, recognised: RecognisedPaper) -> PaperImport:
    """Keep what was read until its uploader has looked at it; what nobody took over is forgotten after a week."""
    PaperImport.objects.filter(page=None, uploaded_at__lt=timezone.now() - KEEP_FOR).delete()
    return PaperImport.objects.create(
        sha256=upload.sha256, filename=upload.name, recognised=to_json(recognised), uploaded_by=user
    )


def recognised_of(paper_import: PaperImport) -> RecognisedPaper:
    """What was recognised in the file."""
    return from_json(paper_import.recognised)


def page_of_same_file(paper_import: PaperImport) -> PositionPaperPage | None:
    """The page that was made of the very same file, by whomever."""
    earlier = PaperImport.objects.filter(sha256=paper_import.sha256, page__isnull=False)
    first = earlier.order_by("uploaded_at", "pk").select_related("page").first()
    return first.page if first else None


def page_of_same_paper(*, title: str, as_of: datetime.date | None) -> PositionPaperPage | None:
    """A page with the same title and Stand, made of another file or by hand."""
    same_title = Q(title=title) | Q(draft_title=title)
    return PositionPaperPage.objects.filter(same_title, as_of=as_of).order_by("pk").first()


def offer_for(*, user: User | None, paper_import: PaperImport, title: str, as_of: datetime.date | None) -> Offer:
    """What is offered for a file whose paper has this title and Stand."""
    same_file = page_of_same_file(paper_import)
    same_paper = None if same_file else page_of_same_paper(title=title, as_of=as_of)
    page = same_file or same_paper
    may_update = page is not None and (user is None or page.permissions_for_user(user).can_edit())
    return Offer(same_file, same_paper, may_update)


@transaction.atomic
def create_draft(
    *, user: User | None, paper_import: PaperImport, details: PaperDetails, parent: PaperIndexPage
) -> PositionPaperPage:
    """Make the draft; a second click or a second tab finds the page that the first one made.

    Without a user it is the operator at the command line, whom nobody needs to ask.
    """
    if user is not None and not may_import(user, parent):
        raise PermissionDenied
    _lock_file(paper_import)
    if page := page_of_same_file(paper_import):
        raise AlreadyImported(page)
    page = PositionPaperPage(slug=_free_slug(parent, details.title), owner=user, live=False)
    _fill(page, recognised_of(paper_import), details)
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True, clean=False)
    _connect(paper_import, page)
    return page


@transaction.atomic
def update_draft(
    *, user: User | None, paper_import: PaperImport, details: PaperDetails, page: PositionPaperPage
) -> PositionPaperPage:
    """Add a revision with the new text; what is published stays as it is until somebody publishes the revision."""
    permissions = page.permissions_for_user(user) if user is not None else None
    if permissions is not None and not permissions.can_edit():
        raise PermissionDenied
    if permissions is not None and permissions.page_locked():
        raise DraftLocked
    _lock_file(paper_import)
    draft = page.get_latest_revision_as_object()
    _fill(draft, recognised_of(paper_import), details)
    draft.save_revision(user=user, log_action=True, clean=False)
    _connect(paper_import, page)
    return draft


def _lock_file(paper_import: PaperImport) -> None:
    """Let others who import the same file wait until this transaction is through."""
    same_file = PaperImport.objects.filter(sha256=paper_import.sha256).order_by("pk")
    list(same_file.select_for_update().values_list("pk", flat=True))


def _fill(page: PositionPaperPage, paper: RecognisedPaper, details: PaperDetails) -> None:
    content = content_of(paper, known_sections=page.sections or ())
    page.title = details.title
    page.issuing_body = details.issuing_body
    page.as_of = details.as_of
    page.work_phase = details.work_phase
    page.opening = content["opening"]
    page.sections = content["sections"]
    page.footnotes = content["footnotes"]


def _connect(paper_import: PaperImport, page: PositionPaperPage) -> None:
    paper_import.page = page
    paper_import.save(update_fields=["page"])


def _free_slug(parent: PaperIndexPage, title: str) -> str:
    slug = candidate = slug_of(title)
    taken = set(parent.get_children().filter(slug__startswith=slug).values_list("slug", flat=True))
    suffix = 2
    while candidate in taken:
        candidate = f"{slug}-{suffix}"
        suffix += 1
    return candidate
