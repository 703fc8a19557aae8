"""Plants what goes on behind an entry: proposals, an earlier version, a proof of representation, an open question."""

from knowledge.directory.keeping.sensitive import KINDS, LEGAL_FORM
from knowledge.directory.keeping.snapshots import snapshot_of
from knowledge.directory.models import Confirmation, ProfileChange, ProfileVersion, Representation
from tests.matrix.filling import values_for
from tests.matrix.world import EDITING, Planted, World


def plant_keeping(world: World) -> None:
    """Plant it in both organisations; nobody but their people and the editors sees any of it."""
    for letter in "XY":
        organisation = world.places[f"organisation {letter}"]
        for kind in KINDS:
            if kind is not LEGAL_FORM:
                _plant_proposal(world, letter, organisation, kind)
        _plant_version(world, letter, organisation)
        Confirmation.objects.create(organisation=organisation)
    _plant_proof(world)


def _plant_proposal(world: World, letter: str, organisation, kind) -> None:
    owner = f"proposal of {letter}: {kind.slug}"
    reach = {EDITING, f"org:{letter}"}
    written = values_for(
        kind.model,
        lambda place, room: world.mint.token(owner, f"after.{place}", reach, room=room) if place in kind.fields else "",
    )
    after = {name: written[name] for name in kind.fields if isinstance(written.get(name), str)}
    texts = values_for(ProfileChange, lambda place, room: world.mint.token(owner, place, reach, room=room))
    change = ProfileChange.objects.create(
        organisation=organisation, subject=kind.subject, act="add", after=after, **texts
    )
    _add(world, owner, change)


def _plant_version(world: World, letter: str, organisation) -> None:
    owner, reach = f"version of {letter}", {EDITING, f"org:{letter}"}
    snapshot = snapshot_of(organisation)
    snapshot["identity"]["street"] = world.mint.token(owner, "street", reach)
    snapshot["description"]["descriptions"] = [{"language": "ti", "text": world.mint.token(owner, "text", reach)}]
    version = ProfileVersion.objects.create(
        organisation=organisation, number=1, part="identity", snapshot=snapshot,
        changed_by_id=world.people[f"editor of organisation {letter}"].pk,
    )  # fmt: skip
    _add(world, owner, version)


def _plant_proof(world: World) -> None:
    owner, name = "proof of representation", "editor of organisation X"
    reach = {EDITING, "org:X", f"self:{name}"}
    texts = values_for(Representation, lambda place, room: world.mint.token(owner, place, reach, room=room))
    organisation = world.places["organisation X"]
    proof = Representation.objects.create(organisation=organisation, person_id=world.people[name].pk, **texts)
    _add(world, owner, proof)


def _add(world: World, key: str, thing) -> None:
    world.add(Planted(key, thing._meta.label, "", readable=False, pk=thing.pk))
