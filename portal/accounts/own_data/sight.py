"""What of one's own contributions one may read today: whoever lost a role does not win titles back by an export.

Titles and files may have been changed by others since. So their content is handed out only to those who may read
it in the portal; that the contribution was made, and when, is told in any case.
"""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Page, get_page_models

from portal.accounts.models import User
from portal.shared.pages import BasePage

#: Databases take only so many values in one question.
_AT_ONCE = 500


def edits(person: User) -> bool:
    """Tell whether the person works in the editing interface today, where every title can be read."""
    return person.is_active and not person.owes_second_factor and person.works_in_editing


def page_titles(person: User, keys: Iterable[int]) -> dict[int, str]:
    """Return the titles of those of the pages that the person may read today."""
    titles: dict[int, str] = {}
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        for pages in _readable_pages(person):
            titles.update(pages.filter(pk__in=some).values_list("pk", "title"))
    return titles


def _readable_pages(person: User) -> list:
    if edits(person):
        return [Page.objects.all()]
    return [model.objects.visible_to(person) for model in get_page_models() if issubclass(model, BasePage)]


def readable(person: User, queryset):
    """Keep what the person may read today of pictures or documents."""
    return queryset if edits(person) else queryset.visible_to(person)


def title_or_number(titles: dict[int, str], key: int) -> str:
    """Return a title, or what stands for one that the person may not read today."""
    return titles.get(key) or _("No. %(number)s (not readable for you at present)") % {"number": key}


def kind_name(content_type: ContentType | None) -> str:
    """Return how a kind of object is called; one whose room is gone is called by its key."""
    if content_type is None:
        return ""
    model = content_type.model_class()
    return str(model._meta.verbose_name) if model is not None else content_type.model


def own_addresses(person: User) -> list[str]:
    """Return the addresses that the person has proved to be theirs."""
    verified = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return sorted({person.email.lower(), *(address.lower() for address in verified)})
