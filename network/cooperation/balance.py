"""The arithmetic of the yearly balance, without Django: what is summed, and what must not be shown.

Rule (docs/adr/0013): whatever can be worked out from all that was ever published is a sum over none or over at least
`LEAST_ORGANISATIONS` organisations. Of each municipality and year there are two quantities that fall into two parts
each, requests into refused and other ones, hours into paid and unpaid ones. The whole is shown where enough
organisations stand behind it, the part only where enough stand behind it *and* behind the rest. The last line sums up
what is shown above it and nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

#: Unit: organisations. Source: issue 6; domain reference §5.3.
LEAST_ORGANISATIONS = 5
#: What can be added up over municipalities.
ADDED_UP = ("requests", "refusals", "hours")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one organisation brings into the balance of one municipality and year."""

    organisation: int
    requests: int = 0
    #: Among the requests.
    refusals: int = 0
    #: Unit: hours.
    paid_hours: Fraction = Fraction(0)
    unpaid_hours: Fraction = Fraction(0)
    #: Days from each service to its payment.
    payment_days: tuple[int, ...] = ()

    @property
    def hours(self) -> Fraction:
        """Return all hours."""
        return self.paid_hours + self.unpaid_hours


@dataclass(frozen=True, slots=True)
class Figures:
    """What may be shown of one municipality and year; nothing stands for what may not."""

    requests: int | None = None
    refusals: int | None = None
    #: Unit: whole hours.
    hours: int | None = None
    #: Unit: whole per cent.
    share_paid_percent: int | None = None
    median_days: int | None = None


def figures(contributions: Iterable[Contribution]) -> Figures:
    """Return what may be shown of one municipality and year; one contribution for each organisation."""
    given = list(contributions)
    if len({one.organisation for one in given}) != len(given):
        raise ValueError("An organisation contributes once, else it would be counted as several.")
    requests = [one.requests for one in given]
    refused = [one.refusals for one in given]
    hours = [one.hours for one in given]
    paid = [one.paid_hours for one in given]
    paying = [one for one in given if one.payment_days]
    return Figures(
        requests=sum(requests) if is_enough(requests) else None,
        refusals=sum(refused) if may_split(requests, refused, all_is_harmless=False) else None,
        hours=rounded(sum(hours)) if is_enough(hours) else None,
        share_paid_percent=rounded(100 * sum(paid) / sum(hours)) if may_split(hours, paid) else None,
        median_days=rounded(median(day for one in paying for day in one.payment_days)) if is_enough(paying) else None,
    )


def is_enough(amounts: Iterable) -> bool:
    """Tell whether enough organisations stand behind a sum; who brings nothing does not count."""
    return sum(1 for amount in amounts if amount) >= LEAST_ORGANISATIONS


def may_split(wholes: list, parts: list, *, all_is_harmless: bool = True) -> bool:
    """Tell whether a part may be shown beside its whole: the part and the rest are each nobody's or enough people's.

    Where everybody's whole is the part, each of them is known; that all hours were paid, or none, speaks of the
    municipality, but that all refused speaks of each organisation.
    """
    if not is_enough(wholes):
        return False
    rest = [whole - part for whole, part in zip(wholes, parts, strict=True)]
    if not any(rest) and not all_is_harmless:
        return False
    return (not any(parts) or is_enough(parts)) and (not any(rest) or is_enough(rest))


def rounded(amount: Fraction | float | int) -> int:
    """Round half up, as people do by hand; Python rounds half to even."""
    return int(Fraction(amount) + Fraction(1, 2))


def together(shown: Iterable[Figures]) -> Figures:
    """Sum up the lines that are shown, cell by cell; what follows from them tells nothing new."""
    lines = list(shown)
    sums = {name: [value for line in lines if (value := getattr(line, name)) is not None] for name in ADDED_UP}
    return Figures(**{name: sum(values) if values else None for name, values in sums.items()})


def balances(contributions: Mapping[int, Iterable[Contribution]]) -> dict[int, Figures]:
    """Return the figures of each municipality of a year."""
    return {municipality: figures(of_one) for municipality, of_one in contributions.items()}
