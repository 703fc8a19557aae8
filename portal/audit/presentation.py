"""How an entry reads: one sentence, and what differs between before and after."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.audit.models import AuditEntry
from portal.audit.registry import find_action, find_detail

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
#: Shown where there is no value.
NOTHING = "–"


def kind_name(label: str) -> str:
    """Return how a kind of object is called; one whose room is gone is called by its label."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


class Words:
    """The names of details and their values, asked for once however many entries are shown."""

    def __init__(self):
        self._names: dict[str, dict] = {}

    def value(self, key: str, value: object) -> str:
        """Return how the value of a detail reads."""
        if value is None or value in ("", [], {}):
            return NOTHING
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return ", ".join(self.value(key, item) for item in value)
        if isinstance(value, dict):
            return "; ".join(f"{name(item)}: {self.value(item, value[item])}" for item in value)
        if key not in self._names:
            self._names[key] = dict(find_detail(key).names())
        return _day_or_time(str(self._names[key].get(value, value)))


def _day_or_time(text: str) -> str:
    """Return days and times, which JSON keeps as text, as people write them; other text stays as it is."""
    try:
        if _DAY.fullmatch(text):
            return date_format(datetime.date.fromisoformat(text), "SHORT_DATE_FORMAT")
        if _TIME.fullmatch(text):
            moment = datetime.datetime.fromisoformat(text)
            return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
    except ValueError:
        # It only looked like a day.
        return text
    return text


def name(key: str) -> str:
    """Return how a detail is called."""
    return str(find_detail(key).label)


@dataclass(frozen=True)
class Difference:
    """A detail that changed."""

    label: str
    before: str
    after: str


class _SentenceValues(dict):
    """What a sentence may name; what the entry does not hold shows as a dash and never breaks the list."""

    def __missing__(self, key: str) -> str:
        return NOTHING


@dataclass(frozen=True)
class Line:
    """An entry as people read it."""

    entry: AuditEntry
    words: Words

    @cached_property
    def sentence(self) -> str:
        """Return the entry as one sentence; an action whose room is gone is told by its code."""
        kind = find_action(self.entry.action)
        pattern = str(kind.sentence) if kind else _("%(actor)s: %(action)s – %(object)s")
        details = {**(self.entry.before or {}), **(self.entry.after or {})}
        values = {key: self.words.value(key, value) for key, value in details.items()}
        return pattern % _SentenceValues(
            {
                **values,
                "actor": self.entry.actor_name or _("The portal"),
                "object": self.entry.object_name or NOTHING,
                "action": self.entry.action,
            }
        )

    @cached_property
    def differences(self) -> list[Difference]:
        """Return what is not the same before and after, by name."""
        before, after = self.entry.before or {}, self.entry.after or {}
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key) and find_detail(key).is_shown]
        value = self.words.value
        return [Difference(name(key), value(key, before.get(key)), value(key, after.get(key))) for key in keys]


def lines(entries: Iterable[AuditEntry]) -> Iterable[Line]:
    """Return the entries as people read them, with words looked up once for all."""
    words = Words()
    return (Line(entry, words) for entry in entries)
