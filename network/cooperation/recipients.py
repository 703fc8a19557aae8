"""To whom mails of either side go: to those who can act on them."""

from knowledge.directory.models import Organisation
from network.cooperation.enums import Side
from network.cooperation.models import CooperationRequest
from network.cooperation.querysets import ASKING_ROLES
from portal.accounts.enums import Role, ScopeKind
from portal.accounts.models import RoleAssignment


def addresses_of(request: CooperationRequest, side: str) -> list[str]:
    """Return the addresses of one side of a request."""
    return of_organisation(request.organisation) if side == Side.ORGANISATION else of_municipality(request)


def of_organisation(organisation: Organisation) -> list[str]:
    """Return the people who keep the entry; where there are none, the organisation's functional address."""
    keepers = _people([Role.ORGANISATION_EDITOR], ScopeKind.ORGANISATION, organisation.pk)
    return keepers or ([organisation.email] if organisation.email else [])


def has_keepers(organisation: Organisation) -> bool:
    """Tell whether anybody can answer in the portal for the organisation."""
    return bool(_people([Role.ORGANISATION_EDITOR], ScopeKind.ORGANISATION, organisation.pk))


def of_municipality(request: CooperationRequest) -> list[str]:
    """Return who asked; once they are gone, the office, or else everybody who asks there."""
    colleagues = _people(sorted(ASKING_ROLES), ScopeKind.MUNICIPALITY, request.municipality_id)
    asked_by = request.asked_by
    if asked_by is not None and asked_by.is_active:
        return [asked_by.email]
    if request.department is not None and request.department.email:
        return [request.department.email]
    return colleagues


def _people(roles: list[str], kind: str, scope_id: int) -> list[str]:
    held = RoleAssignment.objects.live().at(kind, scope_id).filter(role__in=roles, person__is_active=True)
    return sorted(set(held.values_list("person__email", flat=True)))
