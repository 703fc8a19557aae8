"""Which events of the database change what can be found; every one of them only marks, none of them indexes."""

from django.db import models
from django.db.models import signals
from wagtail import signals as wagtail_signals
from wagtail.models import Page

from portal.shared.inheritance import audience_changed
from search import outbox
from search.registry import registry

_M2M_CHANGES = frozenset({"post_add", "post_remove", "post_clear", "pre_clear"})
_ID = "search.indexing"


def watch() -> None:
    """Listen to every model, because subclasses of a registered one send their signals under their own name."""
    signals.post_save.connect(_saved, dispatch_uid=_ID)
    signals.pre_delete.connect(_about_to_be_deleted, dispatch_uid=_ID)
    signals.post_delete.connect(_deleted, dispatch_uid=_ID)
    signals.m2m_changed.connect(_related_set_changed, dispatch_uid=_ID)
    audience_changed.connect(_audiences_changed, dispatch_uid=_ID)
    for signal in (wagtail_signals.page_published, wagtail_signals.page_unpublished):
        signal.connect(_page_changed, dispatch_uid=_ID)


def _saved(sender: type[models.Model], instance: models.Model, **kwargs) -> None:
    _mark(instance)
    _mark_dependants(instance)
    if isinstance(instance, Page) and _has_moved(instance):
        _mark_tree(instance)


def _about_to_be_deleted(sender: type[models.Model], instance: models.Model, **kwargs) -> None:
    """Dependants are marked beforehand, because the rows that lead to them go with the deletion."""
    _mark_dependants(instance)


def _deleted(sender: type[models.Model], instance: models.Model, **kwargs) -> None:
    for registration in registry.for_model(sender):
        outbox.mark(registration.kind, [instance.pk], deleted=True)


def _audiences_changed(sender: type[models.Model], pks: list, **kwargs) -> None:
    """Audiences that followed from elsewhere were written by a query, which sends no signal of its own."""
    for registration in registry:
        if issubclass(registration.model, sender):
            found = registration.model._base_manager.filter(pk__in=pks).values_list("pk", flat=True)
            outbox.mark(registration.kind, found)
        elif issubclass(sender, registration.model):
            outbox.mark(registration.kind, pks)


def _related_set_changed(
    sender: type[models.Model],
    instance: models.Model,
    action: str,
    reverse: bool,
    model: type[models.Model],
    pk_set: set | None,
    **kwargs,
) -> None:
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


def _page_changed(sender: type[Page], instance: Page, **kwargs) -> None:
    _mark(instance)


def _mark(instance: models.Model) -> None:
    # A page read as a plain Page is still the paper that its content type says.
    model = instance.specific_class if isinstance(instance, Page) else type(instance)
    for registration in registry.for_model(model or type(instance)):
        outbox.mark(registration.kind, [instance.pk])


def _mark_dependants(instance: models.Model) -> None:
    for registration in registry:
        for dependency in registration.depends_on:
            if isinstance(instance, dependency.model):
                outbox.mark(registration.kind, dependency.objects(instance))


def _has_moved(page: Page) -> bool:
    """Tell whether a page has a new address; at this moment of its saving its children still have their old ones.

    Wagtail's own signals for moves and new slugs come after the commit, when a crash could still lose the change.
    """
    return page.get_children().exclude(url_path__startswith=page.url_path).exists()


def _mark_tree(page: Page) -> None:
    for registration in registry:
        if issubclass(registration.model, Page):
            below = registration.model._default_manager.descendant_of(page, inclusive=True)
            outbox.mark(registration.kind, below.values_list("pk", flat=True))
