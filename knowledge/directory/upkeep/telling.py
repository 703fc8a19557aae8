"""What an organisation does by the links in its mails, without an account: says what has changed, or leaves."""

from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.directory.enums import ConfirmationAnswer, EntryState
from knowledge.directory.models import Confirmation, EntryRemark, Organisation
from knowledge.directory.upkeep.recipients import keepers_addresses, recipients
from portal.accounts.adapter import own_address
from portal.accounts.post import Letter, send_later
from portal.audit.actions import record


@transaction.atomic
def tell(*, organisation: Organisation, text: str) -> EntryRemark:
    """Keep what the organisation wrote; it waits for its people, and for the editors where nobody keeps the entry."""
    remark = EntryRemark.objects.create(organisation=organisation, text=text, is_own=True)
    for address in keepers_addresses(organisation) or [settings.EDITOR_EMAIL]:
        transaction.on_commit(partial(send_later, _remark_letter(remark, address)))
    return remark


@transaction.atomic
def leave(*, question: Confirmation, reason: str) -> bool:
    """Take the entry out of the directory and tell whether this was done now; editors and its people can put it back.

    Once a link was used it is good for nothing, also where the entry was put back.
    """
    organisation = Organisation.objects.select_for_update().get(pk=question.organisation_id)
    question = Confirmation.objects.get(pk=question.pk)
    if question.answer == ConfirmationAnswer.LEFT or not organisation.is_shown:
        return False
    before, organisation.state = organisation.state, EntryState.DRAFT
    organisation.save(update_fields=["state"])
    question.answer, question.answered_at = ConfirmationAnswer.LEFT, timezone.now()
    question.save(update_fields=["answer", "answered_at"])
    text = _("The organisation took its profile out by the link in its mail.")
    remark = EntryRemark.objects.create(organisation=organisation, text=f"{text} {reason}".strip(), is_own=True)
    record(
        action="directory.left", by=None, about=organisation, before={"state": before},
        after={"state": organisation.state}, reason=reason,
    )  # fmt: skip
    transaction.on_commit(partial(send_later, _remark_letter(remark, settings.EDITOR_EMAIL)))
    for address in recipients(organisation, is_reminder=True):
        transaction.on_commit(partial(send_later, _left_letter(organisation, address)))
    return True


def _remark_letter(remark: EntryRemark, to: str) -> Letter:
    values = {"organisation": remark.organisation}
    return Letter(
        to=to,
        subject=_("%(organisation)s: news of the profile") % values,
        paragraphs=(
            _("You get this mail because “%(organisation)s” wrote about its profile by a link in a mail, and you look "
              "after the profile.") % values,
        ),
        quotation=remark.text,
        link_label=_("Open the profile"),
        link=own_address(reverse("keeping:start", args=[remark.organisation.slug])),
    )  # fmt: skip


def _left_letter(organisation: Organisation, to: str) -> Letter:
    values = {"organisation": organisation}
    return Letter(
        to=to,
        subject=_("The profile of “%(organisation)s” was taken out") % values,
        paragraphs=(
            _("You get this mail because the profile of “%(organisation)s” was taken out of the directory by the link "
              "in a mail to you.") % values,
            _("Readers no longer find it. Nothing of it is lost. Was this a mistake? Write to the editors, who put it "
              "back."),
        ),
        link_label=_("Write to the editors"),
        link=own_address(reverse("contact")),
    )  # fmt: skip
