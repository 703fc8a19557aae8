"""How a question finds somebody to answer it: the engine, or the one that stands by while it cannot."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from search.drain import drain_quietly, targets, withheld
from search.engines.base import EngineUnavailable, Snapshot

logger = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What was found out, and whether the standby had to be asked."""

    value: T
    is_from_standby: bool = False


def ask(question: Callable[[Snapshot], T]) -> Answer[T]:
    """Put a question to the newest state of the index; raises EngineUnavailable when nobody can answer.

    What an index does not know yet is as if it were not there, because it may have been withdrawn.
    """
    # First what a killed or blocked process left waiting, so that nothing withdrawn is counted or offered.
    drain_quietly()
    *first, last = targets()
    for target in first:
        try:
            return _asked(question, target)
        except EngineUnavailable as reason:
            logger.warning("The standby answers: %s", reason)
    return _asked(question, last)


def _asked(question: Callable[[Snapshot], T], target) -> Answer[T]:
    # Asked before the index is opened: what reaches the index in between is withheld once too often, never shown.
    unknown = withheld(target)
    return Answer(question(target.engine.snapshot().without(unknown)), target.is_standby)
