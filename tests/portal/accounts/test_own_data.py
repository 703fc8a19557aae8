"""One's own data: everything that points at a person is shown and handed out, nothing secret, nothing of others."""

import gc
import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db.models import EmailField
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import APIToken, Comment, Page

from portal.accounts.actions.roles import end_all_roles
from portal.accounts.models import Invitation, JoinRequest, RoleAssignment
from portal.accounts.own_data import export
from portal.accounts.own_data.export import write_archive
from portal.accounts.own_data.registry import answered_fields, data_kinds
from portal.audit.actions import record
from portal.audit.models import AuditEntry
from portal.home.models import ReaderMessage
from portal.shared.models import PortalDocument, PortalImage
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def files_left_open():
    """Let go of them here, where the warning about them is ignored, and not in the midst of another test."""
    yield
    gc.collect()


PASSWORD = "ein-langes-Passwort"


def confirmed(client, person):
    """Sign in, and confirm it once more as the pages ask for it."""
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def archive_of(person):
    stream = io.BytesIO()
    contents = write_archive(person, at=timezone.now(), stream=stream)
    return zipfile.ZipFile(stream), contents


def data_of(person):
    return json.loads(archive_of(person)[0].read("data.json"))["sections"]


def fields_about_people():
    """Every field that points at a person, and every field that holds an e-mail address."""
    people = get_user_model()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            points = field.is_relation and not field.auto_created and field.related_model is people
            if points or isinstance(field, EmailField):
                yield f"{field.model._meta.label_lower}.{field.name}"


def test_the_walk_over_all_models_knows_some_fields():
    assert {"wagtailcore.page.owner", "accounts.consent.person", "account.emailaddress.email"} <= set(
        fields_about_people()
    )


def test_every_field_about_people_is_handed_out_or_exempt_with_a_reason():
    missing = sorted(set(fields_about_people()) - set(answered_fields()))
    assert missing == [], (
        "These fields point at people, and nobody answers for them. Hand them out by a DataKind in the room's "
        "own_data.py (portal.accounts.own_data.registry.register_kinds), or say with register_exempt why not."
    )


def test_nothing_is_answered_for_that_is_not_there():
    assert sorted(set(answered_fields()) - set(fields_about_people())) == []


@pytest.mark.parametrize("kind", data_kinds(), ids=lambda kind: kind.code)
def test_every_kind_says_why_and_how_long(kind):
    assert str(kind.title)
    assert str(kind.purpose).endswith(".")
    assert str(kind.retention).endswith(".")


def some_editor():
    """A person of whom almost every kind of data is there."""
    person = UserFactory(editor=True, display_name="Ayşe Öztürk")
    Authenticator.objects.create(user=person, type="recovery_codes", data={"seed": "geheimer-Samen"})
    SocialAccount.objects.create(
        user=person, provider="oidc", uid="u-1", extra_data={"userinfo": {"name": "Ayşe"}, "access_token": "geheim-T"}
    )
    UserSession.objects.create(user=person, session_key="geheimer-schluessel", ip="192.0.2.7", user_agent="Firefox")
    APIToken.objects.create(user=person, name="Skript", key_hash="geheimer-hash", prefix="wagtail_x")
    EmailAddress.objects.create(user=person, email="zweite@kommune.example", verified=True)
    ReaderMessage.objects.create(kind="question", text="Eine Frage", email="zweite@kommune.example")
    PortalDocument.objects.create(
        title="Plan", file=ContentFile(b"Inhalt des Plans", name="plan.txt"), uploaded_by_user=person
    )
    PortalImage.objects.create(title="Rathaus", file=get_test_image_file(), uploaded_by_user=person)
    return person


def add_others(person):
    """What ties others to the person."""
    other = UserFactory(display_name="Fremde Person", email="fremd@kommune.example", roles=["editor"])
    RoleAssignment.objects.filter(person=other).update(granted_by=person, reason="Grund-der-Fremden")
    RoleAssignment.objects.filter(person=person).update(granted_by=other)
    Invitation.objects.create(
        email="eingeladen@kommune.example", display_name="Eingeladene", token_digest="d" * 64, invited_by=person
    )
    JoinRequest.objects.create(
        email="bitte@kommune.example", display_name="Bittende", decided_by=person, state="declined"
    )
    record(
        action="account.changed", by=person, about=other, after={"state": "Zustand-der-Fremden"}, reason="Fremdgrund"
    )
    record(action="account.changed", by=other, about=person, reason="Grund bei mir")
    return other


OF_OTHERS = (
    "Fremde Person", "fremd@", "eingeladen@", "Eingeladene", "Bittende", "bitte@",
    "Grund-der-Fremden", "Zustand-der-Fremden", "Fremdgrund",
)  # fmt: skip
SECRETS = ("geheim", "JBSWY3DPEHPK3PXP", "seed")


def test_the_archive_holds_what_is_mine():
    person = some_editor()
    sections = data_of(person)
    assert sections["account"][0]["name"] == "Ayşe Öztürk"
    assert len(sections["email_addresses"]) == 2
    assert sections["roles"][0]["until"] is None
    assert len(sections["second_factors"]) == 2
    assert sections["linked_sign_ins"][0]["said"] == "name: Ayşe"
    assert sections["sessions"][0]["internet_address"] == "192.0.2.7"
    assert sections["messages"][0]["text"] == "Eine Frage"
    assert sections["documents"][0]["title"] == "Plan"


def test_the_archive_holds_the_files_under_safe_names():
    person = some_editor()
    PortalDocument.objects.create(
        title="../../etc/passwd", file=ContentFile(b"x", name="a.txt"), uploaded_by_user=person
    )
    archive, contents = archive_of(person)
    names = [name for name in archive.namelist() if name.startswith("files/")]
    assert sorted(names) == sorted(contents.files)
    assert not any(".." in name or name.startswith("/") for name in names)
    assert b"Inhalt des Plans" in [archive.read(name) for name in names]


def test_nothing_secret_and_nothing_of_others_is_in_the_archive():
    person = some_editor()
    add_others(person)
    archive, _contents = archive_of(person)
    text = "".join(archive.read(name).decode() for name in ("data.json", "README.txt"))
    assert [trace for trace in (*OF_OTHERS, *SECRETS, person.password) if trace in text] == []
    assert "Grund bei mir" in text


def test_nothing_secret_and_nothing_of_others_is_on_the_page(client):
    person = some_editor()
    add_others(person)
    client.force_login(person)
    text = client.get(reverse("account_own_data")).content.decode()
    assert [trace for trace in (*OF_OTHERS, *SECRETS, person.password) if trace in text] == []
    assert "192.0.2.7" in text


def test_the_same_data_make_the_same_bytes():
    person, at = some_editor(), timezone.now()
    streams = [io.BytesIO(), io.BytesIO()]
    for stream in streams:
        write_archive(person, at=at, stream=stream)
    assert streams[0].getvalue() == streams[1].getvalue()


def test_who_lost_the_role_gets_no_titles_and_files_back_by_the_export():
    person = some_editor()
    PortalDocument.objects.create(
        title="Vertraulicher Plan", file=ContentFile(b"Vertrauliches", name="v.txt"),
        uploaded_by_user=person, chosen_audience="editor",
    )  # fmt: skip
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=Page(title="Vertrauliche Seite", slug="v", owner=person, live=False))
    Comment.objects.create(page=page, user=person, text="Mein Wort", contentpath="title")
    before = json.dumps(data_of(person), ensure_ascii=False)
    end_all_roles(by=None, person=person, reason="")
    archive, _contents = archive_of(person)
    after = archive.read("data.json").decode()
    for title in ("Vertraulicher Plan", "Vertrauliche Seite"):
        assert title in before
        assert title not in after
    assert not any("Vertraul" in name for name in archive.namelist())
    assert "Mein Wort" in after


def test_files_that_are_gone_or_too_large_are_named_and_the_rest_is_handed_out(monkeypatch):
    person = some_editor()
    gone = PortalDocument.objects.create(title="Weg", file=ContentFile(b"weg", name="weg.txt"), uploaded_by_user=person)
    gone.file.storage.delete(gone.file.name)
    _archive, contents = archive_of(person)
    assert [left["reason"] for left in contents.left_out] == ["missing"]
    monkeypatch.setattr(export, "MAX_BYTES_OF_FILES", 20)
    archive, contents = archive_of(person)
    assert {left["reason"] for left in contents.left_out} == {"missing", "too_large"}
    assert contents.left_out[0]["name"] in archive.read("README.txt").decode()


def test_the_download_asks_who_it_is_and_is_logged(client):
    person = UserFactory()
    client.force_login(person)
    asked = client.post(reverse("account_export"))
    assert asked.status_code == 302
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    back = client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    assert back.redirect_chain == [(reverse("account_own_data"), 302)]
    assert "Jetzt können Sie Ihre Daten herunterladen." in back.content.decode()
    handed = client.post(reverse("account_export"))
    assert handed["Content-Type"] == "application/zip"
    assert handed["Content-Disposition"].startswith('attachment; filename="meine-daten-')
    assert "no-store" in handed["Cache-Control"]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(handed.streaming_content)))
    assert set(archive.namelist()) == {"README.txt", "data.json"}
    assert AuditEntry.objects.get(action="account.exported").actor_id == person.pk


def test_who_comes_to_the_download_without_the_button_is_led_to_it(client):
    client.force_login(UserFactory())
    assert client.get(reverse("account_export"))["Location"] == reverse("account_own_data")


def test_five_downloads_a_day_are_enough(client, settings):
    person = UserFactory()
    confirmed(client, person)
    settings.ACCOUNT_RATE_LIMITS = {}
    codes = []
    for _number in range(6):
        answer = client.post(reverse("account_export"))
        codes.append(answer.status_code)
        if answer.streaming:
            # The client closes what was handed out once it is read.
            b"".join(answer.streaming_content)
    assert codes == [200] * 5 + [429]


@pytest.mark.parametrize(
    "name", ["account_own_data", "account_export", "account_consents", "account_leave", "account_delete"]
)
def test_strangers_find_the_door(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_the_page_does_not_ask_once_per_row(client, django_assert_max_num_queries):
    person = UserFactory(editor=True)
    root = Page.objects.get(depth=1)
    for number in range(15):
        page = root.add_child(instance=Page(title=f"Seite {number}", slug=f"s{number}", owner=person))
        page.save_revision(user=person)
    client.force_login(person)
    client.get(reverse("account_own_data"))
    with django_assert_max_num_queries(100):
        client.get(reverse("account_own_data"))
