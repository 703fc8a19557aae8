"""What is kept of an import beside its rows: choices for the whole list, the plan, and what it did."""

import datetime
from dataclasses import asdict, dataclass, field

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from knowledge.directory.importing.writing import Choices
from knowledge.directory.models import DirectoryImport

#: The key among the decisions under which stands what holds for the whole list.
WHOLE = "all"


class State(models.TextChoices):
    """Where an import stands."""

    READ = "read", _("columns to be checked")
    PLANNED = "planned", _("looked through")
    RUNNING = "running", _("being taken over")
    STOPPED = "stopped", _("stopped")
    DONE = "done", _("taken over")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


#: Also one whose undoing was left to a worker that did not come to it.
UNDOABLE = (State.DONE, State.STOPPED, State.UNDOING)


@dataclass(slots=True)
class Outcome:
    """What was planned and what was done, as `DirectoryImport.outcome` keeps it."""

    state: str = State.READ
    #: Status and default decision per row.
    plan: list = field(default_factory=list)
    #: Who said that it shall be taken over; not always who brought it.
    started_by: int | None = None
    next_row: int = 0
    seen_at: datetime.datetime | None = None
    #: Entry → row in the file.
    created: dict[int, int] = field(default_factory=dict)
    #: Entry → row, fields and proposals.
    filled: dict[int, dict] = field(default_factory=dict)
    published: list[int] = field(default_factory=list)
    #: Row in the file and why nothing was taken over from it.
    left: list = field(default_factory=list)
    #: Entry → fingerprint by which is known whether anybody touched it since.
    traces: dict[int, str] = field(default_factory=dict)
    #: What the reading had to say.
    remarks: list[str] = field(default_factory=list)
    total: int = 0

    @classmethod
    def of(cls, listed: DirectoryImport) -> "Outcome":
        """Read what is kept; keys of JSON are always text."""
        kept = dict(listed.outcome)
        kept["seen_at"] = parse_datetime(kept["seen_at"]) if kept.get("seen_at") else None
        for name in ("created", "filled", "traces"):
            kept[name] = {int(key): value for key, value in kept.get(name, {}).items()}
        return cls(**kept)

    @property
    def state_name(self) -> str:
        """Return how the state is called."""
        return str(State(self.state).label)

    def save(self, listed: DirectoryImport) -> None:
        """Keep it; the caller has locked the import."""
        kept = asdict(self)
        kept["seen_at"] = self.seen_at.isoformat() if self.seen_at else None
        listed.outcome = kept
        listed.save()

    def add(self, made, traces: dict[int, str]) -> None:
        """Note what a piece did."""
        self.created |= made.created
        self.published += made.published
        self.left += made.left
        for pk, filled in made.filled.items():
            before = self.filled.setdefault(pk, {"line": filled["line"], "fields": [], "proposals": []})
            before["fields"] += filled["fields"]
            before["proposals"] += filled["proposals"]
        self.traces |= traces


def mapping_of(listed: DirectoryImport) -> dict[int, str]:
    """Return what every column stands for."""
    return {int(position): name for position, name in listed.mapping.items()}


def choices_of(listed: DirectoryImport) -> Choices:
    """Return what holds for the whole list."""
    return Choices(**listed.decisions.get(WHOLE, {}))
