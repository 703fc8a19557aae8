"""Wagtail's ways to bring in pictures and documents all pass the door, and none loses what was there before."""

import gc
import json

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, UploadedFile

from portal.shared.models import PortalDocument, PortalImage
from tests.factories.accounts import UserFactory
from tests.portal.shared import samples
from tests.portal.shared.test_malware import clamd, verdict

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file open in which it made a rendition, and the file whose size it asked for.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile", "ignore:.*FileIO"),
]


@pytest.fixture(autouse=True, scope="module")
def files_left_open():
    """Let go of them here, where the warning about them is ignored, and not in the midst of another test."""
    yield
    gc.collect()


LARGE = samples.picture("PNG", size=(1200, 900), mode="RGBA") + b"\0" * 3_000_000


@pytest.fixture(autouse=True)
def editor(client):
    client.force_login(UserFactory(roles=["administrator"], second_factor=True))


def fields(data, name, **others):
    collection = Collection.get_first_root_node().pk
    return {
        "title": "Ein Titel",
        "description": "",
        "tags": "",
        "collection": collection,
        "chosen_audience": "member",
        "focal_point_x": "",
        "file": SimpleUploadedFile(name, data),
        **others,
    }


def add(client, kind, data, name):
    """The form for a single file."""
    response = client.post(reverse(f"{kind}:add"), fields(data, name))
    if response.status_code == 302:
        assert response["Location"].startswith(reverse(f"{kind}:index"))
        return ""
    return " ".join(response.context["form"].errors["file"])


def add_among_several(client, kind, data, name):
    """The page for several files: it sends each file, keeps it aside, and asks for the rest in a form of its own."""
    given = fields(data, name)
    sent = {"title": given["title"], "collection": given["collection"], "files[]": given.pop("file")}
    answer = json.loads(client.post(reverse(f"{kind}:add_multiple"), sent).content)
    if not answer["success"]:
        return answer["error_message"]
    waiting = answer["uploaded_file_id"]
    assert samples.SECRET.encode() not in stored(UploadedFile.objects.get(pk=waiting))
    word = {"wagtailimages": "image", "wagtaildocs": "document"}[kind]
    rest = {f"uploaded-{word}-{waiting}-{key}": value for key, value in given.items()}
    address = reverse(f"{kind}:create_multiple_from_uploaded_{word}", args=[waiting])
    assert json.loads(client.post(address, rest).content)["success"]
    assert not UploadedFile.objects.exists()
    return ""


def add_while_choosing(client, kind, data, name):
    """The tab in the dialogue in which a picture or document is chosen for a page."""
    chooser = {"wagtailimages": "wagtailimages_chooser", "wagtaildocs": "wagtaildocs_chooser"}[kind]
    prefix = {"wagtailimages": "image-chooser-upload", "wagtaildocs": "document-chooser-upload"}[kind]
    given = {f"{prefix}-{key}": value for key, value in fields(data, name).items()}
    response = client.post(reverse(f"{chooser}:create"), given)
    if json.loads(response.content)["step"] == "chosen" or "select_format" in response.content.decode():
        return ""
    return " ".join(response.context["form"].errors["file"])


WAYS = [add, add_among_several, add_while_choosing]
PICTURES = ("wagtailimages", PortalImage)
DOCUMENTS = ("wagtaildocs", PortalDocument)


def stored(row) -> bytes:
    with default_storage.open(row.file.name) as file:
        return file.read()


def names_in_store() -> set[str]:
    return {
        f"{folder}/{name}"
        for folder in ("documents", "original_images", "images", "wagtail_uploads")
        if default_storage.exists(folder)
        for name in default_storage.listdir(folder)[1]
    }


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "JPG"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_picture_comes_in_without_what_it_told(client, way, kind, ending):
    assert way(client, "wagtailimages", samples.talkative(kind), f"IMG_1234.{ending}") == ""

    image = PortalImage.objects.get()
    rendition = image.get_rendition("max-10x10")
    assert (image.width, image.height, image.audience) == (20, 40, "member")
    assert image.file_size == len(stored(image))
    assert "1234" not in image.file.name
    for row in (image, rendition):
        assert samples.SECRET.encode() not in stored(row)
        with default_storage.open(row.file.name) as file, Image.open(file) as kept:
            assert dict(kept.getexif()) == {}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", samples.pdf()),
        ("a.DOCX", samples.container({"word/document.xml": b"<w/>"})),
        ("a.xlsx", samples.container({"xl/workbook.xml": b"<w/>"})),
        ("a.odt", samples.container({"content.xml": b"<w/>"})),
        ("a.csv", "Größe;Zahl\r\n".encode("cp1252")),
        ("a.txt", "Größe".encode()),
    ],
)
def test_a_document_comes_in_as_it_is(client, way, name, data):
    assert way(client, "wagtaildocs", data, name) == ""
    document = PortalDocument.objects.get()
    assert stored(document) == data
    assert (document.file_size, document.audience) == (len(data), "member")
    assert document.filename == f"Ein Titel.{name[2:].lower()}"


HOSTILE = [
    (*PICTURES, "bild.png", samples.SVG),
    (*PICTURES, "bild.svg", samples.SVG),
    (*PICTURES, "bild.png", samples.png_that_claims(6000, 5001)),
    (*PICTURES, "bild.png", samples.png_that_claims(20_000, 20_000)),
    (*PICTURES, "bild.gif", samples.moving("GIF")),
    (*PICTURES, "bild.jpg", samples.HTML),
    (*PICTURES, "bild.png", b""),
    (*PICTURES, "bild.png", samples.picture() + b"\0" * 11 * 1024 * 1024),
    (*PICTURES, "bild.heic", samples.picture()),
    (*DOCUMENTS, "papier.pdf", samples.HTML),
    (*DOCUMENTS, "papier.pdf", b"%PDF-1.7\n" + samples.HTML + b"\n%%EOF"),
    (*DOCUMENTS, "papier.pdf", samples.HTML + samples.pdf()),
    (*DOCUMENTS, "papier.pdf", samples.pdf() + samples.HTML * 50),
    (*DOCUMENTS, "papier.pdf", samples.pdf(pages=0)),
    (*DOCUMENTS, "papier.pdf", samples.pdf(password="geheim")),
    (*DOCUMENTS, "papier.docx", samples.container({"word/document.xml": b"\0" * 51 * 1024 * 1024})),
    (*DOCUMENTS, "papier.html", samples.HTML),
    (*DOCUMENTS, "papier.pdf.exe", samples.pdf()),
    (*DOCUMENTS, "papier.txt", b"MZ\x90\0\x03\0\0\0"),
    (*DOCUMENTS, "papier.txt", b""),
    (*DOCUMENTS, "papier.pdf", samples.pdf() + b"\0" * 11 * 1024 * 1024),
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("kind", "model", "name", "data"), HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_hostile_stays_outside_and_is_named(client, way, kind, model, name, data):
    before = names_in_store()
    assert name in way(client, kind, data, name)
    assert not model.objects.exists()
    assert not UploadedFile.objects.exists()
    assert names_in_store() == before


@pytest.mark.parametrize("way", WAYS)
def test_malware_stays_outside(client, way, settings):
    with clamd(verdict) as settings.CLAMD:
        assert "Eicar-Test-Signature" in way(client, "wagtaildocs", samples.EICAR, "papier.txt")
        assert way(client, "wagtaildocs", b"Ein Papier", "papier.txt") == ""


@pytest.mark.parametrize("way", WAYS)
def test_a_name_with_a_path_and_hidden_marks_leaves_no_trace(client, way):
    assert way(client, "wagtaildocs", b"Text", "..\\..\\a\u202efdp.\x07txt") == ""
    document = PortalDocument.objects.get()
    assert document.file.name.partition("/")[2].isalnum() is False
    assert len(document.file.name) == len("documents/") + 36


def test_a_title_made_of_a_file_name_loses_its_hidden_marks(client):
    client.post(reverse("wagtaildocs:add"), fields(b"Text", "a.txt", title=" Pa\u202epier\x07 "))
    assert PortalDocument.objects.get().title == "Papier"


def test_a_large_picture_in_a_temporary_file_is_drawn_anew_as_well(client):
    assert add(client, "wagtailimages", LARGE, "gross.png") == ""
    image = PortalImage.objects.get()
    assert image.file_size == len(stored(image)) < 3_000_000


def test_a_temporary_file_holds_what_came_out_of_the_door():
    from portal.shared.uploads import PictureField

    with TemporaryUploadedFile("gross.png", "image/png", len(LARGE), None) as file:
        file.write(LARGE)
        assert PictureField().clean(file).size < 3_000_000
        with open(file.temporary_file_path(), "rb") as moved:  # noqa: PTH123 -- as the store reads it.
            assert len(moved.read()) == file.size


@pytest.fixture
def there(client):
    add(client, "wagtailimages", samples.picture("PNG", size=(40, 20)), "alt.png")
    add(client, "wagtaildocs", b"Alter Text", "alt.txt")
    image, document = PortalImage.objects.get(), PortalDocument.objects.get()
    return {"wagtailimages": (image, image.get_rendition("max-10x10")), "wagtaildocs": (document,)}


REPLACEMENTS = [("wagtailimages", samples.picture("JPEG"), "neu.jpg"), ("wagtaildocs", b"Neuer Text", "neu.txt")]


@pytest.mark.parametrize(("kind", "data", "name"), REPLACEMENTS)
def test_a_replaced_file_goes_when_the_new_one_is_kept(
    client, there, kind, data, name, django_capture_on_commit_callbacks
):
    row = there[kind][0]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(f"{kind}:edit", args=[row.pk]), fields(data, name))

    for old in there[kind]:
        assert not default_storage.exists(old.file.name)
    replaced = type(row).objects.get()
    assert replaced.file.name != row.file.name
    assert default_storage.exists(replaced.file.name)
    if kind == "wagtailimages":
        assert not replaced.renditions.exists()
        assert samples.picture("PNG") != stored(replaced.get_rendition("max-10x10"))


@pytest.mark.parametrize(("kind", "data", "name"), REPLACEMENTS)
def test_a_replacement_that_is_refused_leaves_everything_as_it_was(
    client, there, kind, data, name, django_capture_on_commit_callbacks
):
    row = there[kind][0]
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse(f"{kind}:edit", args=[row.pk]), fields(samples.HTML + b"\0", name))
    assert name in str(response.context["form"].errors["file"])
    assert type(row).objects.get().file.name == row.file.name
    assert all(default_storage.exists(old.file.name) for old in there[kind])


@pytest.mark.parametrize(("kind", "data", "name"), REPLACEMENTS)
def test_a_replacement_that_cannot_be_kept_loses_nothing(client, there, kind, data, name, monkeypatch):
    row = there[kind][0]

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(default_storage._wrapped), "_save", full)
    with pytest.raises(OSError, match="No space"):
        client.post(reverse(f"{kind}:edit", args=[row.pk]), fields(data, name))
    assert type(row).objects.get().file.name == row.file.name
    assert all(default_storage.exists(old.file.name) for old in there[kind])


@pytest.mark.parametrize("kind", ["wagtailimages", "wagtaildocs"])
def test_an_edit_without_a_new_file_keeps_the_file(client, there, kind, django_capture_on_commit_callbacks):
    row = there[kind][0]
    given = fields(b"", "x", title="Neuer Titel")
    del given["file"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(f"{kind}:edit", args=[row.pk]), given)
    assert type(row).objects.get().title == "Neuer Titel"
    assert all(default_storage.exists(old.file.name) for old in there[kind])


@pytest.mark.parametrize("kind", ["wagtailimages", "wagtaildocs"])
def test_with_the_row_go_its_files(client, there, kind, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(f"{kind}:delete", args=[there[kind][0].pk]))
    assert not type(there[kind][0]).objects.exists()
    assert not any(default_storage.exists(old.file.name) for old in there[kind])


@pytest.mark.parametrize("kind", ["wagtailimages", "wagtaildocs"])
@pytest.mark.parametrize("page", ["add", "add_multiple", "index"])
def test_the_pages_for_uploads_work_and_say_what_is_accepted(client, there, kind, page):
    text = client.get(reverse(f"{kind}:{page}")).content.decode()
    assert page == "index" or "10" in text
