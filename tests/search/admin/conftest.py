"""Content of several kinds for the editors' search: live, unpublished, changed since, closed, and not registered."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from portal.home.models import StandardPage
from portal.shared.models import PortalDocument, PortalImage
from search.rebuild import rebuild
from tests.factories.accounts import UserFactory
from tests.factories.pages import paper, section, site_with_home


@pytest.fixture
def tree(db):
    """Pages, and an index that knows those of them that readers may find."""
    site_with_home()
    pages = {
        "live": paper(title="Wege zur Ausländerbehörde", sections=[section("Ziele", "<p>Termine beim Lotsen.</p>")]),
        "draft": paper(title="Ausländerbehörden im Wandel", live=False),
        "closed": paper(
            title="Vertraulicher Vermerk",
            audience="editor",
            sections=[section("Lage", "<p>Die Kaulbarschquote steigt.</p>")],
        ),
        "plain": site_with_home().add_child(instance=StandardPage(title="Ansprechpartner:innen", slug="kontakte")),
    }
    changed = paper(title="Sprachkurse", live=True)
    changed.title = "Integrationskurse"
    changed.save_revision()
    pages["changed"] = changed
    rebuild()
    return pages


@pytest.fixture
def editor(db):
    """A person who edits everything, vocabulary and municipalities too."""
    return UserFactory(editor=True, administrator=True)


@pytest.fixture
def desk(client, editor):
    """A browser in which the editor is signed in."""
    client.force_login(editor)
    return client


def document(title: str, **fields) -> PortalDocument:
    """Return a file for download."""
    with ContentFile(b"Ein Text.", name="datei.txt") as file:
        return PortalDocument.objects.create(title=title, file=file, **fields)


def picture(title: str, **fields) -> PortalImage:
    """Return a picture."""
    drawn = io.BytesIO()
    with Image.new("RGB", (4, 3), "white") as image:
        image.save(drawn, "PNG")
    with ContentFile(drawn.getvalue(), name="bild.png") as file:
        return PortalImage.objects.create(title=title, file=file, **fields)
