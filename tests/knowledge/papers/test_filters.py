import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.topics.models import FieldOfAction, Topic
from portal.places.models import Department, Municipality
from tests.factories.pages import paper, paper_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    school = FieldOfAction.objects.create(slug="schule-x", name="Schule X")
    work = FieldOfAction.objects.create(slug="arbeit-x", name="Arbeit X")
    language = Topic.objects.create(slug="sprache-x", name="Sprache X")
    town = Municipality.objects.create(
        ags="08999001", name="Neuenbrück", kind="municipality", land="08", area_as_of=datetime.date(2025, 12, 31)
    )
    office = Department.objects.create(municipality=town, name="Schulamt")
    paper(title="Alpha", as_of=datetime.date(2014, 4, 30), fields_of_action=[school], topics=[language])
    paper(title="Beta", as_of=datetime.date(2023, 1, 1), fields_of_action=[school, work], responsible_department=office)
    paper(title="Gamma", as_of=datetime.date(2023, 9, 1), fields_of_action=[work])
    paper(title="Geheim", as_of=datetime.date(2023, 9, 1), fields_of_action=[work], audience="editor")
    return paper_index()


def titles(client, index, query):
    response = client.get(f"{index.url}{query}")
    assert response.status_code == 200
    return [page.title for page in response.context["papers"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Gamma", "Beta", "Alpha"]),
        ("?handlungsfeld=schule-x", ["Beta", "Alpha"]),
        ("?handlungsfeld=schule-x&handlungsfeld=arbeit-x", ["Gamma", "Beta", "Alpha"]),
        ("?handlungsfeld=schule-x&jahr=2023", ["Beta"]),
        ("?thema=sprache-x", ["Alpha"]),
        ("?kommune=08999001", ["Beta"]),
        ("?sortierung=titel", ["Alpha", "Beta", "Gamma"]),
        ("?jahr=1999&thema=%00&sortierung=zufall&seite=abc", ["Gamma", "Beta", "Alpha"]),
        ("?seite=99", ["Gamma", "Beta", "Alpha"]),
    ],
)
def test_the_address_decides_what_is_listed(client, shelf, query, expected):
    assert titles(client, shelf, query) == expected


def test_counts_and_choices_tell_nothing_of_hidden_papers(client, shelf):
    context = client.get(shelf.url).context
    counts = {
        (group["param"], choice["value"]): choice["count"]
        for group in context["filters"]
        for choice in group["choices"]
    }
    assert context["count"] == 3
    assert counts["handlungsfeld", "arbeit-x"] == 2
    assert counts["jahr", "2023"] == 2


def test_a_chip_removes_its_own_choice_only(client, shelf):
    context = client.get(f"{shelf.url}?handlungsfeld=schule-x&jahr=2023&sortierung=titel").context
    urls = {chip["label"]: chip["url"] for chip in context["chips"]}
    assert urls == {"Schule X": "?jahr=2023&sortierung=titel", "2023": "?handlungsfeld=schule-x&sortierung=titel"}


def test_the_query_count_of_the_list_does_not_grow_with_it(client, shelf, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(shelf.url)
    with CaptureQueriesContext(connection) as few:
        client.get(shelf.url)
    for number in range(15):
        paper(title=f"Mehr {number}", topics=Topic.objects.filter(slug="sprache-x"))
    with django_assert_num_queries(len(few)):
        client.get(shelf.url)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["handlungsfeld", "thema", "kommune", "jahr", "sortierung", "seite", "x"]),
            st.text(max_size=20),
        ),
        max_size=6,
    )
)
def test_no_address_is_an_error(client, shelf, query):
    assert client.get(shelf.url, query).status_code == 200


def test_two_editions_under_one_title_are_told_apart_in_their_links(client, shelf):
    paper(title="Gamma", as_of=datetime.date(2024, 9, 1), edition=2)

    links = [part.partition("</a>")[0] for part in client.get(shelf.url).text.split('class="entry__title"')[1:]]

    assert ["visually-hidden" in link for link in links] == [True, True, False, False]
