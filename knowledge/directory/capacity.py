"""What is to be known of an organisation before one asks it for something, as pairs of a term and a text."""

from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.directory.enums import Approach
from knowledge.directory.models import Organisation

Pairs = list[dict[str, str]]


def self_image_facts(organisation: Organisation, languages: str) -> Pairs:
    """Return what the organisation says of itself besides its own words; where it says nothing, nothing stands."""
    approaches = dict(Approach.choices)
    return _said(
        (_("Name in its own language"), organisation.own_language_name),
        (_("Short name"), organisation.short_name),
        (_("Languages"), languages),
        (_("Approach"), ", ".join(str(approaches[value]) for value in organisation.approaches if value in approaches)),
        (_("Across origins"), _crosses_origins(organisation)),
        (_("Works in"), ", ".join(place.full_name for place in organisation.areas.all())),
        (_("Legal form"), capfirst(organisation.get_legal_form_display())),
        (_("Founded"), str(organisation.founded_year or "")),
    )


def service_facts(organisation: Organisation) -> Pairs:
    """Return what a service or an authority is responsible for, on what ground and with whose money."""
    return _said(
        (_("Responsible for"), organisation.responsibility),
        (_("Legal basis"), organisation.legal_basis),
        (_("Funding programme"), organisation.funding_programme),
    )


def capacity_facts(organisation: Organisation) -> Pairs:
    """Return what the organisation can carry; its reach only where it wants that shown."""
    shows_reach = organisation.shows_reach
    return _said(
        (_("Paid staff"), capfirst(organisation.get_paid_staff_display())),
        (_("Volunteers"), capfirst(organisation.get_volunteers_display())),
        (_("Freelancers"), _yes_or_no(organisation.has_freelancers)),
        (_("Answers within"), _days(organisation.answers_within)),
        (_("Can be reached"), organisation.reachable),
        (_("Rooms"), organisation.rooms),
        (_("Protection concept"), _yes_or_no(organisation.has_protection_concept)),
        (_("Quality"), organisation.quality),
        (_("Members"), capfirst(organisation.get_members_class_display()) if shows_reach else ""),
        (_("People reached in a year"), capfirst(organisation.get_reached_class_display()) if shows_reach else ""),
    )


def contact_facts(organisation: Organisation, times: str) -> Pairs:
    """Return how the organisation as such is reached; persons are not among this."""
    place = " ".join(filter(None, (organisation.postal_code, organisation.city)))
    municipality = organisation.municipality.full_name if organisation.municipality else ""
    website, email, phone = organisation.website, organisation.email, organisation.phone
    pairs = _said(
        (_("Address"), ", ".join(filter(None, (organisation.street, place or municipality)))),
        (_("E-mail"), email),
        (_("Telephone"), phone),
        (_("Website"), website),
        (_("Opening times"), times),
    )
    addresses = {email: f"mailto:{email}", phone: f"tel:{_dialled(phone)}", website: website}
    return [pair | ({"url": url} if (url := addresses.get(pair["text"])) else {}) for pair in pairs]


def _dialled(phone: str) -> str:
    """Return a number as telephones dial it: digits, and a plus in front."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    return f"+{digits}" if phone.strip().startswith("+") else digits


def _crosses_origins(organisation: Organisation) -> str:
    match organisation.crosses_origins:
        case True:
            return _("We work across origins.")
        case False:
            return _("We are there for a community of our own first of all.")
    return ""


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else (_("yes") if value else _("no"))


def _days(days: int | None) -> str:
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days is not None else ""


def _said(*pairs: tuple[str, object]) -> Pairs:
    return [{"term": term, "text": str(text)} for term, text in _filled(pairs)]


def _filled(pairs: Iterable[tuple[str, object]]) -> Iterable[tuple[str, object]]:
    return ((term, text) for term, text in pairs if text)
