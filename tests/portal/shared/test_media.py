"""Pictures and documents: who is served what, with which headers, and how little others learn."""

import gc
import io
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from wagtail.documents.models import document_served

from portal.shared.models import PortalDocument, PortalImage
from portal.shared.visibility import Audience
from tests.factories.accounts import UserFactory
from tests.factories.pages import paper, section
from tests.portal.shared import samples

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file open in which it made a rendition.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile"),
]


@pytest.fixture(autouse=True, scope="module")
def files_left_open():
    """Let go of them here, where the warning about them is ignored, and not in the midst of another test."""
    yield
    gc.collect()


WAYS_TO_ASK = {
    "GET": {},
    "HEAD": {"REQUEST_METHOD": "HEAD"},
    "Range": {"HTTP_RANGE": "bytes=0-3"},
    "If-None-Match": {"HTTP_IF_NONE_MATCH": "*"},
    "If-Match": {"HTTP_IF_MATCH": "*"},
    "If-Modified-Since": {"HTTP_IF_MODIFIED_SINCE": "Fri, 01 Jan 2100 00:00:00 GMT"},
    "If-Unmodified-Since": {"HTTP_IF_UNMODIFIED_SINCE": "Sat, 01 Jan 2000 00:00:00 GMT"},
    "POST": {"REQUEST_METHOD": "POST"},
}


def picture(audience):
    drawn = io.BytesIO()
    with Image.new("RGB", (640, 480), "white") as image:
        image.save(drawn, "PNG")
    with ContentFile(drawn.getvalue(), name="karte.png") as file:
        return PortalImage.objects.create(title="Karte", file=file, chosen_audience=audience, description="Karte")


def document(audience=Audience.PUBLIC, *, data=None, name="Protokoll 3. Sitzung.pdf", title="Protokoll 3. Sitzung"):
    with ContentFile(data or samples.pdf(), name=name) as file:
        return PortalDocument.objects.create(title=title, file=file, chosen_audience=audience)


def status_of(client, address):
    return client.get(address).status_code


def everything_of(response):
    return response.status_code, response.content, dict(response.headers), dict(response.cookies)


@pytest.mark.parametrize(
    ("audience", "status"), [(Audience.PUBLIC, 200), (Audience.MEMBER, 404), (Audience.EDITOR, 404)]
)
def test_a_picture_is_served_to_its_audience_alone(client, audience, status):
    rendition = picture(audience).get_rendition("max-100x100")
    assert status_of(client, rendition.url) == status
    client.force_login(UserFactory(administrator=True))
    assert status_of(client, rendition.url) == 200


@pytest.mark.parametrize(
    ("audience", "status"), [(Audience.PUBLIC, 200), (Audience.MEMBER, 404), (Audience.EDITOR, 404)]
)
def test_a_document_is_served_to_its_audience_alone(client, audience, status):
    kept = document(audience)
    assert status_of(client, kept.url) == status
    client.force_login(UserFactory(administrator=True))
    response = client.get(kept.url)
    assert (response.status_code, response.content) == (200, samples.pdf())


def test_originals_and_invented_names_have_no_address(client):
    image, kept = picture(Audience.PUBLIC), document()
    client.force_login(UserFactory(administrator=True))
    for path in (image.file.name, kept.file.name, "../portal.sqlite3", "%00", "images/x%00.png", "a" * 5000):
        assert status_of(client, f"/media/{path}") == 404


@pytest.mark.parametrize("asked", WAYS_TO_ASK.values(), ids=WAYS_TO_ASK)
@pytest.mark.parametrize("make", [document, lambda audience: picture(audience).get_rendition("max-100x100")])
def test_outsiders_cannot_tell_what_is_closed_from_what_is_not_there(client, make, asked):
    closed = make(Audience.MEMBER)
    address = closed.url
    while_there = everything_of(client.generic("GET", address, **asked))
    closed.delete()
    assert everything_of(client.generic("GET", address, **asked)) == while_there
    assert while_there[0] == (405 if asked.get("REQUEST_METHOD") == "POST" else 404)
    assert not {"ETag", "Last-Modified", "Content-Disposition", "Location"} & set(while_there[2])


@pytest.mark.parametrize("name", ["falsch.pdf", "", "a/b", "ä" * 300])
def test_the_number_of_a_document_says_which_one_is_meant(client, name):
    public, closed = document(), document(Audience.MEMBER)
    assert 'filename="Protokoll 3. Sitzung.pdf"' in client.get(f"/dokumente/{public.pk}/{name}")["Content-Disposition"]
    assert status_of(client, f"/dokumente/{closed.pk}/{name}") == 404


def test_a_file_that_is_gone_is_answered_as_any_missing_one(client):
    kept, rendition = document(), picture(Audience.PUBLIC).get_rendition("max-100x100")
    for row in (kept, rendition):
        row.file.storage.delete(row.file.name)
        assert status_of(client, row.url) == 404


def test_the_addresses_that_wagtail_makes_are_served_by_our_view(client):
    kept = document()
    assert kept.url == reverse("wagtaildocs_serve", args=[kept.pk, kept.filename])
    assert client.get(kept.url).resolver_match.url_name == "document"
    assert status_of(client, f"/dokumente/{kept.pk}/%0d%0aX: 1") == 404
    assert status_of(client, reverse("wagtaildocs_authenticate_with_password", args=[1])) == 404


@pytest.mark.parametrize(
    ("audience", "cached"),
    [(Audience.PUBLIC, "public, max-age=300"), (Audience.MEMBER, "private, no-store")],
)
def test_only_public_files_may_be_kept_by_caches(client, audience, cached, rf):
    from portal.shared import media

    request = rf.get("/")
    request.user = UserFactory()
    kept = document(audience)
    assert media.document(request, str(kept.pk), "")["Cache-Control"] == cached
    client.force_login(request.user)
    assert client.get(kept.url)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("audience", "cached"),
    [(Audience.PUBLIC, "public, max-age=86400"), (Audience.MEMBER, "private, no-store")],
)
def test_only_public_pictures_may_be_kept_by_caches(client, audience, cached, rf):
    from portal.shared import media

    request = rf.get("/")
    request.user = UserFactory()
    rendition = picture(audience).get_rendition("max-100x100")
    assert media.rendition(request, rendition.file.name)["Cache-Control"] == cached
    client.force_login(request.user)
    assert client.get(rendition.url)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "data", "mime", "shown"),
    [
        ("a.pdf", samples.pdf(), "application/pdf", True),
        ("a.pdf", samples.HTML, "application/pdf", False),
        ("a.pdf", samples.HTML + samples.pdf(), "application/pdf", False),
        ("a.pdf", samples.pdf()[:-7], "application/pdf", False),
        ("a.txt", samples.HTML, "text/plain", False),
        ("a.csv", b"a;b", "text/csv", False),
        ("a.html", samples.HTML, "application/octet-stream", False),
        ("a.svg", samples.SVG, "application/octet-stream", False),
        ("ohne", samples.pdf(), "application/octet-stream", False),
    ],
)
def test_only_a_whole_pdf_is_shown_and_all_else_is_saved(client, name, data, mime, shown):
    response = client.get(document(name=name, data=data).url)
    assert response["Content-Type"] == mime
    assert response["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert ("sandbox" in response["Content-Security-Policy"]) is not shown
    assert "unsafe" not in response["Content-Security-Policy"]


def test_a_picture_opened_as_a_page_can_do_nothing(client):
    response = client.get(picture(Audience.PUBLIC).get_rendition("max-100x100").url)
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Protokoll", 'filename="Protokoll.txt"'),
        ("Übergang Schule/Beruf.TXT", "filename*=utf-8''%C3%9Cbergang%20Schule%20Beruf.txt"),
        ('a"; filename=b.exe\r\nX: 1', 'filename="a ; filename=b.exe X 1.txt"'),
        ("harmlos\u202etxt.exe", 'filename="harmlostxt.exe.txt"'),
        ("../..", 'filename="Dokument.txt"'),
        ("x" * 255, f'filename="{"x" * 146}.txt"'),
    ],
)
def test_a_document_is_saved_under_its_title(client, title, name):
    kept = document(title=title, name="original.TXT", data=b"Text")
    response = client.get(kept.url)
    assert response["Content-Disposition"] == f"attachment; {name}"
    assert "original" not in kept.file.name


def test_the_store_knows_no_name_that_somebody_gave():
    names = [document(name="Geheim.pdf").file.name for _number in range(2)]
    names.append(picture(Audience.PUBLIC).file.name)
    assert len({name.partition("/")[2] for name in names}) == 3
    for name in names:
        assert "eheim" not in name
        assert "karte" not in name
        assert len(name.partition("/")[2]) == 36


def test_others_are_told_that_a_document_was_read(client):
    heard = []

    def listen(sender, instance, **kwargs):
        heard.append(instance)

    document_served.connect(listen)
    try:
        closed = document(Audience.MEMBER)
        client.get(closed.url)
        client.force_login(UserFactory())
        client.get(closed.url)
    finally:
        document_served.disconnect(listen)
    assert heard == [closed]


@pytest.fixture
def behind_nginx(settings):
    settings.ACCEL_PREFIX = "/_dateien/"


def test_in_production_the_web_server_sends_a_document(client, behind_nginx):
    kept = document()
    response = client.get(kept.url)
    assert (response.status_code, response.content) == (200, b"")
    assert response["X-Accel-Redirect"] == f"/_dateien/{kept.file.name}"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline")


def test_in_production_the_web_server_sends_a_picture(client, behind_nginx):
    rendition = picture(Audience.PUBLIC).get_rendition("max-100x100")
    response = client.get(rendition.url)
    assert response.content == b""
    assert response["X-Accel-Redirect"] == f"/_dateien/{rendition.file.name}"


def test_the_place_of_a_file_stays_within_the_internal_one(settings):
    from portal.shared.delivery import delivered

    settings.ACCEL_PREFIX = "/_dateien/"
    with ContentFile(b"x", name="images/ä b?c#d\r\n.png") as content:
        file = SimpleNamespace(name=content.name, open=lambda mode: content)
        assert delivered(file, content_type="image/png", public_for=None)["X-Accel-Redirect"] == (
            "/_dateien/images/%C3%A4%20b%3Fc%23d%0D%0A.png"
        )


@pytest.mark.parametrize("asked", WAYS_TO_ASK.values(), ids=WAYS_TO_ASK)
def test_outsiders_are_never_sent_to_the_web_server(client, behind_nginx, asked):
    for closed in (document(Audience.MEMBER), picture(Audience.MEMBER).get_rendition("max-100x100")):
        assert "X-Accel-Redirect" not in client.generic("GET", closed.url, **asked)


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
