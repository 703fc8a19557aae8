"""The words for what the reading of a paper remarks and refuses."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.papers.reading.document import RemarkCode, RemarkKind
from knowledge.papers.reading.errors import PaperUnreadable, Reason

KINDS: Mapping[RemarkKind, Promise] = {
    RemarkKind.UNCERTAIN: _("uncertain"),
    RemarkKind.DROPPED: _("left out"),
    RemarkKind.HEALED: _("repaired"),
}

EXPLANATIONS: Mapping[RemarkCode, Promise] = {
    RemarkCode.TITLE_FROM_FILE_NAME: _("No title stands above the text; this one comes from the file."),
    RemarkCode.DAY_ASSUMED: _("The paper names no day; the first one of the month or year was taken."),
    RemarkCode.HEADING_BY_SHAPE: _("Taken as a heading because it is short and stands alone."),
    RemarkCode.HEADING_BY_WEIGHT: _("Taken as a heading because it is bold; the file does not declare it as one."),
    RemarkCode.MAYBE_HEADING: _("Kept as a paragraph, but it could be a heading."),
    RemarkCode.NUMBER_COUNTED: _("The number was counted; the file stores no number."),
    RemarkCode.LEVEL_GUESSED: _("Its level is guessed: it has no number between numbered headings."),
    RemarkCode.OPEN_ENDED: _("The paragraph ends without a full stop; perhaps something is missing."),
    RemarkCode.LIST_BY_INDENT: _("Taken as a list because it is indented; the file has no signs before the items."),
    RemarkCode.TABLE_GUESSED: _("Taken as a table because words stand below each other; please check the cells."),
    RemarkCode.MARK_WITHOUT_NOTE: _("Looks like a footnote mark, but no note belongs to it."),
    RemarkCode.NOTE_WITHOUT_MARK: _("No mark in the text refers to this footnote; it stands at the end of the notes."),
    RemarkCode.NUMBERING_KEPT_AS_TEXT: _("The list is not counted 1, 2, 3; its signs are kept as text."),
    RemarkCode.CODE_AS_PARAGRAPH: _("Set as program text in the file, taken over as a paragraph."),
    RemarkCode.NOTES_RENUMBERED: _("The footnotes used numbers twice and were counted anew."),
    RemarkCode.HYPHEN: _("A word broken at the end of a line was put together."),
    RemarkCode.SENTENCE: _("A sentence that was torn apart was put together."),
    RemarkCode.FRONT_LINE: _("Became a detail of the paper and does not stand in the text."),
    RemarkCode.RUNNING_LINE: _("Running head or foot of the pages."),
    RemarkCode.PAGE_NUMBER: _("Page number."),
    RemarkCode.CONTENTS_LINE: _("Line of a table of contents; the portal makes its own."),
    RemarkCode.NOTES_HEADING: _("Heading above the footnotes; the portal sets its own."),
    RemarkCode.PICTURE: _("Pictures are not taken over. Add it in the draft if the text needs it."),
    RemarkCode.EDITOR_COMMENT: _("Comment of an editor in the file."),
    RemarkCode.DELETED_TEXT: _("Deleted in the file while changes were tracked."),
    RemarkCode.FILE_PROPERTY: _("Property of the file, not part of the text."),
    RemarkCode.PAGE_WITHOUT_TEXT: _("A page without text, perhaps scanned."),
    RemarkCode.LINK_TARGET: _("Address behind a link that could not be assigned to its words."),
    RemarkCode.NOT_PLACED: _("Stands in the file but found no place in the paper. Please add it by hand."),
}

REASONS: Mapping[Reason, Promise] = {
    Reason.EMPTY: _("The file contains no text. Choose another file."),
    Reason.ENCRYPTED: _("The file is protected by a password. Save it without one and choose it again."),
    Reason.NO_TEXT: _(
        "The PDF contains pictures of pages, but no text. Run it through text recognition (OCR) and choose it again."
    ),
    Reason.DAMAGED: _("The file is damaged and cannot be read. Save it anew and choose it again."),
    Reason.WRONG_TYPE: _("The content of the file does not fit its ending. Choose the original file."),
    Reason.UNSUPPORTED: _("Files of this kind cannot be read. Possible are .txt, .md, .docx, .odt and .pdf."),
    Reason.TOO_MANY_PAGES: _("The PDF has %(pages)s pages; at most %(most)s can be read. Split it up."),
    Reason.TOO_MANY_PARTS: _(
        "The file has more than %(sections)s sections or %(notes)s notes, too many for one paper. Split it up."
    ),
    Reason.TOO_DEMANDING: _(
        "Reading the file took too long or needed too much memory and was stopped. "
        "Save it anew in a simpler form, for example as plain text."
    ),
}


def reason_for(unreadable: PaperUnreadable) -> str:
    """Say why a file cannot be read and what to do about it."""
    return str(REASONS[unreadable.reason]) % unreadable.params
