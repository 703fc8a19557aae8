"""The rule on who may read what, said once more in plain Python: readers are sets of people, cut along the path.

Nothing of the product is imported here, so that a fault there cannot be repeated here. People, pages, collections and
files are known by plain keys; an audience is what an editor would call it, and its readers are counted out by hand.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

ANYBODY = "anonymous"
IN_A_MUNICIPALITY = {"staff", "data_owner", "confidentiality_officer", "decision_maker", "administrator"}
IN_EDITING = {"author", "editor"}
#: The group of accounts that follows from a role instead of being filled by hand.
EDITORS_GROUP = "Redaktion"
#: The group of accounts that is filled by hand.
READING_GROUP = "Lesekreis"
CIRCLES = ([READING_GROUP], [EDITORS_GROUP], [READING_GROUP, EDITORS_GROUP], [])


@dataclass
class Role:
    """A role with its days; `scope` is empty for the whole network."""

    name: str
    kind: str
    scope: int | None
    first: datetime.date
    last: datetime.date | None
    ended: bool = False

    def begins_or_holds(self, day: datetime.date) -> bool:
        return not self.ended and (self.last is None or day <= self.last)

    def holds(self, day: datetime.date) -> bool:
        return self.begins_or_holds(day) and self.first <= day

    @property
    def is_of_the_network(self) -> bool:
        return self.kind == "network"


@dataclass
class Person:
    """Somebody with an account."""

    municipality: int | None = None
    active: bool = True
    factor: bool = False
    circles: set[str] = field(default_factory=set)
    #: By the key of the assignment.
    roles: dict[int, Role] = field(default_factory=dict)


@dataclass
class Limit:
    """One of Wagtail's view restrictions."""

    kind: str
    circles: set[str] = field(default_factory=set)


@dataclass
class Node:
    """A page, a collection or a file: what it lies in, what was chosen for it, and how it is restricted."""

    parent: int | None
    chosen: str = "public"
    live: bool = True
    word: str = ""
    is_listed: bool = True
    limits: dict[int, Limit] = field(default_factory=dict)
    #: The versions an editor could publish: key of the revision, and the audience chosen in it.
    revisions: list[tuple[int, str]] = field(default_factory=list)


class People:
    """Everybody, on one day."""

    def __init__(self, day: datetime.date):
        self.day = day
        self.all: dict[str, Person] = {}

    def roles(self, key: str) -> list[Role]:
        person = self.all[key]
        return [role for role in person.roles.values() if person.active and role.holds(self.day)]

    def owes_factor(self, key: str) -> bool:
        return key != ANYBODY and bool(self.roles(key)) and not self.all[key].factor

    def members(self) -> set[str]:
        return {key for key, person in self.all.items() if person.active and not self.owes_factor(key)}

    def administers_network(self, key: str) -> bool:
        return any(role.name == "administrator" and role.is_of_the_network for role in self.roles(key))

    def edits(self, key: str) -> bool:
        return self.administers_network(key) or any(role.name in IN_EDITING for role in self.roles(key))

    def works_in_a_municipality(self, key: str) -> bool:
        return self.edits(key) or any(role.name in IN_A_MUNICIPALITY for role in self.roles(key))

    def readers(self, audience: str) -> set[str]:
        """Return who belongs to an audience that an editor can choose; nobody belongs to one that is not known."""
        members = self.members()
        if audience == "public":
            return {ANYBODY, *self.all}
        if audience == "member":
            return members
        if audience == "staff":
            return {key for key in members if self.works_in_a_municipality(key)}
        if audience == "editor":
            return {key for key in members if self.edits(key)}
        kind, _, scope = audience.partition(":")
        tied_to = {"group": "group", "org": "organisation"}.get(kind)
        return {key for key in members if any((r.kind, str(r.scope)) == (tied_to, scope) for r in self.roles(key))}

    def readers_within(self, limit: Limit) -> set[str]:
        """Return whom a view restriction lets pass; a password is no person."""
        if limit.kind == "none":
            return {ANYBODY, *self.all}
        if limit.kind == "login":
            return self.members()
        if limit.kind == "groups":
            return {k for k in self.members() if self.circles_of(k) & limit.circles or self.administers_network(k)}
        return set()

    def circles_of(self, key: str) -> set[str]:
        edits = any(role.name == "editor" for role in self.roles(key))
        return self.all[key].circles | ({EDITORS_GROUP} if edits else set())

    def administered_by(self, actor: str) -> set[str]:
        """Return whom somebody administers: everybody, or those of a municipality who do nothing for the network."""
        if actor == ANYBODY or not self.all[actor].active or self.owes_factor(actor):
            return set()
        if self.administers_network(actor):
            return set(self.all)
        places = {r.scope for r in self.roles(actor) if (r.name, r.kind) == ("administrator", "municipality")}
        return {key for key, person in self.all.items() if person.municipality in places and not self._is_above(person)}

    def _is_above(self, person: Person) -> bool:
        return any(role.is_of_the_network and role.begins_or_holds(self.day) for role in person.roles.values())


class Tree(dict[int, Node]):
    """Pages below pages, or collections within collections."""

    def path(self, key: int | None) -> Iterator[int]:
        """Yield the key and what it lies in, from the inside out."""
        while key is not None:
            yield key
            key = self[key].parent

    def below(self, key: int) -> list[int]:
        """Return the key and everything under it."""
        return [other for other in self if key in self.path(other)]


#: What stands on one step of a path: an audience, or a restriction with its key.
Demand = str | tuple[int, Limit]


def demands_of(tree: Tree, key: int | None, chosen: str = "public") -> list[Demand]:
    """Return everything that a reader of something must fulfil."""
    found: list[Demand] = [chosen]
    for step in tree.path(key):
        found.append(tree[step].chosen)
        found += tree[step].limits.items()
    return found


def readers(people: People, demands: list[Demand]) -> set[str]:
    """Return who fulfils all demands: the rule itself."""
    everybody = {ANYBODY, *people.all}
    return everybody.intersection(*(_fulfil(people, demand) for demand in demands))


def shown_to(people: People, demands: list[Demand]) -> set[str]:
    """Return to whom the portal shows it: those who fulfil all demands, or nobody where no single audience names them.

    The exception that decision 0008 writes down: two circles, or a circle and the staff or the editors.
    """
    circles = {_name(demand) for demand in demands} - {"public", "member", "staff", "editor"}
    is_narrow = any(demand in ("staff", "editor") for demand in demands if isinstance(demand, str))
    if len(circles) > 1 or (circles and is_narrow):
        return set()
    return readers(people, demands)


def _fulfil(people: People, demand: Demand) -> set[str]:
    return people.readers(demand) if isinstance(demand, str) else people.readers_within(demand[1])


def _name(demand: Demand) -> str:
    """Name a demand; a restriction to groups is a circle of its own even if another one names the same groups."""
    if isinstance(demand, str):
        return demand
    key, limit = demand
    return {"none": "public", "login": "member"}.get(limit.kind, f"restriction {key}")
