"""Which short texts of a model the editors' search looks at: those that the model declares for Wagtail."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail.models import Page
from wagtail.search.index import FilterField, RelatedFields

#: A page that is live keeps its new title here until it is published; editors see this one in their lists.
_DRAFT_TITLE = "draft_title"


@dataclass(frozen=True, slots=True)
class Columns:
    """Texts as paths from the model; the first of the own ones is what an object is called."""

    #: Read in one row with the object.
    own: tuple[str, ...]
    #: May be several for one object, so each is asked for by itself.
    several: tuple[str, ...]


@cache
def columns_of(model: type[models.Model], names: tuple[str, ...] | None = None) -> Columns:
    """Return the texts with these names, or all that the model declares.

    Texts of richer form are left out: reading all of them for every question would take too long, and the index
    has them already.
    """
    if names is None:
        names = tuple(_declared(model.get_search_fields()))
        if issubclass(model, Page):
            names = (*names, _DRAFT_TITLE)
    own, several = [], []
    for name in dict.fromkeys(names):
        field, is_one = _follow(model, name)
        if _is_short_text(field):
            (own if is_one else several).append(name)
    return Columns(tuple(own), tuple(several))


def _declared(fields: Iterable) -> Iterator[str]:
    for field in fields:
        if isinstance(field, RelatedFields):
            yield from (f"{field.field_name}__{name}" for name in _declared(field.fields))
        elif not isinstance(field, FilterField):
            yield field.field_name


def _follow(model: type[models.Model], path: str) -> tuple[object | None, bool]:
    """Return the field at the end of a path, and whether there is one value of it for each object."""
    field, is_one = None, True
    for name in path.split("__"):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            # A method, whose answers the database does not know.
            return None, is_one
        is_one = is_one and not (field.one_to_many or field.many_to_many)
        model = field.related_model
    return field, is_one


def _is_short_text(field: object | None) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not hasattr(field, "get_searchable_content")
