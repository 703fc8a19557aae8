"""Saving a search, and looking after it: the pages of its owner, and of nobody else."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.accounts.own_data.registry import data_kinds
from search.engines.base import EngineUnavailable
from search.saved import actions, matching
from search.saved.models import SavedSearch
from tests.factories.accounts import UserFactory
from tests.search.kinds import DEPARTMENT

pytestmark = pytest.mark.django_db
LIST = "/konto/suchen/"
RESULTS = f"/suche/?q=Amt&art={DEPARTMENT}"


@pytest.fixture
def signed_in(client, member):
    client.force_login(member)
    return client


def save(client, **values):
    return client.post(
        reverse("saved_searches:save"), {"q": "Amt", "name": "Meine Ämter", "frequency": "daily", **values}
    )


def hidden_fields(text) -> dict:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))


def test_readers_who_are_not_signed_in_are_led_to_the_door_and_back(client, offices):
    offices("Amt")
    response = client.get(RESULTS)
    assert f"/konto/anmelden/?next=%2Fsuche%2F%3Fq%3DAmt%26art%3D{DEPARTMENT}" in response.text
    assert reverse("saved_searches:save") not in response.text


def test_the_form_on_the_page_of_results_saves_exactly_this_search(signed_in, offices, member):
    offices("Amt")
    page = signed_in.get(f"{RESULTS}&jahr=2024&synonyme=aus&sortierung=datum&seite=3")
    name = re.search(r'name="name" value="([^"]*)"', page.text)[1]
    assert name == "Amt · Amt · 2024"
    fields = hidden_fields(page.text.partition('id="merken"')[2])
    response = signed_in.post(reverse("saved_searches:save"), {**fields, "name": name, "frequency": "weekly"})
    kept = SavedSearch.objects.get()
    assert (kept.person, kept.name, kept.frequency) == (member, name, "weekly")
    assert kept.parameters == f"q=Amt&art={DEPARTMENT}&jahr=2024&synonyme=aus"
    assert response.headers["Location"] == kept.get_absolute_url()


def test_a_saved_search_is_named_on_the_page_of_results(signed_in, offices, member, watch):
    offices("Amt")
    kept = watch(member)
    assert f'href="{kept.get_absolute_url()}"' in signed_in.get(RESULTS).text


def test_the_same_search_twice_is_one(signed_in, offices):
    for order in ("relevanz", "datum"):
        save(signed_in, sortierung=order, seite="2", name=order)
    assert SavedSearch.objects.get().name == "datum"


def test_more_than_allowed_is_refused_with_words_and_nothing_typed_is_lost(signed_in, offices, monkeypatch):
    monkeypatch.setattr(actions, "MOST_PER_PERSON", 1)
    save(signed_in)
    response = save(signed_in, q="anderes", name="Noch eine")
    assert response.status_code == 422
    assert "error-summary" in response.text
    assert 'value="Noch eine"' in response.text
    assert hidden_fields(response.text)["q"] == "anderes"
    assert SavedSearch.objects.count() == 1


@pytest.mark.parametrize(
    "values", [{"name": ""}, {"name": "x" * 121}, {"name": "a\u202eb"}, {"frequency": "stündlich"}]
)
def test_what_cannot_be_saved_is_said_at_its_field(signed_in, offices, values):
    response = save(signed_in, **values)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert not SavedSearch.objects.exists()


def test_an_outage_saves_nothing_and_says_so(signed_in, offices, monkeypatch):
    monkeypatch.setattr(matching, "ask", out_of_order)
    response = save(signed_in)
    assert response.status_code == 503
    assert not SavedSearch.objects.exists()


def out_of_order(question):
    raise EngineUnavailable("außer Betrieb")


def test_the_list_says_what_is_new_and_an_empty_one_says_what_will_stand_here(signed_in, offices, member, watch):
    assert "empty-state" in signed_in.get(LIST).text
    offices("Amt früher")
    watch(member)
    offices("Amt später")
    (view,) = signed_in.get(LIST).context["views"]
    assert view.new_count == 1
    assert "Amt" in view.words


def test_the_page_of_a_search_names_what_is_new_until_it_is_read(signed_in, offices, member, watch):
    kept = watch(member)
    offices("Amt für Neues")
    assert "Amt für Neues" in signed_in.get(kept.get_absolute_url()).text
    signed_in.post(reverse("saved_searches:read", args=[kept.pk]))
    assert "Amt für Neues" not in signed_in.get(kept.get_absolute_url()).text


def test_during_an_outage_the_list_stays_and_says_that_it_does_not_know(signed_in, offices, member, watch, monkeypatch):
    kept = watch(member)
    monkeypatch.setattr(matching, "ask", out_of_order)
    response = signed_in.get(LIST)
    assert response.status_code == 200
    assert response.context["views"][0].new_count is None
    assert kept.name in response.text
    assert signed_in.get(kept.get_absolute_url()).status_code == 200


def test_name_and_frequency_change_and_nothing_else(signed_in, offices, member, watch):
    kept = watch(member)
    address = reverse("saved_searches:edit", args=[kept.pk])
    assert signed_in.get(address).status_code == 200
    signed_in.post(address, {"name": "Neu", "frequency": "never", "q": "anders", "parameters": "q=x"})
    changed = SavedSearch.objects.get()
    assert (changed.name, changed.frequency, changed.parameters) == ("Neu", "never", kept.parameters)


def test_removing_asks_once_and_can_be_taken_back(signed_in, offices, member, watch):
    kept = watch(member)
    actions.renew_feed(by=member, search=kept, at=timezone.now())
    address = reverse("saved_searches:remove", args=[kept.pk])
    signed_in.get(address)
    assert SavedSearch.objects.kept().exists()
    signed_in.post(address)
    assert not SavedSearch.objects.kept().exists()
    assert signed_in.get(kept.get_absolute_url()).status_code == 404
    offices("Amt inzwischen")
    page = signed_in.get(LIST)
    back = reverse("saved_searches:take_back", args=[kept.pk])
    assert f'action="{back}"' in page.text
    signed_in.post(back)
    (view,) = signed_in.get(LIST).context["views"]
    assert (view.search.feed_digest, view.new_count) == (None, 1)


def test_what_was_removed_can_be_saved_anew(signed_in, offices, member, watch):
    kept = watch(member)
    signed_in.post(reverse("saved_searches:remove", args=[kept.pk]))
    again = watch(member, name="Wieder da")
    assert (again.pk, again.removed_at, again.name) == (kept.pk, None, "Wieder da")


def test_after_its_time_what_was_removed_is_forgotten(offices, member, watch):
    kept, now = watch(member), timezone.now()
    actions.remove_search(by=member, search=kept, at=now)
    assert actions.forget_removed(at=now + datetime.timedelta(days=6)) == 0
    assert actions.forget_removed(at=now + datetime.timedelta(days=8)) == 1


ACTS = ("search", "edit", "read", "remove", "take_back", "new_feed", "end_feed")


@pytest.mark.parametrize("address", [LIST, f"{LIST}speichern/"])
def test_who_is_not_signed_in_neither_saves_nor_lists(client, offices, address):
    for response in (client.get(address), client.post(address, {"q": "Amt", "name": "x", "frequency": "daily"})):
        assert response.status_code == 405 or response.headers["Location"].startswith("/konto/anmelden/")
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["somebody else", "an administrator", "nobody"])
def test_nobody_else_finds_or_changes_a_search(client, offices, member, watch, act, who):
    kept = watch(member)
    before = SavedSearch.objects.values().get()
    if who != "nobody":
        client.force_login(UserFactory(administrator=who == "an administrator"))
    address = reverse(f"saved_searches:{act}", args=[kept.pk])
    for response in (client.get(address), client.post(address, {"name": "Fremd", "frequency": "never"})):
        assert response.status_code in ((302, 405) if who == "nobody" else (404, 405))
        assert response.status_code != 302 or response.headers["Location"].startswith("/konto/anmelden/")
    assert SavedSearch.objects.values().get() == before


def test_a_list_of_many_costs_as_many_queries_as_a_list_of_few(signed_in, offices, member, watch):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert signed_in.get(LIST).status_code == 200
        return len(queries)

    watch(member)
    offices("Amt eins")
    signed_in.get(LIST)
    few = cost()
    for number in range(9):
        watch(member, f"Amt {number}")
        offices(f"Amt {number}")
    assert cost() == few


def test_the_list_shows_one_s_own_searches_alone(signed_in, offices, member, watch):
    watch(UserFactory(), name="Fremdes")
    watch(member, name="Eigenes")
    page = signed_in.get(LIST)
    assert "Eigenes" in page.text
    assert "Fremdes" not in page.text


def test_the_list_has_pages(signed_in, offices, member, watch):
    for number in range(11):
        watch(member, f"Amt {number}")
    assert len(signed_in.get(LIST).context["views"]) == 10
    assert len(signed_in.get(f"{LIST}?seite=2").context["views"]) == 1


def test_saved_searches_are_handed_out_and_forgotten_with_the_account(offices, member, watch):
    watch(member, "Amt", name="Mein Amt")
    (kind,) = [kind for kind in data_kinds() if kind.code == "saved_searches"]
    (row,) = kind.records(member)
    assert row["name"] == "Mein Amt"
    assert "q=Amt" in row["search"]
    assert set(row) == set(kind.columns)
    kind.forget(member)
    assert not SavedSearch.objects.exists()
