"""Who changes what a group of accounts may do is named in the audit log."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def entries() -> list[tuple]:
    shown = AuditEntry.objects.filter(action__startswith="rights.").order_by("number")
    return [(entry.action, entry.object_name, (entry.after or entry.before)["rights"]) for entry in shown]


def test_rights_on_models_are_logged_when_they_come_and_go():
    group = Group.objects.create(name="Lesekreis")
    right = Permission.objects.get(codename="add_term")
    group.permissions.add(right)
    group.permissions.clear()
    assert entries() == [
        ("rights.added", "Lesekreis", "topics.add_term"),
        ("rights.removed", "Lesekreis", "topics.add_term"),
    ]


def test_rights_on_a_part_of_the_tree_are_logged_with_the_part():
    group, root = Group.objects.create(name="Lesekreis"), Page.objects.get(depth=1)
    right = GroupPagePermission.objects.create(
        group=group, page=root, permission=Permission.objects.get(codename="publish_page")
    )
    right.delete()
    assert [action for action, _name, _rights in entries()] == ["rights.added", "rights.removed"]
    assert "publish_page" in entries()[0][2]
