"""The list of people: searched, narrowed, in pages; the address carries what was chosen."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.core.paginator import Page, Paginator
from django.db import models
from django.utils.translation import gettext as _

from portal.accounts.enums import AccountState, Role
from portal.accounts.models import RoleAssignment
from portal.accounts.models.people import SECOND_FACTORS
from portal.accounts.people.spelling import spelled
from portal.accounts.scopes import attach_targets
from portal.places.models import Municipality

PAGE_SIZE = 25
#: Stands for people without any role.
NO_ROLE = "keine"
PARAMS = ("q", "zustand", "rolle", "kommune")


class PeopleList:
    """The people whom somebody administers, as the query of an address narrows them."""

    def __init__(self, people: models.QuerySet, query: Mapping[str, str], path: str):
        self.everybody, self.path = people, path
        self.chosen = {param: query.get(param, "").strip()[:100] for param in PARAMS}
        self.page_number = query.get("seite")

    @cached_property
    def municipalities(self) -> list[tuple[str, str]]:
        """The municipalities to which the people belong."""
        places = Municipality.objects.filter(pk__in=self.everybody.order_by().values("municipality"))
        return [(str(place.pk), str(place)) for place in places]

    @cached_property
    def options(self) -> dict[str, list[tuple[str, str]]]:
        """What can be chosen for each filter."""
        return {
            "zustand": [(state.value, str(state.label)) for state in AccountState],
            "rolle": [*((role.value, str(role.label)) for role in Role), (NO_ROLE, _("Members without a role"))],
            "kommune": self.municipalities,
        }

    def results(self) -> models.QuerySet:
        """Return the people who match."""
        people, words = self.everybody, self.chosen["q"]
        if words:
            people = people.filter(spelled("display_name", "icontains", words) | models.Q(email__icontains=words))
        if self._is_offered("zustand"):
            people = people.filter(state=self.chosen["zustand"])
        if self._is_offered("kommune"):
            people = people.filter(municipality=self.chosen["kommune"])
        if self._is_offered("rolle"):
            people = self._with_role(people, self.chosen["rolle"])
        return people.order_by("display_name", "pk")

    def context(self) -> dict[str, Any]:
        """Return what the template shows."""
        page = Paginator(self._with_details(self.results()), PAGE_SIZE).get_page(self.page_number)
        people = list(page.object_list)
        attach_targets([role for person in people for role in person.held_roles])
        return {
            "people": people,
            "count": page.paginator.count,
            "query": self.chosen["q"],
            "selects": [self._select("zustand", _("State")), self._select("rolle", _("Role"))]
            + ([self._select("kommune", _("Municipality"))] if len(self.municipalities) > 1 else []),
            "chips": self._chips(),
            "reset_url": self.path,
            **self._pagination(page),
        }

    def _is_offered(self, param: str) -> bool:
        return self.chosen[param] in dict(self.options[param])

    @staticmethod
    def _with_role(people: models.QuerySet, role: str) -> models.QuerySet:
        live = RoleAssignment.objects.live()
        if role == NO_ROLE:
            return people.exclude(pk__in=live.values("person"))
        return people.filter(pk__in=live.filter(role=role).values("person"))

    @staticmethod
    def _with_details(people: models.QuerySet) -> models.QuerySet:
        factors = Authenticator.objects.filter(user=models.OuterRef("pk"), type__in=SECOND_FACTORS)
        roles = models.Prefetch("role_assignments", RoleAssignment.objects.current_or_coming(), to_attr="held_roles")
        return (
            people.select_related("municipality").prefetch_related(roles).annotate(is_protected=models.Exists(factors))
        )

    def _select(self, param: str, label: str) -> dict:
        choices = [
            {"value": value, "label": name, "chosen": value == self.chosen[param]}
            for value, name in self.options[param]
        ]
        return {"param": param, "label": label, "choices": choices}

    def _chips(self) -> list[dict]:
        chips = [{"label": self.chosen["q"], "group": _("Search"), "url": self._url(q="")}] if self.chosen["q"] else []
        groups = {"zustand": _("State"), "rolle": _("Role"), "kommune": _("Municipality")}
        for param, group in groups.items():
            if self._is_offered(param):
                label = dict(self.options[param])[self.chosen[param]]
                chips.append({"label": label, "group": group, "url": self._url(**{param: ""})})
        return chips

    def _pagination(self, page: Page) -> dict:
        return {
            "page_links": [
                {"number": number, "url": self._url(seite=number), "current": number == page.number}
                if isinstance(number, int)
                else {"number": None}
                for number in page.paginator.get_elided_page_range(page.number)
            ],
            "previous_url": self._url(seite=page.previous_page_number()) if page.has_previous() else None,
            "next_url": self._url(seite=page.next_page_number()) if page.has_next() else None,
        }

    def _url(self, **changes) -> str:
        values = {name: value for name, value in {**self.chosen, **changes}.items() if value}
        return f"{self.path}?{urlencode(values)}" if values else self.path


def member_count(people: models.QuerySet) -> int:
    """Return how many active people have no role today."""
    return (
        people.filter(state=AccountState.ACTIVE).exclude(pk__in=RoleAssignment.objects.live().values("person")).count()
    )
