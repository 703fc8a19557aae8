import pytest

from tests.factories.accounts import UserFactory
from tests.factories.pages import site_with_home

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/suche/", "/kontakt/", "/konto/anmelden/", "/gibt-es-nicht/", "/glossar/"])
def test_public_answers_allow_no_inline_code_and_no_other_host(client, path):
    site_with_home()
    policy = client.get(path)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_editing_interface_alone_may_use_inline_code(client):
    client.force_login(UserFactory(administrator=True))
    policy = client.get("/redaktion/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "unsafe-eval" not in policy
