"""In which audiences and states a kind of page is planted, and which audience must hold by the specification."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.matrix.states import STATES

AUDIENCES = ("public", "member", "staff", "editor", "group:A", "group:B", "org:X", "org:Y")
#: A case in which nobody may read, since no role has this label.
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Case:
    """One page to plant: what the editor chooses, what lies above it, and who may read it in the end."""

    name: str
    chosen: str = "public"
    #: Written down here and never computed, because the portal's own arithmetic is what is tested.
    holds: str = "public"
    state: str = "live"
    #: One of Wagtail's view restrictions: "login", "groups" or "password".
    restriction: str = ""
    #: The audience of a page between the home page and this one; empty for none.
    below: str = ""
    #: That page between is no longer live.
    below_unpublished: bool = False


AUDIENCE_CASES = tuple(Case(f"for {audience}", audience, audience) for audience in AUDIENCES)
STATE_CASES = tuple(Case(f"{state.name}, public", state=state.name) for state in STATES if state.name != "live")
CLOSED_STATE_CASES = tuple(
    Case(f"{state}, for group A", "group:A", "group:A", state)
    for state in ("live with an unpublished change", "draft", "unpublished")
)
RESTRICTION_CASES = (
    Case("restricted to members", "public", "member", restriction="login"),
    Case("restricted to a circle", "public", "circle", restriction="groups"),
    Case("closed by a password", "public", NOBODY, restriction="password"),
    Case("for group A, restricted to a circle", "group:A", NOBODY, restriction="groups"),
    Case("for staff, restricted to members", "staff", "staff", restriction="login"),
)
TREE_CASES = (
    Case("public below members", "public", "member", below="member"),
    Case("staff below members", "staff", "staff", below="member"),
    Case("member below group A", "member", "group:A", below="group:A"),
    Case("group B below group A", "group:B", NOBODY, below="group:A"),
    Case("organisation X below staff", "org:X", NOBODY, below="staff"),
    Case("public below an unpublished page", "public", "public", below="public", below_unpublished=True),
    Case("draft below members", "public", "member", state="draft", below="member"),
)
FEW_CASES = (
    Case("for public"),
    Case("for member", "member", "member"),
    Case("for group:A", "group:A", "group:A"),
    Case("draft, public", state="draft"),
    Case("unpublished, public", state="unpublished"),
)


def cases_of(sets: str) -> Iterator[Case]:
    """Return the cases that a row of the table of objects names."""
    chosen = {
        "all": (*AUDIENCE_CASES, *STATE_CASES, *CLOSED_STATE_CASES, *RESTRICTION_CASES),
        "all and tree": (*AUDIENCE_CASES, *STATE_CASES, *CLOSED_STATE_CASES, *RESTRICTION_CASES, *TREE_CASES),
        "few": FEW_CASES,
        "one": (Case("for public"),),
    }
    yield from chosen[sets]
