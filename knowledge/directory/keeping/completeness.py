"""How much of an entry is there, what is missing, and what readers need at least."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.directory.enums import ChangeState, ChangeSubject
from knowledge.directory.keeping.parts import PARTS, Part, PartKey, parts_of
from knowledge.directory.models import Organisation, ProfileChange


@dataclass(frozen=True, slots=True)
class PartState:
    """A part and how it stands."""

    part: Part
    is_filled: bool
    #: How many proposals for it an editor has still to look at.
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Completeness:
    """What is there and what is missing."""

    states: tuple[PartState, ...]

    @property
    def filled(self) -> int:
        """Return how many parts are filled."""
        return sum(state.is_filled for state in self.states)

    @property
    def total(self) -> int:
        """Return how many parts there are."""
        return len(self.states)

    @property
    def missing(self) -> list[Part]:
        """Return the parts that are empty."""
        return [state.part for state in self.states if not state.is_filled]


#: Whose proposals belong to which part.
SUBJECT_OF_PART = {
    PartKey.MANDATE: ChangeSubject.MANDATE,
    PartKey.QUALITY: ChangeSubject.QUALIFICATION,
    PartKey.CONTACTS: ChangeSubject.CONTACT,
    PartKey.TRANSPARENCY: ChangeSubject.LEGAL,
}
PART_OF_SUBJECT = {subject: part for part, subject in SUBJECT_OF_PART.items()}


def completeness_of(organisation: Organisation) -> Completeness:
    """Return how much of an entry is there; two queries, however long it is."""
    has = _what_it_has(organisation)
    open_changes = ProfileChange.objects.filter(organisation=organisation, state=ChangeState.OPEN)
    subjects = list(open_changes.values_list("subject", flat=True))
    states = []
    for part in parts_of(organisation):
        waiting = subjects.count(SUBJECT_OF_PART.get(part.key, ""))
        # What was proposed is not asked for once more.
        states.append(PartState(part, bool(has[part.key] or waiting), waiting))
    return Completeness(tuple(states))


def _what_it_has(one: Organisation) -> dict[str, bool]:
    rows = Organisation.objects.filter(pk=one.pk).annotate(**_existing()).values(*_existing()).get()
    return {
        PartKey.IDENTITY: bool(one.name and (one.city or one.municipality_id) and is_reachable(one)),
        PartKey.DESCRIPTION: bool(one.summary and rows["has_descriptions"]),
        PartKey.FIELDS: rows["has_fields"],
        PartKey.LANGUAGES: rows["has_languages"],
        PartKey.OFFERS: rows["has_offers"],
        PartKey.MANDATE: rows["has_mandates"],
        PartKey.RESPONSIBILITY: bool(one.responsibility),
        PartKey.QUALITY: bool(one.quality or rows["has_qualifications"]),
        PartKey.CAPACITY: bool(one.conditions or one.reachable or one.paid_staff or one.volunteers),
        PartKey.CONTACTS: rows["has_contacts"],
        PartKey.TRANSPARENCY: bool(one.legal_form or rows["has_registrations"] or rows["has_notes"]),
    }


def _existing() -> dict[str, Exists]:
    def beside(name: str, **narrowed) -> Exists:
        model: type = Organisation._meta.get_field(name).related_model
        rows: QuerySet = model._default_manager.filter(organisation=OuterRef("pk"), **narrowed)
        return Exists(rows)

    fields = Organisation.fields_of_action.through.objects.filter(organisation=OuterRef("pk"))
    return {
        "has_descriptions": beside("descriptions"),
        "has_fields": Exists(fields),
        "has_languages": beside("languages", offer=None),
        "has_offers": beside("offers"),
        "has_mandates": beside("mandates"),
        "has_qualifications": beside("qualifications"),
        "has_contacts": beside("contacts"),
        "has_registrations": beside("registrations"),
        "has_notes": beside("transparency_notes"),
    }


def is_reachable(one: Organisation) -> bool:
    """Tell whether readers find a way to the organisation."""
    return bool(one.email or one.phone or one.website)


@dataclass(frozen=True, slots=True)
class Need:
    """Something that readers need before an entry is published."""

    text: str
    url: str


def missing_for_publication(one: Organisation) -> list[Need]:
    """Return what an entry needs at least to be of use to anybody."""
    lacks = [
        (not one.name, PartKey.IDENTITY, _("a name")),
        (not (one.city or one.municipality_id), PartKey.IDENTITY, _("a place")),
        (not is_reachable(one), PartKey.IDENTITY, _("a way to reach you: e-mail, telephone or website")),
        (not one.summary, PartKey.DESCRIPTION, _("one sentence that says what you do")),
    ]
    if not (one.fields_of_action.exists() or one.offers.exists()):
        lacks.append((True, PartKey.FIELDS, _("a field of action or an offer")))
    return [
        Need(text, reverse("keeping:part", args=[one.slug, PARTS[part].slug])) for is_lacking, part, text in lacks
        if is_lacking
    ]  # fmt: skip
