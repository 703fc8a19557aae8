"""An edited term widens the next search, in every process and without building the index anew."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from search.drain import drain
from search.rebuild import rebuild
from tests.factories.topics import TermFactory

pytestmark = pytest.mark.django_db(transaction=True)
#: Answers a question for every line that it reads, as a server's process would that has answered before.
ANSWERING = """
import sys
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"].update(NAME=sys.argv[1])
settings.SEARCH_INDEX_DIR = sys.argv[2]
from django.contrib.auth.models import AnonymousUser
from search.queries import SearchRequest
from search.results import results_page
for line in sys.stdin:
    page = results_page(SearchRequest(query=line.strip(), with_repair=False), AnonymousUser())
    print(sum(hit.url == "/glossar/sprachmittlung-im-rathaus/" for hit in page.hits), flush=True)
"""


@pytest.fixture
def processes():
    started = []
    command = [sys.executable, "-c", ANSWERING, str(connection.settings_dict["NAME"]), str(settings.SEARCH_INDEX_DIR)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    for _ in range(2):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        started.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, **pipes))
    yield started
    for process in started:
        process.stdin.close()
        process.wait(timeout=30)
        process.stdout.close()


def asked(process, query) -> int:
    process.stdin.write(f"{query}\n")
    process.stdin.flush()
    return int(process.stdout.readline())


@pytest.mark.slow
@pytest.mark.skipif(
    "not settings.DATABASES['default']['ENGINE'].endswith('sqlite3')", reason="The processes share a file."
)
def test_every_process_searches_by_the_edited_terms_at_once(processes):
    # What is found by the other's synonyms is never touched, so that only the search itself can know them.
    TermFactory(preferred="Sprachmittlung im Rathaus", words=[])
    term = TermFactory(preferred="Sprachmittlung", words=[])
    rebuild()
    assert [asked(process, "Dolmetschdienst") for process in processes] == [0, 0]
    term.labels.create(text="Dolmetschdienst", relation="same")
    term.save()
    drain()
    assert [asked(process, "Dolmetschdienst") for process in processes] == [1, 1]
    term.labels.all().delete()
    term.labels.create(text="Übersetzungshilfe", relation="same")
    term.save()
    assert [asked(process, "Dolmetschdienst") for process in processes] == [0, 0]
    assert [asked(process, "Übersetzungshilfe") for process in processes] == [1, 1]
    term.delete()
    assert [asked(process, "Übersetzungshilfe") for process in processes] == [0, 0]
