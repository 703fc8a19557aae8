"""What the mails of cooperation say; the words of the two sides stay in the portal, the mails lead there."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.cooperation.enums import Side
from network.cooperation.models import BalanceYear, LedgerComment, ServiceRecord
from network.cooperation.recipients import addresses_of, of_organisation
from portal.accounts.adapter import own_address
from portal.accounts.post import Letter, send_later


def after_commit(letters: Callable[..., Iterable[Letter]], *about) -> None:
    """Send letters once what they tell of is certain, and after the answer."""

    def post() -> None:
        for letter in letters(*about):
            send_later(letter)

    transaction.on_commit(post)


def _letters(request, side: str, subject: str, *paragraphs: str, path: str = "", label: str = "") -> list[Letter]:
    names = {"municipality": request.municipality, "organisation": request.organisation}
    why = {
        Side.ORGANISATION: _("You get this mail because you keep the profile of %(organisation)s."),
        Side.MUNICIPALITY: _("You get this mail because you ask organisations for %(municipality)s."),
    }
    return [
        Letter(
            to=address,
            subject=subject % names,
            paragraphs=tuple(paragraph % names for paragraph in (why[Side(side)], *paragraphs)),
            link_label=label or _("Open the request"),
            link=own_address(path or request.get_absolute_url()),
        )
        for address in addresses_of(request, side)
    ]


def request_arrived(request) -> list[Letter]:
    """Tell the organisation that somebody asks it for something."""
    until = date_format(request.answer_by, "DATE_FORMAT") if request.answer_by else ""
    return _letters(
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
    return _letters(
        request,
        Side.MUNICIPALITY,
        _("Answer of %(organisation)s"),
        _("%(organisation)s has answered your request. The answer stands in the portal."),
    )


def counter_proposal_taken_over(request) -> list[Letter]:
    """Tell the organisation that its proposal holds."""
    return _letters(
        request,
        Side.ORGANISATION,
        _("%(municipality)s takes over your proposal"),
        _("%(municipality)s takes over your counter-proposal. Next, one of you writes the agreement."),
    )


def request_withdrawn(request) -> list[Letter]:
    """Tell the organisation that it need not answer any more."""
    return _letters(
        request,
        Side.ORGANISATION,
        _("%(municipality)s withdraws its request"),
        _("%(municipality)s has withdrawn its request. You need not do anything."),
    )


def text_written(agreement, side: str) -> list[Letter]:
    """Tell the other side that there is a text to read."""
    return _of_agreement(
        agreement,
        Side(side).other,
        _("Text of an agreement: %(municipality)s and %(organisation)s"),
        _("The other side has written a text of your agreement. It holds once both sides have accepted it."),
    )


def text_accepted(agreement, side: str) -> list[Letter]:
    """Tell the other side that the text was accepted."""
    return _of_agreement(
        agreement,
        Side(side).other,
        _("Agreement accepted: %(municipality)s and %(organisation)s"),
        _("The other side has accepted the text of your agreement."),
    )


def agreement_ended(agreement, side: str) -> list[Letter]:
    """Tell the other side that an agreement was ended."""
    return _of_agreement(
        agreement,
        Side(side).other,
        _("Agreement ended: %(municipality)s and %(organisation)s"),
        _("The other side has ended your agreement. What was done until then can still be recorded and is paid."),
    )


def record_waits(record: ServiceRecord) -> list[Letter]:
    """Ask the other side to look at a record."""
    return _of_agreement(
        record.agreement,
        Side(record.entered_side).other,
        _("Record of service to look at: %(municipality)s and %(organisation)s"),
        _("The other side has recorded a service. It counts once you agree; if something is not right, say so there."),
    )


def record_disputed(record: ServiceRecord) -> list[Letter]:
    """Tell whoever entered a record that the other side does not agree."""
    return _of_agreement(
        record.agreement,
        record.entered_side,
        _("Record of service disputed: %(municipality)s and %(organisation)s"),
        _("The other side says that a record of service is not right. You can mend it; you two alone can read this."),
    )


def payment_overdue(record: ServiceRecord) -> list[Letter]:
    """Remind the municipality that a payment should have come."""
    due = date_format(record.payment_due, "DATE_FORMAT")
    return _of_agreement(
        record.agreement,
        Side.MUNICIPALITY,
        _("Payment overdue: %(organisation)s"),
        _("A payment to %(organisation)s was due on {due}. Please pay it, or note the day on which it was paid.")
        .replace("{due}", due),
        _("The next reminder comes in two weeks, unless the payment is noted by then."),
    )  # fmt: skip


def ledger_is_open(organisation, balance: BalanceYear) -> list[Letter]:
    """Tell an organisation that it reads its ledger first."""
    values = {
        "organisation": organisation,
        "year": balance.year,
        "until": date_format(balance.comments_until, "DATE_FORMAT"),
    }
    return _to_organisation(
        organisation,
        _("Your ledger of %(year)s: %(organisation)s") % values,
        _("The balance of %(year)s is being prepared. You see your own figures first, and can comment on them until "
          "%(until)s. In public stand sums over municipalities only, never figures of single organisations.") % values,
        path=f"{reverse('cooperation:ledger', args=[organisation.slug])}?jahr={balance.year}",
    )  # fmt: skip


def comment_answered(comment: LedgerComment) -> list[Letter]:
    """Tell the organisation that an editor replied."""
    values = {"organisation": comment.organisation, "year": comment.balance.year}
    return _to_organisation(
        comment.organisation,
        _("Reply to your comment on the ledger of %(year)s") % values,
        _("The editors have replied to your comment on the ledger of %(year)s.") % values,
        path=f"{reverse('cooperation:ledger', args=[comment.organisation.slug])}?jahr={comment.balance.year}",
    )


def _of_agreement(agreement, side: str, subject: str, *paragraphs: str) -> list[Letter]:
    path = agreement.get_absolute_url()
    return _letters(agreement.request, side, subject, *paragraphs, path=path, label=_("Open the agreement"))


def _to_organisation(organisation, subject: str, paragraph: str, *, path: str) -> list[Letter]:
    why = _("You get this mail because you keep the profile of %(organisation)s.") % {"organisation": organisation}
    return [
        Letter(
            to=address,
            subject=subject,
            paragraphs=(why, paragraph),
            link_label=_("Open the ledger"),
            link=own_address(path),
        )
        for address in of_organisation(organisation)
    ]
