"""Who may open and send what: every page of cooperation, for both sides, whoever stands on both, and strangers."""

import datetime

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from network.cooperation import urls
from network.cooperation.actions import balances
from network.cooperation.enums import Answer, RecordState, RequestState, Side
from network.cooperation.models import BalanceYear, CounterProposal, LedgerComment
from network.cooperation.rules import may_see_ledger
from tests.factories import cooperation as made
from tests.factories.accounts import UserFactory
from tests.factories.directory import organisation
from tests.factories.places import MunicipalityFactory

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year - 1
DAY = datetime.timedelta(days=1)
TITLE = "Elternabend an der Zeichenschule"
#: Page → what it is opened with, and the answer to the asking side, the organisation, and whoever stands on both.
PAGES = {
    "request": ("sent", 200, 200, 200),
    "request_edit": ("draft", 200, 404, 403),
    "request_send": ("draft", 200, 404, 403),
    "request_remove": ("draft", 200, 404, 403),
    "request_withdraw": ("sent", 200, 403, 403),
    "answer": ("sent", 403, 200, 403),
    "counter_proposal": ("sent", 403, 200, 403),
    "take_over": ("countered", 200, 403, 403),
    "agreement_new": ("accepted", 200, 200, 403),
    "agreement": ("in force", 200, 200, 200),
    "agreement_edit": ("in force", 200, 200, 403),
    "agreement_end": ("in force", 200, 200, 403),
    "rate": ("over", 200, 200, 403),
    "record_new": ("in force", 200, 200, 403),
    "record_edit": ("entered", 403, 200, 403),
    "record_remove": ("entered", 403, 200, 403),
    "record_dispute": ("entered", 200, 403, 403),
    "payment": ("entered", 200, 200, 403),
    "payment_contest": ("paid", 403, 200, 403),
    "share": ("over", 403, 200, 403),
    "unshare": ("over", 403, 200, 403),
}
#: What is one button, and the answers when it is pressed.
BUTTONS = {"agreement_accept": ("unaccepted", 302, 302, 403), "record_agree": ("entered", 302, 403, 403)}
LISTS = ("tasks", "requests", "agreements")
OF_EDITORS = ("open", "prepare", "reply")
PUBLIC = {"balance", "balance_table", "fees"}
#: Opened by whoever holds the link, whoever that is: test_by_link.py tries them.
BY_LINK = {"by_link", "by_link_counter_proposal", "by_link_requests", "ledger_by_link"}


@pytest.fixture
def place():
    return MunicipalityFactory()


@pytest.fixture
def partner():
    return organisation()


@pytest.fixture
def people(place, partner):
    return {
        "asking": made.asker(place),
        "organisation": made.keeper(partner),
        "both": UserFactory(roles=[("staff", place), ("organisation_editor", partner)]),
        "other municipality": made.asker(),
        "other organisation": made.keeper(),
        "editor": UserFactory(editor=True),
        "member": UserFactory(),
    }


def in_state(state, place, partner):
    """Return what a page in this state is about."""
    sides = {"municipality": place, "organisation": partner, "title": TITLE}
    if state in RequestState.values:
        return made.request(state, **sides)
    if state == "countered":
        asked = made.request(answer=Answer.COUNTER, **sides)
        CounterProposal.objects.create(request=asked, text="Zwei Abende", **made.TERMS)
        return asked
    asked = made.request(answer=Answer.ACCEPTED, **sides)
    if state == "accepted":
        return asked
    if state == "unaccepted":
        return made.agreement(asked, accepted_by=())
    if state == "over":
        return made.agreement(asked, valid_to=timezone.localdate() - DAY)
    agreement = made.agreement(asked)
    if state == "in force":
        return agreement
    owed = {"amount": 70, "payment_due": timezone.localdate() - DAY}
    if state == "paid":
        owed |= {"paid_on": timezone.localdate() - DAY, "paid_noted_side": Side.MUNICIPALITY}
    return made.record(agreement, state=RecordState.ENTERED, entered_side=Side.ORGANISATION, **owed)


def test_the_tables_here_name_every_page():
    named = {*PAGES, *BUTTONS, *LISTS, *OF_EDITORS, *PUBLIC, *BY_LINK, "request_new", "ledgers", "ledger"}
    assert {pattern.name for pattern in urls.urlpatterns} == named


@pytest.mark.parametrize("name", [*PAGES, *BUTTONS])
def test_each_side_opens_its_own_and_strangers_find_nothing(client, place, partner, people, name):
    state, *expected = (PAGES | BUTTONS)[name]
    about = in_state(state, place, partner)
    address = reverse(f"cooperation:{name}", args=[about.pk])
    sent = {"fassung": "1", "gelesen": about.mark if state == "entered" else ""}
    ask = client.get if name in PAGES else lambda path: client.post(path, sent)
    refused = ask(address)
    assert (refused.status_code, refused["Location"].partition("?")[0]) == (302, "/konto/anmelden/")
    outside = dict.fromkeys(("other municipality", "other organisation", "editor", "member"), 404)
    # Strangers and those who stand on both sides first: a button that worked changes the state for the next.
    for who, status in {**outside, "both": expected[2], "organisation": expected[1], "asking": expected[0]}.items():
        client.force_login(people[who])
        assert ask(address).status_code == status, who


def everything():
    """All rows of cooperation with all that stands in them."""
    models = apps.get_app_config("cooperation").get_models()
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


#: What would do something if it were let through, beside a mere click.
TYPED = {
    "answer": "accepted", "text": "Das stimmt nicht", "paid_on": "1.11.2026", "kept_agreements": "4",
    "was_respectful": "4", "would_repeat": "4", "subject": "Abende", "role": "Geplant", "fassung": "1",
    "hours": "4", "consideration": "none", "no_consideration_reason": "Nichts", "legal_frame": "neither",
    "service": "Abend", "rights": "-", "data_protection": "-", "termination": "-", "contact_office": "-",
    "settlement": "-", "valid_from": "1.1.2026", "valid_to": "31.12.2099", "done_on": "1.11.2026", "what": "Abend",
    "paid_hours": "1", "title": "Neu", "senden": "1",
}  # fmt: skip


@pytest.mark.parametrize("name", [*PAGES, *BUTTONS])
def test_who_may_not_open_a_page_may_not_press_its_button_either(client, place, partner, people, name):
    state, *expected = (PAGES | BUTTONS)[name]
    about = in_state(state, place, partner)
    address = reverse(f"cooperation:{name}", args=[about.pk])
    sent = {**TYPED, "gelesen": getattr(about, "mark", "")}
    before = everything()
    client.post(address, sent)
    strangers = ("other municipality", "other organisation", "editor", "member")
    sides = dict(zip(("asking", "organisation", "both"), expected, strict=True))
    for who in (*strangers, *(who for who, status in sides.items() if status in (403, 404))):
        client.force_login(people[who])
        assert client.post(address, sent).status_code in (403, 404, 405), who
    assert everything() == before


@pytest.mark.parametrize("name", ["request_new", *LISTS, "ledgers", "ledger", *OF_EDITORS])
def test_who_is_not_signed_in_is_led_to_the_door(client, partner, name):
    args = {"request_new": [partner.slug], "ledger": [partner.slug], "open": [YEAR], "prepare": [YEAR], "reply": [1]}
    refused = client.get(reverse(f"cooperation:{name}", args=args.get(name, [])))
    assert (refused.status_code, refused["Location"].partition("?")[0]) == (302, "/konto/anmelden/")


@pytest.mark.parametrize("name", LISTS)
def test_lists_hold_what_lies_with_ones_own_side(client, place, partner, people, name):
    in_state("unaccepted", place, partner)
    for who, person in people.items():
        client.force_login(person)
        shown = TITLE in client.get(reverse(f"cooperation:{name}")).content.decode()
        assert shown is (who in {"asking", "organisation", "both"}), who


def test_a_draft_is_no_task_of_the_organisation(client, place, partner, people):
    in_state("draft", place, partner)
    for name in ("tasks", "requests"):
        client.force_login(people["organisation"])
        assert TITLE not in client.get(reverse(f"cooperation:{name}")).content.decode()


@pytest.mark.parametrize(
    ("state", "waits_for"),
    [
        ("draft", set()),
        ("sent", {"organisation", "both"}),
        ("countered", {"asking", "both"}),
        ("accepted", {"asking", "both"}),
        ("unaccepted", {"asking", "organisation", "both"}),
        ("in force", set()),
        ("entered", {"asking", "both"}),
        ("over", {"asking", "organisation", "both"}),
    ],
)
def test_tasks_are_those_of_ones_own_side(client, place, partner, people, state, waits_for):
    in_state(state, place, partner)
    for who, person in people.items():
        client.force_login(person)
        assert (TITLE in client.get(reverse("cooperation:tasks")).content.decode()) is (who in waits_for), who


def test_a_request_begins_with_an_organisation_that_is_shown_and_by_somebody_who_asks(client, people, partner):
    hidden = organisation(state="draft")
    cases = {"asking": 200, "other municipality": 200, "organisation": 403, "editor": 403, "member": 403}
    for who, status in cases.items():
        client.force_login(people[who])
        assert client.get(reverse("cooperation:request_new", args=[partner.slug])).status_code == status, who
    client.force_login(people["asking"])
    assert client.get(reverse("cooperation:request_new", args=[hidden.slug])).status_code == 404


def test_a_ledger_is_opened_by_its_organisation_alone(client, people, partner):
    ledger = reverse("cooperation:ledger", args=[partner.slug])
    for who, person in people.items():
        client.force_login(person)
        keeps = who in {"organisation", "both"}
        assert client.get(ledger).status_code == (200 if keeps else 404), who
        assert client.get(reverse("cooperation:ledgers")).status_code == (302 if "org" in who or keeps else 200), who
        assert may_see_ledger(person, partner) is keeps, who


def test_a_ledger_is_commented_by_its_organisation_alone(people, partner):
    today = timezone.localdate()
    balance = BalanceYear.objects.create(year=YEAR, comments_until=today + DAY)
    for who in ("asking", "other organisation", "editor"):
        with pytest.raises(PermissionDenied):
            balances.comment_ledger(by=people[who], organisation=partner, balance=balance, text="Nein", on=today)
    balances.comment_ledger(by=people["organisation"], organisation=partner, balance=balance, text="Ja", on=today)
    assert [comment.text for comment in LedgerComment.objects.all()] == ["Ja"]


@pytest.mark.parametrize("name", OF_EDITORS)
def test_a_balance_is_prepared_by_editors_alone(client, people, partner, name):
    balance = BalanceYear.objects.create(year=YEAR, comments_until=timezone.localdate() + DAY)
    comment = LedgerComment.objects.create(balance=balance, organisation=partner, text="Zwei Abende fehlen")
    made.request(sent_at=timezone.now().replace(year=YEAR, month=5, day=4))
    address = reverse(f"cooperation:{name}", args=[comment.pk if name == "reply" else YEAR])
    for who, person in people.items():
        client.force_login(person)
        assert client.get(address).status_code == (200 if who == "editor" else 404), who


def test_comments_are_read_by_their_organisation_and_by_editors(people, partner):
    balance = BalanceYear.objects.create(year=YEAR, comments_until=timezone.localdate() + DAY)
    LedgerComment.objects.create(balance=balance, organisation=partner, text="Zwei Abende fehlen")
    for who, person in people.items():
        read = LedgerComment.objects.visible_to(person).exists()
        assert read is (who in {"organisation", "both", "editor"}), who
