"""Nobody keeps rights by being slow: what was taken away since a request began holds for it, too."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import RequestFactory

from portal.accounts.actions.joining import invite
from portal.accounts.actions.roles import end_role, grant_role
from portal.accounts.actions.standing import sign_out_everywhere
from portal.accounts.enums import AccountState, Role
from portal.accounts.models import User
from portal.shared.arrival import WholeRequestMiddleware
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def suspended_meanwhile():
    """An administrator as a request found them at its beginning, suspended since."""
    person = UserFactory(administrator=True)
    assert person.administers_network
    User.objects.filter(pk=person.pk).update(state=AccountState.SUSPENDED, is_active=False)
    return person


ACTS = {
    "giving a role": lambda by: grant_role(by=by, person=UserFactory(), role=Role.EDITOR),
    "ending a role": lambda by: end_role(by=by, assignment=UserFactory(editor=True).role_assignments.get()),
    "inviting": lambda by: invite(by=by, email="neu@kommune.example"),
    "signing somebody out": lambda by: sign_out_everywhere(by=by, person=UserFactory()),
}


@pytest.mark.parametrize("act", ACTS)
def test_whoever_was_suspended_since_the_request_began_does_nothing_any_more(act, suspended_meanwhile):
    with pytest.raises(PermissionDenied):
        ACTS[act](suspended_meanwhile)


def test_saving_a_name_brings_back_no_rights(suspended_meanwhile):
    User.objects.filter(pk=suspended_meanwhile.pk).update(is_superuser=False)
    suspended_meanwhile.display_name = "Neuer Name"
    suspended_meanwhile.save()
    person = User.objects.get(pk=suspended_meanwhile.pk)
    assert (person.state, person.is_active, person.is_superuser) == (AccountState.SUSPENDED, False, False)
    assert person.display_name == "Neuer Name"


def test_a_new_password_brings_back_no_rights(suspended_meanwhile):
    suspended_meanwhile.set_password("ein-anderes-Passwort")
    suspended_meanwhile.save()
    person = User.objects.get(pk=suspended_meanwhile.pk)
    assert not person.is_active
    assert person.check_password("ein-anderes-Passwort")


def test_the_whole_request_is_here_before_anybody_asks_who_sent_it(settings):
    order = settings.MIDDLEWARE
    arrival = order.index("portal.shared.arrival.WholeRequestMiddleware")
    assert arrival < order.index("django.contrib.auth.middleware.AuthenticationMiddleware")
    request = RequestFactory().post("/kontakt/", {"text": "da"})
    read = []
    WholeRequestMiddleware(lambda request: read.append(hasattr(request, "_post")))(request)
    assert read == [True]


def test_reading_a_request_asks_no_database():
    request = RequestFactory().post("/kontakt/", {"text": "da"})
    with connection.execute_wrapper(lambda *args: pytest.fail("A query.")):
        WholeRequestMiddleware(lambda request: None)(request)


@pytest.mark.parametrize("name", ["Kim\r\nBcc: x@y.example", "Kim\u202eexe", "Kim\0"])
def test_a_name_is_one_line(client, name):
    person = UserFactory()
    client.force_login(person)
    assert client.post("/konto/name/", {"display_name": name}).status_code == 422
    person.refresh_from_db()
    assert "Kim" not in person.display_name
