"""The world is planted once per worker, in one transaction that is rolled back after the last test."""

import gc
import logging
import shutil

import pytest
from django.conf import settings as django_settings
from django.db import transaction

from tests.matrix.roles import ROLES


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Everything that was planted; tests that change something do so in a savepoint of their own."""
    from tests.matrix.world_building import build_world

    index_dir = tmp_path_factory.mktemp("matrix") / "search-index"
    before = django_settings.SEARCH_INDEX_DIR
    with django_db_blocker.unblock(), transaction.atomic():
        django_settings.SEARCH_INDEX_DIR = index_dir
        try:
            built = build_world(index_dir)
        finally:
            django_settings.SEARCH_INDEX_DIR = before
        # The world stays until the end; looking through it for garbage again and again takes time.
        gc.freeze()
        yield built
        gc.unfreeze()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def own_search_index(settings, world):
    """The tests of the matrix share the planted index."""
    settings.SEARCH_INDEX_DIR = world.index_dir


@pytest.fixture(autouse=True)
def quiet_log():
    """Thousands of "not found" are what the matrix asks for."""
    logger = logging.getLogger("django.request")
    before = logger.level
    logger.setLevel(logging.ERROR)
    yield
    logger.setLevel(before)


@pytest.fixture
def changeable_index(settings, world, tmp_path):
    """A copy of the planted index, for a test that changes it."""
    copied = tmp_path / "search-index"
    shutil.copytree(world.index_dir, copied)
    settings.SEARCH_INDEX_DIR = copied
    return copied


@pytest.fixture(params=ROLES, ids=str)
def role(request):
    """Every role of the table in turn."""
    return request.param
