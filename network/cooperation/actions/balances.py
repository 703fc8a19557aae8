"""What happens to yearly balances: opened for comments, commented, replied to, published once and for all."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from knowledge.directory.models import Organisation
from network.cooperation import letters, rules
from network.cooperation.balance import balances
from network.cooperation.counting import contributions_of
from network.cooperation.envelopes import after_commit
from network.cooperation.models import BalanceRow, BalanceYear, LedgerComment
from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from portal.audit.actions import record

#: Unit: days. So long organisations have at least.
COMMENT_DAYS = 28


class TooEarlyError(ValueError):
    """The year, or the time for comments, is not over, or a comment has no reply."""


@transaction.atomic
def open_balance(*, by: User, year: int, on: datetime.date, at: datetime.datetime) -> BalanceYear:
    """Let organisations look at their ledgers of a year that is over, and comment."""
    ask_anew(by)
    if not rules.may_publish_balance(by):
        raise PermissionDenied
    if year >= on.year:
        raise TooEarlyError
    until = on + datetime.timedelta(days=COMMENT_DAYS)
    balance, is_new = BalanceYear.objects.get_or_create(year=year, defaults={"opened_at": at, "comments_until": until})
    if is_new:
        record(action="cooperation.balance_opened", by=by, about=balance)
        asked = {one.organisation for of_one in contributions_of(year).values() for one in of_one}
        for organisation in Organisation.objects.filter(pk__in=asked):
            after_commit(letters.ledger_is_open, organisation, balance)
    return balance


@transaction.atomic
def comment_ledger(
    *, by: User, organisation: Organisation, balance: BalanceYear, text: str, on: datetime.date
) -> LedgerComment:
    """Say what is wrong or missing in one's own ledger, before the balance is published."""
    ask_anew(by)
    if not rules.may_see_ledger(by, organisation):
        raise PermissionDenied
    balance = BalanceYear.objects.select_for_update().get(pk=balance.pk)
    if not balance.takes_comments(on):
        raise TooEarlyError
    return LedgerComment.objects.create(balance=balance, organisation=organisation, text=text, written_by=by)


@transaction.atomic
def reply_to_comment(*, by: User, comment: LedgerComment, text: str, at: datetime.datetime) -> None:
    """Tell the organisation what came of its comment."""
    ask_anew(by)
    if not rules.may_publish_balance(by):
        raise PermissionDenied
    if comment.reply == text:
        return
    comment.reply, comment.replied_by, comment.replied_at = text, by, at
    comment.save(update_fields=["reply", "replied_by", "replied_at"])
    after_commit(letters.comment_answered, comment)


@transaction.atomic
def publish_balance(*, by: User, balance: BalanceYear, on: datetime.date, at: datetime.datetime) -> None:
    """Publish what may be shown, and store nothing else; there is no second time (docs/adr/0013)."""
    ask_anew(by)
    if not rules.may_publish_balance(by):
        raise PermissionDenied
    balance = BalanceYear.objects.select_for_update().get(pk=balance.pk)
    if balance.published_at is not None:
        raise PermissionDenied
    if not can_be_published(balance, on):
        raise TooEarlyError
    shown = balances(contributions_of(balance.year))
    BalanceRow.objects.bulk_create(
        BalanceRow(
            balance=balance,
            municipality_id=municipality,
            requests=figures.requests,
            refusals=figures.refusals,
            hours=figures.hours,
            share_paid_percent=figures.share_paid_percent,
            median_days=figures.median_days,
        )
        for municipality, figures in shown.items()
    )
    balance.published_at, balance.published_by = at, by
    balance.save(update_fields=["published_at", "published_by"])
    record(action="cooperation.balance_published", by=by, about=balance)


def can_be_published(balance: BalanceYear, on: datetime.date) -> bool:
    """Tell whether the time for comments is over and every comment has a reply."""
    return balance.comments_until < on and not balance.comments.unanswered().exists()
