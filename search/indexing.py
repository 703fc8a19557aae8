"""Which events of the database change what can be found; every one of them only marks, none of them indexes."""

from django.db import models
from django.db.models import signals
from wagtail import signals as wagtail_signals
from wagtail.models import Page, PageViewRestriction

from search import outbox
from search.registry import Dependency, Registration, registry

_M2M_CHANGES = frozenset({"post_add", "post_remove", "post_clear", "pre_clear"})


def watch(registration: Registration) -> None:
    """Follow the changes of a registered model and of everything its records are made of."""
    signals.post_save.connect(_saved, sender=registration.model, dispatch_uid=("search", registration.kind))
    signals.post_delete.connect(_deleted, sender=registration.model, dispatch_uid=("search", registration.kind))
    for field in registration.model._meta.many_to_many:
        signals.m2m_changed.connect(
            _related_set_changed, sender=field.remote_field.through, dispatch_uid=("search", registration.kind)
        )
    for dependency in registration.depends_on:
        _watch_dependency(registration, dependency)


def unwatch(registration: Registration) -> None:
    """Stop following a model, for tests that bring their own."""
    signals.post_save.disconnect(sender=registration.model, dispatch_uid=("search", registration.kind))
    signals.post_delete.disconnect(sender=registration.model, dispatch_uid=("search", registration.kind))
    for field in registration.model._meta.many_to_many:
        signals.m2m_changed.disconnect(
            sender=field.remote_field.through, dispatch_uid=("search", registration.kind)
        )
    for dependency in registration.depends_on:
        for signal in (signals.post_save, signals.pre_delete):
            signal.disconnect(sender=dependency.model, dispatch_uid=("search", registration.kind, dependency.model))


def watch_page_tree() -> None:
    """Follow what changes pages without saving them: publishing, moving, new slugs and view restrictions above."""
    for signal in (wagtail_signals.page_published, wagtail_signals.page_unpublished):
        signal.connect(_page_changed, dispatch_uid="search")
    for signal in (wagtail_signals.page_slug_changed, wagtail_signals.post_page_move):
        signal.connect(_page_tree_changed, dispatch_uid="search")
    for signal in (signals.post_save, signals.post_delete):
        signal.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="search")


def _watch_dependency(registration: Registration, dependency: Dependency) -> None:
    def mark_dependants(sender, instance, **kwargs) -> None:
        outbox.mark(registration.kind, dependency.objects(instance))

    # Deletion is heard beforehand, because the rows that lead to the dependants go with it.
    for signal in (signals.post_save, signals.pre_delete):
        signal.connect(
            mark_dependants,
            sender=dependency.model,
            weak=False,
            dispatch_uid=("search", registration.kind, dependency.model),
        )


def _saved(sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs) -> None:
    _mark(instance)


def _deleted(sender: type[models.Model], instance: models.Model, **kwargs) -> None:
    for registration in registry.for_model(sender):
        outbox.mark(registration.kind, [instance.pk], deleted=True)


def _related_set_changed(sender, instance, action, reverse, model, pk_set, **kwargs) -> None:
    if action not in _M2M_CHANGES:
        return
    if not reverse:
        _mark(instance)
        return
    for registration in registry.for_model(model):
        changed = pk_set if pk_set is not None else _related_by(sender, instance, registration.model)
        outbox.mark(registration.kind, changed)


def _related_by(through: type[models.Model], instance: models.Model, model: type[models.Model]) -> models.QuerySet:
    """A clear() from the far side names no keys; before it happens the link table still does."""
    links = {field.related_model: field.name for field in through._meta.fields if field.is_relation}
    near = next(name for related, name in links.items() if isinstance(instance, related))
    far = next(name for related, name in links.items() if issubclass(model, related))
    return through._default_manager.filter(**{near: instance.pk}).values_list(f"{far}_id", flat=True)


def _page_changed(sender, instance: Page, **kwargs) -> None:
    _mark(instance)


def _page_tree_changed(sender, instance: Page, **kwargs) -> None:
    _mark_tree(instance)


def _restriction_changed(sender, instance: PageViewRestriction, **kwargs) -> None:
    _mark_tree(instance.page)


def _mark(instance: models.Model) -> None:
    for registration in registry.for_model(type(instance)):
        outbox.mark(registration.kind, [instance.pk])


def _mark_tree(page: Page) -> None:
    for registration in registry:
        if issubclass(registration.model, Page):
            below = registration.model._default_manager.descendant_of(page, inclusive=True)
            outbox.mark(registration.kind, below.values_list("pk", flat=True))
