"""Which kinds of things are findable, and how each is read from the database."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured
from django.db import models

from search.records import SearchRecord


@dataclass(frozen=True, slots=True)
class Dependency:
    """Another model whose changes show in records: `objects` names the primary keys of the records it touches."""

    model: type[models.Model]
    objects: Callable[[models.Model], Iterable]


@dataclass(frozen=True, slots=True)
class Registration:
    """One kind: how it is called, projected, listed and re-checked."""

    model: type[models.Model]
    kind: str
    label: str
    project: Callable[[models.Model], SearchRecord | None]
    queryset: Callable[[], models.QuerySet]
    visible_to: Callable[[object, Iterable[str]], set[str]]
    depends_on: tuple[Dependency, ...] = ()


@dataclass(slots=True)
class Registry:
    """The kinds that rooms have announced."""

    _by_kind: dict[str, Registration] = field(default_factory=dict)

    def add(self, registration: Registration) -> None:
        """Take in a kind; two rooms that claim one kind would overwrite each other's records."""
        if registration.kind in self._by_kind:
            raise ImproperlyConfigured(f"The kind {registration.kind!r} is registered twice.")
        self._by_kind[registration.kind] = registration

    def remove(self, kind: str) -> None:
        """Forget a kind again, for tests that bring their own."""
        del self._by_kind[kind]

    def get(self, kind: str) -> Registration | None:
        """Return the registration of a kind, or nothing for a kind that no room announces any more."""
        return self._by_kind.get(kind)

    def for_model(self, model: type[models.Model]) -> list[Registration]:
        """Return the registrations that instances of a model fall under."""
        return [registration for registration in self if issubclass(model, registration.model)]

    def __iter__(self) -> Iterator[Registration]:
        return iter(list(self._by_kind.values()))


registry = Registry()
