"""What the mails of cooperation say; the words of the two sides stay in the portal, the mails lead there."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.cooperation.enums import Side
from network.cooperation.envelopes import about_agreement, about_ledger, about_request
from network.cooperation.models import BalanceYear, LedgerComment, ServiceRecord
from portal.accounts.post import Letter


def request_arrived(request) -> list[Letter]:
    """Tell the organisation that somebody asks it for something."""
    until = date_format(request.answer_by, "DATE_FORMAT") if request.answer_by else ""
    return about_request(
        request,
        Side.ORGANISATION,
        _("Request to %(organisation)s by %(municipality)s"),
        _("%(municipality)s asks you for something and says what you get in return. An answer is asked for by {until}.")
        .replace("{until}", until),
        _("You may accept, decline or propose something else. You need not give a reason, and declining changes "
          "nothing about your profile."),
    )  # fmt: skip


def request_answered(request) -> list[Letter]:
    """Tell whoever asked that there is an answer."""
    return about_request(
        request,
        Side.MUNICIPALITY,
        _("Answer of %(organisation)s"),
        _("%(organisation)s has answered your request. The answer stands in the portal."),
    )


def counter_proposal_taken_over(request) -> list[Letter]:
    """Tell the organisation that its proposal holds."""
    return about_request(
        request,
        Side.ORGANISATION,
        _("%(municipality)s takes over your proposal"),
        _("%(municipality)s takes over your counter-proposal. Next, one of you writes the agreement."),
    )


def request_withdrawn(request) -> list[Letter]:
    """Tell the organisation that it need not answer any more."""
    return about_request(
        request,
        Side.ORGANISATION,
        _("%(municipality)s withdraws its request"),
        _("%(municipality)s has withdrawn its request. You need not do anything."),
    )


def text_written(agreement, side: str) -> list[Letter]:
    """Tell the other side that there is a text to read."""
    return about_agreement(
        agreement,
        Side(side).other,
        _("Text of an agreement: %(municipality)s and %(organisation)s"),
        _("The other side has written a text of your agreement. It holds once both sides have accepted it."),
    )


def text_accepted(agreement, side: str) -> list[Letter]:
    """Tell the other side that the text was accepted."""
    return about_agreement(
        agreement,
        Side(side).other,
        _("Agreement accepted: %(municipality)s and %(organisation)s"),
        _("The other side has accepted the text of your agreement."),
    )


def agreement_ended(agreement, side: str) -> list[Letter]:
    """Tell the other side that an agreement was ended."""
    return about_agreement(
        agreement,
        Side(side).other,
        _("Agreement ended: %(municipality)s and %(organisation)s"),
        _("The other side has ended your agreement. What was done until then can still be recorded and is paid."),
    )


def cooperation_shared(agreement) -> list[Letter]:
    """Tell the municipality that the organisation's profile names the cooperation."""
    return about_agreement(
        agreement,
        Side.MUNICIPALITY,
        _("On the profile of %(organisation)s: your cooperation"),
        _("%(organisation)s shows your cooperation on its profile, in its own words and without what was paid. On the "
          "page of the agreement you read what stands there. If something is not right, speak with the organisation, "
          "or write to the editors."),
    )  # fmt: skip


def record_waits(record: ServiceRecord) -> list[Letter]:
    """Ask the other side to look at a record."""
    return about_agreement(
        record.agreement,
        Side(record.entered_side).other,
        _("Record of service to look at: %(municipality)s and %(organisation)s"),
        _("The other side has recorded a service. It counts once you agree; if something is not right, say so there."),
    )


def record_disputed(record: ServiceRecord) -> list[Letter]:
    """Tell whoever entered a record that the other side does not agree."""
    return about_agreement(
        record.agreement,
        record.entered_side,
        _("Record of service disputed: %(municipality)s and %(organisation)s"),
        _("The other side says that a record of service is not right. You can mend it; you two alone can read this."),
    )


def payment_overdue(record: ServiceRecord) -> list[Letter]:
    """Remind the municipality that a payment should have come."""
    due = date_format(record.payment_due, "DATE_FORMAT")
    return about_agreement(
        record.agreement,
        Side.MUNICIPALITY,
        _("Payment overdue: %(organisation)s"),
        _("A payment to %(organisation)s was due on {due}. Please pay it, or note the day on which it was paid.")
        .replace("{due}", due),
        _("The next reminder comes in two weeks, unless the payment is noted by then."),
    )  # fmt: skip


def payment_contested(record: ServiceRecord) -> list[Letter]:
    """Tell the municipality that a payment never came."""
    return about_agreement(
        record.agreement,
        Side.MUNICIPALITY,
        _("Payment did not come: %(organisation)s"),
        _("%(organisation)s says that a payment never came which you have noted. It counts as owed again. Once it has "
          "come, %(organisation)s notes the day."),
    )  # fmt: skip


def ledger_is_open(organisation, balance: BalanceYear) -> list[Letter]:
    """Tell an organisation that it reads its ledger first."""
    values = {
        "organisation": organisation,
        "year": balance.year,
        "until": date_format(balance.comments_until, "DATE_FORMAT"),
    }
    return about_ledger(
        organisation,
        balance,
        _("Your ledger of %(year)s: %(organisation)s") % values,
        _("The balance of %(year)s is being prepared. You see your own figures first, and can comment on them until "
          "%(until)s. In public stand sums over municipalities only, never figures of single organisations.") % values,
    )  # fmt: skip


def comment_answered(comment: LedgerComment) -> list[Letter]:
    """Tell the organisation that an editor replied."""
    values = {"organisation": comment.organisation, "year": comment.balance.year}
    return about_ledger(
        comment.organisation,
        comment.balance,
        _("Reply to your comment on the ledger of %(year)s") % values,
        _("The editors have replied to your comment on the ledger of %(year)s.") % values,
    )
