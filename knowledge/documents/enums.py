"""How the states of a file's text are called for editors, and what they can do about each."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knowledge.documents.reading.outcome import Reason, State

STATE_NAMES: Mapping[State, Promise] = {
    State.WAITING: _("Waiting to be read"),
    State.READ: pgettext_lazy("text of a document", "Searchable"),
    State.SCANNED: _("Scanned without text – not searchable"),
    State.EMPTY: _("Without text – not searchable"),
    State.PROTECTED: _("Protected by a password – not searchable"),
    State.DAMAGED: _("Damaged – not searchable"),
    State.TOO_LARGE: _("Too large – not searchable"),
    State.UNSUPPORTED: _("Kind of file not supported – not searchable"),
}
#: States in which no word of the file is found; its title is, in every state.
NOT_SEARCHABLE = (
    State.SCANNED,
    State.EMPTY,
    State.PROTECTED,
    State.DAMAGED,
    State.TOO_LARGE,
    State.UNSUPPORTED,
)
#: Reasons that mean that a part of a file that was read is not found.
PARTLY = (Reason.CUT, Reason.SCANNED_PAGES, Reason.DAMAGED_PAGES)
REMEDIES: Mapping[State, Promise] = {
    State.WAITING: _("Nothing to do: it is read within a few minutes."),
    State.SCANNED: _("Remedy: save it with text recognition (OCR) and upload it again."),
    State.EMPTY: _("The file holds nothing but pictures or empty pages. Remedy: name in its title what it is about."),
    State.PROTECTED: _("Remedy: save it without a password and upload it again."),
    State.DAMAGED: _("Remedy: open the original, save it anew and upload it again."),
    State.TOO_LARGE: _("Remedy: divide it into several files, or save it without pictures, and upload it again."),
    State.UNSUPPORTED: _("Remedy: save it as PDF and upload it again."),
}
EXPLANATIONS: Mapping[Reason, Promise] = {
    Reason.SCANNED_PAGES: _(
        "%(silent)d of %(pages)d pages are scanned without text and not searchable. "
        "Remedy: save the file with text recognition (OCR) and upload it again."
    ),
    Reason.DAMAGED_PAGES: _(
        "%(silent)d of %(pages)d pages cannot be opened and are not searchable. "
        "Remedy: save the file anew and upload it again."
    ),
    Reason.CUT: _("Only the beginning of the file is searchable, because it is very long. Remedy: divide it."),
    Reason.DEMANDING: _("Reading it would take more time or memory than a file may."),
    Reason.UNPACKED: _("Unpacked, it would take up more space than a file may."),
    Reason.CONTENT: _("Its content is not of the kind that its name promises."),
    Reason.MISSING: _("The file is missing in the store."),
}
