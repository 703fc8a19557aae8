"""Taking an organisation into the directory and inviting its first person, in one act."""

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from knowledge.directory.deciding.forms import free_slug
from knowledge.directory.models import Organisation
from knowledge.directory.rules import may_look_after
from portal.accounts.actions.acting import ask_anew
from portal.accounts.actions.joining import invite
from portal.accounts.enums import Role, ScopeKind
from portal.accounts.models import Invitation, User
from portal.audit.actions import record


@transaction.atomic
def invite_organisation(
    *,
    by: User,
    name: str,
    kind: str,
    municipality: models.Model,
    email: str,
    display_name: str = "",
    message: str = "",
) -> tuple[Organisation, Invitation]:
    """Begin an entry that nobody sees yet, and invite who is to fill it; both or neither."""
    ask_anew(by)
    if not may_look_after(by):
        raise PermissionDenied
    organisation = Organisation.objects.create(name=name, slug=free_slug(name), kind=kind, municipality=municipality)
    record(
        action="directory.invited", by=by, about=organisation, after={"kind": kind, "municipality": str(municipality)}
    )
    return organisation, invite_first_person(
        by=by, organisation=organisation, email=email, display_name=display_name, message=message
    )


@transaction.atomic
def invite_first_person(
    *, by: User, organisation: Organisation, email: str, display_name: str = "", message: str = ""
) -> Invitation:
    """Invite the first person of an organisation that nobody keeps; raises PermissionDenied where somebody does."""
    return invite(
        by=by,
        email=email,
        role=Role.ORGANISATION_EDITOR,
        target=organisation,
        municipality=organisation.municipality,
        display_name=display_name,
        message=message,
    )


def open_invitations(organisation: Organisation) -> list[Invitation]:
    """Return the invitations into an organisation that nobody has taken up, the newest first."""
    found = Invitation.objects.of_circle(Role.ORGANISATION_EDITOR, ScopeKind.ORGANISATION, organisation.pk)
    return list(found.unanswered().order_by("-created_at")[:10])
