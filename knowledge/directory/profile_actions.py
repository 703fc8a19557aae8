"""What rooms above the directory offer on a profile, such as asking the organisation for something."""

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.directory.models import Organisation


@dataclass(frozen=True, slots=True)
class ProfileAction:
    """A way on from a profile; the first of a profile is shown as a button."""

    label: str
    url: str
    #: What the reader should know before, in one sentence.
    note: str = ""


Provider = Callable[[Organisation, object], ProfileAction | None]
_providers: dict[str, Provider] = {}


def register_profile_action(key: str, provider: Provider) -> None:
    """Let a room offer something on every profile; it answers nothing where the reader cannot do that."""
    _providers[key] = provider


def profile_actions(organisation: Organisation, user) -> list[ProfileAction]:
    """Return what `user` can do from a profile, in the order in which the rooms announced it."""
    offered = (provider(organisation, user) for provider in _providers.values())
    return [action for action in offered if action is not None]
