"""The pages: tasks by due date, lists that cost the same however long, forms that lose nothing, public balance."""

import datetime
from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from network.cooperation.actions import balances
from network.cooperation.enums import Answer
from network.cooperation.models import BalanceYear, CooperationRequest, UsualFee
from tests.factories import cooperation as made
from tests.factories.accounts import UserFactory
from tests.factories.directory import organisation
from tests.factories.places import MunicipalityFactory

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year - 1
MAY = datetime.datetime(YEAR, 5, 4, tzinfo=datetime.UTC)
SENT = {
    "title": "Elternabend", "occasion": "Übergang", "service": "Sprachmittlung", "hours": "4,5",
    "wanted_on": "31.12.2099", "answer_by": "30.11.2099", "consideration": "fee", "fee_per_hour": "35,50",
    "legal_frame": "procurement", "use_of_results": "Bericht", "credit": "named",
}  # fmt: skip


@pytest.fixture
def place():
    return MunicipalityFactory()


@pytest.fixture
def partner():
    return organisation()


@pytest.fixture
def asker(place):
    return made.asker(place)


@pytest.fixture
def keeper(partner):
    return made.keeper(partner)


def main(response) -> str:
    return response.content.decode().split("<main")[1].split("</main")[0]


def test_from_the_profile_to_an_agreed_record_without_javascript(client, place, partner, asker, keeper):
    client.force_login(asker)
    new = reverse("cooperation:request_new", args=[partner.slug])
    # Who asks for one municipality alone does not choose it; the page brings it along.
    assert client.get(new).context["form"]["municipality"].value() == place.pk
    answer = client.post(new, {**SENT, "municipality": place.pk, "senden": "1"})
    asked = CooperationRequest.objects.get()
    assert answer["Location"] == reverse("cooperation:request_send", args=[asked.pk])
    assert "35,50" in main(client.get(answer["Location"]))
    client.post(answer["Location"], {"gelesen": asked.mark})
    client.force_login(keeper)
    assert asked.title in main(client.get(reverse("cooperation:tasks")))
    client.post(reverse("cooperation:answer", args=[asked.pk]), {"answer": "accepted"})
    text = {
        "service": "Ein Abend", "hours": "4", "consideration": "fee", "fee_per_hour": "35",
        "legal_frame": "procurement", "rights": "frei", "data_protection": "keine",
        "termination": "zwei Wochen", "contact_office": "Schulamt",
        "settlement": "Rechnung", "valid_from": "1.1.2026", "valid_to": "31.12.2099",
    }  # fmt: skip
    answer = client.post(reverse("cooperation:agreement_new", args=[asked.pk]), text)
    page = answer["Location"]
    for person in (keeper, asker):
        client.force_login(person)
        client.post(f"{page}annehmen/", {"fassung": "1"})
    record = {"done_on": "2.1.2026", "what": "Abend", "paid_hours": "3", "unpaid_hours": "0,5", "amount": "105",
              "payment_due": "1.2.2026"}  # fmt: skip
    client.post(f"{page}nachweis/", record)
    client.force_login(keeper)
    entered = asked.agreement.records.get()
    moment = entered.mark
    client.post(reverse("cooperation:record_agree", args=[entered.pk]), {"gelesen": moment})
    entered.refresh_from_db()
    assert entered.state == "agreed"


def test_a_draft_keeps_what_was_typed_though_much_is_missing(client, place, partner, asker):
    client.force_login(asker)
    client.post(reverse("cooperation:request_new", args=[partner.slug]), {"title": "Idee", "municipality": place.pk})
    draft = CooperationRequest.objects.get()
    page = main(client.get(reverse("cooperation:request_send", args=[draft.pk])))
    assert 'type="submit"' not in page
    assert client.post(reverse("cooperation:request_send", args=[draft.pk])).status_code == 302
    draft.refresh_from_db()
    assert draft.is_draft


@pytest.mark.parametrize("act", ["bearbeiten", "senden", "loeschen", "zurueckziehen", "gegenvorschlag/uebernehmen"])
def test_what_the_other_side_does_is_closed_to_an_organisation(client, place, partner, keeper, act):
    asked = made.request(municipality=place, organisation=partner)
    client.force_login(keeper)
    assert client.post(f"{asked.get_absolute_url()}{act}/").status_code == 403


def test_tasks_come_by_due_date_and_overdue_payments_are_among_them(client, place, partner, asker):
    held = made.agreement(made.request(answer=Answer.ACCEPTED, municipality=place, organisation=partner))
    late = timezone.localdate() - datetime.timedelta(days=3)
    made.record(held, amount=Decimal(70), payment_due=late)
    made.request(answer=Answer.ACCEPTED, municipality=place, organisation=partner, title="Ohne Vereinbarung")
    client.force_login(asker)
    page = main(client.get(reverse("cooperation:tasks")))
    assert 0 < page.index(f'datetime="{late.isoformat()}"') < page.index("Ohne Vereinbarung")


#: Page → queries of somebody who asks, with session, person, roles, factor and navigation.
COSTS = {"cooperation:tasks": 17, "cooperation:requests": 9, "cooperation:agreements": 11}


@pytest.mark.parametrize("name", COSTS)
@pytest.mark.parametrize("rows", [1, 4])
def test_a_list_costs_the_same_however_long_it_is(client, django_assert_num_queries, place, partner, asker, name, rows):
    for _number in range(rows):
        held = made.agreement(made.request(answer=Answer.ACCEPTED, municipality=place, organisation=partner))
        made.record(held, amount=Decimal(70), payment_due=timezone.localdate() - datetime.timedelta(days=3))
        made.request(answer=Answer.ACCEPTED, municipality=place, organisation=partner)
        waiting = made.request(answer=Answer.ACCEPTED, municipality=place, organisation=partner)
        made.agreement(waiting, accepted_by=())
    client.force_login(asker)
    client.get(reverse(name))
    with django_assert_num_queries(COSTS[name]):
        assert client.get(reverse(name)).status_code == 200


def test_the_page_of_an_agreement_costs_the_same_however_many_records(
    client, django_assert_max_num_queries, place, partner, asker
):
    held = made.agreement(made.request(answer=Answer.ACCEPTED, municipality=place, organisation=partner))
    client.force_login(asker)
    client.get(held.get_absolute_url())
    for _number in range(6):
        made.record(held)
    with django_assert_max_num_queries(22):
        client.get(held.get_absolute_url())


@pytest.fixture
def busy_year(place):
    """Six organisations; one refused, all were paid."""
    partners = [organisation() for _number in range(6)]
    for number, partner in enumerate(partners):
        made.request(municipality=place, organisation=partner, sent_at=MAY, answer=Answer.ACCEPTED)
        held = made.agreement(CooperationRequest.objects.get(organisation=partner))
        done = datetime.date(YEAR, 6, 1)
        paid_on = done + datetime.timedelta(days=20)
        made.record(held, done_on=done, amount=Decimal(70), payment_due=done, paid_on=paid_on, paid_hours=Decimal(2))
        if number == 0:
            made.request(municipality=place, organisation=partner, sent_at=MAY, answer=Answer.DECLINED)
    return partners


def test_a_balance_is_commented_then_published_once_without_the_few(
    client, place, busy_year, django_capture_on_commit_callbacks
):
    editor, keeper, today = UserFactory(editor=True), made.keeper(busy_year[0]), timezone.localdate()
    few = made.request(municipality=MunicipalityFactory(name="Kleinstadt"), sent_at=MAY).municipality
    with django_capture_on_commit_callbacks(execute=True):
        opened = balances.open_balance(by=editor, year=YEAR, on=today, at=timezone.now())
    assert keeper.email in {letter.to[0] for letter in mail.outbox}
    client.force_login(keeper)
    ledger = reverse("cooperation:ledger", args=[busy_year[0].slug])
    assert client.post(f"{ledger}?jahr={YEAR}", {"text": "Der Mai fehlt"}).status_code == 302
    comment = opened.comments.get()
    later = opened.comments_until + datetime.timedelta(days=1)
    with pytest.raises(balances.TooEarlyError):
        balances.publish_balance(by=editor, balance=opened, on=later, at=timezone.now())
    balances.reply_to_comment(by=editor, comment=comment, text="Ist nachgetragen", at=timezone.now())
    with pytest.raises(balances.TooEarlyError):
        balances.publish_balance(by=editor, balance=opened, on=opened.comments_until, at=timezone.now())
    balances.publish_balance(by=editor, balance=opened, on=later, at=timezone.now())
    client.logout()
    page = main(client.get(reverse("cooperation:balance")))
    assert str(place) in page
    row, hidden = opened.rows.get(municipality=place), opened.rows.get(municipality=few)
    assert (row.requests, row.refusals, row.hours, row.share_paid_percent, row.median_days) == (7, None, 12, 100, 20)
    assert [hidden.requests, hidden.refusals, hidden.hours, hidden.share_paid_percent, hidden.median_days] == [None] * 5
    table = b"".join(client.get(reverse("cooperation:balance_table")).streaming_content).decode()
    assert "Der Mai fehlt" not in table
    assert busy_year[0].name not in table + page


def test_only_editors_prepare_a_balance(client, asker, keeper):
    BalanceYear.objects.create(year=YEAR, comments_until=timezone.localdate())
    for person, status in (
        (asker, 404),
        (keeper, 404),
        (UserFactory(author=True), 404),
        (UserFactory(editor=True), 200),
    ):
        client.force_login(person)
        assert client.get(reverse("cooperation:prepare", args=[YEAR])).status_code == status


def test_only_its_own_people_see_a_ledger(client, partner, asker, keeper):
    address = reverse("cooperation:ledger", args=[partner.slug])
    for person, status in ((keeper, 200), (asker, 404), (UserFactory(editor=True), 404)):
        client.force_login(person)
        assert client.get(address).status_code == status


def test_usual_fees_are_shown_while_they_hold(client):
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    for name, begins, ends in (
        ("Heute", today, today),
        ("Gestern", today - day, today - day),
        ("Bald", today + day, None),
    ):
        UsualFee.objects.create(name=name, amount=30, source="Ratsbeschluss", valid_from=begins, valid_to=ends)
    page = main(client.get(reverse("cooperation:fees")))
    assert [name in page for name in ("Heute", "Gestern", "Bald")] == [True, False, False]


def test_the_portal_brings_no_amounts_along():
    assert not UsualFee.objects.exists()
