"""The world is planted and indexed once per test; examples copy it."""

import shutil

import pytest
import time_machine

from search.rebuild import rebuild
from tests.rights.world import BEGINNING, build_world


@pytest.fixture
def planted(db, settings, tmp_path):
    """A world, and the folder of an index that knows all of it."""
    with time_machine.travel(BEGINNING):
        world = build_world()
        rebuild()
    kept = tmp_path / "planted-index"
    shutil.copytree(settings.SEARCH_INDEX_DIR, kept)
    return world, kept


@pytest.fixture(autouse=True)
def quiet_log(caplog):
    """Thousands of "not found" are what is asked for."""
    caplog.set_level("ERROR", logger="django.request")
