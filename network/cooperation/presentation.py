"""How requests and agreements are shown to the two sides."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.forms import ModelForm
from django.utils.formats import localize
from django.utils.translation import gettext as _

from network.cooperation import rules
from network.cooperation.actions.requests import missing
from network.cooperation.enums import RecordState, Side
from network.cooperation.fields import AS_BUTTONS
from network.cooperation.models import Agreement, AgreementVersion, CooperationRequest, Rating, ServiceRecord


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A text of an agreement in the list of texts."""

    version: AgreementVersion
    written_by: str
    sides: tuple[str, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record of service with what the reader can do."""

    record: ServiceRecord
    entered_by: str
    #: Where it stands, from where the reader stands.
    state: str
    is_overdue: bool
    may_agree: bool
    may_dispute: bool
    may_change: bool
    may_remove: bool
    may_pay: bool
    may_contest: bool


@dataclass(frozen=True, slots=True)
class RatingView:
    """A rating with its statements in words."""

    rating: Rating
    statements: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What a draft lacks, with the place in its form where it is entered."""

    sentence: str
    anchor: str


def what_is_missing(draft: CooperationRequest, on: datetime.date) -> list[Missing]:
    """Return what a draft lacks before it can be sent, each with the field's place in the form."""
    return [
        Missing(error.messages[0], f"id_{name}_0" if name in AS_BUTTONS else f"id_{name}")
        for name, error in missing(draft, on).items()
    ]


def what_differs(form: ModelForm, saved: Model) -> list[tuple[str, str]]:
    """Return what somebody saved meanwhile where it differs from what was typed, by the names of the fields."""
    found = []
    for name, field in form.fields.items():
        value = getattr(saved, name)
        if value != form.cleaned_data.get(name):
            display = getattr(saved, f"get_{name}_display", lambda value=value: value)()
            found.append((str(field.label), localize(display) if display not in (None, "") else ""))
    return found


def version_rows(agreement: Agreement) -> list[VersionRow]:
    """Return the texts, the newest first, with who accepted each and which one holds."""
    holds = agreement.in_force
    return [
        VersionRow(
            version,
            name_of(agreement.request, version.written_side),
            tuple(str(Side(side).label) for side in sorted(version.accepting_sides)),
            version == holds,
        )
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
                entered_by=name_of(agreement.request, record.entered_side),
                state=_record_state(person, record),
                is_overdue=record.is_overdue(on),
                may_agree=rules.may_answer_record(person, record),
                may_dispute=rules.may_dispute_record(person, record),
                may_change=rules.may_change_record(person, record),
                may_remove=rules.may_remove_record(person, record),
                may_contest=rules.may_contest_payment(person, record),
                may_pay=rules.may_note_payment(person, record),
            )
        )
    return views


def name_of(asked: CooperationRequest, side: str) -> str:
    """Return what a side is called."""
    return str(asked.municipality if side == Side.MUNICIPALITY else asked.organisation)


def _record_state(person, record: ServiceRecord) -> str:
    if record.state == RecordState.AGREED:
        return _("confirmed by both sides")
    if record.state == RecordState.DISPUTED:
        return str(record.get_state_display())
    if rules.may_answer_record(person, record):
        return _("waits for your agreement")
    return _("waits for %(partner)s") % {"partner": name_of(record.agreement.request, Side(record.entered_side).other)}


def acceptance_missing(agreement: Agreement, side: Side | None) -> str:
    """Return whose acceptance the newest text still needs, as a sentence; nothing where it needs none."""
    missing_sides = [one for one in Side if one not in agreement.newest.accepting_sides]
    if not missing_sides or agreement.ended_on is not None:
        return ""
    if side in missing_sides:
        return _("The text waits for your side.")
    waits_for = " · ".join(name_of(agreement.request, one) for one in missing_sides)
    if side is not None:
        return _("Your side has accepted. Still missing: %(partner)s.") % {"partner": waits_for}
    return _("Still missing: %(partner)s.") % {"partner": waits_for}


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
