"""Questions to experts by way of the portal, and their answers; neither side learns an address by it."""

import datetime
from collections.abc import Collection
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from knowledge.directory.models import Expert, ExpertRequest
from knowledge.directory.people.letters import REVEALABLE, answer_letter, question_letter
from knowledge.directory.rules import may_ask_partners
from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from portal.accounts.post import send_later

#: More than anybody needs, and too few to bother a whole register.
MOST_A_DAY = 5
_A_DAY = datetime.timedelta(days=1)


class TooManyQuestionsError(ValueError):
    """The person asked as many experts as one may within a day."""


class AlreadyAskedError(ValueError):
    """The expert has not answered the person's last question yet."""


def may_ask(person, expert: Expert) -> bool:
    """Tell whether the person may ask the expert: whoever finds them, but nobody oneself."""
    if not may_ask_partners(person) or expert.person_id == person.pk:
        return False
    return Expert.objects.visible_to(person).filter(pk=expert.pk).exists()


@transaction.atomic
def ask_expert(*, by: User, expert: Expert, occasion: str, text: str, consideration: str) -> ExpertRequest:
    """Ask an expert something; they get it by mail, with the name of who asks and without any address."""
    ask_anew(by)
    if not may_ask(by, expert):
        raise PermissionDenied
    if not consideration.strip():
        raise ValueError("A request names what the expert gets for it.")
    # Whoever asks twice in the same moment waits here, so that the limits hold.
    User.objects.select_for_update().get(pk=by.pk)
    asked, at = ExpertRequest.objects.asked_by(by), timezone.now()
    if asked.unanswered().filter(expert=expert).exists():
        raise AlreadyAskedError
    if asked.filter(asked_at__gt=at - _A_DAY).count() >= MOST_A_DAY:
        raise TooManyQuestionsError
    request = ExpertRequest.objects.create(
        expert=expert, asked_by=by, occasion=occasion, text=text, consideration=consideration, asked_at=at
    )
    transaction.on_commit(partial(send_later, question_letter(request)))
    return request


@transaction.atomic
def answer_request(
    *, by: User, request: ExpertRequest, is_accepted: bool, answer: str = "", reveals: Collection[str] = ()
) -> None:
    """Accept or decline, once; only who accepts can tell name and address, and only by choosing to."""
    ask_anew(by)
    request = ExpertRequest.objects.select_for_update().select_related("expert").get(pk=request.pk)
    if not may_ask_partners(by) or request.expert.person_id != by.pk or request.answered_at is not None:
        raise PermissionDenied
    request.answered_at, request.is_accepted, request.answer = timezone.now(), is_accepted, answer
    request.revealed = [field for field in REVEALABLE if field in reveals] if is_accepted else []
    request.save(update_fields=["answered_at", "is_accepted", "answer", "revealed"])
    # Who has left meanwhile gets no mails any more.
    if request.asked_by.is_active:
        transaction.on_commit(partial(send_later, answer_letter(request)))
