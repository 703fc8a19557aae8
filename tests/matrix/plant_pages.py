"""Plants pages: first everything that may be live as public pages that are indexed, then every page in its case."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction

from tests.matrix import states
from tests.matrix.cases import NOBODY, Case
from tests.matrix.filling import values_for
from tests.matrix.world import COMMON_WORD, EDITING, Planted, World

LATER = "later: "


@dataclass(frozen=True, slots=True)
class PageKind:
    """How a type of page is planted and where its words show."""

    #: The type as "app.Model".
    model: str
    cases: str
    #: The key of the object below which it stands.
    parent: str = "home"
    #: As the search names the kind; empty for pages that it does not know.
    search_kind: str = ""
    #: The field to which the common word is added.
    common: str = ""
    #: Beginnings of places whose words its own page does not show, and those by which it is not found.
    unshown: tuple[str, ...] = ("slug",)
    unfindable: tuple[str, ...] = ("slug", "seo_title", "search_description")
    values: dict[str, Any] = field(default_factory=dict)


class Planting:
    """One page on its way into the world."""

    def __init__(self, world: World, model: type[Page], kind: PageKind, case: Case):
        self.world, self.model, self.kind, self.case = world, model, kind, case
        self.key = f"{kind.model}: {case.name}"
        self.state = states.BY_NAME[case.state]
        readable = self.state.readable and case.holds != NOBODY
        self.reach = {EDITING, case.holds} if readable else {EDITING}
        self.page = None

    def begin(self, parent: Page) -> None:
        """Create the page: public and live at first, unless its state is one that never was live."""
        values = self._values("", self.reach) | self.kind.values
        page = self.model(live=self.state.begins_live, **values)
        if self.kind.common:
            setattr(page, self.kind.common, f"{getattr(page, self.kind.common)} {COMMON_WORD}")
        self._classify(page)
        self.page = Page.objects.get(pk=parent.pk).add_child(instance=page)

    def _classify(self, page: Page) -> None:
        """Give a page the same topic, field of action and office as all others, so that lists and counts can err."""
        for name, place in (("topics", "topic"), ("fields_of_action", "field of action")):
            if hasattr(page, name):
                getattr(page, name).set([self.world.places[place]])
        if hasattr(page, "responsible_department"):
            page.responsible_department = self.world.places["department A"]

    def finish(self) -> Planted:
        """Close the page as its case says, bring it into its state and tell the world."""
        page = self.model.objects.get(pk=self.page.pk)
        page.chosen_audience = self.world.stored(self.case.chosen)
        page.save()
        if self.case.restriction:
            restrict(page, self.case.restriction)
        # Before the state, since a deleted page has no address left.
        url = page.get_url()
        self.state.enter(page, self._values(LATER, {EDITING}))
        return self.world.add(self._planted(url))

    def _values(self, prefix: str, reach: set[str]) -> dict[str, Any]:
        def canary(place: str, room: int) -> str:
            return self.world.mint.token(self.key, prefix + place, reach, room=room)

        changed = prefix and self.state.name not in states.CHANGED
        return {} if changed else values_for(self.model, canary, picture=self.world.places.get("picture"))

    def _planted(self, url: str) -> Planted:
        mint = self.world.mint
        mine = [t for t in mint.tokens.values() if t.owner == self.key and not t.place.startswith(LATER)]
        return Planted(
            key=self.key,
            kind=self.kind.model,
            audience=self.case.holds,
            readable=self.state.readable,
            pk=self.page.pk,
            url=url,
            shown={t.word for t in mine if not t.place.startswith(self.kind.unshown)},
            findable={t.word for t in mine if not t.place.startswith(self.kind.unfindable)}
            if self.kind.search_kind
            else set(),
            title=mint.at(self.key, "title"),
            search_kind=self.kind.search_kind,
            extra={"state": self.state.name, "in_sitemap": self.state.readable and self.case.holds == "public"},
        )


def restrict(page: Page, how: str) -> PageViewRestriction:
    """Close a page and everything below it by one of Wagtail's own means."""
    restriction = PageViewRestriction(page=page, restriction_type=how)
    if how == PageViewRestriction.PASSWORD:
        restriction.password = "ein-geteiltes-Passwort"
    restriction.save()
    if how == PageViewRestriction.GROUPS:
        restriction.groups.add(Group.objects.get(name=CIRCLE_GROUP))
    return restriction


CIRCLE_GROUP = "Vertrauter Kreis"


def parent_between(world: World, home: Page, case: Case) -> Page:
    """Return the page below which a case stands; its address carries no canary, since all addresses below repeat it."""
    if not case.below:
        return home
    from portal.home.models import StandardPage

    name = f"between {case.below}{' unpublished' if case.below_unpublished else ''}"
    if name not in world.places:
        slug = f"zwischen-{len(world.places)}"
        title = world.mint.token(name, "title", {EDITING} if case.below_unpublished else {EDITING, case.below})
        page = StandardPage(title=title, slug=slug, chosen_audience=world.stored(case.below))
        world.places[name] = Page.objects.get(pk=home.pk).add_child(instance=page)
        world.add(
            Planted(
                name,
                "home.StandardPage",
                case.below,
                not case.below_unpublished,
                page.pk,
                url=page.get_url(),
                shown={title},
                title=title,
                search_kind="page",
                findable={title},
                extra={
                    "state": "unpublished" if case.below_unpublished else "live",
                    "without_common_word": True,
                    "in_sitemap": case.below == "public" and not case.below_unpublished,
                },
            )
        )
        if case.below_unpublished:
            world.places["to unpublish"] = page
    return world.places[name]
