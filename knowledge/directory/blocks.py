"""What rooms above the directory add to a profile, each a part of its own with a heading, such as a history.

The directory knows none of these rooms: they announce themselves, and answer nothing where there is nothing to show.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from knowledge.directory.models import Organisation


@dataclass(frozen=True, slots=True)
class ProfileBlock:
    """A part of a profile that another room fills."""

    #: German, as it stands in the address behind the sign #.
    anchor: str
    title: str | Promise
    #: Gets `block`, this object.
    template: str
    content: Mapping[str, object]


Provider = Callable[[Organisation, object, datetime.date], ProfileBlock | None]
_providers: dict[str, Provider] = {}


def register_profile_block(key: str, provider: Provider) -> None:
    """Let a room add a part to every profile; it is asked with the entry, the reader and the day."""
    _providers[key] = provider


def profile_blocks(organisation: Organisation, user, on: datetime.date) -> list[ProfileBlock]:
    """Return what other rooms add for this reader, in the order in which they announced it."""
    offered = (provider(organisation, user, on) for provider in _providers.values())
    return [block for block in offered if block is not None]
