"""The table of roles: who reads, how such a person is made, and which audiences the specification gives them.

The labels are written down here and never asked of the portal, because they are what the portal is measured by.
`group:A`, `org:X` and `circle` stand for the working groups, organisations and the restricted circle of the world.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

YESTERDAY = -1
#: Not tomorrow, since the tests may run across midnight.
IN_TWO_DAYS = 2

PUBLIC = frozenset({"public"})
MEMBER = PUBLIC | {"member"}


@dataclass(frozen=True, slots=True)
class Role:
    """One reader of the matrix."""

    name: str
    #: What the specification lets this person read on public and member pages.
    labels: frozenset[str]
    #: Roles as pairs of role and scope ("A", "B" are municipalities or groups, "X", "Y" organisations).
    roles: tuple[tuple[str, str], ...] = ()
    #: May open the editing interface.
    edits: bool = False
    #: Sees what belongs to the technical administration and to other people's accounts.
    administers: bool = False
    account: dict = field(default_factory=dict)
    second_factor: bool = True
    #: First and last day of the roles, counted from today.
    valid_from: int | None = None
    valid_to: int | None = None
    #: The municipality ("A" or "B") that the person belongs to, and the one whose people they administer.
    home: str = "A"
    manages: str = ""
    #: In the circle of accounts for whom a page is restricted in Wagtail.
    in_circle: bool = False

    @property
    def works_for_the_network(self) -> bool:
        """Tell whether the person has a role that no municipality administers."""
        is_over = self.valid_to is not None and self.valid_to < 0
        return not is_over and any(not scope for _role, scope in self.roles)

    @property
    def is_known(self) -> bool:
        """Tell whether there is an account."""
        return self.name != "anonymous"

    @property
    def owes_second_factor(self) -> bool:
        """Tell whether everything but setting up a second factor is closed to the person."""
        return bool(self.roles) and not self.second_factor and self.enters

    @property
    def enters(self) -> bool:
        """Tell whether the account may be used at all."""
        return self.is_known and self.account.get("state", "active") == "active"

    def __str__(self):
        return self.name


def day(offset: int | None) -> datetime.date | None:
    """Return the day so many days from today."""
    return None if offset is None else timezone.localdate() + datetime.timedelta(days=offset)


ROLES = (
    Role("anonymous", PUBLIC),
    Role("member", MEMBER),
    Role("member of a restricted circle", MEMBER | {"circle"}, in_circle=True),
    Role("staff of A", MEMBER | {"staff"}, (("staff", "A"),)),
    Role("staff of B", MEMBER | {"staff"}, (("staff", "B"),), home="B"),
    Role("member of group A", MEMBER | {"group:A"}, (("group_member", "A"),)),
    Role("lead of group A", MEMBER | {"group:A"}, (("group_lead", "A"),)),
    Role("member of group B", MEMBER | {"group:B"}, (("group_member", "B"),)),
    Role("editor of organisation X", MEMBER | {"org:X"}, (("organisation_editor", "X"),)),
    Role("editor of organisation Y", MEMBER | {"org:Y"}, (("organisation_editor", "Y"),)),
    Role("data owner", MEMBER | {"staff"}, (("data_owner", "A"),)),
    Role("confidentiality officer", MEMBER | {"staff"}, (("confidentiality_officer", "A"),)),
    Role("decision maker", MEMBER | {"staff"}, (("decision_maker", "A"),)),
    Role("administrator of A", MEMBER | {"staff"}, (("administrator", "A"),), manages="A"),
    Role("administrator of B", MEMBER | {"staff"}, (("administrator", "B"),), home="B", manages="B"),
    Role("author", MEMBER | {"staff", "editor"}, (("author", ""),), edits=True),
    Role("editor", MEMBER | {"staff", "editor"}, (("editor", ""),), edits=True),
    Role(
        "administrator", MEMBER | {"staff", "editor", "circle"}, (("administrator", ""),), edits=True, administers=True
    ),
    Role("suspended administrator", PUBLIC, (("administrator", ""),), account={"state": "suspended"}),
    Role("administrator who left", PUBLIC, (("administrator", ""),), account={"state": "left"}),
    Role("awaiting approval", PUBLIC, account={"state": "requested"}),
    Role("editor without a second factor", PUBLIC, (("editor", ""),), second_factor=False),
    Role("role that ended yesterday", MEMBER, (("editor", ""),), valid_from=-30, valid_to=YESTERDAY),
    Role("role that begins in two days", MEMBER, (("editor", ""),), valid_from=IN_TWO_DAYS),
)
BY_NAME = {role.name: role for role in ROLES}


def _kind(role: Role) -> tuple:
    entrance = (role.is_known, role.enters, role.owes_second_factor)
    return (role.labels, role.edits, role.administers, role.manages, *entrance)


#: The first of each kind of reader; those after it differ in how they came by the same labels.
_FIRST = {_kind(role): role for role in reversed(ROLES)}
#: The share of the addresses that a role asks for whose labels another role has, too.
_SHARE = 3


def share_of(role: Role, things: Iterable[Any]) -> list:
    """Return what a role tries: everything, or a third where an earlier role has the same labels and gates.

    Each of those takes another third, so that together they try everything once more.
    """
    things = list(things)
    return things if _FIRST[_kind(role)] is role else things[ROLES.index(role) % _SHARE :: _SHARE]
