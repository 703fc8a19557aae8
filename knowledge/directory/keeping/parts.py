"""The ten parts of an entry: what they are called, where they stand, and which come for which organisation."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.directory.models import Organisation


class PartKey(StrEnum):
    """How snapshots, versions and programs call a part."""

    IDENTITY = "identity"
    DESCRIPTION = "description"
    FIELDS = "fields"
    LANGUAGES = "languages"
    OFFERS = "offers"
    MANDATE = "mandate"
    RESPONSIBILITY = "responsibility"
    QUALITY = "quality"
    CAPACITY = "capacity"
    CONTACTS = "contacts"
    TRANSPARENCY = "transparency"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an entry, one page of its own."""

    key: PartKey
    #: German, as it stands in the address.
    slug: str
    label: str | Promise
    #: One sentence: what is asked for, and what for.
    lead: str | Promise


_PARTS = (
    Part(
        PartKey.IDENTITY, "name-und-ort", _("Name and place"),
        _("What you are called and where you can be reached. Give an address of the organisation, not a private one."),
    ),
    Part(
        PartKey.DESCRIPTION, "wer-wir-sind", _("Who we are"),
        _("In your own words, in as many languages as you like. This stands first on your profile."),
    ),
    Part(
        PartKey.FIELDS, "handlungsfelder", _("Fields of action and approach"),
        _("What your work is about, so that you are found for it."),
    ),
    Part(PartKey.LANGUAGES, "sprachen", _("Languages"), _("The languages in which people can speak to you.")),
    Part(PartKey.OFFERS, "angebote", _("Offers"), _("What people can come to you for, and under which conditions.")),
    Part(
        PartKey.MANDATE, "auftrag", _("Mandate"),
        _("On whose behalf you act, for whom you speak and for whom not. Editors look at it before it is shown."),
    ),
    Part(
        PartKey.RESPONSIBILITY, "zustaendigkeit", _("Responsibility"),
        _("What you are responsible for, on which legal basis and under which programme."),
    ),
    Part(
        PartKey.QUALITY, "qualifikation", _("Qualification and quality"),
        _("What you are able to do and by what you show it. Editors look at qualifications before they are shown."),
    ),
    Part(
        PartKey.CAPACITY, "kapazitaet", _("Capacity and conditions"),
        _("How you work with authorities, what you need, and whether you take requests at present."),
    ),
    Part(
        PartKey.CONTACTS, "ansprechpersonen", _("Contact persons"),
        _("Who can be asked. Nobody is named before they have agreed themselves."),
    ),
    Part(
        PartKey.TRANSPARENCY, "transparenz", _("Transparency and registers"),
        _("Legal form, registers, and where you publish who you are and what you live on."),
    ),
)  # fmt: skip
PARTS = {part.key: part for part in _PARTS}
_BY_SLUG = {part.slug: part for part in _PARTS}


def parts_of(organisation: Organisation) -> list[Part]:
    """Return the parts of an entry in their order; services name a responsibility instead of a mandate."""
    other = PartKey.MANDATE if organisation.is_service else PartKey.RESPONSIBILITY
    return [part for part in _PARTS if part.key != other]


def part_at(organisation: Organisation, slug: str) -> Part | None:
    """Return the part that an address names; nothing where this kind of organisation has none of it."""
    part = _BY_SLUG.get(slug)
    return part if part in parts_of(organisation) else None


def part_after(organisation: Organisation, part: Part) -> Part | None:
    """Return the part that comes next; nothing after the last."""
    parts = parts_of(organisation)
    place = parts.index(part) + 1
    return parts[place] if place < len(parts) else None


def part_before(organisation: Organisation, part: Part) -> Part | None:
    """Return the part before; nothing before the first."""
    parts = parts_of(organisation)
    place = parts.index(part)
    return parts[place - 1] if place else None


#: Versions are also made by acts on the whole entry.
WHOLE = {
    "start": _("state before the first change here"),
    "restored": _("earlier version brought back"),
    "accepted": _("proposal accepted"),
    "edited": _("changed in the editing interface"),
    "imported": _("gaps filled from a list"),
    "import-undone": _("import undone"),
    "network-objected": _("membership taken out by the network"),
}


def part_label(key: str) -> str | Promise:
    """Return what a version says was changed."""
    return PARTS[PartKey(key)].label if key in PARTS else WHOLE.get(key, key)
