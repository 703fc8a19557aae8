import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from portal.shared.models import PortalImage
from portal.shared.visibility import Audience
from tests.factories.accounts import UserFactory
from tests.factories.pages import paper, section

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file open in which it made a rendition.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile"),
]


def picture(audience):
    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(drawn, "PNG")
    with ContentFile(drawn.getvalue(), name="karte.png") as file:
        return PortalImage.objects.create(title="Karte", file=file, audience=audience, description="Karte")


def status_of(client, address):
    return client.get(address).status_code


@pytest.mark.parametrize(
    ("audience", "status"), [(Audience.PUBLIC, 200), (Audience.MEMBER, 404), (Audience.EDITOR, 404)]
)
def test_a_picture_is_served_to_its_audience_alone(client, audience, status):
    rendition = picture(audience).get_rendition("max-100x100")
    assert status_of(client, rendition.url) == status
    client.force_login(UserFactory(administrator=True))
    assert status_of(client, rendition.url) == 200


def test_originals_and_invented_names_have_no_address(client):
    image = picture(Audience.PUBLIC)
    client.force_login(UserFactory(administrator=True))
    assert status_of(client, f"/media/{image.file.name}") == 404
    assert status_of(client, "/media/../portal.sqlite3") == 404


def test_a_page_shows_a_picture_only_to_those_who_may_see_it(client):
    image = picture(Audience.MEMBER)
    raw = section("Ziele")
    figure = {
        "image": {"image": image.pk, "alt_text": "Geheime Karte", "decorative": False},
        "caption": "",
        "source": "",
    }
    raw["value"]["body"] = [{"type": "figure", "value": figure}]
    page = paper(sections=[raw])
    assert "Geheime Karte" not in client.get(page.url).content.decode()
    client.force_login(UserFactory())
    assert "Geheime Karte" in client.get(page.url).content.decode()
