"""Plants a list that is being taken over into the directory; nobody but the editors sees what stands in it."""

from knowledge.directory.importing.records import Outcome, State
from knowledge.directory.models import DirectoryImport
from tests.matrix.filling import values_for
from tests.matrix.world import EDITING, Planted, World


def plant_imports(world: World) -> None:
    """Plant a list whose columns are asked for, one that is looked through, and one that was taken over."""
    for state in (State.READ, State.PLANNED, State.DONE):
        _plant_import(world, state)


def _plant_import(world: World, state: State) -> None:
    owner = f"list: {state}"
    # Whoever brought a file finds its name among their own data.
    reach = {"filename": {EDITING, "self:editor"}}

    def canary(place: str, room: int = 19) -> str:
        return world.mint.token(owner, place, reach.get(place, {EDITING}), room=room)

    listed = DirectoryImport(
        **values_for(DirectoryImport, canary) | {"digest": "0" * 64},
        uploaded_by=world.people["editor"],
        columns=[canary("heading"), canary("heading of another")],
        rows=[[2, canary("name of a row"), canary("cell that is left out")]],
        mapping={"0": "name"},
    )
    plan = [["new", "new", None, [], ""]]
    Outcome(state=state, plan=plan, total=1, left=[[2, "skip"]] if state == State.DONE else []).save(listed)
    world.add(Planted(owner, "directory.DirectoryImport", "", readable=False, pk=listed.pk))
