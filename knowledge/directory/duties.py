"""What waits for people in the directory: whoever keeps an entry, editors, and experts who were asked something."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.directory.deciding import freshness
from knowledge.directory.enums import EntryState
from knowledge.directory.models import EntryRemark, ExpertRequest, Organisation
from knowledge.directory.rules import may_look_after
from knowledge.directory.upkeep.stages import ASKED_AFTER, plus_months
from portal.accounts.duties import Duty, duty
from portal.accounts.models import User

#: Unit: days. By then whoever asks an expert or writes a remark may expect a reaction.
USUAL_DAYS = 14
#: Nobody keeps as many entries or is asked as much.
MOST = 50


def duties(person: User, at: datetime.datetime) -> Iterator[Duty]:
    """Give what waits for the person in all their parts."""
    today = timezone.localdate(at)
    kept = list(Organisation.objects.kept_by(person)[:MOST])
    if kept:
        yield from _of_keepers(kept, today)
    if may_look_after(person):
        yield from _of_editors()
    for asked in ExpertRequest.objects.received_by(person).unanswered().waiting_first()[:MOST]:
        sentence = _("Answer the question: %(occasion)s") % {"occasion": asked.occasion}
        path = reverse("own_expert:request", args=[asked.pk])
        yield duty(sentence, _("Read the question"), path, _later(asked.asked_at), today)


def _of_keepers(kept: list[Organisation], today: datetime.date) -> Iterator[Duty]:
    for organisation in kept:
        path = reverse("keeping:start", args=[organisation.slug])
        names = {"organisation": organisation.name}
        if organisation.state == EntryState.DRAFT:
            sentence = _("Complete and publish the profile: %(organisation)s") % names
            yield Duty(sentence, _("Go on with the profile"), path)
        elif organisation.confirmed_at is not None:
            due = plus_months(timezone.localdate(organisation.confirmed_at), ASKED_AFTER)
            if due <= today:
                sentence = _("Say whether the profile is still true: %(organisation)s") % names
                yield duty(sentence, _("Look through the profile"), path, due, today)
    remarks = EntryRemark.objects.filter(organisation__in=kept, handled_at__isnull=True)
    for remark in remarks.select_related("organisation").order_by("received_at", "pk")[:MOST]:
        sentence = _("Look at a reader’s remark: %(organisation)s") % {"organisation": remark.organisation.name}
        path = reverse("keeping:start", args=[remark.organisation.slug]) + "#hinweise"
        yield duty(sentence, _("Read the remark"), path, _later(remark.received_at), today)


def _of_editors() -> Iterator[Duty]:
    waiting = freshness.waiting()
    if count := waiting.proposals:
        sentence = ngettext(
            "Decide about a proposed change in the directory",
            "Decide about %(count)s proposed changes in the directory",
            count,
        ) % {"count": count}
        yield Duty(sentence, _("Look at the proposals"), reverse("directory_proposals"))
    if count := waiting.representations:
        sentence = ngettext("Check a proof of representation", "Check %(count)s proofs of representation", count) % {
            "count": count
        }
        yield Duty(sentence, _("Look at the proofs"), reverse("directory_representations"))


def _later(moment: datetime.datetime) -> datetime.date:
    return timezone.localdate(moment) + datetime.timedelta(days=USUAL_DAYS)
