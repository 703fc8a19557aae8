"""The contact of an organisation as a file for address books (vCard 3.0, RFC 2426)."""

from collections.abc import Iterable

import vobject
from django.http import HttpResponse

from knowledge.directory.models import Organisation
from knowledge.directory.people.shown import ShownContact

MEDIA_TYPE = "text/vcard; charset=utf-8"


def vcard_of(organisation: Organisation, contacts: Iterable[ShownContact], *, address: str) -> str:
    """Write the organisation's card, then one for each contact person with what they agreed to."""
    cards = [_organisation_card(organisation, address), *(_person_card(organisation, one) for one in contacts)]
    return "".join(card.serialize() for card in cards)


def vcard_response(organisation: Organisation, contacts: Iterable[ShownContact], *, address: str) -> HttpResponse:
    """Answer with the card as a download, which no cache may keep: a consent may be taken back at any time."""
    response = HttpResponse(vcard_of(organisation, contacts, address=address), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{organisation.slug}.vcf"'
    response["Cache-Control"] = "no-store"
    return response


def _organisation_card(organisation: Organisation, address: str) -> vobject.base.Component:
    name = _line(organisation.name)
    card = vobject.vCard()
    card.add("n").value = vobject.vcard.Name(family=name)
    card.add("fn").value = name
    card.add("org").value = [name]
    card.add("uid").value = f"urn:uuid:{organisation.uid}"
    card.add("source").value = address
    _add(card, "note", organisation.summary)
    _add(card, "email", organisation.email)
    _add(card, "tel", organisation.phone)
    _add(card, "url", organisation.website)
    if organisation.street or organisation.city:
        card.add("adr").value = vobject.vcard.Address(
            street=_line(organisation.street), city=_line(organisation.city), code=_line(organisation.postal_code)
        )
    return card


def _person_card(organisation: Organisation, contact: ShownContact) -> vobject.base.Component:
    """A person's card; who did not agree to their name is called by their function."""
    name = _line(contact.name or contact.function or organisation.name)
    card = vobject.vCard()
    card.add("n").value = vobject.vcard.Name(family=name)
    card.add("fn").value = name
    card.add("org").value = [_line(organisation.name)]
    _add(card, "title", contact.function)
    _add(card, "email", contact.email)
    _add(card, "tel", contact.phone)
    return card


def _add(card: vobject.base.Component, name: str, text: str) -> None:
    if text:
        card.add(name).value = _line(text)


def _line(text: str) -> str:
    """Keep a value on its line: a line break would begin a field that nobody meant."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
