"""What the tests about people and joining share."""

import re
import time

from allauth.account.internal.flows import login
from django.core import mail
from django.urls import reverse

from knowledge.directory.models import Organisation
from network.groups.models import WorkingGroup
from portal.accounts.actions.joining import invite
from tests.factories.accounts import UserFactory


def sign_in(client, person):
    """Sign in as somebody who has just shown once more that it is they, as acts that matter ask for."""
    client.force_login(person)
    session = client.session
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session.save()


def working_group(name="AG Übergänge"):
    return WorkingGroup.objects.create(name=name, slug=name.lower().replace(" ", "-"))


def organisation(name="Verein Brücken bauen", municipality=None):
    return Organisation.objects.create(name=name, slug=name.lower().replace(" ", "-"), municipality=municipality)


def network_administrator(**fields):
    return UserFactory(roles=["administrator"], **fields)


def local_administrator(municipality, **fields):
    return UserFactory(municipality=municipality, roles=[("administrator", municipality)], **fields)


def token_of(message) -> str:
    return re.search(r"/einladung/([\w-]+)/", message.body)[1]


def invited(commits, *, by, email="neu@kommune.example", **invitation) -> str:
    """Invite an address; return the token of the link in the mail."""
    with commits(execute=True):
        invite(by=by, email=email, **invitation)
    return token_of(mail.outbox[-1])


def link(token) -> str:
    return reverse("invitation", args=[token])
