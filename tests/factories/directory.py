"""Organisations of the directory for tests: entries with offers, mandates, qualifications and people."""

import datetime
import itertools

from django.utils import timezone

from knowledge.directory.enums import ConsentPurpose, EntryState, MandateKind, OrganisationKind, ServiceKind
from knowledge.directory.models import (
    Consent,
    Contact,
    Expert,
    Mandate,
    Offer,
    OfferAccess,
    OpeningTime,
    Organisation,
    Qualification,
    Registration,
    SelfDescription,
    SpokenLanguage,
)
from knowledge.directory.models.people import CONSENT_MONTHS

_numbers = itertools.count(1)
#: What a person can agree to be shown.
EVERY_FIELD = ("name", "function", "email", "phone")


def organisation(
    *, text: str = "", languages=(), fields_of_action=(), topics=(), areas=(), umbrellas=(), **fields
) -> Organisation:
    """Return an organisation, published and public unless told otherwise; `text` is its German self-description."""
    number = next(_numbers)
    values = {
        "name": f"Verein Brücken {number}",
        "slug": f"verein-bruecken-{number}",
        "kind": OrganisationKind.MIGRANT_ORGANISATION,
        "state": EntryState.LIVE,
        "audience": "public",
        "summary": "Wir begleiten Familien auf dem Weg durch die Schule.",
        "email": f"buero-{number}@verein.example",
        "confirmed_at": timezone.now(),
        **fields,
    }
    made = Organisation.objects.create(**values)
    for relation, chosen in (
        ("fields_of_action", fields_of_action), ("topics", topics), ("areas", areas), ("umbrellas", umbrellas),
    ):  # fmt: skip
        getattr(made, relation).set(chosen)
    if text:
        description(made, text)
    speak(made, *languages)
    return made


def description(of: Organisation, text: str, *, language: str = "de") -> SelfDescription:
    """Return the organisation's own words in a language."""
    return SelfDescription.objects.create(organisation=of, language=language, text=text)


def speak(of: Organisation, *codes: str, offer: Offer | None = None, with_interpreter: bool = False) -> None:
    """Let the organisation, or one of its offers, be spoken to in languages."""
    for code in codes:
        SpokenLanguage.objects.create(organisation=of, offer=offer, code=code, with_interpreter=with_interpreter)


def offer(
    of: Organisation | None = None, *, languages=(), fields_of_action=(), access=None, times=(), **fields
) -> Offer:
    """Return an offer that takes place; `access` maps residence statuses to kinds of access, `times` are triples."""
    of = of or organisation()
    values = {
        "name": f"Sprechstunde {next(_numbers)}",
        "kind": ServiceKind.ADVICE,
        "description": "Wir beraten kostenlos und vertraulich.",
        **fields,
    }
    made = Offer.objects.create(organisation=of, **values)
    made.fields_of_action.set(fields_of_action)
    speak(of, *languages, offer=made)
    for status, kind in (access or {}).items():
        OfferAccess.objects.create(offer=made, status=status, access=kind)
    for weekday, opens, closes in times:
        OpeningTime.objects.create(organisation=of, offer=made, weekday=weekday, opens=opens, closes=closes)
    return made


def mandate(of: Organisation | None = None, **fields) -> Mandate:
    """Return a mandate that the organisation declares itself."""
    values = {
        "kind": MandateKind.MUNICIPAL,
        "principal": "Stadt Ravensfurt, Jugendamt",
        "subject": "Elternarbeit an vier Grundschulen",
        "valid_from": datetime.date(2025, 1, 1),
        **fields,
    }
    return Mandate.objects.create(organisation=of or organisation(), **values)


def qualification(of: Organisation | None = None, **fields) -> Qualification:
    """Return a qualification that the organisation declares itself."""
    values = {"kind": ServiceKind.INTERPRETING, "description": "Zwölf geschulte Sprachmittlerinnen", **fields}
    return Qualification.objects.create(organisation=of or organisation(), **values)


def registration(of: Organisation | None = None, **fields) -> Registration:
    """Return an entry in the register of associations."""
    number = next(_numbers)
    values = {"kind": "vereinsregister", "number": f"VR {number}", "authority": "Amtsgericht Ravensfurt", **fields}
    return Registration.objects.create(organisation=of or organisation(), **values)


def contact(of: Organisation | None = None, *, consenting: bool = True, shown=EVERY_FIELD, **fields) -> Contact:
    """Return a person whom the organisation names; `shown` is what they agreed to, if they did."""
    number = next(_numbers)
    values = {
        "name": f"Selam Tesfay {number}",
        "function": "Vorsitz",
        "email": f"selam-{number}@verein.example",
        "phone": f"0123 4567{number}",
        **fields,
    }
    made = Contact.objects.create(organisation=of or organisation(), **values)
    if consenting:
        consent(contact=made, fields=shown)
    return made


def expert(
    person=None, *, consenting: bool = True, shown=("competences",), fields_of_action=(), languages=("de",), **fields
) -> Expert:
    """Return a member who can be found by what they can do."""
    from tests.factories.accounts import UserFactory

    values = {
        "headline": f"Anerkennung ausländischer Abschlüsse {next(_numbers)}",
        "competences": "Seit zehn Jahren Beratung zu Anerkennungsverfahren.",
        "languages": list(languages),
        **fields,
    }
    made = Expert.objects.create(person=person or UserFactory(), **values)
    made.fields_of_action.set(fields_of_action)
    if consenting:
        consent(expert=made, fields=shown)
    return made


def consent(*, contact: Contact | None = None, expert: Expert | None = None, fields=EVERY_FIELD, **values) -> Consent:
    """Return a live consent of a contact person or an expert."""
    given = {
        "purpose": ConsentPurpose.CONTACT if contact else ConsentPurpose.EXPERT,
        "fields": list(fields),
        "wording": "Ich bin einverstanden.",
        "expires_at": timezone.now() + datetime.timedelta(days=CONSENT_MONTHS * 30),
        **values,
    }
    return Consent.objects.create(contact=contact, expert=expert, **given)
