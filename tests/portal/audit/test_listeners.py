"""What is logged without anybody asking: publication, moves, restrictions, audiences."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from portal.audit.models import AuditEntry
from portal.home.models import StandardPage
from portal.shared.models import PortalDocument, PortalImage
from tests.factories.pages import site_with_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db):
    return site_with_home().add_child(instance=StandardPage(title="Ankommen", slug="ankommen"))


def publish(page):
    page.save_revision().publish()


def restrict(page, kind=PageViewRestriction.LOGIN):
    return PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type=kind)


def restrict_to_login(page):
    restrict(page)


def change_restriction(page):
    restriction = restrict(page)
    restriction.restriction_type = PageViewRestriction.GROUPS
    restriction.save()
    restriction.save()


def choose_groups(page):
    restrict(page, PageViewRestriction.GROUPS).groups.set([Group.objects.create(name="Runde")])


def lift_restriction(page):
    restriction = restrict(page, PageViewRestriction.GROUPS)
    restriction.groups.set([Group.objects.create(name="Runde")])
    restriction.delete()


def change_audience(page):
    page.chosen_audience = "staff"
    page.save()
    page.save()


def move(page):
    other = site_with_home().add_child(instance=StandardPage(title="Themen", slug="themen"))
    page.move(other, pos="last-child")


@pytest.mark.parametrize(
    ("act", "action", "before", "after"),
    [
        (publish, "page.published", None, {"address": "/start/ankommen/", "audience": "public"}),
        (lambda page: page.unpublish(), "page.unpublished", {"address": "/start/ankommen/"}, None),
        (
            move,
            "page.moved",
            {"parent": "Fokusportal", "address": "/start/ankommen/"},
            {"parent": "Themen", "address": "/start/themen/ankommen/"},
        ),
        (lambda page: page.delete(), "page.deleted", {"address": "/start/ankommen/"}, None),
        (restrict_to_login, "restriction.created", None, {"restriction": "login"}),
        (change_restriction, "restriction.changed", {"restriction": "login"}, {"restriction": "groups"}),
        (choose_groups, "restriction.changed", {"groups": []}, {"groups": ["Runde"]}),
        (lift_restriction, "restriction.removed", {"restriction": "groups", "groups": ["Runde"]}, None),
        (change_audience, "audience.changed", {"audience": "public"}, {"audience": "staff"}),
    ],
)
def test_an_act_on_a_page_is_logged_once(page, acting, logged, act, action, before, after):
    page = StandardPage.objects.get(pk=page.pk)
    act(page)
    (entry,) = logged(action)
    assert (entry.before, entry.after) == (before, after)
    assert (entry.actor_id, entry.actor_name) == (acting.pk, "Ayşe Özdemir")
    assert (entry.object_kind, entry.object_name) == ("home.standardpage", "Ankommen")


@pytest.mark.parametrize(
    "act",
    [
        lambda page: page.save(),
        lambda page: page.save(update_fields=["title"]),
        lambda page: page.save_revision(),
        lambda page: page.move(site_with_home(), pos="first-child"),
        lambda page: StandardPage.objects.only("title").get(pk=page.pk).save(),
    ],
)
def test_what_changes_nothing_for_readers_is_not_logged(page, logged, act):
    act(StandardPage.objects.get(pk=page.pk))
    assert logged("page.", "audience.", "restriction.") == []


def test_a_deleted_branch_names_every_page(page, logged):
    page.add_child(instance=StandardPage(title="Wohnen", slug="wohnen"))
    StandardPage.objects.get(pk=page.pk).delete()
    assert {entry.object_name for entry in logged("page.deleted")} == {"Ankommen", "Wohnen"}


def test_the_portal_itself_acts_in_commands(page, logged):
    publish(page)
    (entry,) = logged("page.published")
    assert (entry.actor_id, entry.actor_name) == (None, "")


def a_picture():
    return PortalImage.objects.create(title="Rathaus", file=get_test_image_file())


def a_document():
    return PortalDocument.objects.create(title="Rathaus", file=ContentFile(b"Text", "rathaus.txt"))


@pytest.mark.parametrize("make", [a_picture, a_document])
def test_files_log_the_audience_they_begin_with_and_every_change(acting, logged, make):
    file = make()
    file.chosen_audience = "member"
    file.save()
    file.save()
    begun, changed = logged("audience.")
    assert (begun.action, begun.before, begun.after) == ("audience.set", None, {"audience": "public"})
    assert (changed.before, changed.after) == ({"audience": "public"}, {"audience": "member"})
    assert {begun.object_name, changed.object_name} == {"Rathaus"}


def test_restrictions_of_collections_are_logged(acting, logged):
    collection = Collection.objects.get(depth=1).add_child(name="Protokolle der Gruppe")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    (entry,) = logged("restriction.")
    assert (entry.object_kind, entry.object_name) == ("wagtailcore.collection", "Protokolle der Gruppe")


def test_a_password_is_never_logged(page, logged):
    restriction = restrict(page, PageViewRestriction.PASSWORD)
    restriction.password = "streng-geheim"
    restriction.save()
    assert "streng-geheim" not in str(list(AuditEntry.objects.values()))
    assert logged("restriction.")[0].after == {"restriction": "password"}


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_is_not_logged(page, logged):
    def act_and_fail():
        change_audience(page)
        publish(page)
        assert len(logged()) == 2
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        act_and_fail()
    assert logged() == []


def test_the_editing_interface_names_who_published(client, administrator, page, logged):
    client.force_login(administrator)
    response = client.post(f"/redaktion/pages/{page.pk}/unpublish/")
    assert response.status_code == 302
    (entry,) = logged("page.unpublished")
    assert entry.actor_id == administrator.pk
