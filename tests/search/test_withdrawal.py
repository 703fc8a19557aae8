"""What was withdrawn is neither found nor counted nor offered, even where a process died before it told the index."""

import pytest

from search import drain
from search.rebuild import rebuild
from tests.factories.pages import paper, section, site_with_home

pytestmark = pytest.mark.django_db
SECRET = "Quastenflosserschutz"


@pytest.fixture
def withdrawn_in_a_crash():
    """Inside a test's transaction nothing is ever committed, so the change waits as it would after a crash."""
    site_with_home()
    page = paper(title=SECRET, sections=[section("Ziele", f"<p>{SECRET} für alle.</p>")])
    rebuild()
    page.chosen_audience = "editor"
    page.save()
    return page


def test_more_waiting_records_than_a_query_can_name_withhold_their_kinds(monkeypatch, withdrawn_in_a_crash):
    monkeypatch.setattr("search.drain.MOST_WITHHELD", 0)
    assert "paper" in drain.withheld().kinds


@pytest.fixture(params=[False, True], ids=["", "while another process keeps the index"], autouse=True)
def kept_index(request, monkeypatch):
    """In the second run nothing at all reaches the index before the search answers."""
    if request.param:
        monkeypatch.setattr("search.asking.drain_quietly", lambda: None)


@pytest.mark.parametrize("query", [SECRET, "Quastenflosserschuzt", ""])
def test_results_counts_and_spelling_tell_nothing(client, withdrawn_in_a_crash, query):
    results = client.get("/suche/", {"q": query}).context["results"]
    assert SECRET not in {"".join(part.text for part in hit.title) for hit in results.hits}
    assert not any(choice.value == "paper" for facet in results.facets for choice in facet.choices)
    assert SECRET not in str(results.offered)
    assert query == SECRET or SECRET not in results.searched_query


def test_suggestions_tell_nothing(client, withdrawn_in_a_crash):
    assert SECRET not in client.get("/suche/vorschlaege/", {"q": "Quast"}).content.decode()
