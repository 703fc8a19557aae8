"""What the audit log learns when somebody changes what a group of accounts may do in the editing interface."""

from django.contrib.auth.models import Group, Permission
from django.db.models import signals
from wagtail.models import GroupCollectionPermission, GroupPagePermission, GroupSitePermission

from portal.audit.actions import record
from portal.audit.listeners import acting_person

#: A right of a group on a part of a tree: the model, and the field that names the part.
TIED_RIGHTS = {GroupPagePermission: "page", GroupCollectionPermission: "collection", GroupSitePermission: "site"}
_LISTED = {"post_add": "added", "post_remove": "removed"}


def watch() -> None:
    """Listen to rights on models and to rights on parts of the trees."""
    signals.m2m_changed.connect(_rights_changed, sender=Group.permissions.through, weak=False)
    for model in TIED_RIGHTS:
        signals.post_save.connect(_tied("added"), sender=model, weak=False)
        signals.post_delete.connect(_tied("removed"), sender=model, weak=False)


def _rights_changed(*, instance, action: str, pk_set, **kwargs) -> None:
    if not isinstance(instance, Group) or (action not in _LISTED and action != "pre_clear"):
        return
    rights = instance.permissions.all() if action == "pre_clear" else Permission.objects.filter(pk__in=pk_set)
    names = sorted(
        f"{right.content_type.app_label}.{right.codename}" for right in rights.select_related("content_type")
    )
    if names:
        _record(instance, _LISTED.get(action, "removed"), names)


def _tied(change: str):
    def listen(*, instance, **kwargs) -> None:
        where = getattr(instance, TIED_RIGHTS[type(instance)])
        _record(instance.group, change, [f"{instance.permission.codename}: {where}"])

    return listen


def _record(group: Group, change: str, names: list[str]) -> None:
    listed = {"rights": ", ".join(names)}
    details = {"after": listed} if change == "added" else {"before": listed}
    record(action=f"rights.{change}", by=acting_person(), about=group, **details)
