"""The log as a file: a table for people, JSON lines for programs."""

import json
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from portal.audit.models import AuditEntry
from portal.audit.presentation import kind_name, lines

_CHUNK = 2000


def header() -> list[str]:
    """Return the names of the columns."""
    return [
        _("Number"),
        _("Time"),
        _("What happened"),
        _("Action"),
        _("Person"),
        _("Number of the person"),
        _("Kind of object"),
        _("Object"),
        _("Number of the object"),
        _("Before"),
        _("After"),
        _("Reason"),
        _("Digest"),
    ]


def rows(entries: Iterable[AuditEntry]) -> Iterator[list]:
    """Return the entries row by row."""
    for line in lines(entries):
        entry, value = line.entry, line.words.value
        yield [
            entry.number,
            entry.at,
            line.sentence,
            entry.get_action_display(),
            entry.actor_name,
            entry.actor_id,
            kind_name(entry.object_kind) if entry.object_kind else "",
            entry.object_name,
            entry.object_id,
            value("", entry.before) if entry.before else "",
            value("", entry.after) if entry.after else "",
            entry.reason,
            entry.digest,
        ]


def json_lines(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Return one JSON object a line with all that the digest seals, so that others can verify the chain."""
    for entry in entries:
        yield json.dumps({**entry.content(), "digest": entry.digest}, ensure_ascii=False, sort_keys=True) + "\n"


def in_order(entries):
    """Return the entries oldest first without holding all of them at once."""
    return entries.order_by("number").iterator(chunk_size=_CHUNK)
