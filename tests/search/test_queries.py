import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.queries import FACET_PARAMETERS, LONGEST_QUERY, Order, SearchRequest, parse_request, read_wording

raw_values = st.lists(
    st.text(max_size=30) | st.sampled_from(["2014", "paper", "aus", "genau", "datum", "3"]), max_size=3
)
raw_addresses = st.dictionaries(
    st.sampled_from(["q", "sortierung", "seite", "synonyme", "schreibung", "fremd", *FACET_PARAMETERS.values()]),
    raw_values,
)


def parse(query_string: str) -> SearchRequest:
    return parse_request(dict(QueryDict(query_string).lists()))


@given(raw_addresses)
def test_an_address_read_written_and_read_again_is_the_same_request(raw):
    request = parse_request(raw)
    assert parse(request.address.removeprefix("?")) == request


@given(st.text(max_size=400))
def test_any_query_is_read_without_an_error(query):
    request = parse_request({"q": [query]})
    assert len(request.query) <= LONGEST_QUERY
    read_wording(request.query)


def test_every_parameter_is_read():
    request = parse(
        "q=Duldung&art=paper&handlungsfeld=b&handlungsfeld=a&thema=t&kommune=05315000&jahr=2014"
        "&sortierung=datum&seite=3&synonyme=aus&schreibung=genau"
    )
    assert request == SearchRequest(
        query="Duldung",
        filters={
            "kind": ("paper",),
            "field_of_action": ("a", "b"),
            "topic": ("t",),
            "municipality": ("05315000",),
            "year": ("2014",),
        },
        order=Order.DATE,
        page=3,
        with_synonyms=False,
        with_repair=False,
    )


@pytest.mark.parametrize(
    "nonsense", ["jahr=abc", "seite=-1", "seite=x", "seite=²", "sortierung=unsinn", "art=A B", "synonyme=", "x=1"]
)
def test_what_is_not_understood_is_as_if_it_were_not_there(nonsense):
    assert parse(f"q=Duldung&{nonsense}") == SearchRequest(query="Duldung")


def test_a_long_query_is_cut_and_the_reader_can_be_told():
    assert parse("q=" + "x" * 10_000).was_cut
    assert parse("q=" + "x" * 10_000).query == "x" * LONGEST_QUERY
    assert not parse("q=" + "x" * LONGEST_QUERY).was_cut


def test_control_characters_are_white_space():
    assert parse_request({"q": [" a\x00b \n c\ud800 "]}).query == "a b c"


@pytest.mark.parametrize(
    ("query", "phrases", "words"),
    [
        ('"interkulturelle Öffnung" Amt', (("interkulturelle", "Öffnung"),), ("Amt",)),
        ("„kommunale Koordinierung“", (("kommunale", "Koordinierung"),), ()),
        ('ein " allein', (), ("ein", "allein")),
        ('"', (), ()),
        ('"" leer', (), ("leer",)),
    ],
)
def test_quoted_words_are_a_phrase_and_a_lone_quotation_mark_is_none(query, phrases, words):
    wording = read_wording(query)
    assert (wording.phrases, wording.words) == (phrases, words)


def test_a_choice_taken_back_leaves_the_others_and_returns_to_the_first_page():
    request = parse("q=a&thema=x&thema=y&seite=4").without("topic", "x")
    assert request == parse("q=a&thema=y")


def test_another_question_keeps_the_filters():
    assert parse("q=a&thema=x&seite=2").asking("b") == parse("q=b&thema=x")


def test_forms_keep_what_they_do_not_ask():
    request = parse("q=a&thema=x&sortierung=datum&seite=2&synonyme=aus")
    assert request.kept_on_asking == [{"name": "thema", "value": "x"}, {"name": "sortierung", "value": "datum"}]
    assert [pair["name"] for pair in request.kept_on_filtering] == ["q", "sortierung", "synonyme"]
