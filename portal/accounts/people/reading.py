"""What a person can read, and why: every audience with the role that opens it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from portal.accounts.enums import EDITING_ROLES, MUNICIPAL_ROLES, Role, ScopeKind
from portal.accounts.models import RoleAssignment, User
from portal.accounts.scopes import circle_of
from portal.shared.inheritance import restriction_prefix
from portal.shared.visibility import Audience, audience_choices, labels_for


@dataclass(frozen=True)
class Readable:
    """An audience to which a person belongs, and why."""

    name: str
    reason: str


def what_a_person_reads(person: User) -> list[Readable]:
    """Return the audiences of a person in words, from wide to narrow; exactly those of `labels_for`."""
    names = {**dict(Audience.choices), **dict(audience_choices()), **_restricted(person.audience_labels)}
    order = [*Audience.values, *names]
    labels = sorted(labels_for(person), key=lambda label: order.index(label) if label in order else len(order))
    return [Readable(str(names.get(label, label)), _reason(person, label)) for label in labels]


def _reason(person: User, label: str) -> str:
    if label == Audience.PUBLIC:
        return _("because everybody can, also without an account")
    if label == Audience.MEMBER:
        return _("because everybody can who is signed in")
    roles = [role for role in person.live_roles if opens(role, label)]
    if roles:
        return _("because of the role: %(roles)s") % {"roles": ", ".join(str(role) for role in roles)}
    return _("because of a group of accounts that was given access in the editing interface")


def opens(role: RoleAssignment, label: str) -> bool:
    """Tell whether a role brings an audience; the same rule as `User.audience_labels`."""
    is_editing = role.role in EDITING_ROLES or (
        role.role == Role.ADMINISTRATOR and role.scope_kind == ScopeKind.NETWORK
    )
    if label == Audience.STAFF:
        return is_editing or role.role in MUNICIPAL_ROLES
    return is_editing if label == Audience.EDITOR else label == circle_of(role.scope_kind, role.scope_id)


def _restricted(labels: frozenset[str]) -> dict[str, str]:
    """Name what is closed to all but groups of accounts by these groups.

    Not by its title: whoever administers a person need not be among those who may read what the person reads.
    """
    names = {}
    for model, words in (
        (PageViewRestriction, _("Pages for the groups of accounts: %(groups)s")),
        (CollectionViewRestriction, _("Files for the groups of accounts: %(groups)s")),
    ):
        prefix = f"{restriction_prefix(model)}:"
        pks = [label.removeprefix(prefix) for label in labels if label.startswith(prefix)]
        if pks:
            for restriction in model.objects.filter(pk__in=pks).prefetch_related("groups"):
                groups = ", ".join(sorted(group.name for group in restriction.groups.all()))
                names[f"{prefix}{restriction.pk}"] = words % {"groups": groups}
    return names
