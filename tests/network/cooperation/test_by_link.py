"""An organisation whose entry nobody keeps reads, answers, refuses and comments by the links in its mails."""

import datetime
import re
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone

from network.cooperation import links
from network.cooperation.actions import by_link, requests
from network.cooperation.actions.balances import open_balance
from network.cooperation.enums import Answer, RequestState
from network.cooperation.models import BalanceYear, CooperationRequest, LedgerComment
from portal.audit.models import AuditEntry
from tests.factories import cooperation as made
from tests.factories.accounts import UserFactory
from tests.factories.directory import organisation

pytestmark = pytest.mark.django_db
REASON = "Der Haushalt ist gesperrt"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def asked():
    """A request without consideration to an organisation that nobody keeps."""
    none = {"consideration": "none", "fee_per_hour": None, "legal_frame": "neither"}
    return made.request(**none, no_consideration_reason=REASON)


@pytest.fixture
def page(asked):
    return f"/kooperation/ohne-konto/{links.answering_token(asked)}/"


def path_in(letter) -> str:
    return re.search(r"https?://[^/]+(/kooperation/ohne-konto/\S+)", letter.body)[1]


def main(response) -> str:
    return response.content.decode().split("<main")[1].split("</main")[0]


def fresh(asked) -> CooperationRequest:
    return CooperationRequest.objects.get(pk=asked.pk)


def test_the_mail_says_truly_why_it_comes_and_its_link_opens_the_whole_request(
    client, django_capture_on_commit_callbacks
):
    draft = made.request(RequestState.DRAFT)
    with django_capture_on_commit_callbacks(execute=True):
        requests.send_request(by=made.asker(draft.municipality), request=draft, at=timezone.now())
    (letter,) = mail.outbox
    assert letter.to == [draft.organisation.email]
    assert "you keep the profile" not in letter.body
    assert "pflegen" not in letter.body.split(str(draft.organisation))[0]
    page = client.get(path_in(letter))
    assert page.status_code == 200
    for words in (draft.title, draft.occasion, draft.service, draft.use_of_results, str(draft.municipality)):
        assert words in main(page)


def test_who_keeps_an_entry_is_led_to_the_portal_and_told_how_to_stop(django_capture_on_commit_callbacks):
    draft = made.request(RequestState.DRAFT)
    made.keeper(draft.organisation)
    with django_capture_on_commit_callbacks(execute=True):
        requests.send_request(by=made.asker(draft.municipality), request=draft, at=timezone.now())
    (letter,) = mail.outbox
    assert f"/kooperation/anfragen/{draft.pk}/" in letter.body
    assert "ohne-konto" not in letter.body
    assert f"/verzeichnis-pflegen/{draft.organisation.slug}/teil/kapazitaet/" in letter.body


def test_the_reason_for_no_consideration_is_read_without_an_account(client, page):
    assert REASON in main(client.get(page))


def test_opening_the_link_changes_nothing(client, asked, page):
    before = CooperationRequest.objects.filter(pk=asked.pk).values().get()
    for address in (page, f"{page}gegenvorschlag/"):
        assert client.get(address).status_code == 200
    assert client.get(f"{page}anfragen-annehmen/").status_code == 405
    assert CooperationRequest.objects.filter(pk=asked.pk).values().get() == before
    assert fresh(asked).organisation.takes_requests


@pytest.mark.parametrize("answer", ["accepted", "declined"])
def test_it_is_answered_once_without_a_reason_and_the_municipality_is_told(
    client, asked, page, answer, django_capture_on_commit_callbacks
):
    asker = made.asker(asked.municipality)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page, {"answer": answer}).status_code == 302
    assert fresh(asked).answer == answer
    assert [letter.to for letter in mail.outbox] == [[asker.email]]
    assert "<form" not in main(client.get(page)).split('id="anfragen"')[0]
    client.post(page, {"answer": "declined"})
    assert fresh(asked).answer == answer
    entry = AuditEntry.objects.get(action="cooperation.answered_by_link")
    assert answer not in f"{entry.after}{entry.before}{entry.reason}"


def test_no_answer_is_asked_for_again_and_nothing_is_sent(client, asked, page):
    assert client.post(page, {"note": "Vielleicht"}).status_code == 422
    assert fresh(asked).waits_for_answer


def test_something_else_is_proposed(client, asked, page):
    terms = {"hours": "4", "consideration": "fee", "fee_per_hour": "40", "legal_frame": "procurement"}
    assert client.post(f"{page}gegenvorschlag/", {"text": "Zwei Abende", **terms}).status_code == 302
    assert fresh(asked).counter_proposal.fee_per_hour == Decimal(40)
    assert "Zwei Abende" in main(client.get(page))
    assert client.get(f"{page}gegenvorschlag/").status_code == 302


def test_requests_are_stopped_and_welcomed_again_and_the_history_of_the_entry_shows_it(client, asked, page):
    partner = asked.organisation
    for word, takes in (("nein", False), ("ja", True)):
        client.post(f"{page}anfragen-annehmen/", {"annehmen": word})
        partner.refresh_from_db()
        assert partner.takes_requests is takes
        assert partner.versions.get(number=partner.version).snapshot["capacity"]["takes_requests"] is takes
    assert AuditEntry.objects.filter(action="cooperation.requests_by_link").count() == 2


def test_after_accepting_the_page_says_what_comes_next(client, asked, page):
    client.post(page, {"answer": "accepted"})
    made.agreement(fresh(asked), accepted_by=(), rights="Bei den Urheberinnen und sonst niemandem")
    shown = main(client.get(page))
    assert "/mitmachen/antrag/" in shown
    assert "Bei den Urheberinnen und sonst niemandem" in shown


@pytest.mark.parametrize(
    "case", ["draft", "other address", "kept", "foreign", "of a ledger", "too old", "without a mark"]
)
def test_a_link_that_is_not_good_opens_nothing_and_says_nothing(client, asked, monkeypatch, case):
    token = links.answering_token(asked)
    partner = asked.organisation
    if case == "draft":
        CooperationRequest.objects.filter(pk=asked.pk).update(state="draft", sent_at=None)
    elif case == "other address":
        partner.email = "andere@verein.example"
        partner.save()
    elif case == "kept":
        made.keeper(partner)
    elif case == "foreign":
        token = f"x{token}"
    elif case == "of a ledger":
        token = links.ledger_token(partner, BalanceYear.objects.create(year=2024, comments_until=timezone.localdate()))
    elif case == "too old":
        monkeypatch.setattr(links, "VALID_FOR", -1)
    else:
        token = links.signing.dumps([asked.pk], salt=links._REQUEST_SALT)
    page = f"/kooperation/ohne-konto/{token}/"
    for answer in (
        client.get(page),
        client.post(page, {"answer": "accepted"}),
        client.post(f"{page}gegenvorschlag/", {}),
        client.post(f"{page}anfragen-annehmen/", {"annehmen": "nein"}),
    ):
        assert answer.status_code == 404
        assert asked.title not in answer.content.decode()
    assert fresh(asked).answer == ""
    partner.refresh_from_db()
    assert partner.takes_requests


def test_somebody_who_began_to_keep_the_entry_meanwhile_answers_instead(asked):
    made.keeper(asked.organisation)
    for act in (
        lambda: by_link.answer_by_link(
            request=asked, answer=Answer.ACCEPTED, note="", counter_proposal=None, at=timezone.now()
        ),
        lambda: by_link.take_requests_by_link(request=asked, takes=False),
    ):
        with pytest.raises(by_link.PermissionDenied):
            act()


def test_the_buttons_are_guarded_against_other_sites(page):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(page, {"answer": "accepted"}).status_code == 403


@pytest.fixture
def opened(asked, django_capture_on_commit_callbacks):
    last = timezone.now().replace(year=timezone.localdate().year - 1, month=5, day=4)
    CooperationRequest.objects.filter(pk=asked.pk).update(sent_at=last)
    with django_capture_on_commit_callbacks(execute=True):
        return open_balance(by=UserFactory(editor=True), year=last.year, on=timezone.localdate(), at=timezone.now())


def test_the_ledger_is_read_and_commented_by_its_link(client, asked, opened):
    page = path_in(mail.outbox[0])
    assert str(asked.municipality) in main(client.get(page))
    assert client.post(page, {"text": "Es waren zwei Anfragen"}).status_code == 302
    comment = LedgerComment.objects.get()
    assert (comment.organisation, comment.written_by) == (asked.organisation, None)
    assert "Es waren zwei Anfragen" in main(client.get(page))


def test_a_ledger_is_not_commented_after_its_time(client, asked, opened):
    page = path_in(mail.outbox[0])
    BalanceYear.objects.update(comments_until=timezone.localdate() - DAY)
    assert "<form" not in main(client.get(page))
    client.post(page, {"text": "Zu spät"})
    with pytest.raises(by_link.PermissionDenied):
        by_link.comment_ledger_by_link(
            organisation=asked.organisation, balance=BalanceYear.objects.get(), text="Zu spät", on=timezone.localdate()
        )
    assert not LedgerComment.objects.exists()


def test_a_link_to_a_ledger_dies_with_the_address_and_with_the_first_keeper(client, asked, opened):
    page = path_in(mail.outbox[0])
    assert client.get(page.replace("bilanz/", "bilanz/x")).status_code == 404
    made.keeper(asked.organisation)
    assert client.get(page).status_code == 404


def sending_page(client, partner):
    draft = made.request(RequestState.DRAFT, organisation=partner)
    asker = made.asker(draft.municipality)
    client.force_login(asker)
    return draft, main(client.get(f"{draft.get_absolute_url()}senden/"))


def test_nothing_is_sent_where_nobody_would_read_it(client):
    draft, page = sending_page(client, organisation(email=""))
    assert 'type="submit"' not in page
    client.post(f"{draft.get_absolute_url()}senden/")
    assert fresh(draft).is_draft


def test_the_sending_page_says_that_nobody_keeps_the_entry(client):
    _draft, page = sending_page(client, organisation())
    assert page.count("notice--info") == 1
    kept = organisation()
    made.keeper(kept)
    _draft, page = sending_page(client, kept)
    assert "notice--info" not in page
    assert 'type="submit"' in page


@pytest.mark.parametrize("what", ["requests", "promised", "unpaid"])
def test_the_sending_page_warns_before_it_is_too_much(client, what):
    partner = organisation(paid_staff="0")
    made.keeper(partner)
    assert "notice--warning" not in sending_page(client, partner)[1]
    if what == "requests":
        for _number in range(3):
            made.request(organisation=partner)
    elif what == "promised":
        made.agreement(made.request(organisation=partner, answer=Answer.ACCEPTED), hours=Decimal(40))
    else:
        held = made.agreement(made.request(organisation=partner, answer=Answer.ACCEPTED), hours=Decimal(1))
        made.record(held, unpaid_hours=Decimal(20), paid_hours=Decimal(0))
    _draft, page = sending_page(client, partner)
    assert "notice--warning" in page
    assert 'type="submit"' in page, "a warning stops nobody"
