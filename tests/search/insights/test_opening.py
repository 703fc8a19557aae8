"""What counts as opening a hit, and that the route tells nothing and takes nothing else."""

import pytest
from django.utils import timezone

from search.insights.models import DayCount, QuestionCount, RecordCount
from tests.factories.accounts import UserFactory
from tests.search.insights.conftest import BROWSER
from tests.search.kinds import DEPARTMENT

pytestmark = pytest.mark.django_db
ROUTE = "/suche/geoeffnet/"
OWN_PAGE = {"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def hit(ask, office):
    found = office("Ausländerbehörde")
    ask("Behörde")
    return found


def tell(client, hit, *, headers=OWN_PAGE, **more):
    return client.post(ROUTE, {"art": DEPARTMENT, "nummer": str(hit.pk), **more}, headers=headers)


def opened() -> tuple[int, int, int]:
    return tuple(model.objects.get().opened for model in (DayCount, QuestionCount, RecordCount))


def test_the_first_opening_after_a_question_counts_for_both(client, hit):
    assert tell(client, hit, q="Behörde").status_code == 204
    assert tell(client, hit).status_code == 204
    assert opened() == (1, 1, 2)


def test_nothing_is_opened_more_often_than_asked(client, hit):
    for _ in range(5):
        tell(client, hit, q="behörde")
    assert opened() == (1, 1, 5)


def test_no_text_comes_in_by_this_way(client, hit):
    tell(client, hit, q="Zeynep Aydın 0171 2345678")
    assert list(QuestionCount.objects.values_list("text", flat=True)) == ["behörde"]


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": BROWSER},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://anderswo.example"},
        {"Origin": "null"},
    ],
)
def test_only_our_own_pages_may_tell(client, hit, headers):
    assert tell(client, hit, headers=headers, q="Behörde").status_code == 403
    assert opened() == (0, 0, 0)


def test_a_browser_that_only_names_the_origin_is_believed(client, hit):
    assert tell(client, hit, headers={"Origin": "http://testserver"}, q="Behörde").status_code == 204
    assert opened() == (1, 1, 1)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"art": "gibt_es_nicht", "nummer": "1"},
        {"art": DEPARTMENT, "nummer": "987654"},
        {"art": DEPARTMENT, "nummer": "abc"},
        {"art": DEPARTMENT, "nummer": "1' OR 1=1"},
        {"art": "x" * 500, "nummer": "1"},
    ],
)
def test_what_is_not_there_is_answered_alike_and_not_counted(client, hit, told):
    assert client.post(ROUTE, {**told, "q": "Behörde"}, headers=OWN_PAGE).status_code == 204
    assert opened() == (0, 0, 0)


def test_editors_open_hits_uncounted(client, hit):
    client.force_login(UserFactory(editor=True))
    assert tell(client, hit, q="Behörde").status_code == 204
    assert opened() == (0, 0, 0)


def test_what_was_not_shown_today_is_not_counted(client, hit):
    yesterday = timezone.localdate().replace(year=2025)
    for model in (DayCount, QuestionCount, RecordCount):
        model.objects.update(day=yesterday)
    tell(client, hit, q="Behörde")
    assert opened() == (0, 0, 0)


def test_too_many_are_refused(client, hit, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    answers = [tell(client, hit).status_code for _ in range(61)]
    assert answers == [204] * 60 + [429]


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_it_takes_nothing_but_what_is_sent(client, db, method):
    assert getattr(client, method)(ROUTE, headers=OWN_PAGE).status_code == 405


def test_no_cookie_is_set(client, hit):
    assert not tell(client, hit, q="Behörde").cookies


def test_the_page_says_where_and_after_which_question(ask, office):
    office("Ausländerbehörde")
    html = ask("Auslanderbehorte").text
    assert f'data-opened-url-value="{ROUTE}"' in html
    assert 'data-opened-question-value="Ausländerbehörde"' in html
