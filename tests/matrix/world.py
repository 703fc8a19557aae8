"""The planted world: its people, its objects with their canaries, and what the specification lets each person see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from tests.matrix.browser import Browser
from tests.matrix.roles import ROLES, Role
from tests.matrix.tokens import Mint, words_in

#: Reach of what only the editing interface, only the technical administration, or nobody at all shows.
EDITING = "editing"
TECHNICAL = "technical"
#: A word that stands in every object, so that totals can be counted.
COMMON_WORD = "Allerweltswort"


@dataclass(slots=True)
class Planted:
    """An object, and what of it is to be seen where."""

    key: str
    kind: str
    #: The audience that holds by the specification, with the world's names for circles; empty for nobody.
    audience: str
    #: In a state in which it can be read at all.
    readable: bool
    pk: int
    url: str = ""
    #: Words that its own address must show to everybody who may read it.
    shown: set[str] = field(default_factory=set)
    #: Words by which the search finds it; empty for what the search does not know.
    findable: set[str] = field(default_factory=set)
    #: The word that lists show it by.
    title: str = ""
    #: Below which the search lists it.
    search_kind: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def may_be_read_by(self, role: Role) -> bool:
        """Tell what the specification says."""
        return self.readable and self.audience in role.labels


@dataclass(slots=True)
class World:
    """Everything that was planted."""

    mint: Mint
    index_dir: Path
    people: dict[str, Any] = field(default_factory=dict)
    objects: dict[str, Planted] = field(default_factory=dict)
    #: The world's names for circles → the audiences that the portal stores.
    circles: dict[str, str] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    _allowed: dict[tuple, set[str]] = field(default_factory=dict)

    def add(self, planted: Planted) -> Planted:
        """Take in an object."""
        if planted.key in self.objects:
            raise ValueError(f"{planted.key} was planted twice.")
        self.objects[planted.key] = planted
        return planted

    def stored(self, audience: str) -> str:
        """Return an audience as the portal stores it."""
        return self.circles.get(audience, audience)

    def of_kind(self, *kinds: str) -> Iterator[Planted]:
        """Return the objects of some kinds."""
        return (planted for planted in self.objects.values() if planted.kind in kinds)

    def pages(self) -> list[Planted]:
        """Return the objects that have an address of their own."""
        return [planted for planted in self.objects.values() if planted.url]

    def readable_to(self, role: Role, objects: Iterable[Planted]) -> list[Planted]:
        """Return which of some objects a role may read."""
        return [planted for planted in objects if planted.may_be_read_by(role)]

    def user(self, role: Role):
        """Return the person of a role, read anew as every request does."""
        if not role.is_known:
            return AnonymousUser()
        person = self.people[role.name]
        return type(person).objects.get(pk=person.pk)

    def sign_in(self) -> None:
        """Begin a session for every account, as the only door would."""
        for name, person in self.people.items():
            client = Client()
            client.force_login(person)
            self.sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def client(self, role: Role) -> Browser:
        """Return a browser in which the person of a role is signed in; a new one, so that no answer signs it out."""
        browser = Browser()
        if role.is_known:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role.name]
        return browser

    def allowed(self, role: Role, *, editing: bool = False, technical: bool = False, people: bool = False) -> set[str]:
        """Return every canary that a role may meet: by its audiences, in its own account, and by the area it is in."""
        asked = (role.name, editing, technical, people, len(self.mint.tokens))
        if asked not in self._allowed:
            self._allowed[asked] = self._allow(role, editing=editing, technical=technical, people=people)
        return self._allowed[asked]

    def _allow(self, role: Role, *, editing: bool, technical: bool, people: bool) -> set[str]:
        labels = {*role.labels, f"self:{role.name}"}
        if people and role.manages:
            labels.add(f"people:{role.manages}")
        if editing and role.edits:
            labels.add(EDITING)
        if technical and role.administers:
            labels.add(TECHNICAL)
        return {token.word for token in self.mint.tokens.values() if token.reach & labels}

    def everywhere(self, role: Role) -> set[str]:
        """Return what the frame of every page may show: the navigation and the reader's own name."""
        frame = {"papers.PaperIndexPage", "directory.DirectoryIndexPage", "home.HomePage"}
        labels = {"public", f"self:{role.name}"}
        own = f"person: {role.name}"
        return {t.word for t in self.mint.tokens.values() if t.owner in {*frame, own} and t.reach & labels}

    def leaks(self, role: Role, response, **area: bool) -> list[str]:
        """Say which canaries of a response the role must not see; what it typed itself is no news to it."""
        found = self.mint.found_in(response) - typed(response)
        return self.mint.told(found - self.allowed(role, **area)) if found else []


def readers() -> tuple[Role, ...]:
    """Return the roles in the order of the table."""
    return ROLES


def typed(response) -> set[str]:
    """Return the canaries in the address that was asked for, which the page "not found" repeats."""
    asked = response.request
    return words_in(f"{asked['PATH_INFO']}?{asked['QUERY_STRING']}")
