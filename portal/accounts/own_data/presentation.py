"""The page on what the portal holds about a person: every kind as a table of words."""

import datetime
from dataclasses import dataclass

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.own_data.registry import DataKind, Record, data_kinds

#: More would hide what else is there; the archive has all.
ROWS_SHOWN = 20
NOTHING = "–"


@dataclass(frozen=True)
class Section:
    """A kind of data as the page shows it; the newest rows come first."""

    kind: DataKind
    count: int
    rows: list[list[str]]

    @property
    def columns(self) -> list[dict]:
        """Return the head of the table."""
        return [{"label": label} for label in self.kind.columns.values()]

    @property
    def pairs(self) -> list[dict]:
        """Return the only row as pairs of name and value, which are read more easily than a table."""
        return [
            {"term": label, "text": text} for label, text in zip(self.kind.columns.values(), self.rows[0], strict=True)
        ]

    @property
    def more(self) -> int:
        """Return how many rows only the archive has."""
        return self.count - len(self.rows)


def sections(person: User) -> tuple[list[Section], list[DataKind]]:
    """Return the kinds of which something is kept, and those of which nothing is."""
    shown, empty = [], []
    for kind in data_kinds():
        records = list(kind.records(person))
        if records:
            rows = [_row(kind, record) for record in reversed(records[-ROWS_SHOWN:])]
            shown.append(Section(kind, len(records), rows))
        else:
            empty.append(kind)
    return shown, empty


def _row(kind: DataKind, record: Record) -> list[str]:
    return [_words(record[column]) for column in kind.columns]


def _words(value: object) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, datetime.date):
        return formats.date_format(value, "DATE_FORMAT")
    return str(value)
