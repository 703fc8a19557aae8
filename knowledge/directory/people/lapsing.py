"""What time does to consents: people are reminded before the end, and after it their details go.

Nothing here decides what is shown: a consent that ran out shows nothing from that moment on, whether or not this runs.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from knowledge.directory.models import Consent, Contact, Expert
from knowledge.directory.people.forgetting import forget_details
from knowledge.directory.people.indexing import look_again
from knowledge.directory.people.letters import reminder_letter
from knowledge.directory.people.terms import LAPSED_DAYS, RENEWAL_DAYS, UNANSWERED_DAYS
from portal.accounts.post import send

#: After so many refusals in a row the mail server is down, and asking it again for everybody would take hours.
MOST_REFUSALS = 3


@dataclass(slots=True)
class LapseReport:
    """What a run did, in people."""

    reminded: int = 0
    refused: int = 0
    unanswered: int = 0
    lapsed: int = 0


def remind_and_forget(at: datetime.datetime) -> LapseReport:
    """Remind whose consent runs out, forget who did not answer and whose consent ran out long ago."""
    report = LapseReport()
    _remind(at, report)
    _forget_unanswered(at, report)
    _forget_lapsed(at, report)
    look_again(Expert.objects.filter(consents__in=Consent.objects.run_out(at)))
    return report


def _remind(at: datetime.datetime, report: LapseReport) -> None:
    """One mail per consent; where the mail server refuses it, the next run tries again."""
    in_a_row = 0
    due = Consent.objects.running_out(at + datetime.timedelta(days=RENEWAL_DAYS), at)
    for pk in list(due.order_by("expires_at", "pk").values_list("pk", flat=True)):
        # Read anew: it may have been taken back since the run began.
        consent = due.select_related("contact__organisation", "expert__person").filter(pk=pk).first()
        if consent is None or (consent.expert_id and not consent.expert.person.is_active):
            continue
        if send(reminder_letter(consent)):
            Consent.objects.filter(pk=pk).update(reminded_at=timezone.now())
            report.reminded += 1
            in_a_row = 0
        else:
            report.refused += 1
            in_a_row += 1
        if in_a_row >= MOST_REFUSALS:
            break


def _forget_unanswered(at: datetime.datetime, report: LapseReport) -> None:
    """Remove whom an organisation named and who never answered; nothing was ever shown of them."""
    before = at - datetime.timedelta(days=UNANSWERED_DAYS)
    silent = Contact.objects.filter(created_at__lt=before, refused_at__isnull=True, consents__isnull=True)
    for contact in silent.exclude(email="").exclude(asked_at__gte=before):
        contact.delete()
        report.unanswered += 1


def _forget_lapsed(at: datetime.datetime, report: LapseReport) -> None:
    """End what ran out and was not renewed; contacts lose their details, experts keep theirs for themselves."""
    over = Consent.objects.run_out(at - datetime.timedelta(days=LAPSED_DAYS))
    for consent in over.select_related("contact__organisation"):
        with transaction.atomic():
            consent.end()
            if consent.contact_id and not consent.contact.is_forgotten:
                forget_details(consent.contact, at=at, is_refused=False)
        report.lapsed += 1
