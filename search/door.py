"""The one door into the search: rooms announce here what can be found, and hand in nothing but records."""

from collections.abc import Callable, Iterable

from django.db import models

from search import outbox
from search.editors import register_editor_question
from search.facet_names import register_facet_names
from search.records import Facet, SearchRecord, Section
from search.registry import Dependency, Registration, registry
from search.thesaurus import ThesaurusLabel, ThesaurusTerm, register_thesaurus

__all__ = [
    "Dependency",
    "Facet",
    "SearchRecord",
    "Section",
    "ThesaurusLabel",
    "ThesaurusTerm",
    "changes_of",
    "mark",
    "register",
    "register_editor_question",
    "register_facet_names",
    "register_thesaurus",
]


def register(
    model: type[models.Model],
    *,
    kind: str,
    label: str,
    project: Callable[[models.Model], SearchRecord | None],
    queryset: Callable[[], models.QuerySet],
    visible_to: Callable[[object, Iterable[str]], set[str]],
    depends_on: tuple[Dependency, ...] = (),
) -> None:
    """Make a model findable; from here on its changes and those of its dependencies reach the index."""
    registry.add(Registration(model, kind, label, project, queryset, visible_to, tuple(depends_on)))


def changes_of(kind: str) -> int:
    """Return a number that grows with every change of a kind's records, for whoever keeps something made of them."""
    return outbox.changes_of(kind)


def mark(changed: models.Model | models.QuerySet) -> None:
    """Note a change that sends no signal (bulk_create, update()); the records follow after the commit."""
    if isinstance(changed, models.QuerySet):
        for registration in registry.for_model(changed.model):
            outbox.mark(registration.kind, changed.values_list("pk", flat=True))
    else:
        for registration in registry.for_model(type(changed)):
            outbox.mark(registration.kind, [changed.pk])
