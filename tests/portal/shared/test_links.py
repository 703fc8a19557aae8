"""Links in running text tell nothing about what they lead to, unless everybody may see it."""

import re

import pytest
from django.core.files.base import ContentFile

from portal.shared.models import PortalDocument
from portal.shared.templatetags.portal_text import prose
from tests.factories.accounts import UserFactory
from tests.factories.pages import paper

pytestmark = pytest.mark.django_db


def link_to_page(page) -> str:
    return str(prose(f'<p><a linktype="page" id="{page.pk}">mehr</a></p>'))


@pytest.mark.parametrize("fields", [{"audience": "staff"}, {"live": False}])
def test_a_link_to_a_closed_page_leads_by_its_number(client, fields):
    page = paper(title="Geheimer Plan", slug="geheimer-plan", **fields)
    html = link_to_page(page)
    assert f'href="/seiten/{page.pk}/"' in html
    assert "geheim" not in html


def test_a_link_to_an_open_page_names_its_address():
    page = paper(slug="offener-plan")
    assert page.url in link_to_page(page)


def test_the_number_leads_those_who_may_see_the_page_and_nobody_else(client):
    page = paper(audience="staff")
    missing, closed = client.get("/seiten/999999/"), client.get(f"/seiten/{page.pk}/")
    assert (missing.status_code, closed.status_code) == (404, 404)
    assert re.sub(rb"\d+", b"", closed.content) == re.sub(rb"\d+", b"", missing.content)
    client.force_login(UserFactory(staff=True))
    assert client.get(f"/seiten/{page.pk}/")["Location"] == page.url


def test_a_link_to_a_closed_document_does_not_name_its_title(client):
    document = PortalDocument.objects.create(
        title="Geheimer Plan", file=ContentFile(b"Text", "geheimer-plan.txt"), chosen_audience="staff"
    )
    html = str(prose(f'<p><a linktype="document" id="{document.pk}">mehr</a></p>'))
    assert "geheim" not in html.lower()
    client.force_login(UserFactory(staff=True))
    assert client.get(f"/dokumente/{document.pk}/datei").status_code == 200
