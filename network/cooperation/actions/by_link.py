"""What an organisation does whose entry nobody keeps: it answers by the link in the mail, or wants no requests."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from knowledge.directory.keeping.parts import PartKey
from knowledge.directory.keeping.versions import change_whole
from knowledge.directory.keeping.writing import write_columns
from knowledge.directory.models import Organisation
from network.cooperation.actions.requests import kept_from_others, log_about, note_answer
from network.cooperation.models import BalanceYear, CooperationRequest, CounterProposal, LedgerComment
from network.cooperation.recipients import has_keepers
from portal.audit.actions import record


@transaction.atomic
def answer_by_link(
    *,
    request: CooperationRequest,
    answer: str,
    note: str,
    counter_proposal: CounterProposal | None,
    at: datetime.datetime,
) -> None:
    """Answer for an organisation whose entry nobody keeps; whoever reads its functional address holds the link."""
    request = kept_from_others(request)
    if not request.waits_for_answer or has_keepers(request.organisation):
        raise PermissionDenied
    note_answer(request, answer, note, counter_proposal, by=None, at=at)
    log_about("cooperation.answered_by_link", None, request)


@transaction.atomic
def take_requests_by_link(*, request: CooperationRequest, takes: bool) -> None:
    """Say for an organisation whose entry nobody keeps whether it takes requests; the link says it, and takes it back.

    It is a version of the entry like any other change, so that its history shows it.
    """
    organisation = Organisation.objects.select_for_update().get(pk=request.organisation_id)
    if has_keepers(organisation):
        raise PermissionDenied
    if organisation.takes_requests == takes:
        return

    def write(one: Organisation) -> None:
        write_columns(one, {"takes_requests": takes})

    change_whole(by=None, organisation=organisation, part=PartKey.CAPACITY, write=write)
    record(action="cooperation.requests_by_link", by=None, about=organisation, after={"takes_requests": takes})


@transaction.atomic
def comment_ledger_by_link(
    *, organisation: Organisation, balance: BalanceYear, text: str, on: datetime.date
) -> LedgerComment:
    """Say what is wrong or missing in the ledger of an organisation whose entry nobody keeps."""
    balance = BalanceYear.objects.select_for_update().get(pk=balance.pk)
    if has_keepers(organisation) or not balance.takes_comments(on):
        raise PermissionDenied
    return LedgerComment.objects.create(balance=balance, organisation=organisation, text=text)
