"""What every test may use, and how the runs are divided."""

import os
import shutil
import uuid
from pathlib import Path

import pytest

BROWSER_FOLDER = "browser"
#: The proofs over all roles and routes; they take longer than the fast part may.
MATRIX_FOLDERS = {"matrix", "rights"}
#: Whoever asks for one of these runs in `make test-elasticsearch` alone.
ELASTICSEARCH_FIXTURES = {"elasticsearch_url", "elasticsearch_prefix"}
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "admin_client", "live_server"}


def pytest_addoption(parser):
    parser.addoption(
        "--database-only", action="store_true", help="Run only the tests that use the database (for another database)."
    )


def pytest_collection_modifyitems(config, items):
    for item in items:
        if BROWSER_FOLDER in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)
        if MATRIX_FOLDERS & set(Path(item.fspath).parts):
            item.add_marker(pytest.mark.matrix)
        if ELASTICSEARCH_FIXTURES & set(item.fixturenames):
            item.add_marker(pytest.mark.elasticsearch)
    if config.getoption("--database-only"):
        kept = [item for item in items if _uses_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


def _uses_database(item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(DATABASE_FIXTURES & set(item.fixturenames))


@pytest.fixture(scope="session", autouse=True)
def own_data_dir():
    """Every worker has a folder of its own for database, media and index, and leaves nothing behind."""
    from django.conf import settings

    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)
    Path(settings.DATA_DIR).mkdir(parents=True)
    yield
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_keepdb(own_data_dir, django_db_keepdb):
    """Begin with a copy of a database that is migrated already, where the run is given one (tests/mutate_access.py)."""
    from django.conf import settings

    prepared = os.environ.get("FOKUSPORTAL_TEST_DATABASE")
    if not prepared:
        return django_db_keepdb
    shutil.copy(prepared, settings.DATABASES["default"]["TEST"]["NAME"])
    return True


@pytest.fixture(autouse=True)
def own_search_index(settings, tmp_path):
    """Every test has an index of its own, empty at first."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search-index"


@pytest.fixture(autouse=True)
def own_cache():
    """What one test left in the cache tells nothing to the next."""
    from django.core.cache import cache

    from knowledge.directory import counting

    cache.clear()
    # Kept until a number of changes grows, which begins anew with every test's database.
    counting._kept.clear()


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """The address of a real Elasticsearch, which all workers share (tests/elasticsearch)."""
    address = os.environ.get("FOKUSPORTAL_TEST_ELASTICSEARCH_URL")
    if not address:
        unwanted = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        unwanted("No Elasticsearch was started for the tests; `make test-elasticsearch` starts one.")
    return address


@pytest.fixture
def elasticsearch_prefix(elasticsearch_url) -> str:
    """How the names of this test's own indices begin; they are gone after the test."""
    from elasticsearch import Elasticsearch

    prefix = f"test-{uuid.uuid4().hex[:12]}"
    yield prefix
    with Elasticsearch(elasticsearch_url) as client:
        for name in client.indices.get(index=f"{prefix}*", expand_wildcards="all"):
            client.indices.delete(index=name)


@pytest.fixture
def seed_paper() -> Path:
    """The real paper beside the project; it is not part of the project, so the test skips where it is absent."""
    from django.conf import settings

    path = settings.BASE_DIR.parent / "shared" / "seed" / "positionspapier-fokus-migration-2014.txt"
    if not path.is_file():
        pytest.skip("The real position paper does not lie beside the project.")
    return path
