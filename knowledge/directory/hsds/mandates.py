"""Mandates, registers and qualifications, each with what stands behind it; the standard has no place for all of that.

What the standard lacks is written under the names of our profile (`profile`), so that nothing of it is guessed.
"""

import datetime

from django.utils import timezone

from knowledge.directory.enums import RegisterKind
from knowledge.directory.hsds.attributes import Attributes
from knowledge.directory.hsds.identities import known, part_id
from knowledge.directory.hsds.taxonomies import MANDATE, STATE
from knowledge.directory.models import Mandate, Organisation, Qualification, Registration

#: Registers that org-id.guide lists for Germany: the common register portal of the Länder (read 2026-11).
_SCHEMES = {RegisterKind.ASSOCIATIONS: "DE-CR", RegisterKind.COMMERCIAL: "DE-CR"}
#: Recognitions that the standard calls accreditations of a service.
ACCREDITATIONS = frozenset({RegisterKind.AZAV, RegisterKind.BAMF, RegisterKind.YOUTH_WELFARE})


def programs(organisation: Organisation) -> list[dict]:
    """Return every mandate as a programme of the organisation."""
    today = timezone.localdate()
    return [_program(organisation, mandate, today) for mandate in organisation.mandates.all()]


def _program(organisation: Organisation, mandate: Mandate, today: datetime.date) -> dict:
    name = part_id(organisation.uid, "mandate", mandate.pk)
    state = mandate.state_on(today)
    attributes = Attributes(organisation.uid, "program", name)
    attributes.add(MANDATE, mandate.kind, mandate.get_kind_display())
    attributes.add(STATE, state.value, str(state.label))
    return known(
        id=name,
        name=f"{mandate.get_kind_display()}: {mandate.principal}" if mandate.principal else mandate.get_kind_display(),
        description=mandate.subject or "–",
        attributes=attributes.found,
        mandate=known(
            kind=mandate.kind,
            principal=mandate.principal,
            subject=mandate.subject,
            speaks_for=mandate.speaks_for,
            not_for=mandate.not_for,
            area=mandate.area,
            valid_from=_day(mandate.valid_from),
            valid_to=_day(mandate.valid_to),
            funding=mandate.funding,
            state=state.value,
            **_assurance(mandate),
        ),
    )


def funding(organisation: Organisation) -> list[dict]:
    """Return where the money of the mandates comes from, and the programme of a service."""
    sources = [(f"mandate-{mandate.pk}", mandate.funding) for mandate in organisation.mandates.all()]
    sources.append(("programme", organisation.funding_programme))
    return [{"id": part_id(organisation.uid, "funding", of), "source": source} for of, source in sources if source]


def qualifications(organisation: Organisation) -> list[dict]:
    """Return what the organisation can do, self-declared and confirmed kept apart."""
    return [_qualification(organisation, found) for found in organisation.qualifications.all()]


def _qualification(organisation: Organisation, found: Qualification) -> dict:
    return known(
        id=part_id(organisation.uid, "qualification", found.pk),
        kind=found.kind,
        name=found.get_kind_display(),
        description=found.description,
        valid_to=_day(found.valid_to),
        **_assurance(found),
    )


def identifiers(organisation: Organisation) -> list[dict]:
    """Return the registers and recognitions in which the organisation stands."""
    return [_identifier(organisation, found) for found in organisation.registrations.all()]


def _identifier(organisation: Organisation, found: Registration) -> dict:
    return known(
        id=part_id(organisation.uid, "registration", found.pk),
        identifier_scheme=_SCHEMES.get(found.kind, ""),
        identifier_type=found.get_kind_display(),
        identifier=found.number or found.authority or found.get_kind_display(),
        register=known(
            kind=found.kind,
            number=found.number,
            authority=found.authority,
            issued_on=_day(found.issued_on),
            valid_to=_day(found.valid_to),
            assurance=found.assurance,
            assured_date=_day(found.checked_on),
            reply=found.reply,
        ),
    )


def accreditations(organisation: Organisation) -> str:
    """Return recognitions in words, as offers name them."""
    return "; ".join(str(found) for found in organisation.registrations.all() if found.kind in ACCREDITATIONS)


def _assurance(of: Mandate | Qualification) -> dict:
    """Return what stands behind a statement; who looked at it inside the portal is nobody else's business."""
    return {
        "assurance": of.assurance,
        "assured_date": _day(of.confirmed_on),
        "assurer": of.confirmed_by,
        "evidence": of.evidence,
        "reply": of.reply,
    }


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
