"""What waits for whoever decides about people who want to join."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from portal.accounts.duties import Duty
from portal.accounts.models import JoinRequest, User


def duties(person: User, at: datetime.datetime) -> Iterator[Duty]:
    """Give one line for all requests, which are decided in one list."""
    if waiting := JoinRequest.objects.decidable_by(person).open().count():
        sentence = ngettext(
            "Decide about the request of a person who wants to join",
            "Decide about the requests of %(count)s people who want to join",
            waiting,
        ) % {"count": waiting}
        yield Duty(
            sentence, ngettext("Look at the request", "Look at the requests", waiting), reverse("people:requests")
        )
