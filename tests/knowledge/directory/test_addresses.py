"""Addresses that no database can read lead to nothing and are no error; PostgreSQL raises at a NUL."""

import pytest

from tests.factories import directory as made
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["kommune", "handlungsfeld", "sprache", "leistung", "art", "auftrag"])
def test_a_nul_in_a_filter_is_ignored(client, name):
    made.organisation(name="Haus der Zugvögel")
    answer = client.get(f"/verzeichnis/export.csv?{name}=%00&{name}=a%00b")
    assert answer.status_code == 200
    assert "Haus der Zugvögel" in b"".join(answer).decode()


@pytest.mark.parametrize("path", ["texte/%00/", "texte/d%00e/entfernen/"])
def test_a_nul_in_an_address_of_the_self_service_leads_to_nothing(client, path):
    club = made.organisation()
    client.force_login(UserFactory(roles=[("organisation_editor", club)]))
    assert client.get(f"/verzeichnis-pflegen/{club.slug}/{path}").status_code == 404
