"""Sequences in which a page was shown to more people than it should be, found by the state machine and by reading."""

import pytest
from wagtail.models import Page, PageViewRestriction

from portal.home.models import StandardPage
from portal.shared.visibility import Audience
from tests.factories.pages import site_with_home

pytestmark = pytest.mark.django_db


def page(slug: str, parent=None, **fields) -> StandardPage:
    return Page.objects.get(pk=(parent or site_with_home()).pk).add_child(
        instance=StandardPage(title=slug, slug=slug, **fields)
    )


def audience(found) -> str:
    return StandardPage.objects.values_list("audience", flat=True).get(pk=found.pk)


def alias_of(source, parent):
    return source.create_alias(parent=Page.objects.get(pk=parent.pk), update_slug=f"{source.slug}-alias")


def restrict(found, kind=PageViewRestriction.LOGIN):
    return PageViewRestriction.objects.create(page=Page.objects.get(pk=found.pk), restriction_type=kind)


def test_an_alias_follows_a_restriction_that_its_source_gets_later():
    source = page("quelle")
    alias = alias_of(source, site_with_home())
    restriction = restrict(source)
    assert audience(alias) == Audience.MEMBER
    restriction.delete()
    assert audience(alias) == Audience.PUBLIC


def test_an_alias_of_an_alias_and_what_lies_under_it_follow_the_source_too():
    source = page("quelle")
    second = alias_of(alias_of(source, site_with_home()), site_with_home())
    child = page("kind", parent=second)
    restrict(source, PageViewRestriction.GROUPS)
    assert audience(second) == audience(child) == audience(source) != Audience.PUBLIC


def test_an_alias_of_something_for_a_circle_of_accounts_is_for_the_same_circle():
    source = page("quelle")
    restriction = restrict(source, PageViewRestriction.GROUPS)
    assert audience(alias_of(source, site_with_home())) == f"page-restriction:{restriction.pk}"


def test_an_alias_below_something_restricted_is_as_closed_as_its_source(client):
    open_enough = page("oben")
    restrict(open_enough, PageViewRestriction.NONE)
    source = page("quelle")
    restrict(source)
    alias = alias_of(source, open_enough)
    assert audience(alias) == Audience.MEMBER
    assert client.get(StandardPage.objects.get(pk=alias.pk).url).status_code == 404


def test_a_copy_below_something_restricted_is_as_closed_as_what_was_copied():
    open_enough = page("oben")
    restrict(open_enough, PageViewRestriction.NONE)
    source = page("quelle")
    restrict(source)
    copied = source.copy(to=Page.objects.get(pk=open_enough.pk), update_attrs={"slug": "kopie"})
    assert audience(copied) == Audience.MEMBER
