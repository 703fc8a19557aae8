"""The state machine: every step is taken in the product and told to the model, then the two are compared."""

import copy
import shutil
import tempfile
from pathlib import Path

import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from hypothesis.stateful import invariant

from tests.rights import checks
from tests.rights.file_steps import FileSteps
from tests.rights.model import ANYBODY
from tests.rights.page_steps import PageSteps
from tests.rights.people_steps import PeopleSteps
from tests.rights.world import BEGINNING, World

#: How many people and things are looked at after each step, those first for whom the step changed something.
PEOPLE_A_STEP = 2
PAGES_A_STEP = 1


class RightsMachine(PageSteps, FileSteps, PeopleSteps):
    """One example, in a savepoint and with a copy of the index that are both given up at its end."""

    def __init__(self, planted: World, index: Path):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.traveller = time_machine.travel(BEGINNING)
        self.clock = self.traveller.start()
        self.world = copy.deepcopy(planted)
        self.before: checks.Expected | None = None
        self.steps = 0
        cache.clear()
        # A folder that no engine has seen yet: engines remember what they read from theirs.
        settings.SEARCH_INDEX_DIR = Path(tempfile.mkdtemp(dir=index.parent)) / "search-index"
        shutil.copytree(index, settings.SEARCH_INDEX_DIR)

    def teardown(self):
        """Begin the next example where this one began."""
        self.traveller.stop()
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        shutil.rmtree(settings.SEARCH_INDEX_DIR.parent)

    @invariant()
    def everybody_reads_what_the_model_says(self):
        expected = checks.expect(self.world)
        self.steps += 1
        for number, key in enumerate(self._sample(expected)):
            if number == 0:
                self._ask(expected, key)
            user = self.world.user(key)
            checks.check_labels(self.world, key, user)
            checks.check_rows(self.world, expected, key, user)
            # The index lags behind for the first; for the last it is brought up to date, until the next step.
            checks.check_search(self.world, expected, key, user, is_stale=number < PEOPLE_A_STEP - 1)
            if key != ANYBODY:
                checks.check_administration(self.world, key, user)
                checks.check_groups(self.world, key, user)
        self.before = expected

    def _ask(self, expected: checks.Expected, key: str) -> None:
        """Before anything else asks for the rights of the person, so that the request itself must set them anew."""
        pages = self._turn(sorted(expected.pages), lambda pk: self._is_new(expected.pages, "pages", pk, key))
        files = self._turn(sorted(expected.files), lambda pk: self._is_new(expected.files, "files", pk, key))
        checks.check_answers(self.world, expected, key, pages, files[:1])

    def _sample(self, expected: checks.Expected) -> list[str]:
        changed = expected.changed_for(self.before)
        everybody = sorted({ANYBODY, *self.world.people.all})
        return self._turn(everybody, lambda key: key in changed, PEOPLE_A_STEP)

    def _turn(self, choices: list, is_first, wanted: int = PAGES_A_STEP) -> list:
        """Return some of the choices: others at every step, and those before all others that `is_first` names."""
        start = self.steps % len(choices) if choices else 0
        in_turn = choices[start:] + choices[:start]
        return sorted(in_turn, key=lambda choice: not is_first(choice))[:wanted]

    def _is_new(self, now: dict, kind: str, pk: int, key: str) -> bool:
        before = getattr(self.before, kind).get(pk, set()) if self.before else set()
        return key in now[pk] ^ before
