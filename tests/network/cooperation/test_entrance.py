"""The way from a profile to a request stands there for those who can take it, and for nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from network.cooperation.entrance import ask_them
from tests.factories.accounts import UserFactory
from tests.factories.directory import organisation

pytestmark = pytest.mark.django_db


def test_staff_of_a_municipality_are_offered_a_request():
    asked = organisation()
    person = UserFactory(staff=True)
    assert ask_them(asked, person).url == f"/kooperation/anfragen/neu/{asked.slug}/"


@pytest.mark.parametrize("who", ["nobody", "member"])
def test_others_are_offered_nothing(who):
    reader = AnonymousUser() if who == "nobody" else UserFactory()
    assert ask_them(organisation(), reader) is None


def test_an_organisation_that_takes_no_requests_is_not_offered_any():
    assert ask_them(organisation(takes_requests=False), UserFactory(staff=True)) is None
