import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from knowledge.papers.models import PositionPaperPage
from portal.accounts.enums import AccountState
from portal.shared.visibility import Audience, labels_for
from tests.factories.accounts import UserFactory
from tests.factories.pages import paper

pytestmark = pytest.mark.django_db


def editor():
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


ROLES = {
    "anonymous": (AnonymousUser, {Audience.PUBLIC}),
    "member": (UserFactory, {Audience.PUBLIC, Audience.MEMBER}),
    "staff": (lambda: UserFactory(staff=True), {Audience.PUBLIC, Audience.MEMBER, Audience.STAFF}),
    "editor": (editor, set(Audience)),
    "administrator": (lambda: UserFactory(administrator=True), set(Audience)),
    "suspended": (lambda: UserFactory(administrator=True, state=AccountState.SUSPENDED), {Audience.PUBLIC}),
}


@pytest.mark.parametrize("role", ROLES)
def test_everybody_has_the_labels_of_their_role(role):
    make, labels = ROLES[role]
    assert labels_for(make()) == labels


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("audience", Audience)
def test_list_and_page_agree_on_who_may_read(client, role, audience):
    user = ROLES[role][0]()
    page = paper(audience=audience)
    may = audience in labels_for(user)
    if user.is_authenticated:
        client.force_login(user)
    assert PositionPaperPage.objects.visible_to(user).filter(pk=page.pk).exists() is may
    if user.is_active or user.is_anonymous:
        assert client.get(page.url).status_code == (200 if may else 404)
        assert client.get(f"{page.url}zitat/ris/").status_code == (200 if may else 404)


def test_a_draft_and_a_restricted_page_are_in_no_list():
    from wagtail.models import PageViewRestriction

    draft, restricted = paper(live=False), paper()
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    seen = PositionPaperPage.objects.visible_to(UserFactory(administrator=True))
    assert not seen.filter(pk__in=[draft.pk, restricted.pk]).exists()


def test_a_restriction_of_the_list_hides_every_paper_below_it():
    from wagtail.models import PageViewRestriction

    page = paper()
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert not PositionPaperPage.objects.visible_to(UserFactory(administrator=True)).exists()


def test_a_page_whose_path_only_looks_alike_is_not_hidden():
    from wagtail.models import PageViewRestriction

    first, second = paper(), paper()
    PageViewRestriction.objects.create(page=first, restriction_type=PageViewRestriction.LOGIN)
    assert list(PositionPaperPage.objects.visible_to(AnonymousUser())) == [second]
