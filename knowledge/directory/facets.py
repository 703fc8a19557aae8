"""By what organisations are told apart in the list: where each value stands, and how it is called.

There is no facet of origin and none of worth (design §8).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from knowledge.directory.enums import MandateState, OrganisationKind, ServiceKind
from knowledge.directory.languages import EASY_LANGUAGE, language_name, language_names
from knowledge.directory.models import Mandate, Offer, Organisation, SpokenLanguage
from knowledge.topics.models import FieldOfAction
from portal.places.models import Municipality
from portal.shared.alphabet import in_order


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen, and how many organisations it would leave."""

    value: str
    label: str
    count: int


class Group:
    """One filter; its subclasses know where its values stand."""

    param = ""
    label: Any = ""

    def known(self, values: list[str]) -> list[str]:
        """Keep the values that mean something."""
        names = self.names(values)
        return [value for value in values if value in names]

    def names(self, values: Iterable[str]) -> dict[str, str]:
        """Return value → name of those values that mean something, in the order of the list."""
        raise NotImplementedError

    def narrow(self, organisations: QuerySet, values: list[str]) -> QuerySet:
        """Keep the organisations that have one of the values."""
        raise NotImplementedError

    def pairs(self, organisations: QuerySet) -> Iterable[tuple[int, str]]:
        """Return which of some organisations has which value, as their keys and the values; some come twice."""
        raise NotImplementedError

    def widened(self, holders: dict[str, int]) -> dict[str, int]:
        """Return value → organisations as bits, with those that have a value because they have another one."""
        return holders

    def holders(self, bits: Mapping[str, int], value: str) -> int:
        """Return who has a value, as bits; also of one that nobody names."""
        return bits.get(value, 0)

    def choices(self, counted: Mapping[str, int]) -> list[Choice]:
        """Name the values."""
        return [Choice(value, name, counted[value]) for value, name in self.names(counted).items()]


def _by_name(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda pair: (in_order(pair[1]), pair[0])))


def _chosen_from(enum, values: Iterable[str], *, by_name: bool) -> dict[str, str]:
    wanted = set(values)
    names = {value: capfirst(str(name)) for value, name in enum.choices if value in wanted}
    return _by_name(names) if by_name else names


class FieldGroup(Group):
    """Fields of action of the organisation and of the offers that take place."""

    param, label = "handlungsfeld", _("Field of action")

    def names(self, values: Iterable[str]) -> dict[str, str]:
        """Return the names in the order of the vocabulary."""
        return dict(FieldOfAction.objects.filter(slug__in=list(values)).values_list("slug", "name"))

    def narrow(self, organisations: QuerySet, values: list[str]) -> QuerySet:
        """Keep what works in one of the fields."""
        own, offered = _fields(values)
        return organisations.filter(Q(pk__in=own) | Q(pk__in=offered))

    def pairs(self, organisations: QuerySet) -> Iterable[tuple[int, str]]:
        """Return the organisation's own fields and those of its offers."""
        own, offered = Organisation.fields_of_action.through, Offer.fields_of_action.through
        yield from _listed(own.objects.filter(organisation__in=organisations), "organisation_id", "fieldofaction__slug")
        active = offered.objects.filter(offer__is_active=True, offer__organisation__in=organisations)
        yield from _listed(active, "offer__organisation_id", "fieldofaction__slug")


def _fields(values: list[str]) -> tuple[QuerySet, QuerySet]:
    own, offered = Organisation.fields_of_action.through, Offer.fields_of_action.through
    return (
        own.objects.filter(fieldofaction__slug__in=values).values("organisation"),
        offered.objects.filter(offer__is_active=True, fieldofaction__slug__in=values).values("offer__organisation"),
    )


class OfferGroup(Group):
    """Kinds of offers that take place."""

    param, label = "angebot", _("Kind of offer")

    def names(self, values: Iterable[str]) -> dict[str, str]:
        """Return the names of the code list, by name."""
        return _chosen_from(ServiceKind, values, by_name=True)

    def narrow(self, organisations: QuerySet, values: list[str]) -> QuerySet:
        """Keep what offers one of the kinds."""
        return organisations.filter(pk__in=Offer.objects.active().filter(kind__in=values).values("organisation"))

    def pairs(self, organisations: QuerySet) -> Iterable[tuple[int, str]]:
        """Return the kinds of the offers."""
        return _listed(Offer.objects.active().filter(organisation__in=organisations), "organisation_id", "kind")


class LanguageGroup(Group):
    """Languages in which the organisation or an offer that takes place can be spoken to."""

    param, label = "sprache", _("Language")

    def names(self, values: Iterable[str]) -> dict[str, str]:
        """Return the German names, by name."""
        known = language_names()
        return _by_name({tag: language_name(tag) for tag in values if tag in known or tag == EASY_LANGUAGE})

    def narrow(self, organisations: QuerySet, values: list[str]) -> QuerySet:
        """Keep what can be spoken to in one of the languages."""
        return organisations.filter(pk__in=_spoken().filter(code__in=values).values("organisation"))

    def pairs(self, organisations: QuerySet) -> Iterable[tuple[int, str]]:
        """Return the languages."""
        return _listed(_spoken().filter(organisation__in=organisations), "organisation_id", "code")


def _spoken() -> QuerySet:
    return SpokenLanguage.objects.filter(Q(offer__isnull=True) | Q(offer__is_active=True))


class PlaceGroup(Group):
    """Municipalities: where the seat is, and where it works besides.

    Whoever is there for a district is there for its towns; and who asks for a district means its towns as well.
    """

    param, label = "kommune", _("Municipality")

    def names(self, values: Iterable[str]) -> dict[str, str]:
        """Return the names, by name."""
        places = Municipality.objects.filter(ags__in=list(values))
        return _by_name({place.ags: place.full_name for place in places})

    def narrow(self, organisations: QuerySet, values: list[str]) -> QuerySet:
        """Keep what has its seat or works there, in the district around it or in a town inside it."""
        wanted = Q(ags__in={*values, *map(_district, values)})
        for value in values:
            if value == _district(value):
                wanted |= Q(ags__startswith=value[:_DISTRICT])
        places = list(Municipality.objects.filter(wanted).order_by().values_list("pk", flat=True))
        at_work = Organisation.areas.through.objects.filter(municipality__in=places)
        return organisations.filter(Q(municipality__in=places) | Q(pk__in=at_work.values("organisation")))

    def pairs(self, organisations: QuerySet) -> Iterable[tuple[int, str]]:
        """Return the seat and the places where it works."""
        yield from _listed(organisations.filter(municipality__isnull=False), "pk", "municipality__ags")
        at_work = Organisation.areas.through.objects.filter(organisation__in=organisations)
        yield from _listed(at_work, "organisation_id", "municipality__ags")

    def widened(self, holders: dict[str, int]) -> dict[str, int]:
        """Give towns what their district has, and districts what their towns have."""
        inside: dict[str, int] = defaultdict(int)
        for ags, bits in holders.items():
            inside[_district(ags)] |= bits
        wide = {ags: bits | holders.get(_district(ags), 0) for ags, bits in holders.items()}
        # Under its five digits stands what is there for the district as such, for towns that nobody names.
        named = {district[:_DISTRICT]: holders.get(district, 0) for district in inside}
        return wide | inside | named

    def holders(self, bits: Mapping[str, int], value: str) -> int:
        """Return who is there for a place; of a town that nobody names those who are there for its district."""
        return bits[value] if value in bits else bits.get(value[:_DISTRICT], 0)


#: Unit: digits of the AGS that name the district; its own key ends with zeros.
_DISTRICT = 5


def _district(ags: str) -> str:
    return f"{ags[:_DISTRICT]}000"


class KindGroup(Group):
    """What kind of partner it is."""

    param, label = "art", _("Kind of organisation")

    def names(self, values: Iterable[str]) -> dict[str, str]:
        """Return the names of the code list, in its order."""
        return _chosen_from(OrganisationKind, values, by_name=False)

    def narrow(self, organisations: QuerySet, values: list[str]) -> QuerySet:
        """Keep the kinds."""
        return organisations.filter(kind__in=values)

    def pairs(self, organisations: QuerySet) -> Iterable[tuple[int, str]]:
        """Return the kinds."""
        return _listed(organisations, "pk", "kind")


class MandateGroup(Group):
    """Where the organisation's mandates stand today."""

    param, label = "auftrag", _("Mandate")

    def names(self, values: Iterable[str]) -> dict[str, str]:
        """Return the names of the code list, in its order."""
        return _chosen_from(MandateState, values, by_name=False)

    def narrow(self, organisations: QuerySet, values: list[str]) -> QuerySet:
        """Keep what has a mandate in one of the states."""
        today = timezone.localdate()
        wanted = Q()
        for value in values:
            wanted |= Q(pk__in=Mandate.objects.in_state(value, today).values("organisation"))
        return organisations.filter(wanted)

    def pairs(self, organisations: QuerySet) -> Iterable[tuple[int, str]]:
        """Return the states of the mandates; what is over counts as that alone."""
        today = timezone.localdate()
        mandates = Mandate.objects.filter(organisation__in=organisations)
        yield from _listed(mandates.running(today), "organisation_id", "assurance")
        over = mandates.expired(today).order_by().values_list("organisation_id", flat=True)
        yield from ((pk, MandateState.EXPIRED.value) for pk in over.iterator())


def _listed(rows: QuerySet, organisation: str, value: str) -> Iterable[tuple[int, str]]:
    return rows.order_by().values_list(organisation, value).iterator()


GROUPS: tuple[Group, ...] = (
    FieldGroup(), OfferGroup(), LanguageGroup(), PlaceGroup(), KindGroup(), MandateGroup(),
)  # fmt: skip
