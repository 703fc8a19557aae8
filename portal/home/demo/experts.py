"""Loads the demo's experts: two members who agreed to be found by what they can do."""

from dataclasses import dataclass

from django.utils import timezone

from knowledge.directory.enums import ConsentPurpose
from knowledge.directory.models import Consent, Expert
from knowledge.directory.people.terms import end_of_consent
from knowledge.directory.people.wording import EXPERT_FIELDS, wording_for
from knowledge.topics.models import FieldOfAction
from portal.accounts.models import User
from portal.home.demo.accounts import GROUP_MEMBER, MEMBER, SignIn
from portal.home.demo.ledger import Ledger
from portal.shared.visibility import Audience


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry in the register of experts."""

    of: SignIn
    headline: str
    competences: str
    conditions: str
    languages: tuple[str, ...]
    fields_of_action: tuple[str, ...]
    audience: str = Audience.MEMBER


_ENTRIES = (
    _Entry(
        MEMBER,
        "Anerkennung ausländischer Abschlüsse begleiten",
        "Studium der Pharmazie im Ausland, Anerkennung selbst durchlaufen. Seit acht Jahren begleite ich "
        "Menschen durch das Verfahren: welche Stelle zuständig ist, was ein Bescheid sagt, wie es danach weitergeht. "
        "Ich halte Vorträge vor Fachkräften und spreche in Elterncafés.",
        "Vorträge gegen Honorar, nur abends und am Wochenende",
        ("de", "ti", "en"),
        ("ausbildung-und-arbeit",),
    ),
    _Entry(
        GROUP_MEMBER,
        "Übergang Schule–Beruf: Befragungen auswerten",
        "Erhebungen unter Schulabgängerinnen und Schulabgängern planen und auswerten, Fragebögen in einfacher Sprache, "
        "Ergebnisse so aufbereiten, dass niemand erkannt werden kann.",
        "Nach Vereinbarung, Fahrtkosten",
        ("de",),
        ("uebergang-schule-beruf",),
        Audience.STAFF,
    ),
)


def load_experts(ledger: Ledger) -> None:
    """Bring in the entries of those demo accounts that are there."""
    for entry in _ENTRIES:
        person = User.objects.filter(email=entry.of.email).first()
        if person is not None:
            ledger.bring_in(
                f"expert:{person.email}",
                entry.headline,
                Expert.objects.filter(person=person).first(),
                lambda entry=entry, person=person: _create(entry, person),
            )


def _create(entry: _Entry, person: User) -> Expert:
    expert = Expert.objects.create(
        person=person,
        audience=entry.audience,
        headline=entry.headline,
        competences=entry.competences,
        languages=list(entry.languages),
        municipality=person.municipality,
        conditions=entry.conditions,
    )
    expert.fields_of_action.set(FieldOfAction.objects.filter(slug__in=entry.fields_of_action))
    at = timezone.now()
    Consent.objects.create(
        expert=expert, purpose=ConsentPurpose.EXPERT, fields=list(EXPERT_FIELDS), wording=wording_for(expert),
        given_at=at, expires_at=end_of_consent(at),
    )  # fmt: skip
    return expert
