import logging
import re

import pytest
from django.test import RequestFactory

from portal.home.views import server_error
from tests.factories.pages import site_with_home


def test_a_broken_page_has_a_number_under_which_the_log_tells_more(caplog):
    with caplog.at_level(logging.ERROR):
        response = server_error(RequestFactory().get("/papiere/kaputt/"))
    number = re.search(r"Vorfallnummer: ([0-9A-F]{6})", response.content.decode())[1]
    assert response.status_code == 500
    assert f"Incident {number} at /papiere/kaputt/" in caplog.text


@pytest.mark.django_db
def test_a_missing_page_offers_a_search_for_the_words_of_its_address(client):
    site_with_home()
    response = client.get("/papiere/duldung-und-ausbildung/")
    assert response.status_code == 404
    assert 'value="duldung und ausbildung"' in response.content.decode().lower()


@pytest.mark.django_db
@pytest.mark.parametrize("path", [f"/dokumente/{'9' * 4400}/a.pdf", f"/dokumente/{'9' * 20}/a.pdf", "/favicon.ico"])
def test_odd_addresses_are_answered(client, path):
    site_with_home()
    assert client.get(path).status_code in (302, 404)
