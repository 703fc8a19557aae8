"""The private feed: correct Atom, as its owner may read now, for whoever knows the address and as long as it holds."""

import datetime
import re
from urllib.parse import urlsplit

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.accounts.actions.roles import end_all_roles
from portal.accounts.enums import AccountState
from search.engines.base import EngineUnavailable
from search.saved import actions, feeds, matching
from search.saved.models import SavedSearch
from search.saved.sending import send_digests
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
#: Source: RFC 3339, as RFC 4287 section 3.3 asks for it.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
#: Source: RFC 3986; an id and every address must be absolute.
ABSOLUTE = re.compile(r"(https?://[^\s<>]+|tag:[\w.-]+,\d{4}-\d\d-\d\d:[\w:-]+)")


@pytest.fixture
def feed_of(client):
    """Give a search a feed and return how to read it."""

    def prepare(search):
        token = actions.renew_feed(by=search.person, search=search, at=timezone.now())

        def read(**headers):
            return client.get(reverse("saved_search_feed", args=[token]), headers=headers)

        read.token = token
        return read

    return prepare


def entries(response) -> dict[str, dict[str, str]]:
    """Read a feed strictly and return its entries by title."""
    return {entry["title"]: entry for entry in valid(response)}


def valid(response) -> list[dict[str, str]]:
    """Hold a feed against RFC 4287, section 4: what must be there, how often, and in which form."""
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"{ATOM}{name}")) == 1, name
    assert root.find(f"{ATOM}author/{ATOM}name").text
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"alternate", "self"}
    found = [_entry(element) for element in root.findall(f"{ATOM}entry")]
    assert len({entry["id"] for entry in found}) == len(found)
    for element in [*root.iter(f"{ATOM}updated")]:
        assert MOMENT.fullmatch(element.text)
    for element in [*root.iter(f"{ATOM}id")]:
        assert ABSOLUTE.fullmatch(element.text), element.text
    assert all(ABSOLUTE.fullmatch(link.get("href")) for link in root.iter(f"{ATOM}link"))
    return found


def _entry(element) -> dict[str, str]:
    for name in ("id", "title", "updated"):
        assert len(element.findall(f"{ATOM}{name}")) == 1, name
    (link,) = element.findall(f"{ATOM}link")
    assert link.get("rel") == "alternate"
    return {
        **{name: element.find(f"{ATOM}{name}").text for name in ("id", "title", "updated", "summary")},
        "url": link.get("href"),
    }


def test_it_lists_the_hits_for_everybody_who_knows_the_address(offices, member, watch, feed_of):
    office = offices("Amt eins 2024-05-01")
    read = feed_of(watch(member, name="Ämter & Behörden"))
    entry = entries(read())["Amt eins 2024-05-01"]
    assert urlsplit(entry["url"]).path == f"/aemter/{office.pk}/"
    assert "Amt" in entry["summary"]


def test_ids_and_dates_stay_when_a_record_is_edited_and_when_the_address_changes(
    offices, member, watch, feed_of, time_machine
):
    time_machine.move_to(datetime.datetime(2026, 5, 4, 12, tzinfo=datetime.UTC))
    office = offices("Amt eins")
    kept = watch(member)
    before = entries(feed_of(kept)())["Amt eins"]
    time_machine.shift(3600)
    offices.rename(office, "Amt eins und mehr")
    after = entries(feed_of(kept)())["Amt eins und mehr"]
    assert (after["id"], after["updated"], after["url"]) == (before["id"], before["updated"], before["url"])


def test_the_latest_met_come_first_and_the_rest_is_left_out(offices, member, watch, feed_of, time_machine, monkeypatch):
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 2)
    time_machine.move_to(datetime.datetime(2026, 5, 4, 12, tzinfo=datetime.UTC))
    offices("Amt früher 2024-05-01")
    read = feed_of(watch(member))
    read()
    for name in ("Amt zwei 2020-01-01", "Amt drei 2019-01-01"):
        time_machine.shift(60)
        offices(name)
        read()
    assert [entry["title"] for entry in valid(read())] == ["Amt drei 2019-01-01", "Amt zwei 2020-01-01"]


@pytest.mark.parametrize(
    "title", ["<b>Amt</b> & „Co“", "Amt ]]> <!--", "Amt \x0b\x00\x1f mit Steuerzeichen", "Amt 😀 ﷐"]
)
def test_any_title_is_correct_atom(offices, member, watch, feed_of, title, monkeypatch):
    monkeypatch.setattr("django.db.models.CharField.validators", [], raising=False)
    kept = watch(member)
    offices(title.replace("\x00", ""))
    (entry,) = valid(feed_of(kept)())
    assert entry["title"].startswith(title[:2])


def test_an_empty_feed_is_correct_and_does_not_change_by_itself(offices, member, watch, feed_of, time_machine):
    time_machine.move_to(datetime.datetime(2026, 5, 4, 12, tzinfo=datetime.UTC))
    read = feed_of(watch(member, "Nirgendwo"))
    first = read()
    assert valid(first) == []
    time_machine.shift(7200)
    assert read().content == first.content


class TestCaching:
    def test_who_has_it_is_told_that_nothing_changed(self, offices, member, watch, feed_of):
        offices("Amt eins")
        read = feed_of(watch(member))
        first = read()
        for headers in (
            {"if-none-match": first.headers["ETag"]},
            {"if-modified-since": first.headers["Last-Modified"]},
        ):
            again = read(**headers)
            assert again.status_code == 304
            assert again.content == b""
            assert again.headers["ETag"] == first.headers["ETag"]

    @pytest.mark.parametrize("change", ["new", "withdrawn", "renamed"])
    def test_any_change_makes_it_newer(self, offices, member, watch, feed_of, time_machine, change):
        time_machine.move_to(datetime.datetime(2026, 5, 4, 12, tzinfo=datetime.UTC))
        office = offices("Amt eins")
        read = feed_of(watch(member))
        first = read()
        time_machine.shift(60)
        {
            "new": lambda: offices("Amt zwei"),
            "withdrawn": lambda: offices.open_to(office, ""),
            "renamed": lambda: offices.rename(office, "Amt anders"),
        }[change]()
        for headers in (
            {"if-none-match": first.headers["ETag"]},
            {"if-modified-since": first.headers["Last-Modified"]},
        ):
            assert read(**headers).status_code == 200

    @pytest.mark.parametrize("signed_in", [True, False])
    def test_it_is_kept_by_nobody_but_its_reader(self, client, offices, member, watch, feed_of, signed_in):
        read = feed_of(watch(member))
        if signed_in:
            client.force_login(member)
        response = read()
        assert "private" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert not response.cookies

    def test_robots_are_told_to_stay_away(self, client):
        lines = client.get("/robots.txt").text.splitlines()
        assert any(
            reverse("saved_search_feed", args=["x"]).startswith(line[10:]) for line in lines if "Disallow" in line
        )


class TestRights:
    def test_it_follows_what_its_owner_may_read_now(self, offices, watch, feed_of):
        person = UserFactory(staff=True)
        inner, other = offices("Amt Geheimwort", "staff"), offices("Amt offen")
        read = feed_of(watch(person))
        assert set(entries(read())) == {"Amt Geheimwort", "Amt offen"}
        offices.open_to(other, "editor")
        assert set(entries(read())) == {"Amt Geheimwort"}
        end_all_roles(by=person, person=person, reason="Wechsel")
        assert b"Geheimwort" not in read().content
        assert inner.name == "Amt Geheimwort"

    def test_its_reader_s_own_rights_add_nothing(self, client, offices, member, watch, feed_of):
        offices("Amt Geheimwort", "editor")
        read = feed_of(watch(member))
        client.force_login(UserFactory(editor=True))
        assert b"Geheimwort" not in read().content

    def test_who_owes_the_second_factor_reads_what_is_public_alone(self, offices, watch, feed_of):
        person = UserFactory(editor=True, second_factor=False)
        offices("Amt Geheimwort", "member")
        offices("Amt offen")
        assert set(entries(feed_of(watch(person))())) == {"Amt offen"}

    @pytest.mark.parametrize("state", [AccountState.SUSPENDED, AccountState.LEFT])
    def test_with_the_account_it_closes_for_good(self, offices, member, watch, feed_of, state):
        read = feed_of(watch(member))
        for given, status in ((state, 404), (AccountState.ACTIVE, 404)):
            member.state = given
            member.save(update_fields=["state"])
            assert read().status_code == status

    def test_it_is_closed_even_where_nobody_heard_of_the_suspension(self, offices, member, watch, feed_of):
        read = feed_of(watch(member))
        type(member).objects.update(state=AccountState.SUSPENDED, is_active=False)
        assert SavedSearch.objects.get().feed_digest
        assert read().status_code == 404


class TestAddress:
    def test_a_new_one_closes_the_former(self, offices, member, watch, feed_of):
        kept = watch(member)
        old, new = feed_of(kept), feed_of(kept)
        assert (old().status_code, new().status_code) == (404, 200)

    @pytest.mark.parametrize("act", ["remove_search", "close_feed"])
    def test_it_closes_with_the_search_or_alone(self, offices, member, watch, feed_of, act):
        kept = watch(member)
        read = feed_of(kept)
        given = {"at": timezone.now()} if act == "remove_search" else {}
        getattr(actions, act)(by=member, search=kept, **given)
        assert read().status_code == 404

    def test_the_database_opens_no_feed(self, client, offices, member, watch, feed_of):
        read = feed_of(watch(member))
        row = SavedSearch.objects.values().get()
        assert read.token not in repr(row)
        assert len(read.token) >= 43
        assert client.get(reverse("saved_search_feed", args=[row["feed_digest"]])).status_code == 404

    def test_it_is_shown_once(self, client, offices, member, watch):
        kept = watch(member)
        client.force_login(member)
        page = client.get(client.post(reverse("saved_searches:new_feed", args=[kept.pk])).headers["Location"])
        address = re.search(r"https?://\S+/suche/feed/[\w-]+/", page.text)[0]
        assert client.get(urlsplit(address).path).status_code == 200
        assert "/suche/feed/" not in client.get(kept.get_absolute_url()).text
        assert "no-store" in page.headers["Cache-Control"]
        assert client.get(urlsplit(address).path).status_code == 200


def test_reading_the_feed_does_not_count_as_told_by_mail(offices, member, watch, feed_of, mailoutbox):
    read = feed_of(watch(member))
    offices("Amt eins")
    assert "Amt eins" in entries(read())
    assert send_digests(on=timezone.localdate() + datetime.timedelta(days=1)).sent == 1


def test_during_an_outage_it_says_so_and_does_not_look_empty(offices, member, watch, feed_of, monkeypatch):
    read = feed_of(watch(member))

    def nobody(question):
        raise EngineUnavailable("außer Betrieb")

    monkeypatch.setattr(matching, "ask", nobody)
    response = read()
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "private" in response.headers["Cache-Control"]


def test_who_asks_too_often_waits(offices, member, watch, feed_of, settings, monkeypatch):
    settings.ACCOUNT_RATE_LIMITS = {}
    monkeypatch.setattr(feeds, "READS_PER_HOUR", 2)
    read = feed_of(watch(member))
    assert [read().status_code for _ in range(3)] == [200, 200, 429]


def test_who_guesses_waits_too(client, settings, monkeypatch, db):
    settings.ACCOUNT_RATE_LIMITS = {}
    monkeypatch.setattr(feeds, "READS_PER_ADDRESS", 2)
    codes = [client.get(reverse("saved_search_feed", args=[f"t{n}"])).status_code for n in range(3)]
    assert codes == [404, 404, 429]


def test_a_long_feed_costs_as_many_queries_as_a_short_one(offices, member, watch, feed_of):
    read = feed_of(watch(member))

    def cost() -> int:
        read()
        with CaptureQueriesContext(connection) as queries:
            read()
        return len(queries)

    offices("Amt eins")
    few = cost()
    for number in range(20):
        offices(f"Amt {number}")
    assert cost() == few
    assert few < 10
