"""The way from an organisation's profile to a request."""

from django.urls import reverse
from django.utils.translation import gettext

from knowledge.directory.models import Organisation
from knowledge.directory.profile_actions import ProfileAction
from network.cooperation.rules import may_ask


def ask_them(organisation: Organisation, user) -> ProfileAction | None:
    """Offer a request to those who ask in the name of a municipality, as long as the organisation takes any."""
    if not organisation.takes_requests or not may_ask(user):
        return None
    return ProfileAction(
        gettext("Send a request (municipal staff)"), reverse("cooperation:request_new", args=[organisation.slug])
    )
