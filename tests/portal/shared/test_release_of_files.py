"""Authors bring in files for the editors; for whom else a file is open belongs to the release."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.shared.models import PortalDocument
from portal.shared.visibility import Audience
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def given(audience, **others):
    return {"title": "Plan", "tags": "", "collection": 1, "chosen_audience": audience, **others}


def document(by, audience):
    return PortalDocument.objects.create(
        title="Plan", file=ContentFile(b"Text", "plan.txt"), chosen_audience=audience, uploaded_by_user=by
    )


def test_an_author_cannot_open_a_file_of_somebody_else(client):
    closed = document(UserFactory(editor=True), Audience.STAFF)
    client.force_login(UserFactory(author=True))
    client.post(f"/redaktion/documents/edit/{closed.pk}/", given(Audience.PUBLIC))
    closed.refresh_from_db()
    assert closed.audience == Audience.STAFF


def test_an_authors_own_file_is_for_the_editors_until_they_release_it(client):
    author = UserFactory(author=True)
    client.force_login(author)
    file = SimpleUploadedFile("plan.txt", b"Text")
    client.post("/redaktion/documents/add/", given(Audience.PUBLIC, file=file))
    assert not PortalDocument.objects.exists()
    file.seek(0)
    client.post("/redaktion/documents/add/", given(Audience.EDITOR, file=file))
    own = PortalDocument.objects.get()
    assert own.audience == Audience.EDITOR
    client.post(f"/redaktion/documents/edit/{own.pk}/", given(Audience.PUBLIC))
    own.refresh_from_db()
    assert own.audience == Audience.EDITOR
    client.force_login(UserFactory(editor=True))
    client.post(f"/redaktion/documents/edit/{own.pk}/", given(Audience.PUBLIC))
    own.refresh_from_db()
    assert own.audience == Audience.PUBLIC


def test_a_copy_keeps_the_restriction_of_its_original_below_another_one(client):
    from django.contrib.auth.models import Group
    from wagtail.models import PageViewRestriction

    from portal.home.models import StandardPage
    from tests.factories.pages import site_with_home

    home = site_with_home()
    original = home.add_child(instance=StandardPage(title="Original", slug="original"))
    place = home.add_child(instance=StandardPage(title="Ort", slug="ort"))
    restriction = PageViewRestriction.objects.create(page=original, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Lesekreis"))
    PageViewRestriction.objects.create(page=place, restriction_type="login")
    client.force_login(UserFactory(administrator=True))
    client.post(
        f"/redaktion/pages/{original.pk}/copy/",
        {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": place.pk, "publish_copies": True},
    )
    copy = StandardPage.objects.get(slug="kopie")
    assert copy.audience.startswith("page-restriction:")


def test_wagtails_reports_hold_no_formula(client):
    person = UserFactory(administrator=True, display_name='=HYPERLINK("http://x.example")')
    client.force_login(person)
    client.post("/redaktion/collections/add/", {"name": "Neu", "parent": 1})
    client.post("/redaktion/snippets/groups/workinggroup/add/", {"name": "AG", "slug": "ag", "purpose": ""})
    answer = client.get("/redaktion/reports/site-history/?export=csv")
    text = b"".join(answer.streaming_content).decode()
    assert "HYPERLINK" in text
    assert '"=HYPERLINK' not in text.replace("\"'=", "")
