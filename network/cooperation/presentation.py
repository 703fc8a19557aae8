"""How requests and agreements are shown to the two sides."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from network.cooperation import rules
from network.cooperation.enums import Side
from network.cooperation.models import Agreement, AgreementVersion, Rating, ServiceRecord


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A text of an agreement in the list of texts."""

    version: AgreementVersion
    sides: tuple[str, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record of service with what the reader can do."""

    record: ServiceRecord
    is_overdue: bool
    may_agree: bool
    may_dispute: bool
    may_change: bool
    may_pay: bool


@dataclass(frozen=True, slots=True)
class RatingView:
    """A rating with its statements in words."""

    rating: Rating
    statements: tuple[tuple[str, str], ...]


def version_rows(agreement: Agreement) -> list[VersionRow]:
    """Return the texts, the newest first, with who accepted each and which one holds."""
    holds = agreement.in_force
    return [
        VersionRow(version, tuple(str(Side(side).label) for side in sorted(version.accepting_sides)), version == holds)
        for version in agreement.all_versions
    ]


def record_views(records: Iterable[ServiceRecord], person, agreement: Agreement, on: datetime.date) -> list[RecordView]:
    """Return what a page of records shows."""
    views = []
    for record in records:
        record.agreement = agreement
        views.append(
            RecordView(
                record,
                is_overdue=record.is_overdue(on),
                may_agree=rules.may_answer_record(person, record),
                may_dispute=rules.may_dispute_record(person, record),
                may_change=rules.may_change_record(person, record),
                may_pay=rules.may_note_payment(person, record),
            )
        )
    return views


def rating_views(agreement: Agreement, visible) -> list[RatingView]:
    """Return the ratings that may be read, statement by statement."""
    names = ("kept_agreements", "was_respectful", "would_repeat")
    questions = {name: Rating._meta.get_field(name).verbose_name for name in names}
    return [
        RatingView(
            rating,
            tuple((str(questions[name]), getattr(rating, f"get_{name}_display")()) for name in names),
        )
        for rating in visible.filter(agreement=agreement)
    ]
