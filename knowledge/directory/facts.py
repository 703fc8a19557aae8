"""What an entry states about mandate, qualification and registers, as whole sentences that say who stands behind it."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.directory.enums import Assurance, MandateKind, MandateState
from knowledge.directory.models import Mandate, Qualification, Registration

_GROUNDS = {
    MandateKind.STATUTES: gettext_lazy("We act on our own statutes: %(subject)s."),
    MandateKind.MEMBERS_VOTE: gettext_lazy("Our members have mandated us: %(subject)s."),
    MandateKind.MUNICIPAL: gettext_lazy("We act on the order of a municipality: %(subject)s."),
    MandateKind.GRANT: gettext_lazy("We work with a grant: %(subject)s."),
    MandateKind.SERVICE_CONTRACT: gettext_lazy("We work under a service contract: %(subject)s."),
    MandateKind.COOPERATION: gettext_lazy("We work under a cooperation agreement: %(subject)s."),
    MandateKind.ADMISSION: gettext_lazy("We are admitted as a provider: %(subject)s."),
    MandateKind.OWN_INITIATIVE: gettext_lazy("We act on our own initiative, without a mandate: %(subject)s."),
}
_PRINCIPALS = {
    MandateKind.MEMBERS_VOTE: gettext_lazy("This was decided by: %(principal)s."),
    MandateKind.MUNICIPAL: gettext_lazy("The order was given by: %(principal)s."),
    MandateKind.GRANT: gettext_lazy("The grant comes from: %(principal)s."),
    MandateKind.SERVICE_CONTRACT: gettext_lazy("The contract was made with: %(principal)s."),
    MandateKind.COOPERATION: gettext_lazy("This was agreed with: %(principal)s."),
    MandateKind.ADMISSION: gettext_lazy("We were admitted by: %(principal)s."),
}
_PRINCIPAL = gettext_lazy("Named as principal: %(principal)s.")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the organisation: what it says, what stands behind it, and its reply where that is disputed."""

    lead: str
    details: tuple[str, ...]
    #: Who says so, in words; never a medal.
    standing: str
    #: A value of `MandateState`.
    state: str
    reply: str = ""

    @property
    def is_in_doubt(self) -> bool:
        """Tell whether a reader has to know the standing before anything else."""
        return self.state in (MandateState.DISPUTED, MandateState.EXPIRED)


def mandate_statement(mandate: Mandate, on: datetime.date) -> Statement:
    """Say on whose behalf, for what, for whom and for whom not, where, until when, and who confirms it."""
    named = _PRINCIPALS.get(mandate.kind, _PRINCIPAL)
    details = (
        str(named) % {"principal": _bare(mandate.principal)} if mandate.principal else "",
        _("In this we speak for: %(whom)s.") % {"whom": _bare(mandate.speaks_for)} if mandate.speaks_for else "",
        _("We do not speak for: %(whom)s.") % {"whom": _bare(mandate.not_for)} if mandate.not_for else "",
        _("It holds in: %(area)s.") % {"area": _bare(mandate.area)} if mandate.area else "",
        _duration(mandate.valid_from, mandate.valid_to),
        _("It is paid for by: %(funding)s.") % {"funding": _bare(mandate.funding)} if mandate.funding else "",
        _("It is based on: %(document)s.") % {"document": _bare(mandate.evidence)} if mandate.evidence else "",
    )
    state = mandate.state_on(on)
    return Statement(
        lead=str(_GROUNDS[MandateKind(mandate.kind)]) % {"subject": _bare(mandate.subject)},
        details=tuple(filter(None, details)),
        standing=_standing(mandate, over_since=mandate.valid_to if state == MandateState.EXPIRED else None),
        state=state,
        reply=mandate.reply,
    )


def qualification_statement(qualification: Qualification, on: datetime.date) -> Statement:
    """Say what the organisation can do, and by what that is shown."""
    is_over = qualification.valid_to is not None and qualification.valid_to < on
    until = qualification.valid_to if qualification.valid_to and not is_over else None
    details = (
        _("It is shown by: %(document)s.") % {"document": _bare(qualification.evidence)}
        if qualification.evidence
        else "",
        _("It holds until %(day)s.") % {"day": _day(until)} if until else "",
    )
    return Statement(
        lead=_("%(kind)s: %(text)s.")
        % {"kind": _sentence_start(qualification.get_kind_display()), "text": _bare(qualification.description)},
        details=tuple(filter(None, details)),
        standing=_standing(qualification, over_since=qualification.valid_to if is_over else None),
        state=MandateState.EXPIRED if is_over else qualification.assurance,
        reply=qualification.reply,
    )


def registration_statement(registration: Registration, on: datetime.date) -> Statement:
    """Say in which register the organisation stands, and whether anybody looked."""
    is_over = registration.valid_to is not None and registration.valid_to < on
    named = ", ".join(filter(None, (registration.number, _bare(registration.authority))))
    kind = _sentence_start(registration.get_kind_display())
    details = (
        _("Issued on %(day)s.") % {"day": _day(registration.issued_on)} if registration.issued_on else "",
        _("It holds until %(day)s.") % {"day": _day(registration.valid_to)}
        if registration.valid_to and not is_over
        else "",
    )
    return Statement(
        lead=f"{kind}: {named}" if named else kind,
        details=tuple(filter(None, details)),
        standing=_over(registration.valid_to) if is_over else _register_standing(registration),
        state=MandateState.EXPIRED if is_over else registration.assurance,
        reply=registration.reply,
    )


def _standing(stated: Mandate | Qualification, *, over_since: datetime.date | None) -> str:
    if over_since is not None:
        return _over(over_since)
    by, on = _bare(stated.confirmed_by), stated.confirmed_on
    match stated.assurance:
        case Assurance.CONFIRMED if by and on:
            return _("Confirmed by %(who)s on %(day)s.") % {"who": by, "day": _day(on)}
        case Assurance.CONFIRMED if by:
            return _("Confirmed by %(who)s.") % {"who": by}
        case Assurance.CONFIRMED:
            return _("Confirmed by the principal.")
        case Assurance.EVIDENCED if on:
            return _("Evidenced: the editors saw the document on %(day)s.") % {"day": _day(on)}
        case Assurance.EVIDENCED:
            return _("Evidenced: the editors saw the document.")
        case Assurance.DISPUTED:
            return _("Disputed: this statement is contradicted.")
    return _("Self-declared: the organisation says so, nobody has checked it.")


def _register_standing(registration: Registration) -> str:
    match registration.assurance:
        case Assurance.DECLARED:
            return _("Self-declared: the organisation says so, nobody has checked it.")
        case Assurance.DISPUTED:
            return _("Disputed: this statement is contradicted.")
    if registration.checked_on:
        return _("Evidenced: the editors saw the document on %(day)s.") % {"day": _day(registration.checked_on)}
    return _("Evidenced: the editors saw the document.")


def _duration(start: datetime.date | None, end: datetime.date | None) -> str:
    if start and end:
        return _("It holds from %(start)s to %(end)s.") % {"start": _day(start), "end": _day(end)}
    if start:
        return _("It has held since %(start)s; no end is fixed.") % {"start": _day(start)}
    if end:
        return _("It holds until %(day)s.") % {"day": _day(end)}
    return _("Beginning and end are not stated.")


def _over(end: datetime.date) -> str:
    return _("Run out on %(day)s.") % {"day": _day(end)}


def _day(day: datetime.date) -> str:
    return date_format(day, "DATE_FORMAT")


def _bare(text: str) -> str:
    """Take the full stop that the sentence around brings itself."""
    return " ".join(text.split()).rstrip(" .")


def _sentence_start(name: object) -> str:
    text = str(name)
    return text[:1].upper() + text[1:]
