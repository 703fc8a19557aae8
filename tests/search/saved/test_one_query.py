"""Address, saved search, mail and API speak of one query object."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.queries import FACET_PARAMETERS, SearchRequest, parse_request
from search.saved.models import restored, stored, watched

values = st.text(max_size=30) | st.sampled_from(["2014", "paper", "aus", "genau", "datum", "3", "a-b", "x&y=z", "%00"])
addresses = st.dictionaries(
    st.sampled_from(["q", "sortierung", "seite", "synonyme", "schreibung", "fremd", *FACET_PARAMETERS.values()]),
    st.lists(values, max_size=4),
)


def grouped(pairs) -> dict[str, list[str]]:
    return {name: [value for other, value in pairs if other == name] for name, _ in pairs}


@given(addresses)
def test_parameters_read_again_are_the_request(raw):
    request = parse_request(raw)
    assert parse_request(grouped(request.parameters())) == request


@given(addresses)
def test_the_stored_form_is_the_parameters(raw):
    request = watched(parse_request(raw))
    assert list(QueryDict(stored(request)).items()) == list(dict(request.parameters()).items())
    assert [
        (name, value) for name, found in QueryDict(stored(request)).lists() for value in found
    ] == request.parameters()
    assert restored(stored(request)) == request
    assert stored(restored(stored(request))) == stored(request)
    assert f"?{stored(request)}" == request.address


@given(addresses)
def test_watching_is_settled_at_once_and_knows_neither_page_nor_order(raw):
    request = watched(parse_request(raw))
    assert watched(request) == request
    assert not {"seite", "sortierung"} & {name for name, _ in request.parameters()}


def test_nothing_asked_is_a_search_too():
    assert restored("") == SearchRequest()
    assert stored(SearchRequest()) == ""
