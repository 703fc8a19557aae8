"""Loads the demo's partners: organisations with mandates, offers, languages and one person who agreed to be named."""

import datetime
import tomllib
from pathlib import Path

from django.utils import timezone

from knowledge.directory.enums import ConsentPurpose, EntryState
from knowledge.directory.models import (
    Consent,
    Contact,
    Mandate,
    Offer,
    OfferAccess,
    OpeningTime,
    Organisation,
    Qualification,
    Registration,
    SelfDescription,
    SpokenLanguage,
    TransparencyNote,
)
from knowledge.topics.models import FieldOfAction, Topic
from portal.home.demo.ledger import Ledger
from portal.places.models import Municipality

SOURCE = Path(__file__).with_name("organisations.toml")
#: Unit: days. As long as a consent lasts.
_CONSENT_LASTS = 730
_WORDING = "Ich bin damit einverstanden, dass diese Angaben im Verzeichnis stehen. Das kann ich jederzeit zurücknehmen."
_PARTS = {
    "descriptions": SelfDescription,
    "mandates": Mandate,
    "qualifications": Qualification,
    "registrations": Registration,
    "transparency": TransparencyNote,
}


def load_organisations(ledger: Ledger) -> None:
    """Bring in the organisations; umbrellas come before their members."""
    for entry in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["organisation"]:
        ledger.bring_in(
            f"organisation:{entry['slug']}",
            entry["name"],
            Organisation.objects.filter(slug=entry["slug"]).first(),
            lambda entry=entry: _create(entry),
        )


def _create(entry: dict) -> Organisation:
    parts = {name: entry.pop(name, []) for name in (*_PARTS, "contacts", "offers", "languages")}
    sets = {name: entry.pop(name, []) for name in ("fields_of_action", "topics", "areas", "umbrellas")}
    confirmed = timezone.now() - datetime.timedelta(days=entry.pop("confirmed_days_ago"))
    place = Municipality.objects.filter(ags=entry.pop("ags")).first()
    made = Organisation.objects.create(
        municipality=place,
        state=entry.pop("state", EntryState.LIVE),
        confirmed_at=confirmed,
        published_at=confirmed - datetime.timedelta(days=365),
        updated_at=confirmed,
        **entry,
    )
    made.fields_of_action.set(FieldOfAction.objects.filter(slug__in=sets["fields_of_action"]))
    made.topics.set(Topic.objects.filter(slug__in=sets["topics"]))
    made.areas.set(Municipality.objects.filter(ags__in=sets["areas"]))
    made.umbrellas.set(Organisation.objects.filter(slug__in=sets["umbrellas"]))
    for name, model in _PARTS.items():
        for values in parts[name]:
            model.objects.create(organisation=made, **values)
    _speak(made, None, parts["languages"])
    for values in parts["contacts"]:
        _name_person(made, **values)
    for values in parts["offers"]:
        _offer(made, **values)
    return made


def _name_person(of: Organisation, *, fields: list[str], **values) -> None:
    person = Contact.objects.create(organisation=of, **values)
    Consent.objects.create(
        contact=person,
        purpose=ConsentPurpose.CONTACT,
        fields=fields,
        wording=_WORDING,
        expires_at=timezone.now() + datetime.timedelta(days=_CONSENT_LASTS),
    )


def _offer(
    of: Organisation, *, languages=(), interpreted=(), fields_of_action=(), access=None, times=(), **values
) -> None:
    made = Offer.objects.create(organisation=of, **values)
    made.fields_of_action.set(FieldOfAction.objects.filter(slug__in=fields_of_action))
    _speak(of, made, languages)
    _speak(of, made, interpreted, with_interpreter=True)
    for status, kind in (access or {}).items():
        OfferAccess.objects.create(offer=made, status=status, access=kind)
    for weekday, opens, closes in times:
        OpeningTime.objects.create(organisation=of, offer=made, weekday=weekday, opens=opens, closes=closes)


def _speak(of: Organisation, offer: Offer | None, codes, *, with_interpreter: bool = False) -> None:
    for code in codes:
        SpokenLanguage.objects.create(organisation=of, offer=offer, code=code, with_interpreter=with_interpreter)
