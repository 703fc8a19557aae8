"""How digests leave: one mail per person and run, never the same twice, none lost.

A run first claims a person's due searches. Only then it asks what is new, notes that the mail is being handed over,
hands it over, and notes what was told. Where it is killed, the database tells how far it came:

- claimed, not handed over: nothing has left; after a while another run begins anew.
- handed over, nothing noted: whether the mail server took the mail is known to nobody. It is not sent again, and the
  hits stay new, so that the next digest tells of them.

Whoever else runs at the same time finds the claim and passes the person by.
"""

import datetime
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.post import deliver
from search.engines.base import EngineUnavailable
from search.saved.actions import remember
from search.saved.digests import Digest, compose, message
from search.saved.matching import Look
from search.saved.models import SavedSearch

#: After so many refusals in a row the mail server is down, and asking it again for everybody would take hours.
MOST_REFUSALS = 3


@dataclass(slots=True)
class SendingReport:
    """What a run did, in people."""

    sent: int = 0
    without_news: int = 0
    #: Somebody else is at it, or the search was changed meanwhile; the next run sees to it.
    passed_by: int = 0
    #: A former run was killed while it handed the mail over.
    uncertain: int = 0
    refused: int = 0
    refused_in_a_row: int = field(default=0, repr=False)


def due_people(on: datetime.date) -> list[int]:
    """Return who has a search whose pause is over."""
    return list(SavedSearch.objects.due(on).order_by("person_id").values_list("person_id", flat=True).distinct())


def send_digests(
    *, on: datetime.date, progress: Callable[[int, int], None] = lambda done, total: None
) -> SendingReport:
    """Send everybody what is due on a day, and report; a mail server that refuses again and again ends the run.

    Raises EngineUnavailable when nobody can answer; then nothing is noted of those whom the run did not reach.
    """
    report = SendingReport()
    people = due_people(on)
    for done, person_id in enumerate(people, start=1):
        _send_to(person_id, on, report)
        progress(done, len(people))
        if report.refused_in_a_row >= MOST_REFUSALS:
            break
    return report


def _send_to(person_id: int, on: datetime.date, report: SendingReport) -> None:
    claim = _claim(person_id, on, report)
    if claim is None:
        return
    try:
        # Read anew: what the person may see is asked for now, not when the run began.
        person = User.objects.get(pk=person_id)
        digest, looks = compose(person, _claimed(claim))
    except EngineUnavailable:
        _release(claim)
        raise
    if not digest.parts:
        _settle(claim, looks, on, {})
        report.without_news += 1
    elif not _note_handing_over(claim, len(looks)):
        _release(claim)
        report.passed_by += 1
    elif deliver(message(digest)):
        _settle(claim, looks, on, _told(digest), sent_at=timezone.now())
        report.sent += 1
        report.refused_in_a_row = 0
    else:
        _release(claim)
        report.refused += 1
        report.refused_in_a_row += 1


@transaction.atomic
def _claim(person_id: int, on: datetime.date, report: SendingReport) -> uuid.UUID | None:
    """Take a person's due searches for this run; nobody else can until they are released or the run counts as dead."""
    at = timezone.now()
    # All runs wait here, so that one person's searches never go to two of them.
    User.objects.select_for_update().get(pk=person_id)
    of_the_person = SavedSearch.objects.filter(person_id=person_id)
    if of_the_person.claimed(at).exists():
        report.passed_by += 1
        return None
    uncertain = of_the_person.filter(is_handed_over=True)
    if uncertain.update(settled_on=on, claim=None, claimed_at=None, is_handed_over=False):
        report.uncertain += 1
    claim = uuid.uuid4()
    return claim if of_the_person.due(on).update(claim=claim, claimed_at=at) else None


def _claimed(claim: uuid.UUID) -> list[SavedSearch]:
    return list(SavedSearch.objects.filter(claim=claim).order_by("name", "pk"))


def _note_handing_over(claim: uuid.UUID, expected: int) -> bool:
    """Note it unless a search was removed, its mails were stopped, or its owner was suspended in this very moment."""
    with transaction.atomic():
        writing = SavedSearch.objects.writing().filter(claim=claim)
        if writing.count() != expected:
            return False
        return SavedSearch.objects.filter(claim=claim).update(is_handed_over=True) == expected


def _told(digest: Digest) -> dict[int, tuple]:
    return {part.look.search.pk: part.told for part in digest.parts}


@transaction.atomic
def _settle(
    claim: uuid.UUID,
    looks: Iterable[Look],
    on: datetime.date,
    told: dict[int, tuple],
    *,
    sent_at: datetime.datetime | None = None,
) -> None:
    """Note what was told, and let the searches rest until they are due again."""
    mine = SavedSearch.objects.filter(claim=claim)
    kept = set(mine.values_list("pk", flat=True))
    for look in looks:
        if look.search.pk in kept and told.get(look.search.pk):
            remember(search=look.search, told=told[look.search.pk], found=look.found, at=sent_at or timezone.now())
    if sent_at:
        mine.filter(pk__in=told).update(last_sent_at=sent_at)
    mine.update(settled_on=on, claim=None, claimed_at=None, is_handed_over=False)


def _release(claim: uuid.UUID) -> None:
    SavedSearch.objects.filter(claim=claim).update(claim=None, claimed_at=None, is_handed_over=False)
