"""The words for what reading a list refuses and remarks, and for why rows were left out."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.directory.importing.matching import Why
from knowledge.directory.importing.planning import Decision, Status
from knowledge.directory.importing.reading.outcome import MOST_COLUMNS, MOST_ROWS, Reason, Remark, Unreadable
from knowledge.directory.importing.taking import APPEARED, FORGOTTEN

_REASONS: Mapping[Reason, Promise] = {
    Reason.EMPTY: _(
        "The file holds no rows. If its cells are formulas, open it, save it anew and choose it again, "
        "so that the results are stored."
    ),
    Reason.DAMAGED: _("The file is damaged and cannot be read. Save it anew and choose it again."),
    Reason.PROTECTED: _("The file is protected by a password. Save it without one and choose it again."),
    Reason.CONTENT: _("The content of the file does not fit its ending. Choose the original file."),
    Reason.UNCLOSED: _(
        "In row %(place)d a cell begins with a quotation mark that is never closed. Please mend the cell "
        "and choose the file again."
    ),
    Reason.TOO_MANY_ROWS: _("The file has more than %(rows)d rows. Please divide it into several files."),
    Reason.TOO_MANY_COLUMNS: _("The file has more than %(columns)d columns. Please leave out what is not needed."),
    Reason.DEMANDING: _(
        "Reading the file took too long or needed too much memory and was stopped. Save it as CSV and choose it again."
    ),
    Reason.UNSUPPORTED: _("Files of this kind cannot be read. Possible are CSV, Excel (.xlsx) and JSON (HSDS)."),
}
REMARKS: Mapping[Remark, Promise] = {
    Remark.MORE_SHEETS: _("The file has several sheets. Only the first one with rows was read."),
    Remark.NO_HEADINGS: _(
        "No headings were recognised. Please say what each column holds; every line of the file counts as a row."
    ),
    Remark.SAME_HEADINGS: _("The same heading stands above several columns. They are counted: (2), (3) …"),
    Remark.LONG_CELLS: _("Some cells are longer than anything the directory holds. They are named in the dry run."),
}
WHYS: Mapping[Why, Promise] = {
    Why.REGISTER: _("same number of the register"),
    Why.NAME: _("same name"),
    Why.ALIKE: _("similar name"),
    Why.ADDRESS: _("same address"),
    Why.WEBSITE: _("same website"),
    Why.EMAIL: _("same e-mail address"),
}
#: Why nothing was taken over from a row.
LEFT: Mapping[str, Promise] = {
    Decision.SKIP: _("left out by decision"),
    Status.SAME: _("adds nothing"),
    Status.SUSPECTED: _("suspected duplicates that nobody decided"),
    Status.UNREADABLE: _("cannot be read"),
    APPEARED: _("an entry like it appeared in the meantime"),
    FORGOTTEN: _("forgotten, because nobody carried on for a week"),
}


def reason_for(unreadable: Unreadable) -> str:
    """Say why a file cannot be read, and what to do."""
    values = {"place": unreadable.place, "rows": MOST_ROWS, "columns": MOST_COLUMNS}
    return str(_REASONS[unreadable.reason]) % values
