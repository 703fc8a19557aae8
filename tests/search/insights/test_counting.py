"""What is counted of a question, what is not, and that nothing of a person is ever stored."""

import datetime
import threading
from functools import partial

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as prove
from hypothesis import strategies as st

from search.door import ThesaurusLabel, ThesaurusTerm
from search.engines.base import EngineUnavailable
from search.insights import counting, keeping
from search.insights.counting import Question, count_opening, count_question
from search.insights.listening import is_new_question
from search.insights.models import DayCount, HeardWord, QuestionCount, RecordCount
from search.queries import SearchRequest
from tests.factories.accounts import UserFactory
from tests.search.insights.conftest import BROWSER
from tests.search.insights.test_wording import NEVER
from tests.search.kinds import DEPARTMENT

pytestmark = pytest.mark.django_db
MONDAY = datetime.date(2026, 11, 23)


def counted() -> dict[str, tuple[int, int]]:
    return {row.text: (row.asked, row.without_hits) for row in QuestionCount.objects.all()}


def everything_stored() -> str:
    models = apps.get_app_config("search_insights").get_models()
    return "\n".join(repr(row) for model in models for row in model.objects.values_list())


def count(query, *, day=MONDAY, nothing=True, shown=()):
    count_question(Question(query, day, found_nothing=nothing, shown=shown))


def test_a_question_and_its_hits_are_counted_by_the_day(ask, office):
    hit = office("Ausländerbehörde")
    ask("Ausländerbehörde")
    ask("ausländerbehörde!")
    day = DayCount.objects.get()
    assert (day.day, day.asked, day.without_hits, day.unnamed) == (timezone.localdate(), 2, 0, 0)
    assert counted() == {"ausländerbehörde": (2, 0)}
    shown = RecordCount.objects.get()
    assert (shown.kind, shown.object_id, shown.shown, shown.opened) == (DEPARTMENT, str(hit.pk), 2, 0)


def test_a_repaired_misprint_is_counted_as_it_was_searched(ask, office):
    office("Ausländerbehörde")
    ask("Auslanderbehorte")
    assert counted() == {"ausländerbehörde": (1, 0)}


@pytest.mark.parametrize(
    "parameters",
    [{"seite": "2"}, {"art": DEPARTMENT}, {"sortierung": "datum"}, {"synonyme": "aus"}, {"schreibung": "genau"}],
)
def test_other_pages_and_filters_are_no_new_question(ask, office, parameters):
    office("Ausländerbehörde")
    ask("Behörde", **parameters)
    assert not DayCount.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": ""},
        {"User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"},
        {"User-Agent": "curl/8.5.0"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"Referer": "http://testserver/suche/?q=Beh%C3%B6rde&art=paper"},
        {"HX-Current-URL": "http://testserver/suche/?q=Beh%C3%B6rde&seite=2"},
    ],
)
def test_programs_and_readers_on_their_way_back_are_not_counted(ask, office, headers):
    office("Ausländerbehörde")
    assert ask("Behörde", headers=headers).status_code == 200
    assert not DayCount.objects.exists()


@pytest.mark.parametrize(
    "referer", ["http://testserver/suche/?q=Amt", "http://[", "https://anderswo.example/?q=Behörde"]
)
def test_who_comes_from_elsewhere_asks_anew(ask, office, referer):
    office("Ausländerbehörde")
    ask("Behörde", headers={"Referer": referer})
    assert DayCount.objects.get().asked == 1


def test_looking_without_reading_is_not_counted(client, office):
    office("Ausländerbehörde")
    client.head("/suche/?q=Behörde", headers={"User-Agent": BROWSER})
    assert not DayCount.objects.exists()


@pytest.mark.parametrize(("role", "times"), [("editor", 0), ("author", 0), ("administrator", 0), ("", 1)])
def test_editors_try_out_what_readers_find_and_are_not_counted(client, ask, office, role, times):
    office("Ausländerbehörde")
    client.force_login(UserFactory(**({role: True} if role else {})))
    ask("Behörde")
    assert sum(DayCount.objects.values_list("asked", flat=True)) == times


def test_an_outage_is_no_question_without_hits(ask, office, monkeypatch):
    office("Ausländerbehörde")

    def broken(*args):
        raise EngineUnavailable("down")

    monkeypatch.setattr("search.results.ask", broken)
    assert ask("Behörde").status_code == 503
    assert not DayCount.objects.exists()


def test_the_switch_turns_everything_off(ask, office, settings):
    settings.SEARCH_INSIGHTS = False
    hit = office("Ausländerbehörde")
    ask("Behörde")
    count_opening(query="Behörde", key=(DEPARTMENT, str(hit.pk)), day=timezone.localdate())
    assert "1" not in everything_stored()


@pytest.mark.parametrize("query", NEVER)
def test_the_text_of_a_telling_question_is_never_stored(office, query):
    # Even where the portal writes every word of it.
    office(query[:100])
    for day in range(10):
        count(query, day=MONDAY + datetime.timedelta(days=day))
    assert not QuestionCount.objects.exists()
    assert not HeardWord.objects.exists()
    assert sum(DayCount.objects.values_list("unnamed", flat=True)) == 10


def test_a_word_that_only_closed_records_write_is_not_public(office):
    office("Geheimverfahren", audience="editor")
    count("Geheimverfahren Geheimverfahren")
    count("Geheimverfahren")
    assert not QuestionCount.objects.exists()


def test_words_of_the_vocabulary_are_public_and_beat_the_list_of_given_names(engine, terms):
    labels = (ThesaurusLabel("Rosa-Liste", "same"), ThesaurusLabel("Erika", "same"))
    terms.replace(ThesaurusTerm("anerkennung", "Anerkennung", labels))
    count("Anerkennung")
    count("Erika")
    assert set(counted()) == {"anerkennung", "erika"}


def test_a_given_name_is_not_kept_even_where_the_portal_writes_it(office):
    office("Amt von Mehmet")
    for day in range(5):
        count("mehmet", day=MONDAY + datetime.timedelta(days=day))
    assert not QuestionCount.objects.exists()


def test_an_unknown_word_is_kept_alone_after_three_days(office):
    office("Ausländerbehörde")
    for day in (0, 0, 1, 1, 1):
        count("Chancenkarte", day=MONDAY + datetime.timedelta(days=day))
    assert not QuestionCount.objects.exists()
    assert "hancen" not in everything_stored()
    count("chancenkarte", day=MONDAY + datetime.timedelta(days=2))
    assert counted() == {"chancenkarte": (1, 1)}


def test_what_an_unknown_word_was_asked_with_is_not_kept(office):
    office("Ausländerbehörde")
    for day in range(4):
        count("Behörde Aydınlık", day=MONDAY + datetime.timedelta(days=day))
    assert set(QuestionCount.objects.values_list("text", "asked", "within")) == {("aydınlık", 0, 1)}


def test_two_unknown_words_are_how_people_are_called_and_not_even_heard(office):
    office("Ausländerbehörde")
    for day in range(5):
        count("Xandria Qorbani", day=MONDAY + datetime.timedelta(days=day))
    assert not QuestionCount.objects.exists()
    assert not HeardWord.objects.exists()


def test_the_mark_of_a_word_tells_nothing_without_the_key(office, settings):
    office("Ausländerbehörde")
    count("Chancenkarte")
    with_one_key = HeardWord.objects.get().mark
    HeardWord.objects.all().delete()
    settings.SECRET_KEY = "another-one"
    count("Chancenkarte")
    assert HeardWord.objects.get().mark != with_one_key


def test_no_column_could_hold_who_asked_or_when():
    known = {"id", "day", "text", "asked", "without_hits", "opened", "within", "unnamed", "mark", "days", "last_day",
             "kind", "object_id", "shown"}  # fmt: skip
    for model in (DayCount, QuestionCount, HeardWord, RecordCount):
        assert {field.name for field in model._meta.fields} <= known
        types = {field.get_internal_type() for field in model._meta.fields}
        assert "DateTimeField" not in types


words = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=12)


@prove(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(words, min_size=1, max_size=6))
def test_nothing_is_stored_that_the_portal_does_not_write(office, strange):
    if not DayCount.objects.exists():
        office("Ausländerbehörde Neuenbrück")
    count(" ".join([*strange, "Behörde"]))
    for text in QuestionCount.objects.values_list("text", flat=True):
        assert keeping.ask(partial(keeping._unknown, text.split())).value == []


def test_so_many_different_texts_a_day_and_no_more(office, monkeypatch):
    monkeypatch.setattr(counting, "MOST_TEXTS", 1)
    office("Ausländerbehörde")
    count("Behörde")
    count("Ausländer")
    count("Behörde")
    assert counted() == {"behörde": (2, 2)}
    assert DayCount.objects.get().unnamed == 1


def test_an_engine_out_of_order_costs_a_count_and_nothing_else(monkeypatch, engine):
    def broken(question):
        raise EngineUnavailable("down")

    monkeypatch.setattr(keeping, "ask", broken)
    count("Behörde")
    assert not DayCount.objects.exists()


def test_a_locked_database_costs_a_count_and_nothing_else(ask, office, monkeypatch):
    office("Ausländerbehörde")

    def locked(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr(counting, "_write", locked)
    assert ask("Behörde").status_code == 200
    assert not DayCount.objects.exists()


def test_a_question_costs_no_query_before_the_answer(office):
    office("Ausländerbehörde")
    request = RequestFactory(headers={"User-Agent": BROWSER}).get("/suche/?q=Behörde")
    request.user = AnonymousUser()
    assert is_new_question(request, SearchRequest(query="Behörde"))


def test_counts_go_after_their_time(settings, engine):
    settings.SEARCH_INSIGHTS_KEEP_DAYS = 400
    for day in (MONDAY, MONDAY - datetime.timedelta(days=400), MONDAY - datetime.timedelta(days=401)):
        DayCount.objects.create(day=day)
        QuestionCount.objects.create(day=day, text="duldung")
        RecordCount.objects.create(day=day, kind="paper", object_id="1")
        HeardWord.objects.create(mark=str(day), last_day=day)
    with time_machine.travel(datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC), tick=False):
        call_command("insights", "tidy", verbosity=0)
    assert [DayCount.objects.count(), QuestionCount.objects.count(), RecordCount.objects.count()] == [2, 2, 2]
    assert HeardWord.objects.count() == 1
    call_command("insights", "forget", verbosity=0)
    assert "2026" not in everything_stored()


@pytest.mark.django_db(transaction=True)
def test_no_count_is_lost_or_doubled_when_many_ask_at_once(office):
    hit = office("Ausländerbehörde")
    count("Behörde", nothing=False, shown=((DEPARTMENT, str(hit.pk)),))
    done = []

    def reader():
        for _ in range(10):
            before = len(done)
            count("Behörde", nothing=False, shown=((DEPARTMENT, str(hit.pk)),))
            done.append(before)
        connection.close()

    readers = [threading.Thread(target=reader) for _ in range(4)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join()
    asked = QuestionCount.objects.get().asked
    # A count may be dropped where the database was busy for too long; then all of it is.
    assert 30 <= asked <= 41
    assert DayCount.objects.get().asked == asked
    assert RecordCount.objects.get().shown == asked
