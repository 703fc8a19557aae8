"""What editors do to files and collections."""

from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from wagtail.models import Collection, CollectionViewRestriction

from portal.shared.models import PortalDocument
from tests.rights.checks import audiences
from tests.rights.model import CIRCLES, Limit
from tests.rights.page_steps import ANY, LIMITS, pick, set_limit
from tests.rights.world import World

MOST_FILES = 6


class FileSteps(RuleBasedStateMachine):
    """Steps on files and collections."""

    world: World

    def editing(self) -> Client:
        """Return a browser in which the administrator is signed in."""
        client = Client()
        client.force_login(self.world.administrator)
        return client

    def made_collections(self) -> list[int]:
        return [pk for pk, node in self.world.collections.items() if node.parent is not None]

    @rule(collection=ANY, audience=ANY)
    def upload(self, collection, audience):
        if len(self.world.files) < MOST_FILES:
            self.world.add_file(pick(self.world.collections, collection), pick(audiences(self.world), audience))

    @rule(collection=ANY)
    def make_collection(self, collection):
        if len(self.world.collections) < MOST_FILES:
            self.world.add_collection(pick(self.world.collections, collection))

    @rule(file=ANY, audience=ANY)
    def choose_for_file(self, file, audience):
        pk = pick(self.world.files, file)
        found = PortalDocument.objects.get(pk=pk)
        found.chosen_audience = self.world.files[pk].chosen = pick(audiences(self.world), audience)
        found.save()

    @rule(file=ANY, collection=ANY, together=st.booleans())
    def put_into_collection(self, file, collection, together):
        """Put a file elsewhere, by its form or by the act on many files, which writes without a signal."""
        pk, where = pick(self.world.files, file), pick(self.world.collections, collection)
        if together:
            address = f"/redaktion/bulk/shared/portaldocument/add_to_collection/?id={pk}"
            assert self.editing().post(address, {"collection": where}).status_code == 302
        else:
            found = PortalDocument.objects.get(pk=pk)
            found.collection_id = where
            found.save()
        self.world.files[pk].parent = where

    @rule(collection=ANY, below=ANY)
    def move_collection(self, collection, below):
        pk = pick(self.made_collections(), collection)
        tree = self.world.collections
        where = pick([other for other in tree if other not in tree.below(pk)], below)
        name = Collection.objects.get(pk=pk).name
        response = self.editing().post(f"/redaktion/collections/{pk}/", {"name": name, "parent": where})
        assert response.status_code == 302
        tree[pk].parent = where

    @rule(collection=ANY, kind=st.sampled_from(LIMITS), circles=st.sampled_from(CIRCLES))
    def restrict_collection(self, collection, kind, circles):
        pk = pick(self.made_collections(), collection)
        old = CollectionViewRestriction.objects.filter(collection=pk).first()
        owner = {"collection": Collection.objects.get(pk=pk)}
        row = set_limit(CollectionViewRestriction, owner, old, self.world, kind, circles)
        self.world.collections[pk].limits[row.pk] = Limit(kind, set(circles))

    @rule(number=ANY)
    def unrestrict_collection(self, number):
        restricted = [(pk, row) for pk, node in self.world.collections.items() for row in node.limits]
        if restricted:
            pk, row = pick(restricted, number)
            CollectionViewRestriction.objects.get(pk=row).delete()
            del self.world.collections[pk].limits[row]
