"""The link that stops mails: one click in a mail program, without signing in, and good for nothing else."""

import datetime
import re
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from search.saved.links import link_to_stop
from search.saved.models import SavedSearch
from search.saved.sending import send_digests
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def send(days=1):
    return send_digests(on=timezone.localdate() + datetime.timedelta(days=days))


def path_of(search) -> str:
    return urlsplit(link_to_stop(search.person_id, [search.pk])).path


def strict() -> Client:
    """As a mail program: no cookies, and checked for forged requests like any browser."""
    return Client(enforce_csrf_checks=True)


def test_the_header_stops_what_the_mail_told_of_with_one_click(offices, member, watch, mailoutbox):
    told = [watch(member, "Amt", name="Ämter"), watch(member, "eins", name="Eins")]
    silent = watch(member, "Schule", name="Schulen")
    offices("Amt eins")
    send()
    headers = mailoutbox[0].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.fullmatch(r"<(https?://\S+)>", str(headers["List-Unsubscribe"]))[1]
    response = strict().post(urlsplit(link).path, ONE_CLICK)
    assert response.status_code == 200, "RFC 8058: no redirect."
    assert not response.cookies
    by_pk = dict(SavedSearch.objects.values_list("pk", "frequency"))
    assert by_pk == {**{search.pk: "never" for search in told}, silent.pk: "daily"}


def test_the_header_arrives_in_one_piece_however_long_it_is(offices, member, watch, mailoutbox):
    for number in range(30):
        watch(member, f"Amt {number}", name=f"Suche {number}")
    offices("Amt eins")
    send()
    raw = mailoutbox[0].message().as_bytes().decode()
    lines = re.split(r"\r?\n(?![ \t])", raw.partition("\n\n")[0])
    (line,) = [line for line in lines if line.startswith("List-Unsubscribe:")]
    link = re.sub(r"\s", "", line.partition(":")[2])
    assert "=?" not in link
    assert strict().post(urlsplit(link.strip("<>")).path, ONE_CLICK).status_code == 200
    assert set(SavedSearch.objects.values_list("frequency", flat=True)) == {"never"}


def test_every_search_in_the_mail_has_a_link_of_its_own(offices, member, watch, mailoutbox):
    first, second = watch(member, "Amt", name="A"), watch(member, "eins", name="B")
    offices("Amt eins")
    # A signature holds the second in which it was made.
    with time_machine.travel(timezone.now(), tick=False):
        send()
        expected = [path_of(first), path_of(second)]
    links = re.findall(r"https?://\S+/abbestellen/\S+", mailoutbox[0].body)
    assert [urlsplit(link).path for link in links] == expected
    html = mailoutbox[0].alternatives[0][0]
    assert all(link in html for link in links)


def test_opening_the_link_asks_and_changes_nothing(client, offices, member, watch):
    kept = watch(member, name="Geheimname")
    before = SavedSearch.objects.values().get()
    response = client.get(path_of(kept))
    assert response.status_code == 200
    assert 'method="post"' in response.text
    assert SavedSearch.objects.values().get() == before
    assert "Geheimname" not in response.text
    assert member.email not in response.text


def test_the_button_stops_the_mails_the_owner_sees_it_and_can_begin_anew(client, offices, member, watch, mailoutbox):
    kept = watch(member)
    assert strict().post(path_of(kept)).status_code == 200
    offices("Amt eins")
    assert send().sent == 0
    client.force_login(member)
    stopped = SavedSearch.objects.get()
    assert stopped.unsubscribed_at
    client.post(reverse("saved_searches:edit", args=[kept.pk]), {"name": kept.name, "frequency": "daily"})
    assert SavedSearch.objects.get().unsubscribed_at is None
    assert send().sent == 1


def test_the_link_can_do_nothing_else(client, offices, member, watch):
    kept, other = watch(member), watch(member, "Schule")
    stranger = watch(UserFactory())
    before = {row["id"]: row for row in SavedSearch.objects.values()}
    token = path_of(kept).split("/")[-2]
    response = client.post(
        path_of(kept), {"name": "Fremd", "frequency": "daily", "pk": other.pk, "search": stranger.pk}
    )
    assert "_auth_user_id" not in client.session
    assert not response.cookies
    after = {row["id"]: row for row in SavedSearch.objects.values()}
    assert after[other.pk] == before[other.pk]
    assert after[stranger.pk] == before[stranger.pk]
    changed = {name for name, value in after[kept.pk].items() if value != before[kept.pk][name]}
    assert changed == {"frequency", "unsubscribed_at"}
    for address in (
        reverse("saved_search_feed", args=[token]),
        reverse("account_take_back_deletion", args=[token]),
        reverse("invitation", args=[token]),
    ):
        assert client.get(address).status_code in (302, 404, 410)
    assert client.get(kept.get_absolute_url()).status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("forged", ["unsigned", "of another purpose", "cut", "of another person"])
def test_a_link_that_is_not_ours_does_nothing(client, offices, member, watch, method, forged):
    kept = watch(member)
    token = {
        "unsigned": "x",
        "of another purpose": signing.dumps([member.pk, kept.pk]),
        "cut": path_of(kept).split("/")[-2][:-3],
        "of another person": urlsplit(link_to_stop(member.pk + 999, [kept.pk])).path.split("/")[-2],
    }[forged]
    response = getattr(client, method)(reverse("saved_searches:unsubscribe", args=[token]))
    assert response.status_code == (200 if forged == "of another person" else 404)
    assert SavedSearch.objects.get().frequency == "daily"


def test_it_works_twice_and_after_the_search_is_gone(client, offices, member, watch):
    kept = watch(member)
    path = path_of(kept)
    assert [client.post(path).status_code for _ in range(2)] == [200, 200]
    first = SavedSearch.objects.get().unsubscribed_at
    SavedSearch.objects.all().delete()
    assert first
    assert client.post(path).status_code == 200
