"""What can be wrong with a cell: what it is, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.directory.importing.fields import FIELDS

#: As much of a cell as is shown beside its problem.
_SHOWN = 60


class Code(StrEnum):
    """Kinds of problems."""

    NO_NAME = "no-name"
    TOO_LONG = "too-long"
    UNKNOWN = "unknown"
    SEVERAL = "several"
    INVALID = "invalid"
    PERSONAL = "personal"
    BROKEN = "broken"
    TWICE = "twice"
    ADDRESS = "address"


_TEXTS: dict[Code, Promise] = {
    Code.NO_NAME: gettext_lazy("The name is missing. Without it nothing is taken over from this row."),
    Code.TOO_LONG: gettext_lazy(
        "“%(value)s …” is too long. Shorten it in your list, or write it into the entry later."
    ),
    Code.UNKNOWN: gettext_lazy("“%(value)s” is not known here and is left out. Please choose it in the entry later."),
    Code.SEVERAL: gettext_lazy("“%(value)s” is the name of several. Write the official key (AGS) into your list."),
    Code.INVALID: gettext_lazy("“%(value)s” is not valid and is left out. Please correct it in your list."),
    Code.PERSONAL: gettext_lazy(
        "“%(value)s” seems to be the address of a person and is left out. Enter an address of the organisation, "
        "or let it name the person itself."
    ),
    Code.BROKEN: gettext_lazy("“%(value)s” is an error of the spreadsheet program. Please mend the cell."),
    Code.TWICE: gettext_lazy("The same organisation stands in row %(value)s already. This row is left out."),
    Code.ADDRESS: gettext_lazy("“%(value)s” cannot be divided into street, postal code and place and is left out."),
}
#: With these nothing of the row can be taken over.
BLOCKING = frozenset({Code.NO_NAME, Code.TWICE})


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a cell, with the field and what stands in it."""

    field: str
    code: Code
    value: str = ""

    @property
    def is_blocking(self) -> bool:
        """Tell whether the row cannot be taken over."""
        return self.code in BLOCKING or (self.field == "name" and self.code in (Code.TOO_LONG, Code.BROKEN))

    @property
    def label(self) -> str:
        """Return how the field is called."""
        return str(FIELDS[self.field].label) if self.field in FIELDS else _("row")

    @property
    def text(self) -> str:
        """Say what it is and what to do."""
        return str(_TEXTS[self.code]) % {"value": " ".join(self.value.split())[:_SHOWN]}
