import pytest

from portal.accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = UserFactory(administrator=True)
    client.force_login(user)
    return user


def test_people_change_their_name(client, administrator):
    html = client.get("/redaktion/account/").content.decode()
    assert "first_name" not in html
    looks = {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    response = client.post("/redaktion/account/", {"name-display_name": "Neuer Name", **looks})
    assert response.status_code == 302
    administrator.refresh_from_db()
    assert administrator.display_name == "Neuer Name"


def test_the_state_and_the_right_to_sign_in_cannot_disagree():
    from django.db import IntegrityError

    person = UserFactory()
    with pytest.raises(IntegrityError):
        User.objects.filter(pk=person.pk).update(is_active=False)


@pytest.mark.parametrize(
    "path", ["/redaktion/", "/redaktion/groups/", "/verwaltung/", "/redaktion/images/", "/redaktion/documents/"]
)
def test_the_administration_opens(client, administrator, path):
    assert client.get(path).status_code == 200
