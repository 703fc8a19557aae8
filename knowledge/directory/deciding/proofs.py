"""What editors do with proofs of representation: say whether one was enough, and end the role where none was."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from knowledge.directory.deciding.decisions import ask_editor, tell
from knowledge.directory.deciding.letters import ended_letter, representation_letter
from knowledge.directory.models import Representation
from portal.accounts.actions.roles import end_role_at
from portal.accounts.enums import Role, ScopeKind
from portal.accounts.models import RoleAssignment, User
from portal.audit.actions import record


@transaction.atomic
def check_representation(*, by: User, representation: Representation, is_accepted: bool, note: str) -> None:
    """Note whether a proof of representation was enough, and what was seen; the person is told."""
    ask_editor(by)
    representation = Representation.objects.select_for_update().get(pk=representation.pk)
    representation.is_accepted, representation.check_note = is_accepted, note
    representation.checked_by, representation.checked_at = by, timezone.now()
    representation.declined_at = None if is_accepted else representation.checked_at
    representation.save()
    record(
        action="directory.representation_checked", by=by, about=representation.organisation,
        after={"accepted": is_accepted}, reason=note,
    )  # fmt: skip
    tell(representation_letter(representation) if representation.person.is_active else None)


def may_end_keeping(representation: Representation) -> bool:
    """Tell whether editors may let the person no longer keep the entry: where the proof was not enough."""
    if not representation.is_withheld:
        return False
    held = RoleAssignment.objects.current_or_coming().at(ScopeKind.ORGANISATION, representation.organisation_id)
    return held.filter(role=Role.ORGANISATION_EDITOR, person=representation.person_id).exists()


@transaction.atomic
def end_keeping(*, by: User, representation: Representation, reason: str) -> None:
    """Let a person whose proof was not enough no longer keep the entry; the person is told why."""
    ask_editor(by)
    representation = Representation.objects.select_for_update().get(pk=representation.pk)
    if not may_end_keeping(representation):
        raise PermissionDenied
    organisation, person = representation.organisation, representation.person
    end_role_at(by=by, person=person, role=Role.ORGANISATION_EDITOR, target=organisation, reason=reason)
    record(action="directory.keeping_ended", by=by, about=organisation, reason=reason)
    tell(ended_letter(representation, reason) if person.is_active else None)
