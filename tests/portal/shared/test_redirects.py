import pytest

from tests.factories.accounts import UserFactory
from tests.factories.pages import paper

pytestmark = pytest.mark.django_db


def moved(**fields):
    from wagtail.contrib.redirects.models import Redirect
    from wagtail.models import Site

    page = paper(slug="neu-und-verraeterisch", **fields)
    Redirect.objects.create(old_path="/papiere/alt", site=Site.objects.get(), redirect_page=page)
    return page


def test_an_old_address_leads_to_the_page(client):
    page = moved()
    assert client.get("/papiere/alt/")["Location"] == page.url


@pytest.mark.parametrize("fields", [{"audience": "member"}, {"live": False}])
def test_an_old_address_tells_nothing_of_a_page_that_one_may_not_see(client, fields):
    moved(**fields)
    response = client.get("/papiere/alt/")
    assert response.status_code == 404
    assert "verraeterisch" not in response.content.decode()


def test_those_who_may_see_it_are_led_there(client):
    page = moved(audience="member")
    client.force_login(UserFactory())
    assert client.get("/papiere/alt/")["Location"] == page.url
