"""Pages and files follow what they lie in, at once and in the same transaction."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from knowledge.papers.models import PaperIndexPage, PositionPaperPage
from portal.home.models import StandardPage
from portal.shared.inheritance import settle_pages
from portal.shared.models import PortalDocument
from portal.shared.visibility import Audience, labels_for
from tests.factories.accounts import UserFactory
from tests.factories.pages import paper, paper_index, site_with_home

pytestmark = pytest.mark.django_db


def audience(page) -> str:
    return type(page).objects.values_list("audience", flat=True).get(pk=page.pk)


def restrict(page, kind=PageViewRestriction.LOGIN, groups=()):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.set(groups)
    return restriction


def choose(page, chosen):
    page = type(page).objects.get(pk=page.pk)
    page.chosen_audience = chosen
    page.save()
    return page


def test_a_paper_follows_its_list_when_that_becomes_narrower_and_wider_again():
    page = paper()
    choose(paper_index(), Audience.STAFF)
    assert audience(page) == Audience.STAFF
    choose(paper_index(), Audience.PUBLIC)
    assert audience(page) == Audience.PUBLIC


def test_a_new_page_is_as_narrow_as_what_it_is_put_under():
    choose(paper_index(), Audience.MEMBER)
    assert audience(paper()) == Audience.MEMBER
    assert audience(paper(audience=Audience.EDITOR)) == Audience.EDITOR


def test_the_home_page_closes_everything():
    page = paper()
    choose(site_with_home(), Audience.EDITOR)
    assert audience(page) == Audience.EDITOR


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (PageViewRestriction.NONE, Audience.PUBLIC),
        (PageViewRestriction.LOGIN, Audience.MEMBER),
        (PageViewRestriction.PASSWORD, Audience.NOBODY),
    ],
)
def test_a_restriction_is_part_of_the_audience_of_everything_below(kind, expected):
    page = paper()
    restriction = restrict(paper_index(), kind)
    assert audience(page) == expected
    restriction.delete()
    assert audience(page) == Audience.PUBLIC


def test_a_restriction_to_groups_of_accounts_lets_in_those_alone():
    page, group = paper(), Group.objects.create(name="Lesekreis")
    restriction = restrict(paper_index(), PageViewRestriction.GROUPS, [group])
    inside, outside = UserFactory(), UserFactory()
    inside.groups.add(group)
    assert audience(page) == f"page-restriction:{restriction.pk}"
    assert audience(page) in labels_for(inside)
    assert audience(page) not in labels_for(outside)
    assert audience(page) not in labels_for(UserFactory(editor=True))


def test_a_restricted_page_is_read_by_members_and_is_nothing_to_others(client):
    page = paper()
    restrict(paper_index())
    assert client.get(page.url).status_code == 404
    client.force_login(UserFactory())
    assert client.get(page.url).status_code == 200


def test_two_restrictions_that_share_nobody_close_the_page_to_everybody():
    page = paper()
    restrict(paper_index(), PageViewRestriction.GROUPS)
    restrict(page, PageViewRestriction.GROUPS)
    assert audience(page) == Audience.NOBODY


def test_a_page_that_is_moved_follows_what_it_comes_to_lie_under():
    closed = site_with_home().add_child(
        instance=StandardPage(title="Intern", slug="intern", chosen_audience=Audience.STAFF)
    )
    opened = site_with_home().add_child(instance=StandardPage(title="Offen", slug="offen"))
    child = opened.add_child(instance=StandardPage(title="Kind", slug="kind"))
    Page.objects.get(pk=opened.pk).move(Page.objects.get(pk=closed.pk), pos="last-child")
    assert audience(child) == Audience.STAFF
    Page.objects.get(pk=opened.pk).move(Page.objects.get(pk=site_with_home().pk), pos="last-child")
    assert audience(child) == Audience.PUBLIC


def test_publishing_an_old_version_does_not_bring_back_its_audience():
    page = paper()
    page.save_revision()
    choose(paper_index(), Audience.STAFF)
    PositionPaperPage.objects.get(pk=page.pk).get_latest_revision().publish()
    assert audience(page) == Audience.STAFF


def test_what_is_rolled_back_leaves_no_audience_behind():
    page = paper()
    with transaction.atomic():
        restrict(paper_index())
        transaction.set_rollback(True)
    assert audience(page) == Audience.PUBLIC


def test_a_copy_of_a_page_follows_its_new_place():
    page = paper(title="Vorlage", slug="vorlage")
    closed = site_with_home().add_child(
        instance=PaperIndexPage(title="Archiv", slug="archiv", chosen_audience=Audience.STAFF)
    )
    copy = page.copy(to=closed, update_attrs={"slug": "abschrift"})
    assert audience(copy) == Audience.STAFF


def test_the_index_hears_of_every_page_whose_audience_follows(django_capture_on_commit_callbacks):
    from search.models import OutboxEntry

    page = paper()
    before = OutboxEntry.objects.get(kind="paper", object_id=str(page.pk)).version
    restrict(paper_index())
    assert OutboxEntry.objects.get(kind="paper", object_id=str(page.pk)).version > before


def test_settling_costs_as_much_for_many_pages_as_for_few(django_assert_max_num_queries):
    for _ in range(12):
        paper()
    with django_assert_max_num_queries(14):
        settle_pages(Page.objects.get(pk=site_with_home().pk))


def test_a_step_of_the_way_that_the_reader_may_not_see_is_left_out(client):
    """The tree sees to it that there is none; should it ever fail to, the way still tells nothing."""
    home = site_with_home()
    above = home.add_child(instance=StandardPage(title="Verborgene Stufe", slug="stufe"))
    below = above.add_child(instance=StandardPage(title="Offene Seite", slug="offen"))
    assert "Verborgene Stufe" in client.get(below.url).content.decode()
    StandardPage.objects.filter(pk=above.pk).update(audience=Audience.EDITOR)
    assert "Verborgene Stufe" not in client.get(below.url).content.decode()


class TestFiles:
    @pytest.fixture
    def collection(self):
        return Collection.get_first_root_node().add_child(name="Intern")

    def document(self, collection=None, **fields):
        values = {"collection": collection} if collection else {}
        return PortalDocument.objects.create(title="Datei", file=ContentFile(b"Text", "datei.txt"), **values, **fields)

    def test_files_follow_the_restriction_of_their_collection(self, collection):
        document = self.document(collection)
        restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
        assert audience(document) == Audience.MEMBER
        assert audience(self.document(collection)) == Audience.MEMBER
        restriction.delete()
        assert audience(document) == Audience.PUBLIC

    def test_a_collection_that_was_moved_by_a_program_takes_its_files_along_when_it_is_saved(self, collection):
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
        moved = Collection.get_first_root_node().add_child(name="Umzug")
        document = self.document(moved)
        moved.move(collection, pos="sorted-child")
        Collection.objects.get(pk=moved.pk).save()
        assert audience(document) == Audience.MEMBER

    def test_a_file_stays_narrower_than_its_collection_where_it_was_chosen_so(self, collection):
        document = self.document(collection, chosen_audience=Audience.STAFF)
        restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
        assert audience(document) == Audience.STAFF
        restriction.delete()
        assert audience(document) == Audience.STAFF

    def test_a_file_that_changes_its_collection_follows_it(self, collection):
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
        document = self.document()
        assert audience(document) == Audience.PUBLIC
        document.collection = collection
        document.save()
        assert audience(document) == Audience.MEMBER
        assert not PortalDocument.objects.visible_to(AnonymousUser()).exists()

    def test_files_put_into_a_collection_together_follow_it(self, collection, client):
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
        documents = [self.document(), self.document()]
        client.force_login(UserFactory(administrator=True))
        ids = "&".join(f"id={document.pk}" for document in documents)
        response = client.post(
            f"/redaktion/bulk/shared/portaldocument/add_to_collection/?{ids}", {"collection": collection.pk}
        )
        assert response.status_code == 302
        assert [audience(document) for document in documents] == [Audience.MEMBER] * 2

    def test_a_collection_that_is_moved_takes_its_files_along(self, collection, client):
        closed = Collection.get_first_root_node().add_child(name="Zu")
        CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
        document = self.document(collection)
        client.force_login(UserFactory(administrator=True))
        response = client.post(f"/redaktion/collections/{collection.pk}/", {"name": "Intern", "parent": closed.pk})
        assert response.status_code == 302
        assert audience(document) == Audience.MEMBER


class TestCommand:
    def test_it_finds_and_mends_an_audience_that_does_not_follow(self, capsys):
        page = paper()
        choose(paper_index(), Audience.STAFF)
        PositionPaperPage.objects.update(audience=Audience.PUBLIC)
        with pytest.raises(CommandError, match="1 Seiten"):
            call_command("audiences")
        assert audience(page) == Audience.PUBLIC
        call_command("audiences", "--repair")
        assert audience(page) == Audience.STAFF
        call_command("audiences")
