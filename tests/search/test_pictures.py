"""A picture that goes takes its description out of the text of the pages that show it."""

import uuid

import pytest
from wagtail.images.tests.utils import get_test_image_file

from portal.home.models import StandardPage
from portal.shared.models import PortalImage
from search.models import OutboxEntry
from tests.factories.pages import site_with_home

pytestmark = pytest.mark.django_db


def page_with(*pictures, title) -> StandardPage:
    figures = [
        {
            "type": "figure",
            "id": str(uuid.uuid4()),
            "value": {"image": {"image": pk, "alt_text": "Ein Rathaus", "decorative": False}},
        }
        for pk in pictures
    ]
    page = StandardPage(title=title, body=figures)
    site_with_home().add_child(instance=page)
    return StandardPage.objects.get(pk=page.pk)


def test_pages_with_a_picture_are_indexed_again_when_it_is_deleted():
    picture = PortalImage.objects.create(title="Rathaus", file=get_test_image_file())
    showing = page_with(picture.pk, title="Mit Bild")
    page_with(title="Ohne Bild")
    before = dict(OutboxEntry.objects.filter(kind="page").values_list("object_id", "version"))

    picture.delete()

    after = dict(OutboxEntry.objects.filter(kind="page").values_list("object_id", "version"))
    assert {pk for pk, version in after.items() if version > before[pk]} == {str(showing.pk)}
