"""How audiences come down: pages from what they lie under, files from their collection, in the same transaction."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models, transaction
from django.db.models import signals
from django.dispatch import Signal
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from portal.shared.visibility import Audience, narrowed

#: Sent with `sender` (a model) and `pks` after audiences were changed by a query, which sends no signal of its own.
audience_changed = Signal()

#: What a save must touch to change an audience below it; Wagtail often saves single other fields.
_DECIDING_FIELDS = frozenset({"audience", "chosen_audience", "path", "url_path", "collection"})
_STEP = Page.steplen


def restriction_label(restriction: PageViewRestriction | CollectionViewRestriction | None) -> str:
    """Return the audience that one of Wagtail's view restrictions stands for.

    A shared password is no person; such restrictions are switched off, and an old one closes the page to everybody.
    """
    if restriction is None or restriction.restriction_type == restriction.NONE:
        return Audience.PUBLIC
    if restriction.restriction_type == restriction.LOGIN:
        return Audience.MEMBER
    if restriction.restriction_type == restriction.GROUPS:
        return f"{restriction_prefix(type(restriction))}:{restriction.pk}"
    return Audience.NOBODY


def restriction_prefix(model: type[models.Model]) -> str:
    """Return how the audience of a restriction to groups of accounts begins."""
    return "page-restriction" if model is PageViewRestriction else "collection-restriction"


def settle_pages(top: Page) -> int:
    """Bring the audience of `top` and of every page below it in line with what was chosen and what lies above.

    Returns how many pages were mended.

    The root is locked meanwhile: a page put below another that is just being closed must not stay open.
    """
    with transaction.atomic():
        _lock(Page)
        rows = {
            path: (model, pk, chosen, held)
            for model in _page_models()
            for path, pk, chosen, held in model._base_manager.filter(_around(top.path, "path")).values_list(
                "path", "pk", "chosen_audience", "audience"
            )
        }
        restrictions = _restrictions(PageViewRestriction, "page", top.path) | _restrictions_of_aliases(top.path)
        effective = _Effective({path: row[2] for path, row in rows.items()}, restrictions)
        below = {path: row for path, row in rows.items() if path.startswith(top.path)}
        return _write((model, pk, held, effective.of(path)) for path, (model, pk, _chosen, held) in below.items())


def settle_collections(top: Collection) -> int:
    """Bring the audience of every file in `top` and the collections within it in line with its restrictions.

    Returns how many files were mended.
    """
    mended = 0
    with transaction.atomic():
        _lock(Collection)
        effective = _Effective({}, _restrictions(CollectionViewRestriction, "collection", top.path))
        for model in _file_models():
            rows = model._base_manager.filter(collection__path__startswith=top.path)
            mended += _write(
                (model, pk, held, narrowed(effective.of(path), chosen))
                for pk, path, chosen, held in rows.values_list("pk", "collection__path", "chosen_audience", "audience")
            )
    return mended


def keep_restrictions(original: Page, copy: Page) -> None:
    """Give the copies of a subtree the restrictions of their originals.

    Wagtail leaves them out where the new place has any restriction of its own, however wide that is.
    """
    copies = [copy, *copy.get_descendants()]
    originals = [original, *original.get_descendants()][: len(copies)]
    for source, target in zip(originals, copies, strict=True):
        if target.view_restrictions.exists():
            continue
        for restriction in source.view_restrictions.order_by("pk"):
            own = PageViewRestriction.objects.create(page_id=target.pk, restriction_type=restriction.restriction_type)
            own.groups.set(restriction.groups.all())


def file_audience(file: models.Model) -> str:
    """Return the audience of a file from what was chosen for it and from its collection."""
    path = Collection.objects.values_list("path", flat=True).get(pk=file.collection_id)
    restrictions = _restrictions(CollectionViewRestriction, "collection", path)
    return narrowed(_Effective({}, restrictions).of(path), file.chosen_audience)


class _Effective:
    """The audiences along the paths of a tree, each narrowed by those above it."""

    def __init__(self, chosen: dict[str, str], restrictions: dict[str, list[str]]):
        self._chosen = chosen
        self._restrictions = restrictions
        self._known = {"": Audience.PUBLIC.value}

    def of(self, path: str) -> str:
        if path not in self._known:
            audience = narrowed(self.of(path[:-_STEP]), self._chosen.get(path, Audience.PUBLIC))
            for label in self._restrictions.get(path, ()):
                audience = narrowed(audience, label)
            self._known[path] = audience
        return self._known[path]


def _around(path: str, field: str) -> models.Q:
    """What lies at, below and above a path."""
    above = [path[:length] for length in range(_STEP, len(path), _STEP)]
    return models.Q(**{f"{field}__startswith": path}) | models.Q(**{f"{field}__in": above})


def _restrictions(model, owner: str, path: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for restriction in model.objects.filter(_around(path, f"{owner}__path")).select_related(owner):
        found.setdefault(getattr(restriction, owner).path, []).append(str(restriction_label(restriction)))
    return found


def _restrictions_of_aliases(path: str) -> dict[str, list[str]]:
    """An alias has its source's restrictions in place of its own, as Wagtail serves it; the copies say the same."""
    aliases = Page.objects.filter(_around(path, "path"), alias_of__isnull=False).select_related("alias_of")
    held = {alias.path: _source_of(alias).view_restrictions.all() for alias in aliases}
    return {path: [str(restriction_label(restriction)) for restriction in found] for path, found in held.items()}


def _source_of(page: Page) -> Page:
    while page.alias_of_id is not None:
        page = page.alias_of
    return page


def _settle_restricted(page: Page) -> None:
    """Settle a page whose restriction changed, and wherever else it is shown as an alias."""
    settle_pages(page)
    for alias in Page.objects.filter(alias_of=page):
        _settle_restricted(alias)


def _lock(tree: type[Page] | type[Collection]) -> None:
    tree._base_manager.select_for_update(no_key=True).filter(depth=1).order_by().values_list("pk").first()


def _write(rows: Iterable[tuple[type[models.Model], int, str, str]]) -> int:
    changes: dict[tuple[type[models.Model], str], list[int]] = {}
    for model, pk, held, audience in rows:
        if held != audience:
            changes.setdefault((model, str(audience)), []).append(pk)
    for (model, audience), pks in changes.items():
        model._base_manager.filter(pk__in=pks).update(audience=audience)
        audience_changed.send(sender=model, pks=pks)
    return sum(len(pks) for pks in changes.values())


def _page_models() -> Iterator[type[models.Model]]:
    """Every page type whose table holds an audience."""
    return (model for model in _with_own_audience() if issubclass(model, Page))


def _file_models() -> Iterator[type[models.Model]]:
    return (model for model in _with_own_audience() if any(f.name == "collection" for f in model._meta.fields))


def _with_own_audience() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if any(field.name == "chosen_audience" for field in model._meta.local_fields):
            yield model


def watch() -> None:
    """Listen to what changes audiences; a signal and no `save()`, because Wagtail moves pages as plain `Page` rows."""
    uid = "portal.shared.inheritance"
    signals.post_save.connect(_saved, dispatch_uid=uid)
    signals.post_delete.connect(_restriction_gone, sender=PageViewRestriction, dispatch_uid=f"{uid}.page")
    signals.post_delete.connect(_restriction_gone, sender=CollectionViewRestriction, dispatch_uid=f"{uid}.collection")


def _saved(sender: type[models.Model], instance: models.Model, raw: bool = False, update_fields=None, **kwargs) -> None:
    if raw or (update_fields is not None and _DECIDING_FIELDS.isdisjoint(update_fields)):
        return
    if isinstance(instance, Page):
        settle_pages(instance)
        if hasattr(instance, "audience"):
            instance.audience = type(instance)._base_manager.values_list("audience", flat=True).get(pk=instance.pk)
    elif isinstance(instance, Collection):
        settle_collections(instance)
    elif isinstance(instance, PageViewRestriction):
        _settle_restricted(instance.page)
    elif isinstance(instance, CollectionViewRestriction):
        settle_collections(instance.collection)


def _restriction_gone(sender: type[models.Model], instance: models.Model, **kwargs) -> None:
    """Whatever was deleted together with its restriction needs no audience any more."""
    if sender is PageViewRestriction:
        page = Page.objects.filter(pk=instance.page_id).first()
        if page is not None:
            _settle_restricted(page)
    else:
        collection = Collection.objects.filter(pk=instance.collection_id).first()
        if collection is not None:
            settle_collections(collection)
