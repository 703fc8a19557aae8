"""Whom mails about an entry go to: the organisation's own address, and the people who keep the entry."""

from knowledge.directory.models import Organisation
from portal.accounts.enums import Role, ScopeKind
from portal.accounts.models import RoleAssignment


def recipients(organisation: Organisation, *, is_reminder: bool) -> list[str]:
    """Return whom to write to: the functional address; its people where there is none, or where it kept silent."""
    own = [organisation.email] if organisation.email else []
    if own and not is_reminder:
        return own
    return list(dict.fromkeys([*own, *keepers_addresses(organisation)]))


def keepers_addresses(organisation: Organisation) -> list[str]:
    """Return the addresses of the people who keep the entry."""
    held = RoleAssignment.objects.live().at(ScopeKind.ORGANISATION, organisation.pk)
    held = held.filter(role=Role.ORGANISATION_EDITOR, person__is_active=True).order_by("pk")
    return list(dict.fromkeys(held.values_list("person__email", flat=True)))
