"""What the log learns by listening: publication, moves and deletion of pages, view restrictions, audiences."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, signals
from wagtail import signals as wagtail_signals
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import get_active_log_context
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from portal.audit.actions import record
from portal.shared.visibility import ChosenAudienceField

RESTRICTIONS = (PageViewRestriction, CollectionViewRestriction)
#: Where the instance keeps what was stored before, from the first signal to the last.
_BEFORE = "_audit_before"


def watch() -> None:
    """Connect the listeners; weak references are avoided because nothing else holds them."""
    wagtail_signals.page_published.connect(_page_published, weak=False)
    wagtail_signals.page_unpublished.connect(_page_unpublished, weak=False)
    wagtail_signals.post_page_move.connect(_page_moved, weak=False)
    signals.pre_delete.connect(_page_deleted, sender=Page, weak=False)
    for model in RESTRICTIONS:
        signals.pre_save.connect(_keep_restriction, sender=model, weak=False)
        signals.post_save.connect(_restriction_saved, sender=model, weak=False)
        signals.pre_delete.connect(_restriction_removed, sender=model, weak=False)
        signals.m2m_changed.connect(_restriction_groups, sender=model.groups.through, weak=False)
    # Without a sender, so that what later rooms give an audience is logged as well.
    signals.pre_save.connect(_keep_audience, weak=False)
    signals.post_save.connect(_audience_saved, weak=False)


def acting_person() -> Model | None:
    """Return who acts in the editing interface now; nobody in commands, whose acts are the portal's own."""
    person = get_active_log_context().user
    return None if person is None or isinstance(person, AnonymousUser) else person


def _page_published(*, instance: Page, revision=None, **kwargs) -> None:
    after = {"address": instance.url_path, "audience": getattr(instance, "audience", None)}
    record(action="page.published", by=acting_person(), about=instance, after=after)


def _page_unpublished(*, instance: Page, **kwargs) -> None:
    record(action="page.unpublished", by=acting_person(), about=instance, before={"address": instance.url_path})


def _page_moved(*, instance, parent_page_before, parent_page_after, url_path_before, url_path_after, **kwargs) -> None:
    if parent_page_before.pk == parent_page_after.pk:
        # Only the order of siblings changed; nobody can read more or less than before.
        return
    record(
        action="page.moved",
        by=acting_person(),
        about=instance.specific_deferred,
        before={"parent": parent_page_before.title, "address": url_path_before},
        after={"parent": parent_page_after.title, "address": url_path_after},
    )


def _page_deleted(*, instance: Page, **kwargs) -> None:
    page = instance.specific_deferred
    record(action="page.deleted", by=acting_person(), about=page, before={"address": page.url_path})


def _restricted(restriction) -> Model:
    if isinstance(restriction, PageViewRestriction):
        return restriction.page.specific_deferred
    return restriction.collection


def _keep_restriction(*, sender, instance, raw=False, **kwargs) -> None:
    stored = sender.objects.filter(pk=instance.pk).values_list("restriction_type", flat=True)
    setattr(instance, _BEFORE, None if raw or instance.pk is None else stored.first())


def _restriction_saved(*, instance, raw=False, **kwargs) -> None:
    before, now = instance.__dict__.pop(_BEFORE, None), instance.restriction_type
    if raw or before == now:
        return
    action = "restriction.changed" if before else "restriction.created"
    _record_restriction(action, instance, {"restriction": before} if before else None, {"restriction": now})


def _restriction_removed(*, instance, **kwargs) -> None:
    before = {"restriction": instance.restriction_type, "groups": _group_names(instance)}
    _record_restriction("restriction.removed", instance, before, None)


def _restriction_groups(*, instance, action, reverse, **kwargs) -> None:
    """Log which groups may enter; from the groups' side nothing in the editing interface changes it."""
    if reverse:
        return
    if action.startswith("pre_"):
        setattr(instance, _BEFORE, _group_names(instance))
        return
    before, after = instance.__dict__.pop(_BEFORE, []), _group_names(instance)
    if before != after:
        _record_restriction("restriction.changed", instance, {"groups": before}, {"groups": after})


def _group_names(restriction) -> list[str]:
    return list(restriction.groups.order_by("name").values_list("name", flat=True))


def _record_restriction(action: str, restriction, before: dict | None, after: dict | None) -> None:
    record(action=action, by=acting_person(), about=_restricted(restriction), before=before, after=after)


def _chosen_audience(model: type[Model], update_fields) -> str | None:
    """Return the field in which an editor chose the audience, where this save writes it."""
    for field in model._meta.concrete_fields:
        if isinstance(field, ChosenAudienceField) and (update_fields is None or field.name in update_fields):
            return field.name
    return None


def _keep_audience(*, sender, instance, raw=False, update_fields=None, **kwargs) -> None:
    name = _chosen_audience(sender, update_fields)
    if name is None or raw or instance.pk is None or name in instance.get_deferred_fields():
        return
    stored = sender._base_manager.filter(pk=instance.pk).values_list(name, flat=True).first()
    setattr(instance, _BEFORE, stored)


def _audience_saved(*, sender, instance, created, raw=False, update_fields=None, **kwargs) -> None:
    name = _chosen_audience(sender, update_fields)
    if name is None or raw:
        return
    before, now = instance.__dict__.pop(_BEFORE, None), instance.__dict__.get(name)
    if created and issubclass(sender, (get_image_model(), get_document_model())):
        # A file can be read at once, while a page waits for its publication.
        record(action="audience.set", by=acting_person(), about=instance, after={"audience": now})
    elif before is not None and before != now:
        details = {"before": {"audience": before}, "after": {"audience": now}}
        record(action="audience.changed", by=acting_person(), about=instance, **details)
