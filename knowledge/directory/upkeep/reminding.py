"""The run that keeps the directory true: it asks, reminds, lets entries rest and puts them away; safe to repeat.

Every question is a row that is kept before its mail leaves, so that two runs at the same time, or one after a crash,
do not ask twice on the same occasion. A row whose mail did not leave is tried again by a later run; where a run was
killed in the very moment of sending, the mail may come twice, which harms nobody, and never not at all.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from knowledge.directory.enums import EntryState
from knowledge.directory.models import Confirmation, Organisation
from knowledge.directory.upkeep.letters import question_mail, stage_letter
from knowledge.directory.upkeep.recipients import recipients
from knowledge.directory.upkeep.stages import Calendar, Stage, calendar_of, due_reminder
from portal.accounts.post import deliver, send
from portal.audit.actions import record

#: Unit: minutes. As long another run leaves a question alone whose mail may just be leaving.
HELD_FOR = datetime.timedelta(minutes=30)
#: After so many refusals in a row the mail server is down, and asking it again for everybody would take hours.
MOST_REFUSALS = 3


@dataclass(slots=True)
class Report:
    """What a run did, in entries."""

    asked: int = 0
    reminded: int = 0
    rest: int = 0
    put_away: int = 0
    #: Nobody can be written to; editors see them on their page.
    without_address: int = 0
    refused: int = 0
    refused_in_a_row: int = 0


def remind(*, at: datetime.datetime) -> Report:
    """Ask, remind, let rest and put away whatever is due."""
    report = Report()
    for pk in _candidates(at):
        _see_to(pk, at, report)
        if report.refused_in_a_row >= MOST_REFUSALS:
            break
    return report


def true_since(organisation: Organisation) -> datetime.date:
    """Return since when the entry counts as true: confirmed, else published, else made."""
    moment = organisation.confirmed_at or organisation.published_at or organisation.created_at
    return timezone.localdate(moment)


def rounds_questions(organisation: Organisation) -> list[Confirmation]:
    """Return the questions since the entry was last said to be true, the first one first."""
    since = organisation.confirmed_at or organisation.published_at or organisation.created_at
    return sorted(
        (question for question in organisation.confirmations.all() if question.asked_at > since),
        key=lambda question: (question.asked_at, question.pk),
    )


def first_asked(questions: list[Confirmation], *, can_be_asked: bool) -> datetime.date | None:
    """Return when the question first left; for whom nobody can write to, when it should have."""
    left = [question for question in questions if question.sent_at is not None or not can_be_asked]
    return timezone.localdate(left[0].sent_at or left[0].asked_at) if left else None


def _candidates(at: datetime.datetime) -> Iterator[int]:
    """Go through published entries that were not said to be true for about a year."""
    rough = at - datetime.timedelta(days=360)
    shown = Organisation.objects.shown().exclude(confirmed_at__gt=rough)
    yield from list(shown.order_by("pk").values_list("pk", flat=True))


def _see_to(pk: int, at: datetime.datetime, report: Report) -> None:
    step = _next_step(pk, at, report)
    if isinstance(step, Confirmation):
        _ask(step, at, report)
    elif step is not None:
        for address in recipients(step, is_reminder=True):
            send(stage_letter(step, address))


@transaction.atomic
def _next_step(pk: int, at: datetime.datetime, report: Report) -> Confirmation | Organisation | None:
    """Decide under a lock what is due, and keep it: a question to be sent, or an entry whose state has changed."""
    organisation = Organisation.objects.select_for_update().filter(pk=pk).first()
    if organisation is None or not organisation.is_shown:
        return None
    day, questions = timezone.localdate(at), rounds_questions(organisation)
    can_be_asked = bool(recipients(organisation, is_reminder=True))
    first = first_asked(questions, can_be_asked=can_be_asked)
    days = calendar_of(true_since(organisation), first)
    if first is not None and _has_moved_on(organisation, days.stage_on(day), at, report):
        return organisation
    unsent = [question for question in questions if question.sent_at is None]
    if unsent and can_be_asked:
        return _claimed_again(unsent[-1], at)
    number = due_reminder(true_since(organisation), first, [question.reminder for question in questions], day)
    if number is None:
        return None
    if not can_be_asked:
        report.without_address += 1
        if questions:
            return None
    question = Confirmation.objects.create(organisation=organisation, reminder=number, asked_at=at)
    return question if can_be_asked else None


def _claimed_again(question: Confirmation, at: datetime.datetime) -> Confirmation | None:
    if question.asked_at > at - HELD_FOR:
        return None
    question.asked_at = at
    question.save(update_fields=["asked_at"])
    return question


def _has_moved_on(organisation: Organisation, stage: Stage, at: datetime.datetime, report: Report) -> bool:
    """Let an entry rest or put it away, one step per run at most, so that nothing goes that did not rest before."""
    if stage in (Stage.DORMANT, Stage.ARCHIVED) and organisation.state == EntryState.LIVE:
        organisation.state = EntryState.DORMANT
        action, report.rest = "directory.rests", report.rest + 1
    elif stage == Stage.ARCHIVED and organisation.state == EntryState.DORMANT:
        organisation.state, organisation.archived_at = EntryState.ARCHIVED, at
        action, report.put_away = "directory.put_away", report.put_away + 1
    else:
        return False
    organisation.save(update_fields=["state", "archived_at"])
    record(action=action, by=None, about=organisation, after={"state": organisation.state})
    return True


def _ask(question: Confirmation, at: datetime.datetime, report: Report) -> None:
    organisation = question.organisation
    days = _days(organisation, question)
    is_reminder = question.reminder > 0
    addresses = recipients(organisation, is_reminder=is_reminder)
    taken = [deliver(question_mail(question, address, days)) for address in addresses]
    if not any(taken):
        report.refused, report.refused_in_a_row = report.refused + 1, report.refused_in_a_row + 1
        # The next run tries again at once; only a run that was killed leaves the question held.
        Confirmation.objects.filter(pk=question.pk).update(asked_at=at - HELD_FOR)
        return
    report.refused_in_a_row = 0
    Confirmation.objects.filter(pk=question.pk).update(sent_at=at)
    if is_reminder:
        report.reminded += 1
    else:
        report.asked += 1


def _days(organisation: Organisation, question: Confirmation) -> Calendar:
    known = first_asked(rounds_questions(organisation), can_be_asked=True)
    return calendar_of(true_since(organisation), known or timezone.localdate(question.asked_at))
