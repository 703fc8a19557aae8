"""Which records a saved search has met, when, and whether it told of them; pure, and kept in a few bytes each.

A record is remembered by a digest of its kind and number, so that neither titles nor texts are kept. What was met
once is never new again, whether it is edited, withdrawn and published anew, or closed to the owner and opened again.
What the owner could not see when it appeared is met, and so is new, on the day on which it can be seen.
"""

import datetime
import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field

#: Eight bytes of the digest, the second of the first meeting, and whether the owner was told.
_ENTRY = struct.Struct(">QIB")
#: Beyond that the oldest are forgotten; at most a thousand hits are watched, so they are long out of sight.
MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Meeting:
    """When a record was first a hit, and whether the owner was told."""

    #: Unit: seconds since 1970.
    at: int
    told: bool = False

    @property
    def moment(self) -> datetime.datetime:
        """Return when it was."""
        return datetime.datetime.fromtimestamp(self.at, tz=datetime.UTC)


@dataclass(slots=True)
class Memory:
    """The records that a saved search has met."""

    meetings: dict[int, Meeting] = field(default_factory=dict)

    @classmethod
    def unpack(cls, packed: bytes) -> "Memory":
        """Read what `packed` wrote."""
        return cls({key: Meeting(at, bool(told)) for key, at, told in _ENTRY.iter_unpack(bytes(packed))})

    def packed(self) -> bytes:
        """Return the memory as the database keeps it, the same for the same meetings."""
        newest = sorted(self.meetings.items(), key=lambda item: (-item[1].at, item[0]))[:MOST_REMEMBERED]
        return b"".join(_ENTRY.pack(key, meeting.at, meeting.told) for key, meeting in sorted(newest))

    def note(self, keys: Iterable[int], *, at: datetime.datetime) -> bool:
        """Remember when records were first met; tell whether any of them was not known before."""
        unknown = [key for key in keys if key not in self.meetings]
        self.meetings |= dict.fromkeys(unknown, Meeting(int(at.timestamp())))
        return bool(unknown)

    def tell(self, keys: Iterable[int], *, at: datetime.datetime) -> None:
        """Remember that the owner knows of records."""
        keys = list(keys)
        self.note(keys, at=at)
        self.meetings |= {key: Meeting(self.meetings[key].at, told=True) for key in keys}

    def is_new(self, key: int) -> bool:
        """Tell whether the owner was never told of a record."""
        meeting = self.meetings.get(key)
        return meeting is None or not meeting.told


def key_of(kind: str, record_id: str) -> int:
    """Return by what a record is remembered."""
    return int.from_bytes(hashlib.blake2b(f"{kind}:{record_id}".encode(), digest_size=8).digest())
