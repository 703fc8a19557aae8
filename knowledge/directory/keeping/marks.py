"""What of a proposal somebody has read: whoever changes or decides it names that, so nothing passes unseen."""

import hashlib
import json

from knowledge.directory.keeping.sensitive import Sensitive, Values, kind_of
from knowledge.directory.models import Organisation, ProfileChange


class UnreadProposalError(Exception):
    """The proposal, or what it is about, is not what was read any more; nothing was saved."""


def mark_of(kind: Sensitive, organisation: Organisation, target_id: int | None, change: ProfileChange | None) -> str:
    """Return a mark of what holds and what is proposed in its place; another one as soon as either is another."""
    holds = kind.values(kind.find(organisation, target_id))
    return _digest(holds, change)


def mark_of_change(change: ProfileChange) -> str:
    """Return the mark of a proposal, with which an editor decides what they have read."""
    kind = kind_of(change)
    # Read anew, because the caller may hold an organisation that a form wrote on.
    organisation = Organisation.objects.get(pk=change.organisation_id)
    return mark_of(kind, organisation, change.target_id, change)


def _digest(holds: Values, change: ProfileChange | None) -> str:
    proposed = (
        [change.pk, change.state, change.act, change.after, change.note, change.proposed_at.isoformat()]
        if change
        else None
    )
    return hashlib.sha256(json.dumps([holds, proposed], sort_keys=True).encode()).hexdigest()
