"""What a row could add to an entry that is there: only where nothing stands yet, never instead of what was said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from knowledge.directory.enums import ChangeAct, ChangeState, ChangeSubject, RegisterKind
from knowledge.directory.importing.cells import Row
from knowledge.directory.importing.fields import PLAIN
from knowledge.directory.models import Organisation, ProfileChange, Registration, SelfDescription, SpokenLanguage

#: The municipality decides who looks after the people's accounts, so it is never set from a list afterwards.
_KEPT = frozenset({"municipality", "kind"})
_FILLABLE = tuple(name for name in PLAIN if name not in _KEPT)
DESCRIPTION_LANGUAGE = "de"


@dataclass(slots=True)
class Existing:
    """An entry with what decides about its gaps."""

    organisation: Organisation
    has_description: bool = False
    has_languages: bool = False
    has_fields: bool = False
    #: Numbers of registers, and those that were proposed at any time.
    registers: set[str] = field(default_factory=set)
    #: Legal forms that were proposed at any time: what an editor declined is not proposed by the same list again.
    proposed_forms: set[str] = field(default_factory=set)


def existing_entries(keys: Iterable[int]) -> dict[int, Existing]:
    """Fetch entries with what decides about their gaps; the same number of queries for any number of entries."""
    keys = set(keys)
    found = {pk: Existing(one) for pk, one in Organisation.objects.in_bulk(keys).items()}
    described = SelfDescription.objects.filter(organisation__in=found, language=DESCRIPTION_LANGUAGE)
    for pk in described.values_list("organisation_id", flat=True):
        found[pk].has_description = True
    for pk in SpokenLanguage.objects.filter(organisation__in=found, offer=None).values_list(
        "organisation_id", flat=True
    ):
        found[pk].has_languages = True
    through = Organisation.fields_of_action.through.objects.filter(organisation__in=found)
    for pk in through.values_list("organisation_id", flat=True):
        found[pk].has_fields = True
    for pk, number in Registration.objects.filter(organisation__in=found).values_list("organisation_id", "number"):
        found[pk].registers.add(number)
    changes = ProfileChange.objects.filter(organisation__in=found, subject=ChangeSubject.LEGAL)
    for pk, act, after in changes.exclude(state=ChangeState.WITHDRAWN).values_list("organisation_id", "act", "after"):
        if act == ChangeAct.ADD:
            found[pk].registers.add(after.get("number") or "")
        found[pk].proposed_forms.add(after.get("legal_form") or "")
    return found


def gaps_of(existing: Existing, row: Row) -> dict[str, object]:
    """Return the values of a row for which the entry has nothing yet."""
    organisation = existing.organisation
    values = row.values
    gaps = {
        name: values[name]
        for name in _FILLABLE
        if values.get(name)
        and getattr(organisation, name) in (None, "")
        and not _tears_apart(organisation, name, values)
    }
    if values.get("description") and not existing.has_description:
        gaps["description"] = values["description"]
    if values.get("languages") and not existing.has_languages:
        gaps["languages"] = values["languages"]
    if values.get("fields_of_action") and not existing.has_fields:
        gaps["fields_of_action"] = values["fields_of_action"]
    form = values.get("legal_form")
    if form and not organisation.legal_form and form not in existing.proposed_forms:
        gaps["legal_form"] = form
    register = values.get("registration")
    if register and not existing.registers:
        gaps["registration"] = register
    return gaps


def _tears_apart(organisation: Organisation, name: str, values: Mapping[str, object]) -> bool:
    """Tell whether a street, or a point of the map, would come to stand beside what belongs to another address."""
    if name in ("latitude", "longitude"):
        return bool(organisation.street) and values.get("street", organisation.street) != organisation.street
    return name in ("street", "postal_code", "city") and bool(organisation.street)


def register_kind(number: str) -> RegisterKind:
    """Return which register a number is of."""
    return RegisterKind.COMMERCIAL if number.upper().startswith(("HRB", "HRA")) else RegisterKind.ASSOCIATIONS


def registration_values(register: dict) -> dict[str, str | None]:
    """Return a register entry as proposals and rows keep it."""
    number = register["number"]
    return {
        "kind": str(register_kind(number)),
        "number": number,
        "authority": register.get("authority", ""),
        "issued_on": None,
        "valid_to": None,
    }
