"""Giving and withdrawing consent; the person's own acts, kept in the words that were shown."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Consent, User
from portal.accounts.own_data.purposes import find_purpose, is_known
from portal.audit.actions import record


class NeededForAccountError(ValueError):
    """A consent without which the account cannot go on was to be withdrawn; withdrawing it means leaving."""


@transaction.atomic
def give_consent(*, person: User, purpose: str, text: str) -> Consent:
    """Keep that a person agreed to these words; agreeing to other words later ends the earlier agreement."""
    if not is_known(purpose) or not text.strip():
        raise ValueError("Consent is given to a registered purpose (portal.accounts.own_data.purposes) and to words.")
    User.objects.select_for_update().get(pk=person.pk)
    live = person.consents.filter(purpose=purpose, withdrawn_at__isnull=True).first()
    if live is not None and live.text == text:
        return live
    if live is not None:
        _withdraw(live, by=person)
    consent = Consent.objects.create(person=person, purpose=purpose, text=text)
    record(action="consent.given", by=person, about=consent, after=_logged(consent))
    return consent


@transaction.atomic
def withdraw_consent(*, person: User, consent: Consent) -> None:
    """Withdraw what the person agreed to; a withdrawn one stays withdrawn."""
    if consent.person_id != person.pk:
        raise PermissionDenied
    if find_purpose(consent.purpose).needed_for_account:
        raise NeededForAccountError
    _withdraw(consent, by=person)


@transaction.atomic
def withdraw_all(*, by: User | None, person: User, keep_needed: bool = False) -> None:
    """Withdraw everything that a person who goes agreed to; what the account needs stays while it may come back."""
    for consent in person.consents.filter(withdrawn_at__isnull=True):
        if not (keep_needed and find_purpose(consent.purpose).needed_for_account):
            _withdraw(consent, by=by)


def _withdraw(consent: Consent, *, by: User | None) -> None:
    locked = Consent.objects.select_for_update().select_related("person").get(pk=consent.pk)
    if locked.withdrawn_at is not None:
        return
    before = _logged(locked)
    locked.withdrawn_at = consent.withdrawn_at = timezone.now()
    locked.save(update_fields=["withdrawn_at"])
    record(action="consent.withdrawn", by=by, about=locked, before=before, after=_logged(locked))


def _logged(consent: Consent) -> dict:
    return {
        "purpose": consent.purpose,
        "wording": consent.text,
        "given": consent.given_at.isoformat(),
        "withdrawn": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
    }
