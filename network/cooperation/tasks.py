"""What a person has to do in cooperation, on either side, by due date: each a sentence with a verb and a button."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knowledge.directory.querysets import organisations_kept_by
from network.cooperation.enums import Side
from network.cooperation.models import Agreement, BalanceYear, CooperationRequest, LedgerComment, ServiceRecord
from network.cooperation.models.records import DAYS_UNTIL_SHOWN
from network.cooperation.rules import may_ask, may_publish_balance
from portal.accounts.duties import Duty, duty

#: Unit: days. By then the other side may expect a reaction.
USUAL_DAYS = 14


def tasks_of(person, at: datetime.datetime) -> list[Duty]:
    """Return the tasks of a person, the most urgent first; the number of queries does not grow with them."""
    found: list[Duty] = []
    if organisations_kept_by(person):
        found += _of_organisation(person, at)
    if may_ask(person):
        found += _of_municipality(person, at)
    if may_publish_balance(person):
        found += _of_editors(at.date())
    return sorted(found, key=lambda task: (task.due is None, task.due or datetime.date.max, task.sentence))


def _of_organisation(person, at: datetime.datetime) -> Iterator[Duty]:
    today, side = at.date(), Side.ORGANISATION
    for asked in CooperationRequest.objects.of_side(person, side).waiting_for_answer().for_lists():
        names = {"municipality": asked.municipality, "title": asked.title}
        sentence = _("Answer the request of %(municipality)s: %(title)s") % names
        yield duty(sentence, _("Answer the request"), asked.get_absolute_url(), asked.answer_by, today)
    yield from _of_both(person, side, at)
    for balance in BalanceYear.objects.open(today).order_by("year"):
        path = reverse("cooperation:ledgers")
        sentence = _("Look at your ledger of %(year)s before it is published") % {"year": balance.year}
        yield duty(sentence, _("Look at the ledger"), path, balance.comments_until, today)


def _of_municipality(person, at: datetime.datetime) -> Iterator[Duty]:
    today, side = at.date(), Side.MUNICIPALITY
    requests = CooperationRequest.objects.of_side(person, side)
    for asked in requests.drafts_of(person).for_lists():
        names = {"organisation": asked.organisation, "title": asked.title}
        sentence = _("Finish the draft to %(organisation)s: %(title)s") % names
        yield duty(sentence, _("Finish the draft"), asked.get_absolute_url(), None, today)
    for asked in requests.waiting_for_decision().for_lists():
        names = {"organisation": asked.organisation, "title": asked.title}
        sentence = _("Decide about the counter-proposal of %(organisation)s: %(title)s") % names
        due = _later(asked.answered_at)
        yield duty(sentence, _("Read the counter-proposal"), asked.get_absolute_url(), due, today)
    for asked in requests.without_agreement().for_lists():
        names = {"organisation": asked.organisation, "title": asked.title}
        sentence = _("Write the agreement with %(organisation)s: %(title)s") % names
        path = reverse("cooperation:agreement_new", args=[asked.pk])
        yield duty(sentence, _("Write the agreement"), path, _later(asked.answered_at), today)
    for record in ServiceRecord.objects.of_side(person, side).overdue(today).for_lists():
        asked = record.agreement.request
        names = {"organisation": asked.organisation, "title": asked.title}
        sentence = _("Pay %(organisation)s for %(day)s: %(title)s") % (names | _day(record))
        path = reverse("cooperation:payment", args=[record.pk])
        yield duty(sentence, _("Note the payment"), path, record.payment_due, today)
    yield from _of_both(person, side, at)


def _of_both(person, side: Side, at: datetime.datetime) -> Iterator[Duty]:
    today = at.date()
    agreements = Agreement.objects.of_side(person, side)
    for agreement in agreements.unaccepted_by(side).for_lists():
        sentence = _("Read and accept the agreement with %(partner)s: %(title)s") % _names(agreement.request, side)
        due = _later(agreement.newest.written_at)
        yield duty(sentence, _("Read the agreement"), agreement.get_absolute_url(), due, today)
    records = ServiceRecord.objects.of_side(person, side)
    for record in records.waiting_for(side).for_lists():
        sentence = _("Look at the record of %(day)s with %(partner)s: %(title)s")
        sentence %= _names(record.agreement.request, side) | _day(record)
        yield duty(sentence, _("Look at the record"), record.get_absolute_url(), _later(record.entered_at), today)
    for record in records.disputed_by_other(side).for_lists():
        sentence = _("Settle the disputed record of %(day)s with %(partner)s: %(title)s")
        sentence %= _names(record.agreement.request, side) | _day(record)
        yield duty(sentence, _("Look at the dispute"), record.get_absolute_url(), _later(record.answered_at), today)
    for agreement in agreements.over(today).unrated_by(side, at).for_lists():
        sentence = _("Say how the cooperation with %(partner)s was: %(title)s") % _names(agreement.request, side)
        path = reverse("cooperation:rate", args=[agreement.pk])
        due = agreement.last_day() + datetime.timedelta(days=DAYS_UNTIL_SHOWN)
        yield duty(sentence, _("Rate the cooperation"), path, due, today)


def _of_editors(today: datetime.date) -> Iterator[Duty]:
    for comment in LedgerComment.objects.unanswered().select_related("balance"):
        sentence = _("Reply to a comment on the ledger of %(year)s") % {"year": comment.balance.year}
        path = reverse("cooperation:prepare", args=[comment.balance.year])
        yield duty(sentence, _("Read the comment"), path, comment.balance.comments_until, today)


def _names(asked: CooperationRequest, side: Side) -> dict:
    partner = asked.municipality if side is Side.ORGANISATION else asked.organisation
    return {"partner": partner, "title": asked.title}


def _day(record: ServiceRecord) -> dict:
    return {"day": date_format(record.done_on, "DATE_FORMAT")}


def _later(moment: datetime.datetime) -> datetime.date:
    return (moment + datetime.timedelta(days=USUAL_DAYS)).date()
