"""Plants a saved search for every person, with a feed whose address the world knows; it watches everything there is."""

from portal.accounts.models import User
from search.saved.models import SavedSearch, digest_of
from tests.matrix.world import Planted, World


def plant_searches(world: World) -> None:
    """Plant them as rows, since people who may not sign in save nothing; nobody but the owner sees the name."""
    for role, person in world.people.items():
        owner = f"saved search: {role}"
        search = SavedSearch.objects.create(
            person=User(pk=person.pk),
            name=world.mint.token(owner, "name", {f"self:{role}"}),
            parameters_digest=digest_of(""),
            feed_digest=digest_of(feed_token(role)),
        )
        world.add(Planted(owner, "saved_searches.SavedSearch", "", readable=False, pk=search.pk, extra={"role": role}))


def feed_token(role: str) -> str:
    """Return the token of the feed of a role's person."""
    return f"feed-{digest_of(role)[:20]}"
