"""Asking for consent, giving it, renewing it and taking it back; whoever holds the link in the mail is the person.

The log keeps that it happened and about which organisation; who agreed stands with the consent alone.
"""

import datetime
from collections.abc import Collection
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from knowledge.directory.enums import ConsentPurpose
from knowledge.directory.models import Consent, Contact, Expert
from knowledge.directory.models.people import CONTACT_FIELDS
from knowledge.directory.people.forgetting import forget_details
from knowledge.directory.people.letters import agreed_letter, asking_letter
from knowledge.directory.people.links import Person, address_mark
from knowledge.directory.people.terms import ASK_AGAIN_DAYS, end_of_consent, may_be_renewed
from knowledge.directory.people.wording import EXPERT_FIELDS, wording_for
from knowledge.directory.rules import may_keep
from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from portal.accounts.post import send_later
from portal.audit.actions import record


class NothingAgreedError(ValueError):
    """No detail was chosen that is there; agreeing to nothing is saying no."""


@transaction.atomic
def ask_for_consent(*, by: User, contact: Contact) -> bool:
    """Mail the person a link with which they decide, and tell whether a mail goes out.

    None goes to who agreed already, was asked days ago, or said no before, under whatever entry of the organisation;
    of somebody who said no the details are removed at once.
    """
    ask_anew(by)
    if not may_keep(by, contact.organisation):
        raise PermissionDenied
    contact, at = Contact.objects.select_for_update().get(pk=contact.pk), timezone.now()
    if _said_no(contact):
        if not contact.is_forgotten:
            forget_details(contact, at=at, is_refused=True)
        return False
    if contact.consents.live(at).exists() or not _may_be_asked(contact, at):
        return False
    contact.asked_at = at
    contact.save(update_fields=["asked_at"])
    transaction.on_commit(partial(send_later, asking_letter(contact)))
    record(action="contact.asked", by=by, about=contact.organisation)
    return True


@transaction.atomic
def give_consent(*, by: User | None, person: Person, fields: Collection[str]) -> Consent:
    """Keep that a person agreed to be shown with some fields; an earlier consent ends, and a mail confirms the new one.

    A contact person has no account and acts by the link; an expert acts signed in.
    """
    person = _locked(by, person, needs_account=isinstance(person, Expert))
    agreed = _agreed(person, fields)
    current = person.consents.live().first()
    if current is not None and _is_the_same(current, person, agreed):
        return current
    for earlier in person.consents.filter(withdrawn_at__isnull=True):
        earlier.end()
    consent = _created(person, agreed)
    record(action=f"{_kind(person)}.agreed", by=_actor(by, person), about=_about(person), after={"agreed": agreed})
    return consent


@transaction.atomic
def refuse_consent(*, contact: Contact) -> None:
    """Note that a person, by the link, does not want to be named: the details go, and nobody asks again."""
    contact = _locked(None, contact)
    if contact.is_forgotten:
        return
    _end_all(contact)
    forget_details(contact, at=timezone.now(), is_refused=True)
    record(action="contact.refused", by=None, about=contact.organisation)


@transaction.atomic
def withdraw_consent(*, by: User | None, consent: Consent) -> None:
    """Take a consent back, by the link or signed in; from this moment nothing of the person is shown anywhere.

    The details of a contact person are removed; an expert's entry stays with the expert alone, who may delete it.
    """
    person = _locked(by, consent.contact or consent.expert)
    if not _end_all(person):
        return
    if isinstance(person, Contact):
        forget_details(person, at=timezone.now(), is_refused=True)
    else:
        # Saved, so that the search lets go of it.
        person.save(update_fields=["updated_at"])
    record(action=f"{_kind(person)}.withdrawn", by=_actor(by, person), about=_about(person))


@transaction.atomic
def renew_consent(*, by: User | None, consent: Consent) -> Consent:
    """Let a consent hold for its time anew, with the same fields in today's words; too early nothing changes."""
    person = _locked(by, consent.contact or consent.expert)
    current = person.consents.select_for_update().filter(withdrawn_at__isnull=True).first()
    if current is None:
        raise PermissionDenied
    if not may_be_renewed(current, timezone.now()):
        return current
    agreed = _agreed(person, current.fields)
    current.end()
    renewed = _created(person, agreed)
    record(action=f"{_kind(person)}.renewed", by=_actor(by, person), about=_about(person), after={"agreed": agreed})
    return renewed


@transaction.atomic
def remove_contact(*, by: User, contact: Contact) -> None:
    """Remove a contact person from the entry at once; of who said no the mark stays, so that nobody asks again."""
    ask_anew(by)
    if not may_keep(by, contact.organisation):
        raise PermissionDenied
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    organisation, is_refused = contact.organisation, contact.refused_at is not None
    if not is_refused:
        # Who is removed is forgotten in the proposals for the entry, too; see knowledge.directory.people.watching.
        contact.delete()
    record(action="contact.removed", by=by, about=organisation)


def _locked(by: User | None, person: Person, *, needs_account: bool = False) -> Person:
    """Return the person as they are now, kept from others; signed in, one acts for oneself alone."""
    if by is not None:
        ask_anew(by)
        if not isinstance(person, Expert) or not by.is_active or person.person_id != by.pk:
            raise PermissionDenied
    elif needs_account:
        raise PermissionDenied
    return type(person).objects.select_for_update().get(pk=person.pk)


def _agreed(person: Person, fields: Collection[str]) -> list[str]:
    if isinstance(person, Expert):
        return list(EXPERT_FIELDS)
    agreed = [name for name in CONTACT_FIELDS if name in fields and getattr(person, name)]
    if not agreed:
        raise NothingAgreedError
    return agreed


def _is_the_same(consent: Consent, person: Person, agreed: list[str]) -> bool:
    """Tell whether this was said just now: a button pressed ten times is one consent and one mail."""
    is_fresh = timezone.now() - consent.given_at < datetime.timedelta(days=1)
    return is_fresh and sorted(consent.fields) == sorted(agreed) and consent.wording == wording_for(person)


def _created(person: Person, agreed: list[str]) -> Consent:
    at = timezone.now()
    consent = Consent.objects.create(
        **{_kind(person): person},
        purpose=ConsentPurpose.CONTACT if isinstance(person, Contact) else ConsentPurpose.EXPERT,
        fields=agreed,
        wording=wording_for(person),
        given_at=at,
        expires_at=end_of_consent(at),
    )
    transaction.on_commit(partial(send_later, agreed_letter(consent)))
    return consent


def _end_all(person: Person) -> int:
    consents = list(person.consents.filter(withdrawn_at__isnull=True))
    for consent in consents:
        consent.end()
    return len(consents)


def _said_no(contact: Contact) -> bool:
    if contact.refused_at is not None or contact.is_forgotten:
        return True
    others = Contact.objects.filter(organisation=contact.organisation_id, refused_at__isnull=False)
    return others.filter(address_mark=address_mark(contact.email)).exists()


def _may_be_asked(contact: Contact, at: datetime.datetime) -> bool:
    return contact.asked_at is None or contact.asked_at <= at - datetime.timedelta(days=ASK_AGAIN_DAYS)


def _kind(person: Person) -> str:
    return "contact" if isinstance(person, Contact) else "expert"


def _actor(by: User | None, person: Person) -> User | None:
    return person.person if isinstance(person, Expert) else by


def _about(person: Person):
    return person.organisation if isinstance(person, Contact) else None
