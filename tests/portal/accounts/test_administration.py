import pytest

from portal.accounts.enums import AccountState
from portal.accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
NEW = {
    "email": "Neu@Kommune.example",
    "display_name": "Zeynep Aydın",
    "state": "active",
    "password1": "ein-langes-Passwort",
    "password2": "ein-langes-Passwort",
}


@pytest.fixture
def administrator(client):
    user = UserFactory(administrator=True)
    client.force_login(user)
    return user


def test_an_administrator_creates_an_account(client, administrator):
    assert client.get("/redaktion/users/new/").status_code == 200
    client.post("/redaktion/users/new/", NEW)
    assert User.objects.get(email__iexact="neu@kommune.example").get_full_name() == "Zeynep Aydın"


def test_suspending_takes_the_right_to_sign_in(client, administrator):
    person = UserFactory()
    form = {"email": person.email, "display_name": person.display_name, "state": AccountState.SUSPENDED}
    client.post(f"/redaktion/users/edit/{person.pk}/", {**form, "password1": "", "password2": ""})
    person.refresh_from_db()
    assert not person.is_active


def test_administrators_do_not_suspend_themselves(client, administrator):
    html = client.get(f"/redaktion/users/edit/{administrator.pk}/").content.decode()
    assert 'name="state"' not in html


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
    "path", ["/redaktion/", "/redaktion/users/", "/verwaltung/", "/redaktion/images/", "/redaktion/documents/"]
)
def test_the_administration_opens(client, administrator, path):
    assert client.get(path).status_code == 200
