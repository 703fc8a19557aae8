"""What nobody can do to the other side: contest nothing, flood, act for both, sign unread, remove what was agreed."""

import datetime
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from network.cooperation import rules, sending_limits
from network.cooperation.actions import agreements, records, requests
from network.cooperation.enums import Answer, RecordState, RequestState, Side
from network.cooperation.models import AgreementVersion, CooperationRequest, Rating, ServiceRecord
from tests.factories import cooperation as made
from tests.factories.accounts import UserFactory
from tests.factories.places import MunicipalityFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def today():
    return timezone.localdate()


@pytest.fixture
def asked():
    return made.request(answer=Answer.ACCEPTED)


@pytest.fixture
def asker(asked):
    return made.asker(asked.municipality)


@pytest.fixture
def keeper(asked):
    return made.keeper(asked.organisation)


@pytest.fixture
def owed(asked, keeper):
    """A record that the organisation entered, agreed, with a payment that is overdue."""
    values = {"amount": Decimal(70), "payment_due": today() - DAY, "entered_by": keeper}
    return made.record(made.agreement(asked), **values)


def pay(client, by, record, day=None):
    client.force_login(by)
    return client.post(reverse("cooperation:payment", args=[record.pk]), {"paid_on": str(day or today())})


# Payments.


def test_a_payment_that_never_came_is_contested_and_is_owed_again(
    client, owed, asker, keeper, django_capture_on_commit_callbacks
):
    assert pay(client, asker, owed).status_code == 302
    address = reverse("cooperation:payment_contest", args=[owed.pk])
    client.force_login(keeper)
    assert address in client.get(owed.agreement.get_absolute_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"text": "Auf dem Konto ist nichts"}).status_code == 302
    owed.refresh_from_db()
    assert (owed.paid_on, owed.is_overdue(today()), owed.days_to_payment) == (None, True, None)
    assert ServiceRecord.objects.overdue(today()).exists()
    assert [letter.to for letter in mail.outbox] == [[asker.email]]
    for person in (asker, keeper):
        client.force_login(person)
        assert "Auf dem Konto ist nichts" in client.get(owed.agreement.get_absolute_url()).content.decode()


def test_after_that_the_organisation_alone_notes_the_payment(client, owed, asker, keeper):
    pay(client, asker, owed)
    records.contest_payment(by=keeper, record=owed, text="Nichts")
    assert pay(client, asker, owed).status_code == 403
    assert pay(client, keeper, owed).status_code == 302
    owed.refresh_from_db()
    assert (owed.paid_on, owed.payment_objection, owed.paid_noted_side) == (today(), "", Side.ORGANISATION)


def test_what_the_organisation_itself_noted_is_not_contested(client, owed, asker, keeper):
    pay(client, keeper, owed)
    owed.refresh_from_db()
    for person in (asker, keeper, UserFactory(editor=True), made.keeper()):
        assert not rules.may_contest_payment(person, owed)


def test_a_payment_entered_with_the_record_by_the_municipality_can_be_contested(asked, asker, keeper):
    values = {"done_on": today(), "what": "Abend", "paid_hours": Decimal(2), "amount": Decimal(70)}
    record = ServiceRecord(agreement=made.agreement(asked), **values, payment_due=today(), paid_on=today())
    records.enter_record(by=asker, record=record, at=timezone.now())
    assert rules.may_contest_payment(keeper, record)


@pytest.mark.parametrize("day", ["01.01.0001", "1.1.2020"])
@pytest.mark.parametrize("field", ["paid_on", "done_on"])
def test_no_day_lies_before_the_agreement(client, owed, asker, field, day):
    client.force_login(asker)
    if field == "paid_on":
        answer = client.post(reverse("cooperation:payment", args=[owed.pk]), {"paid_on": day})
    else:
        values = {"done_on": day, "what": "Abend", "paid_hours": "1", "unpaid_hours": "0"}
        answer = client.post(reverse("cooperation:record_new", args=[owed.agreement_id]), values)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert ServiceRecord.objects.filter(paid_on__isnull=True).count() == 1


def test_no_service_is_recorded_after_the_end(client, asked, keeper):
    ended = made.agreement(asked, valid_to=today() - 5 * DAY)
    client.force_login(keeper)
    values = {"done_on": str(today()), "what": "Abend", "paid_hours": "1", "unpaid_hours": "0"}
    answer = client.post(reverse("cooperation:record_new", args=[ended.pk]), values)
    assert "done_on" in answer.context["form"].errors


def test_an_answer_is_not_wanted_after_the_date_itself(client):
    draft = made.request(RequestState.DRAFT)
    client.force_login(made.asker(draft.municipality))
    values = {"title": "Abend", "municipality": draft.municipality_id, "answer_by": "2.1.2099", "wanted_on": "1.1.2099"}
    answer = client.post(reverse("cooperation:request_edit", args=[draft.pk]), values | {"gelesen": draft.mark})
    assert "answer_by" in answer.context["form"].errors


def test_a_draft_is_not_sent_with_a_day_to_answer_that_is_over():
    draft = made.request(RequestState.DRAFT, answer_by=today() - DAY)
    with pytest.raises(requests.ValidationError) as refused:
        requests.send_request(by=made.asker(draft.municipality), request=draft, at=timezone.now())
    assert "answer_by" in refused.value.message_dict


# Mails.


def send(by, draft):
    requests.send_request(by=by, request=draft, at=timezone.now())


@pytest.mark.parametrize(("is_kept", "most"), [(True, 3), (False, 1)])
def test_an_organisation_gets_few_requests_of_one_municipality_in_a_week(is_kept, most):
    draft = made.request(RequestState.DRAFT)
    asker, sides = (
        made.asker(draft.municipality),
        {"municipality": draft.municipality, "organisation": draft.organisation},
    )
    if is_kept:
        made.keeper(draft.organisation)
    for _number in range(most):
        asked = made.request(RequestState.DRAFT, **sides)
        send(asker, asked)
        asked.refresh_from_db()
        requests.withdraw_request(by=asker, request=asked, at=timezone.now())
    with pytest.raises(requests.TooManyRequestsError):
        send(asker, draft)
    CooperationRequest.objects.exclude(pk=draft.pk).update(sent_at=timezone.now() - 8 * DAY)
    send(asker, draft)


def test_one_person_sends_a_bounded_number_a_day(client, monkeypatch):
    monkeypatch.setattr(sending_limits, "MOST_A_DAY", 2)
    place = MunicipalityFactory()
    asker = made.asker(place)
    for _number in range(2):
        send(asker, made.request(RequestState.DRAFT, municipality=place))
    draft = made.request(RequestState.DRAFT, municipality=place)
    client.force_login(asker)
    client.post(f"{draft.get_absolute_url()}senden/", {"gelesen": draft.mark})
    draft.refresh_from_db()
    assert draft.is_draft


def test_the_same_text_is_no_new_one(asked, asker):
    agreement = made.agreement(asked)
    same = AgreementVersion(**agreement.newest.text)
    with pytest.raises(agreements.SameTextError):
        agreements.write_text(by=asker, agreement=agreement, version=same, read=1, on=today())


def test_one_side_writes_a_bounded_number_of_texts_a_day(client, asked, asker):
    agreement = made.agreement(asked)
    for number in range(agreements.MOST_TEXTS_A_DAY - 1):
        text = AgreementVersion(**agreement.newest.text | {"service": f"Abend {number}"})
        agreements.write_text(by=asker, agreement=agreement, version=text, read=number + 1, on=today())
    last = AgreementVersion(**agreement.newest.text | {"service": "Noch einer"})
    read = agreements.MOST_TEXTS_A_DAY
    with pytest.raises(agreements.TooManyTextsError):
        agreements.write_text(by=asker, agreement=agreement, version=last, read=read, on=today())
    keeper = made.keeper(asked.organisation)
    agreements.write_text(by=keeper, agreement=agreement, version=last, read=read, on=today())


def test_a_year_without_anything_is_not_opened(client):
    client.force_login(UserFactory(editor=True))
    address = reverse("cooperation:open", args=[today().year - 1])
    assert client.get(address)["Location"] == client.post(address)["Location"] == reverse("cooperation:balance")


def test_a_record_saved_without_a_change_sends_nothing(asked, keeper, django_capture_on_commit_callbacks):
    record = made.record(made.agreement(asked), state=RecordState.ENTERED, entered_by=keeper)
    record.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        records.change_record(by=keeper, record=record, at=timezone.now())
    assert mail.outbox == []


# Sides.


def test_nobody_acts_for_both_sides_one_after_the_other(asked, asker):
    """The same person first stood on one side, then on the other."""
    asked.asked_by = keeper = made.keeper(asked.organisation)
    assert not rules.may_answer(keeper, CooperationRequest(**{**vars_of(asked), "state": "sent", "answer": ""}))
    agreement = made.agreement(asked, accepted_by=())
    agreement.newest.acceptances.create(side=Side.MUNICIPALITY, person=keeper)
    assert not rules.may_accept(keeper, type(agreement).objects.get(pk=agreement.pk), today())
    record = made.record(agreement, state=RecordState.ENTERED, entered_side=Side.MUNICIPALITY, entered_by=keeper)
    assert not rules.may_answer_record(keeper, record)


def vars_of(asked):
    return {field.attname: getattr(asked, field.attname) for field in asked._meta.concrete_fields}


def test_who_stands_on_both_sides_does_not_read_a_rating_before_its_time(asked):
    agreement = made.agreement(asked, valid_to=today() - DAY)
    grades = {"kept_agreements": 1, "was_respectful": 1, "would_repeat": 1}
    Rating.objects.create(agreement=agreement, side=Side.ORGANISATION, words="Nie wieder", **grades)
    both = UserFactory(roles=[("staff", asked.municipality), ("organisation_editor", asked.organisation)])
    assert not Rating.objects.visible_to(both, timezone.now()).exists()
    assert Rating.objects.visible_to(both, timezone.now() + 31 * DAY).exists()


def test_a_payment_noted_meanwhile_is_read_before_agreeing(asked, asker, keeper):
    values = {"amount": Decimal(70), "payment_due": today(), "entered_by": keeper}
    record = made.record(made.agreement(asked), state=RecordState.ENTERED, **values)
    record.refresh_from_db()
    read = record.mark
    records.note_payment(by=keeper, record=record, paid_on=today())
    with pytest.raises(records.RecordChangedError):
        records.agree(by=asker, record=record, read=read, at=timezone.now())


def test_what_both_once_agreed_on_is_set_right_and_not_removed(owed, asker, keeper):
    records.dispute(by=asker, record=owed, text="Zwei Stunden", at=timezone.now())
    owed.refresh_from_db()
    assert rules.may_change_record(keeper, owed)
    with pytest.raises(PermissionDenied):
        records.remove_record(by=keeper, record=owed)


def test_a_text_is_not_written_over_one_that_was_not_named(client, asked, asker):
    agreement = made.agreement(asked)
    client.force_login(asker)
    text = {
        "service": "Ein Abend", "hours": "4", "consideration": "fee", "fee_per_hour": "1.035,50",
        "legal_frame": "procurement", "rights": "frei", "data_protection": "keine", "termination": "zwei Wochen",
        "contact_office": "Schulamt", "settlement": "Rechnung", "valid_from": "1.1.2026", "valid_to": "31.12.2099",
    }  # fmt: skip
    answer = client.post(f"{agreement.get_absolute_url()}aendern/", text)
    assert answer.status_code == 422
    assert "Sprachmittlung an drei Abenden" in answer.content.decode(), "what was saved stands beside"
    assert agreement.versions.count() == 1
    assert client.post(f"{agreement.get_absolute_url()}aendern/", text | {"fassung": "1"}).status_code == 302
    assert agreement.versions.get(number=2).fee_per_hour == Decimal("1035.50")


# Two clicks, two tabs, a session that ended.


def hidden(response, name):
    page = response.content.decode()
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def test_two_clicks_enter_one_record(client, asked, keeper):
    agreement = made.agreement(asked)
    client.force_login(keeper)
    address = reverse("cooperation:record_new", args=[agreement.pk])
    values = {"done_on": str(today()), "what": "Abend", "paid_hours": "1", "unpaid_hours": "0"}
    values["schluessel"] = hidden(client.get(address), "schluessel")
    for _click in range(2):
        assert client.post(address, values)["Location"].startswith(agreement.get_absolute_url())
    assert ServiceRecord.objects.count() == 1
    client.post(address, values | {"schluessel": hidden(client.get(address), "schluessel")})
    assert ServiceRecord.objects.count() == 2


def test_two_clicks_begin_one_draft(client, asked, asker):
    client.force_login(asker)
    address = reverse("cooperation:request_new", args=[asked.organisation.slug])
    values = {"title": "Zweiter Abend", "municipality": asked.municipality_id}
    values["schluessel"] = hidden(client.get(address), "schluessel")
    for _click in range(2):
        draft = CooperationRequest.objects.filter(title="Zweiter Abend").first()
        answer = client.post(address, values)
        assert answer.status_code == 302
    assert answer["Location"] == draft.get_absolute_url()
    assert CooperationRequest.objects.filter(title="Zweiter Abend").count() == 1


def test_a_second_click_leads_to_how_things_stand(client, asked, asker, keeper):
    waiting = made.request(municipality=asked.municipality, organisation=asked.organisation)
    open_text = made.agreement(asked, accepted_by=())
    over = made.agreement(
        made.request(answer=Answer.ACCEPTED, municipality=asked.municipality, organisation=asked.organisation),
        valid_to=today() - DAY,
    )
    entered = made.record(over, state=RecordState.ENTERED, entered_side=Side.MUNICIPALITY)
    entered.refresh_from_db()
    client.force_login(keeper)
    grades = {"kept_agreements": 4, "was_respectful": 4, "would_repeat": 4}
    for address, sent in (
        (reverse("cooperation:answer", args=[waiting.pk]), {"answer": "accepted"}),
        (reverse("cooperation:agreement_accept", args=[open_text.pk]), {"fassung": "1"}),
        (reverse("cooperation:rate", args=[over.pk]), grades),
        (reverse("cooperation:record_agree", args=[entered.pk]), {"gelesen": entered.mark}),
    ):
        for _click in range(2):
            assert client.post(address, sent).status_code == 302, address
    draft = made.request(RequestState.DRAFT, municipality=asked.municipality)
    client.force_login(asker)
    for _click in range(2):
        assert client.post(f"{draft.get_absolute_url()}senden/", {"gelesen": draft.mark}).status_code == 302
    for name, about in (("agreement_accept", open_text), ("record_agree", entered)):
        assert client.get(reverse(f"cooperation:{name}", args=[about.pk])).status_code == 302


def test_two_tabs_do_not_overwrite_a_colleagues_draft(client, asker, asked):
    draft = made.request(RequestState.DRAFT, municipality=asked.municipality)
    address = reverse("cooperation:request_edit", args=[draft.pk])
    client.force_login(asker)
    mark = hidden(client.get(address), "gelesen")
    first = {"title": "Von der Kollegin", "municipality": draft.municipality_id, "gelesen": mark}
    assert client.post(address, first).status_code == 302
    answer = client.post(address, first | {"title": "Von mir"})
    assert answer.status_code == 422
    assert "Von der Kollegin" in answer.content.decode()
    assert CooperationRequest.objects.get(pk=draft.pk).title == "Von der Kollegin"
    again = first | {"title": "Von mir", "gelesen": hidden(answer, "gelesen")}
    assert client.post(address, again).status_code == 302
    assert CooperationRequest.objects.get(pk=draft.pk).title == "Von mir"


def test_what_is_sent_is_what_was_checked(client, asker, asked):
    draft = made.request(RequestState.DRAFT, municipality=asked.municipality)
    client.force_login(asker)
    mark = hidden(client.get(f"{draft.get_absolute_url()}senden/"), "gelesen")
    CooperationRequest.objects.filter(pk=draft.pk).update(hours=99)
    client.post(f"{draft.get_absolute_url()}senden/", {"gelesen": mark})
    draft.refresh_from_db()
    assert draft.is_draft


def test_what_was_typed_into_an_ended_session_is_there_after_signing_in(client, asker, asked):
    address = reverse("cooperation:request_new", args=[asked.organisation.slug])
    typed = {"title": "Abend", "municipality": asked.municipality_id, "occasion": "Lange getippt", "hours": "4,5"}
    answer = client.post(address, typed)
    assert (answer.status_code, CooperationRequest.objects.count()) == (302, 1)
    client.force_login(asker)
    page = client.get(address)
    assert "Lange getippt" in page.content.decode()
    assert 'value="4,5"' in page.content.decode()
    assert CooperationRequest.objects.count() == 1
    assert client.post(address, typed).status_code == 302
    assert "Lange getippt" not in client.get(address).content.decode()


def test_no_rule_of_the_database_is_shown_as_a_sentence(client, asked, asker, keeper):
    waiting = made.request(municipality=asked.municipality, organisation=asked.organisation)
    client.force_login(keeper)
    for address in (
        reverse("cooperation:counter_proposal", args=[waiting.pk]),
        reverse("cooperation:agreement_new", args=[asked.pk]),
    ):
        answer = client.post(address, {"consideration": "none", "legal_frame": "neither", "hours": "4"})
        assert answer.status_code == 422
        assert "is_complete" not in answer.content.decode()
        assert "no_consideration_reason" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1.234,50", "1234.50"), ("35,50", "35.50"), ("35.50", "35.50"), ("1.234", "1234"), ("12 €", "12"), ("7", "7")],
)
def test_numbers_are_read_as_people_write_them(typed, read):
    from network.cooperation.fields import AmountField

    assert AmountField(localize=True, decimal_places=2).clean(typed) == Decimal(read)


@pytest.mark.parametrize("typed", ["viel", "1,2,3", "--4", "1.23.4"])
def test_what_is_no_number_is_refused(typed):
    from network.cooperation.fields import AmountField

    with pytest.raises(requests.ValidationError):
        AmountField(localize=True, decimal_places=2).clean(typed)
