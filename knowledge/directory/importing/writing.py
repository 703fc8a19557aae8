"""Makes entries of rows and fills gaps of entries; what is sensitive is only declared, or proposed to the editors."""

import itertools
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from knowledge.directory.enums import EntryState, OrganisationKind
from knowledge.directory.importing.cells import Row
from knowledge.directory.importing.fields import PLAIN
from knowledge.directory.importing.gaps import DESCRIPTION_LANGUAGE, existing_entries, gaps_of, registration_values
from knowledge.directory.keeping.completeness import missing_for_publication
from knowledge.directory.keeping.marks import mark_of
from knowledge.directory.keeping.proposing import open_proposal, propose
from knowledge.directory.keeping.sensitive import LEGAL_FORM, REGISTRATION
from knowledge.directory.keeping.versions import change_whole
from knowledge.directory.models import Organisation, Registration, SelfDescription, SpokenLanguage
from knowledge.topics.words import address_of
from portal.accounts.models import User

#: How versions name what an import did.
IMPORTED = "imported"
_LONGEST_SLUG = 70


@dataclass(frozen=True, slots=True)
class Choices:
    """What holds for the whole list."""

    #: For rows that do not say it.
    kind: str = OrganisationKind.MIGRANT_ORGANISATION
    municipality: int | None = None
    #: Entries that have what readers need are published at once.
    publishes: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """What was added to an entry."""

    fields: tuple[str, ...]
    #: Proposals that an editor has to decide.
    proposals: tuple[int, ...]


def make_entry(row: Row, choices: Choices) -> Organisation:
    """Make an entry, a draft unless the editor publishes and nothing that readers need is missing."""
    values = {name: row.values[name] for name in PLAIN if name in row.values}
    place = values.pop("municipality", choices.municipality)
    organisation = Organisation(
        **({"kind": choices.kind} | values),
        name=row.name,
        slug=_free_slug(row.name),
        municipality_id=place,
        legal_form=row.values.get("legal_form", ""),
        state=EntryState.DRAFT,
    )
    organisation.save()
    _add_rows(organisation, row.values)
    if register := row.values.get("registration"):
        Registration.objects.create(organisation=organisation, **registration_values(register))
    if choices.publishes and not missing_for_publication(organisation):
        # Not confirmed: that the organisation itself says that all is true, nobody says in its stead.
        organisation.state, organisation.published_at = EntryState.LIVE, timezone.now()
        organisation.save(update_fields=["state", "published_at"])
    return organisation


@transaction.atomic
def fill_gaps(*, by: User, organisation: Organisation, row: Row, note: str) -> Filled | None:
    """Add to an entry what it does not say yet; nothing where the row adds nothing (any more)."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    gaps = gaps_of(existing_entries([organisation.pk])[organisation.pk], row)
    if not gaps:
        return None
    free = {name: value for name, value in gaps.items() if name not in ("legal_form", "registration")}
    if free:
        change_whole(by=by, organisation=organisation, part=IMPORTED, write=lambda one: _write_free(one, free))
    proposals = []
    # What somebody proposed who knows the organisation is not replaced by a list.
    if (form := gaps.get("legal_form")) and open_proposal(LEGAL_FORM, organisation, None) is None:
        read = mark_of(LEGAL_FORM, organisation, None, None)
        values = {"legal_form": form}
        proposals.append(
            propose(by=by, organisation=organisation, kind=LEGAL_FORM, values=values, note=note, read=read)
        )
    if register := gaps.get("registration"):
        values = registration_values(register)
        proposals.append(propose(by=by, organisation=organisation, kind=REGISTRATION, values=values, note=note))
    return Filled(tuple(free), tuple(change.pk for change in proposals if change is not None))


def _write_free(organisation: Organisation, values: dict) -> None:
    columns = {name: value for name, value in values.items() if name in PLAIN}
    for name, value in columns.items():
        setattr(organisation, name, value)
    if columns:
        organisation.save(update_fields=list(columns))
    _add_rows(organisation, values)


def _add_rows(organisation: Organisation, values: dict) -> None:
    if text := values.get("description"):
        SelfDescription.objects.create(organisation=organisation, language=DESCRIPTION_LANGUAGE, text=text)
    for code in values.get("languages", ()):
        SpokenLanguage.objects.create(organisation=organisation, code=code)
    if fields := values.get("fields_of_action"):
        organisation.fields_of_action.set(fields)


def _free_slug(name: str) -> str:
    slug = address_of(name)[:_LONGEST_SLUG].strip("-")
    taken = set(Organisation.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    candidates = itertools.chain([slug], (f"{slug}-{number}" for number in itertools.count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)
