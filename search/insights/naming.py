"""How records and the subjects of tasks are called, asked for once for a whole page, and only what one may see."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder

from search.insights.models import EditorialTask
from search.registry import Registration, registry

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RecordName:
    """A record as lists show it."""

    kind_label: str
    title: str
    #: Where readers find it; empty where it has no record now.
    url: str = ""
    #: Where it is edited; empty for whoever may not.
    edit_url: str = ""


def visible_keys(keys: Iterable[Key], person) -> set[Key]:
    """Return which of the records a person may read now; one question per kind."""
    return {
        (kind, pk)
        for kind, ids in _by_kind(keys).items()
        if (registration := registry.get(kind)) is not None
        for pk in registration.visible_to(person, ids)
    }


def names_of(keys: Iterable[Key], person) -> dict[Key, RecordName]:
    """Name the records that a person may read or edit; the others are called by kind and number."""
    keys = list(keys)
    visible, finder = visible_keys(keys, person), AdminURLFinder(person)
    names = {(kind, pk): RecordName(_kind_label(kind), _number(pk)) for kind, pk in keys}
    for kind, ids in _by_kind(keys).items():
        registration = registry.get(kind)
        for found in registration.queryset().filter(pk__in=ids) if registration else ():
            key = (kind, str(found.pk))
            edit_url = finder.get_edit_url(found) or ""
            if key in visible or edit_url:
                url = _url(registration, found) if key in visible else ""
                names[key] = RecordName(_kind_label(kind), str(found), url, edit_url)
    return names


def subject_of(task: EditorialTask, person) -> str:
    """Return in a few words what a task is about."""
    if task.text:
        return _("the search for “%(text)s”") % {"text": task.text}
    name = names_of([task.key], person)[task.key]
    return f"{name.kind_label}: {name.title}"


def _by_kind(keys: Iterable[Key]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for kind, pk in keys:
        groups.setdefault(kind, []).append(pk)
    return groups


def _kind_label(kind: str) -> str:
    registration = registry.get(kind)
    return str(registration.label) if registration else kind


def _number(pk: str) -> str:
    return _("No. %(number)s") % {"number": pk}


def _url(registration: Registration, found) -> str:
    """Return the address in the record; what cannot be projected has none, which is why somebody looks at it."""
    try:
        record = registration.project(found)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return ""
    return record.url if record else ""
