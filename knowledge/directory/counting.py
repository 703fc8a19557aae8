"""How many organisations each value of a filter would leave, whatever else is chosen.

Which organisation has which value is read once a change and kept as one long number a value, in which every
organisation is a bit: what several filters leave is then a matter of microseconds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from knowledge.directory import indexing
from knowledge.directory.facets import GROUPS, Group
from portal.shared.visibility import Audience, labels_for

_BITS = 8
_GROUPS = {group.param: group for group in GROUPS}


class _Key(NamedTuple):
    """What the numbers of a moment depend on: mandates run out overnight, everything else is a change."""

    day: str
    changes: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """Filter → value → the organisations that have it, as bits."""

    bits: Mapping[str, Mapping[str, int]]

    def counts(self, group: Group, chosen: Mapping[str, list[str]]) -> dict[str, int]:
        """Return how many organisations each value of a filter would leave beside what the others have chosen."""
        left = None
        for param, values in chosen.items():
            if values and param != group.param:
                having = reduce(or_, (self._holders(param, value) for value in values), 0)
                left = having if left is None else left & having
        own = {value: self._holders(group.param, value) for value in (*self.bits[group.param], *chosen[group.param])}
        counted = {value: (bits if left is None else bits & left).bit_count() for value, bits in own.items()}
        return {value: count for value, count in counted.items() if count}

    def _holders(self, param: str, value: str) -> int:
        return _GROUPS[param].holders(self.bits[param], value)


#: Readers → what was read last for them, and at which moment; for each process its own.
_kept: dict[str, tuple[_Key, Holdings]] = {}


def holdings_for(user, organisations: QuerySet) -> Holdings:
    """Return which of the organisations that `user` reads has which value, read anew after every change."""
    # An entry is for everybody or for members (constraint of the model), so there is nothing else to tell apart.
    readers = Audience.MEMBER if Audience.MEMBER in labels_for(user) else Audience.PUBLIC
    key = _Key(timezone.localdate().isoformat(), indexing.changes())
    kept = _kept.get(readers)
    if kept is None or kept[0] != key:
        kept = _kept[readers] = (key, _read(organisations))
    return kept[1]


def _read(organisations: QuerySet) -> Holdings:
    return Holdings({group.param: group.widened(_bits(group.pairs(organisations))) for group in GROUPS})


def _bits(pairs: Iterable[tuple[int, str]]) -> dict[str, int]:
    by_value: dict[str, bytearray] = defaultdict(bytearray)
    for pk, value in pairs:
        place, bit = divmod(pk, _BITS)
        bits = by_value[value]
        if len(bits) <= place:
            bits.extend(bytes(place + 1 - len(bits)))
        bits[place] |= 1 << bit
    return {value: int.from_bytes(bits, "little") for value, bits in by_value.items()}
