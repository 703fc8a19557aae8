"""“My tasks”: what waits for a person in any room, one list by due date; rooms announce what is theirs."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do: a sentence with a verb, and the button that leads to it."""

    sentence: str
    label: str
    url: str
    #: Nothing where no day is set; such duties come last.
    due: datetime.date | None = None
    is_overdue: bool = False


#: Takes the person and the moment; the number of queries must not grow with what it finds.
Provider = Callable[[User, datetime.datetime], Iterable[Duty]]
_providers: dict[str, Provider] = {}


def register_duties(room: str, provider: Provider) -> None:
    """Let a room say what waits for people; a room that announces itself anew replaces what it said."""
    _providers[room] = provider


def duty(sentence: str, label: str, url: str, due: datetime.date | None, on: datetime.date) -> Duty:
    """Return a duty as it stands on a day."""
    return Duty(sentence, label, url, due, is_overdue=due is not None and due < on)


def duties_of(person: User, at: datetime.datetime) -> list[Duty]:
    """Return what waits for a person in all rooms, the most urgent first; nothing before the second factor is set up.

    Whoever owes it cannot open what the buttons lead to.
    """
    if person.owes_second_factor:
        return []
    found = [one for provider in _providers.values() for one in provider(person, at)]
    return sorted(found, key=lambda one: (one.due is None, one.due or datetime.date.max, one.sentence))
