"""The portal in which everything happens, and the model beside it that is told of every step."""

import datetime
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page

from knowledge.directory.models import Organisation
from network.groups.models import WorkingGroup
from portal.accounts.actions.roles import settle_rights
from portal.accounts.models import User
from portal.home.models import StandardPage
from portal.shared.models import PortalDocument
from tests.factories.accounts import UserFactory
from tests.factories.pages import paper, paper_index, site_with_home
from tests.factories.places import MunicipalityFactory
from tests.rights.model import ANYBODY, EDITORS_GROUP, READING_GROUP, Limit, Node, People, Person, Role, Tree

#: A Monday morning far from any change of the clock.
BEGINNING = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)


@dataclass
class World:
    """The product's rows by their names, and the model of them."""

    people: People = field(default_factory=lambda: People(BEGINNING.date()))
    users: dict[str, int] = field(default_factory=dict)
    pages: Tree = field(default_factory=Tree)
    collections: Tree = field(default_factory=Tree)
    files: dict[int, Node] = field(default_factory=dict)
    scopes: dict[str, object] = field(default_factory=dict)
    circles: dict[str, Group] = field(default_factory=dict)
    #: The keys of groups and organisations, those of deleted ones included.
    circle_keys: dict[str, int] = field(default_factory=dict)
    fixed_pages: tuple[int, ...] = ()
    words: int = 0

    @property
    def administrator(self) -> User:
        """The one who gives and ends roles, and of whom the sequence leaves nothing changed."""
        return User.objects.get(pk=self.users["root"])

    def user(self, key: str):
        """Return somebody as a request sees them: read anew, rights set anew on the day they change."""
        if key == ANYBODY:
            return AnonymousUser()
        user = User.objects.get(pk=self.users[key])
        if user.rights_are_due(timezone.localdate()):
            settle_rights(user)
        return user

    def new_word(self) -> str:
        """Return a word with a beginning of its own, which no other page has in its title."""
        self.words += 1
        return f"{chr(97 + self.words // 20)}{chr(98 + self.words % 20)}quastenflosser"

    def sync_role(self, key: str, assignment) -> None:
        """Tell the model of a role that was given."""
        self.people.all[key].roles[assignment.pk] = Role(
            assignment.role, assignment.scope_kind, assignment.scope_id, assignment.valid_from, assignment.valid_to
        )

    def add_person(self, key: str, municipality=None, roles=()) -> None:
        """Let somebody in."""
        user = UserFactory(display_name=key, email=f"{key}@kommune.example", municipality=municipality, roles=roles)
        self.users[key] = user.pk
        person = Person(municipality=municipality.pk if municipality else None, factor=bool(roles))
        self.people.all[key] = person
        for assignment in user.role_assignments.all():
            self.sync_role(key, assignment)

    def add_page(self, parent: int, chosen: str = "public", live: bool = True) -> int:
        """Put an ordinary page below another page."""
        word = self.new_word()
        page = StandardPage(title=word, slug=word, chosen_audience=chosen, live=live)
        Page.objects.get(pk=parent).add_child(instance=page)
        self.pages[page.pk] = Node(parent, chosen, live, word)
        return page.pk

    def add_paper(self, chosen: str = "public") -> int:
        """Put a paper into the list of papers."""
        word = self.new_word()
        page = paper(title=word, slug=word, audience=chosen)
        self.pages[page.pk] = Node(self.fixed_pages[1], chosen, word=word)
        return page.pk

    def add_collection(self, parent: int) -> int:
        """Make a collection within another."""
        made = Collection.objects.get(pk=parent).add_child(name=f"Sammlung {len(self.collections)}")
        self.collections[made.pk] = Node(parent)
        return made.pk

    def add_file(self, collection: int, chosen: str = "public") -> int:
        """Put a document into a collection."""
        made = PortalDocument.objects.create(
            title="Datei", file=ContentFile(b"Text", "datei.txt"), collection_id=collection, chosen_audience=chosen
        )
        self.files[made.pk] = Node(collection, chosen)
        return made.pk


def build_world() -> World:
    """Plant what every example begins with."""
    world = World()
    here, there = MunicipalityFactory(), MunicipalityFactory()
    group, other = (WorkingGroup.objects.create(name=name, slug=name) for name in ("g1", "g2"))
    organisation = Organisation.objects.create(name="o1", slug="o1", municipality=here)
    world.scopes = {"here": here, "there": there, "g1": group, "g2": other, "o1": organisation}
    world.circle_keys = {name: world.scopes[name].pk for name in ("g1", "g2", "o1")}
    world.circles = {
        READING_GROUP: Group.objects.create(name=READING_GROUP),
        EDITORS_GROUP: Group.objects.get(name=EDITORS_GROUP),
    }
    for key, municipality, roles in (
        ("root", None, ["administrator"]),
        ("member", here, ()),
        ("reader", there, ()),
        ("staff", here, [("staff", here)]),
        ("local", here, [("administrator", here)]),
        ("editor", here, ["editor"]),
        ("ingroup", there, [("group_member", group)]),
        ("inorg", there, [("organisation_editor", organisation)]),
    ):
        world.add_person(key, municipality, roles)
    User.objects.get(pk=world.users["reader"]).groups.add(world.circles[READING_GROUP])
    world.people.all["reader"].circles.add(READING_GROUP)
    home, index = site_with_home(), paper_index()
    world.fixed_pages = (home.pk, index.pk)
    world.pages[home.pk] = Node(None, is_listed=False)
    world.pages[index.pk] = Node(home.pk, is_listed=False)
    upper = world.add_page(home.pk)
    world.add_page(upper)
    world.add_page(home.pk, "member")
    world.add_paper()
    root = Collection.get_first_root_node()
    world.collections[root.pk] = Node(None)
    closed = world.add_collection(root.pk)
    world.add_file(world.add_collection(closed))
    world.add_file(world.add_collection(root.pk))
    # Something is closed from the beginning, so that one step is enough to come under it or out of it.
    row = CollectionViewRestriction.objects.create(collection_id=closed, restriction_type="login")
    world.collections[closed].limits[row.pk] = Limit("login")
    return world
