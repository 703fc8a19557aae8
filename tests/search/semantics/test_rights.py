"""Who is answered from the vectors: nobody hears of anything by meaning that the words would not tell."""

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.places.models import Department
from search.queries import SearchRequest
from search.results import results_page
from search.semantics.models import RecordMeaning
from tests.factories.places import MunicipalityFactory
from tests.search.kinds import DEPARTMENT

pytestmark = pytest.mark.django_db


def related(query="Krippe", user=None, **parameters) -> list[str]:
    page = results_page(SearchRequest(query=query, with_repair=False, **parameters), user or AnonymousUser())
    assert not page.is_outage
    return [hit.id for hit in page.related if hit.kind == DEPARTMENT]


@pytest.fixture
def shown(office, fill):
    """Make an office that a question finds by meaning alone."""

    def make(name="Kindergarten", audience="public", **kwargs):
        place = office(name, audience, **kwargs)
        fill()
        return place

    return make


def test_what_means_the_same_is_shown_beside_the_hits(shown):
    place = shown()
    assert related() == [str(place.pk)]


@pytest.mark.parametrize("audience", ["member", "staff", "editor", "nobody", "group:7"])
def test_a_closed_record_is_shown_to_nobody_outside_its_audience(shown, audience):
    shown(audience=audience)
    assert related() == []


def test_a_closed_record_does_not_move_the_hits_of_others(shown):
    shown("Krippe Süd")
    shown("Amt für die Belange im Norden der Stadt und die Krippe dort")
    before = page_ids()
    for number in range(20):
        shown(f"Kita {number}", audience="editor")
    assert page_ids() == before


def page_ids() -> list[str]:
    return [hit.id for hit in results_page(SearchRequest(query="Krippe"), AnonymousUser()).hits]


def test_a_withdrawal_works_before_the_vectors_know_of_it(shown):
    place = shown()
    place.email = "editor@kommune.example"
    place.save()
    assert RecordMeaning.objects.get(kind=DEPARTMENT, object_id=str(place.pk)).audience == "public"
    assert related() == []


def test_a_deletion_works_before_the_vectors_know_of_it(shown):
    shown().delete()
    assert related() == []


def test_what_was_deleted_past_all_signals_is_asked_for_in_the_database(shown):
    place = shown()
    Department.objects.filter(pk=place.pk)._raw_delete("default")
    assert related() == []


def test_a_change_that_waits_makes_room_for_the_next(shown, monkeypatch):
    from search.semantics import answering

    monkeypatch.setattr(answering, "DEPTH", 1)
    places = {str(place.pk): place for place in (shown("Kindergarten"), shown("Kita"))}
    (first,) = related()
    places[first].email = "editor@kommune.example"
    places[first].save()
    assert related() == [key for key in places if key != first]


def test_an_audience_that_opens_is_followed_once_the_vectors_know(shown, fill):
    place = shown(audience="editor")
    place.email = "public@kommune.example"
    place.save()
    assert related() == []
    fill()
    assert related() == [str(place.pk)]


def test_filters_hold_for_what_is_related(shown):
    here, there = MunicipalityFactory(), MunicipalityFactory()
    place = shown(municipality=here)
    shown("Kita", municipality=there)
    assert related(filters={"municipality": (here.ags,)}) == [str(place.pk)]
    assert related(filters={"kind": ("test_municipality",)}) == []
    assert related(filters={"year": ("2020",)}) == []


def test_no_count_tells_of_what_is_related(shown):
    shown()
    page = results_page(SearchRequest(query="Krippe", with_repair=False), AnonymousUser())
    assert (page.total, page.hits, page.last_page) == (0, (), 1)
    assert all(choice.count == 0 for facet in page.facets for choice in facet.choices)
