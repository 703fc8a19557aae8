"""What the pages of the self-service show of proposals, sensitive records and people, asked for once per page."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from knowledge.directory.enums import ChangeAct, ChangeState
from knowledge.directory.keeping.proposing import open_proposal
from knowledge.directory.keeping.sensitive import (
    CONTACT,
    Difference,
    Sensitive,
    Values,
    differences,
    facts,
    field_name,
    in_words,
    kind_of,
)
from knowledge.directory.keeping.wording import Row
from knowledge.directory.models import Consent, Contact, Organisation, ProfileChange, Representation
from portal.accounts.enums import Role, ScopeKind
from portal.accounts.models import RoleAssignment, User

#: Unit: days. How long the start page shows what was decided.
_DECIDED_SHOWN_FOR = 30
_MOST = 20


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposal with its fields in words."""

    change: ProfileChange
    differences: tuple[Difference, ...]

    @property
    def changed(self) -> list[Difference]:
        """Return only the fields that would change."""
        return [row for row in self.differences if row.is_changed]


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """A sensitive record as it holds now, and the open proposal about it."""

    kind: Sensitive
    target: models.Model
    facts: tuple[dict, ...]
    proposal: ShownProposal | None
    #: Where the consent of a contact person stands: `agreed`, `refused`, `asked`, or nothing yet.
    consent: str = ""


def shown_proposals(changes: Iterable[ProfileChange]) -> list[ShownProposal]:
    """Return proposals with their fields in words; one query per kind of record."""
    changes = list(changes)
    targets = _targets(changes)
    return [ShownProposal(change, tuple(differences(change, targets.get(change.pk)))) for change in changes]


def proposals_of(organisation: Organisation, *, states: Iterable[str]) -> list[ShownProposal]:
    """Return proposals of an organisation in some states, the newest first."""
    found = organisation.changes.filter(state__in=states).select_related("proposed_by", "organisation")
    return shown_proposals(found[:_MOST])


def conflict_about(
    kind: Sensitive, organisation: Organisation, target_id: int | None, former: ProfileChange | None, mine: Values
) -> tuple[ProfileChange | None, dict]:
    """Return the open proposal as it is by now, and what a page says of it beside what was typed.

    The other side is what is proposed by now, else what holds.
    """
    known = former
    former = ProfileChange.objects.filter(pk=known.pk if known else None, state=ChangeState.OPEN).first()
    former = former or open_proposal(kind, organisation, target_id)
    theirs = former.after if former is not None else kind.values(kind.find(organisation, target_id))
    rows = [
        Row("", field_name(kind, name), *([text] if text else [] for text in texts))
        for name in kind.fields
        if (texts := [in_words(kind, name, side.get(name)) for side in (mine, theirs)])[0] != texts[1]
    ]
    return former, {
        "rows": rows,
        "proposal": former,
        "is_decided": known is not None and former is None,
        "is_removal": former is not None and former.act == ChangeAct.REMOVE,
    }


def recently_decided(organisation: Organisation, at: datetime.datetime) -> list[ProfileChange]:
    """Return what editors decided lately, with the reasons."""
    since = at - datetime.timedelta(days=_DECIDED_SHOWN_FOR)
    decided = organisation.changes.filter(
        state__in=[ChangeState.ACCEPTED, ChangeState.DECLINED], decided_at__gte=since
    ).select_related("organisation")
    return list(decided.order_by("-decided_at", "-pk")[:_MOST])


def records_of(kind: Sensitive, organisation: Organisation) -> tuple[list[ShownRecord], list[ShownProposal]]:
    """Return the records of a kind with the proposals about them, and the proposals of new ones."""
    found = kind.model._default_manager.filter(organisation=organisation)
    records = [one for one in found if not (kind is CONTACT and one.is_forgotten)]
    changes = organisation.changes.filter(state=ChangeState.OPEN, subject=kind.subject).select_related("organisation")
    of_kind = [change for change in changes.order_by("proposed_at", "pk") if kind_of(change) is kind]
    shown = shown_proposals(of_kind)
    by_target = {one.change.target_id: one for one in shown if one.change.act != ChangeAct.ADD}
    agreed = _agreed(organisation) if kind is CONTACT else frozenset()
    rows = [
        ShownRecord(
            kind, record, tuple(facts(kind, kind.values(record))), by_target.get(record.pk),
            _consent_state(record, agreed) if kind is CONTACT else "",
        )
        for record in records
    ]  # fmt: skip
    return rows, [one for one in shown if one.change.act == ChangeAct.ADD]


def own_representation(organisation: Organisation, person: User) -> Representation | None:
    """Return with what right the person said to speak for the organisation."""
    return organisation.representations.filter(person=person).first()


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody who keeps the entry, and their proof."""

    person: User
    representation: Representation | None


def keepers_of(organisation: Organisation) -> list[Keeper]:
    """Return who keeps the entry, by name."""
    held = RoleAssignment.objects.live().at(ScopeKind.ORGANISATION, organisation.pk)
    held = held.filter(role=Role.ORGANISATION_EDITOR).select_related("person").order_by("person__display_name", "pk")
    proofs = {one.person_id: one for one in organisation.representations.all()}
    people = {role.person_id: role.person for role in held}
    return [Keeper(person, proofs.get(person.pk)) for person in people.values()]


def _agreed(organisation: Organisation) -> frozenset[int]:
    live = Consent.objects.live().filter(contact__organisation=organisation)
    return frozenset(live.values_list("contact_id", flat=True))


def _consent_state(contact: Contact, live: frozenset[int]) -> str:
    if contact.pk in live:
        return "agreed"
    if contact.refused_at is not None:
        return "refused"
    return "asked" if contact.asked_at is not None else ""


def _targets(changes: list[ProfileChange]) -> dict[int, models.Model]:
    found: dict[int, models.Model] = {}
    wanted: dict[str, list[ProfileChange]] = {}
    for change in changes:
        kind = kind_of(change)
        if kind.is_the_organisation:
            found[change.pk] = change.organisation
        elif change.target_id is not None:
            wanted.setdefault(kind.slug, []).append(change)
    for of_kind in wanted.values():
        model = kind_of(of_kind[0]).model
        rows = model._default_manager.in_bulk({change.target_id for change in of_kind})
        for change in of_kind:
            row = rows.get(change.target_id)
            if row is not None and row.organisation_id == change.organisation_id:
                found[change.pk] = row
    return found
