"""A profile as readers see it: who we are, what we offer, on whose behalf, how we work with authorities, contact."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.text import capfirst

from knowledge.directory.blocks import ProfileBlock, profile_blocks
from knowledge.directory.capacity import capacity_facts, contact_facts, self_image_facts, service_facts
from knowledge.directory.enums import EntryState
from knowledge.directory.facts import (
    Statement,
    mandate_statement,
    qualification_statement,
    registration_statement,
)
from knowledge.directory.models import Offer, Organisation, SelfDescription, SpokenLanguage
from knowledge.directory.models.organisations import DIRECTORY_SLUG
from knowledge.directory.offer_facts import facts_of, languages_in_words, times_in_words
from knowledge.directory.people.shown import ShownContact, shown_contacts


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """An offer that takes place, with what one has to know before going there."""

    offer: Offer
    facts: list[dict[str, str]]


@dataclass(frozen=True)
class Profile:
    """Everything that stands on a profile, read from the database once."""

    organisation: Organisation
    descriptions: list[SelfDescription]
    languages: list[SpokenLanguage]
    offers: list[ShownOffer]
    #: Not available at present; named so that nobody looks for them in vain.
    paused: list[Offer]
    mandates: list[Statement]
    former_mandates: list[Statement]
    qualifications: list[Statement]
    registrations: list[Statement]
    transparency: list
    contacts: list[ShownContact]
    members: list[Organisation]
    umbrellas: list[Organisation]
    times: str = ""
    #: What other rooms add.
    blocks: list[ProfileBlock] = field(default_factory=list)
    on: datetime.date = field(default_factory=timezone.localdate)

    @property
    def is_dormant(self) -> bool:
        """Tell whether nobody has confirmed the entry for long."""
        return self.organisation.state == EntryState.DORMANT

    @cached_property
    def kind(self) -> str:
        """Return what kind of partner it is."""
        return capfirst(str(self.organisation.get_kind_display()))

    @cached_property
    def fields(self) -> list[dict]:
        """Return the fields of action, each with the address of the list that it narrows."""
        start = f"{get_script_prefix()}{DIRECTORY_SLUG}/"
        return [
            {"name": field.name, "url": f"{start}?{urlencode({'handlungsfeld': field.slug})}"}
            for field in self.organisation.fields_of_action.all()
        ]

    @cached_property
    def self_image(self) -> list[dict]:
        """Return what the organisation says of itself besides its own words."""
        return self_image_facts(self.organisation, languages_in_words(self.languages))

    @cached_property
    def service(self) -> list[dict]:
        """Return what a service or an authority is responsible for."""
        return service_facts(self.organisation)

    @cached_property
    def capacity(self) -> list[dict]:
        """Return what an authority should know before it asks."""
        return capacity_facts(self.organisation)

    @cached_property
    def contact(self) -> list[dict]:
        """Return how the organisation is reached as such; persons stand in `contacts`."""
        return contact_facts(self.organisation, self.times)


def profile_of(organisation: Organisation, user, *, on: datetime.date | None = None) -> Profile:
    """Read a profile; what of it `user` may see of other organisations and of persons is asked of their own rules."""
    on = on or timezone.localdate()
    languages = list(organisation.languages.all())
    offers = list(organisation.offers.all())
    mandates = list(organisation.mandates.all())
    running = [mandate for mandate in mandates if not _is_over(mandate.valid_to, on)]
    former = [mandate for mandate in mandates if _is_over(mandate.valid_to, on)]
    qualifications, registrations = organisation.qualifications.all(), organisation.registrations.all()
    return Profile(
        organisation=organisation,
        descriptions=german_first(organisation.descriptions.all()),
        languages=[language for language in languages if language.offer_id is None],
        offers=[ShownOffer(offer, facts_of(offer)) for offer in offers if offer.is_active],
        paused=[offer for offer in offers if not offer.is_active],
        mandates=[mandate_statement(mandate, on) for mandate in running],
        former_mandates=[mandate_statement(mandate, on) for mandate in former],
        qualifications=[qualification_statement(one, on) for one in qualifications],
        registrations=[registration_statement(one, on) for one in registrations],
        transparency=list(organisation.transparency_notes.all()),
        contacts=shown_contacts([organisation], user).get(organisation.pk, []),
        members=list(organisation.member_organisations.visible_to(user)),
        umbrellas=list(organisation.umbrellas.visible_to(user)),
        times=times_in_words(time for time in organisation.opening_times.all() if time.offer_id is None),
        blocks=profile_blocks(organisation, user, on),
        on=on,
    )


def for_profile(organisations):
    """Read organisations together with all that `profile_of` shows, in a fixed number of queries."""
    offers = Offer.objects.prefetch_related("access", "fields_of_action", "languages", "opening_times")
    return organisations.select_related("municipality").prefetch_related(
        "descriptions", "languages", "mandates", "qualifications", "registrations", "transparency_notes",
        "opening_times", "fields_of_action", "topics", "areas", Prefetch("offers", queryset=offers),
    )  # fmt: skip


def german_first(descriptions: Iterable[SelfDescription]) -> list[SelfDescription]:
    """Order self-descriptions: German, German in easy language, then the others by name."""
    return sorted(descriptions, key=lambda one: (not one.language.startswith("de"), one.language, one.pk))


def _is_over(end: datetime.date | None, on: datetime.date) -> bool:
    return end is not None and end < on
