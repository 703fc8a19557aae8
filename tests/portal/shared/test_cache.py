"""The cache of an installation without Redis: shared where it counts attempts, free of charge on ordinary pages."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from portal.settings import base
from portal.shared.limits import allow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def real_cache(settings):
    settings.CACHES = base.CACHES
    settings.ACCOUNT_RATE_LIMITS = {}
    call_command("createcachetable", verbosity=0)
    call_command("createcachetable", verbosity=0)
    yield
    cache.clear()


def test_attempts_are_counted_in_the_table_that_all_processes_share():
    for _attempt in range(3):
        allow(RequestFactory().get("/"), "probe", limit=2, seconds=60)
    assert not allow(RequestFactory().get("/"), "probe", limit=2, seconds=60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_cache")
        assert cursor.fetchone()[0] >= 1


@pytest.mark.parametrize("path", ["/", "/glossar/", "/kontakt/", "/suche/"])
def test_ordinary_pages_ask_nothing_of_the_table(client, path):
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    assert not [query["sql"] for query in queries if "portal_cache" in query["sql"]]


def test_what_is_kept_near_can_be_forgotten():
    cache.set("wagtail_probe", 1)
    assert cache.get("wagtail_probe") == 1
    cache.delete("wagtail_probe")
    assert cache.get("wagtail_probe") is None
