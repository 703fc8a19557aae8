"""What editors do to pages."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page, PageViewRestriction

from tests.rights.checks import audiences
from tests.rights.model import CIRCLES, Limit, Node
from tests.rights.world import World

ANY = st.integers(0, 99)
#: More would not fit on one page of results.
MOST_PAGES = 9
LIMITS = ("login", "groups", "groups", "password", "none")


def set_limit(model, owner: dict, existing, world: World, kind: str, circles: list[str]):
    """Restrict something, or change how it is restricted; Wagtail's form does it like this, too."""
    restriction = existing or model(**owner)
    restriction.restriction_type = kind
    restriction.save()
    restriction.groups.set([world.circles[name] for name in circles] if kind == "groups" else [])
    return restriction


class PageSteps(RuleBasedStateMachine):
    """Steps on the tree of pages."""

    world: World

    def listed(self) -> list[int]:
        return [pk for pk, node in self.world.pages.items() if node.is_listed]

    def parents(self) -> list[int]:
        return list(self.world.pages)

    def page(self, pk: int):
        return Page.objects.get(pk=pk).specific

    def chosen(self, number: int) -> str:
        choices = audiences(self.world)
        return choices[number % len(choices)]

    @rule(parent=ANY, audience=ANY, live=st.booleans())
    def create(self, parent, audience, live):
        if len(self.listed()) < MOST_PAGES:
            self.world.add_page(pick(self.parents(), parent), self.chosen(audience), live)

    @rule(audience=ANY)
    def create_paper(self, audience):
        if len(self.listed()) < MOST_PAGES:
            self.world.add_paper(self.chosen(audience))

    @rule(subject=ANY, audience=ANY, way=st.sampled_from(["save", "publish", "draft"]))
    def choose(self, subject, audience, way):
        pk = pick(self.parents(), subject)
        page, node = self.page(pk), self.world.pages[pk]
        page.chosen_audience = self.chosen(audience)
        if way == "save":
            page.save()
        else:
            revision = page.save_revision()
            node.revisions.append((revision.pk, page.chosen_audience))
            if way == "publish":
                revision.publish()
                node.live = True
        if way != "draft":
            node.chosen = page.chosen_audience

    @rule(subject=ANY)
    def publish(self, subject):
        """Publish what stands in the editor: the latest version, which may choose another audience."""
        if self.listed():
            pk = pick(self.listed(), subject)
            node = self.world.pages[pk]
            draft = self.page(pk).get_latest_revision_as_object()
            revision = draft.save_revision()
            revision.publish()
            node.chosen = node.revisions[-1][1] if node.revisions else node.chosen
            node.revisions.append((revision.pk, node.chosen))
            node.live = True

    @rule(subject=ANY, version=ANY)
    def publish_old_version(self, subject, version):
        with_versions = [pk for pk, node in self.world.pages.items() if node.revisions]
        if with_versions:
            pk = pick(with_versions, subject)
            node = self.world.pages[pk]
            revision, chosen = pick(node.revisions, version)
            self.page(pk).revisions.get(pk=revision).publish()
            node.chosen, node.live = chosen, True

    @rule(subject=ANY)
    def unpublish(self, subject):
        if self.listed():
            pk = pick(self.listed(), subject)
            self.page(pk).unpublish()
            self.world.pages[pk].live = False

    @rule(subject=ANY)
    def delete(self, subject):
        if self.listed():
            pk = pick(self.listed(), subject)
            self.page(pk).delete()
            for gone in self.world.pages.below(pk):
                del self.world.pages[gone]

    @rule(subject=ANY, below=ANY, position=st.sampled_from(["first-child", "last-child", "right"]), acts=ANY)
    def move(self, subject, below, position, acts):
        """Move a subtree, by Wagtail's action or by the page's own method."""
        tree = self.world.pages
        if not self.listed():
            return
        pk = pick(self.listed(), subject)
        where = pick([other for other in self.parents() if other not in tree.below(pk)], below)
        if position == "right" and tree[where].parent is None:
            position = "last-child"
        page, target = Page.objects.get(pk=pk), Page.objects.get(pk=where)
        if acts % 2:
            MovePageAction(page, target, pos=position, user=None).execute()
        else:
            page.move(target, pos=position)
        tree[pk].parent = tree[where].parent if position == "right" else where

    @rule(subject=ANY, below=ANY, live=st.booleans(), recursive=st.booleans())
    def copy(self, subject, below, live, recursive):
        """Copy a page with its restrictions."""
        tree = self.world.pages
        if not self.listed():
            return
        pk = pick(self.listed(), subject)
        sources = tree.below(pk) if recursive else [pk]
        if len(self.listed()) + len(sources) > MOST_PAGES:
            return
        where = pick([other for other in self.parents() if other not in tree.below(pk)], below)
        word = self.world.new_word()
        copied = self.page(pk).copy(
            to=Page.objects.get(pk=where),
            recursive=recursive,
            keep_live=live,
            update_attrs={"title": word, "slug": word},
        )
        self._adopt(copied, pk, where, live)
        if recursive:
            self._adopt_children(copied.pk, pk, live)
        tree[copied.pk].word = word

    def _adopt_children(self, copied: int, source: int, live: bool) -> None:
        sources = {node.word: pk for pk, node in self.world.pages.items() if node.parent == source}
        for child in Page.objects.get(pk=copied).get_children().specific():
            self._adopt(child, sources[child.slug], copied, live)
            self._adopt_children(child.pk, sources[child.slug], live)

    def _adopt(self, copied, source: int, parent: int, live: bool) -> None:
        original = self.world.pages[source]
        node = Node(parent, original.chosen, original.live and live, original.word)
        draft = original.revisions[-1][1] if original.revisions else original.chosen
        node.revisions = [(Page.objects.values_list("latest_revision", flat=True).get(pk=copied.pk), draft)]
        rows = PageViewRestriction.objects.filter(page_id=copied.pk).order_by("pk").values_list("pk", flat=True)
        node.limits = dict(zip(rows, map(copy_of, original.limits.values()), strict=True))
        self.world.pages[copied.pk] = node

    @rule(subject=ANY, kind=st.sampled_from(LIMITS), circles=st.sampled_from(CIRCLES), second=st.booleans())
    def restrict(self, subject, kind, circles, second):
        pk = pick(self.parents(), subject)
        limits = self.world.pages[pk].limits
        old = None if second and len(limits) < 2 else PageViewRestriction.objects.filter(page=pk).first()
        row = set_limit(PageViewRestriction, {"page": Page.objects.get(pk=pk)}, old, self.world, kind, circles)
        limits[row.pk] = Limit(kind, set(circles))

    @rule(number=ANY)
    def unrestrict(self, number):
        restricted = [(pk, row) for pk, node in self.world.pages.items() for row in node.limits]
        if restricted:
            pk, row = pick(restricted, number)
            PageViewRestriction.objects.get(pk=row).delete()
            del self.world.pages[pk].limits[row]


def pick(choices, number: int):
    """Choose by number, so that a step means something whatever was done before."""
    return list(choices)[number % len(choices)]


def copy_of(limit: Limit) -> Limit:
    return Limit(limit.kind, set(limit.circles))
