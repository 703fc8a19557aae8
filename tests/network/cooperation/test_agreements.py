"""Agreements, records of service and ratings: both sides agree, changed texts anew, ratings stay between the two."""

import datetime
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.cooperation import rules
from network.cooperation.actions import agreements, records
from network.cooperation.enums import Answer, RecordState, Side
from network.cooperation.models import Agreement, AgreementVersion, Rating, ServiceRecord
from tests.factories import cooperation as made

pytestmark = pytest.mark.django_db
GRADES = {"kept_agreements": 4, "was_respectful": 3, "would_repeat": 2}


@pytest.fixture
def asked():
    return made.request(answer=Answer.ACCEPTED)


@pytest.fixture
def asker(asked):
    return made.asker(asked.municipality)


@pytest.fixture
def keeper(asked):
    return made.keeper(asked.organisation)


def today():
    return timezone.localdate()


def fresh(agreement):
    return Agreement.objects.get(pk=agreement.pk)


def accept(by, agreement, read=None):
    read = read or fresh(agreement).newest.number
    agreements.accept_text(by=by, agreement=agreement, read=read, on=today(), at=timezone.now())


def test_a_text_holds_once_both_accepted_it_and_a_changed_one_needs_both_again(asked, asker, keeper):
    text = AgreementVersion(**made.text_values())
    agreement = agreements.begin_agreement(by=asker, request=asked, version=text)
    assert fresh(agreement).in_force is None
    accept(asker, agreement)
    assert fresh(agreement).in_force is None
    with pytest.raises(PermissionDenied):
        accept(asker, agreement)
    accept(keeper, agreement)
    assert fresh(agreement).in_force.number == 1
    changed = AgreementVersion(**made.text_values(service="Vier Abende"))
    agreements.write_text(by=keeper, agreement=agreement, version=changed, read=1, on=today())
    assert fresh(agreement).in_force.number == 1
    accept(keeper, agreement)
    accept(asker, agreement)
    assert fresh(agreement).in_force.service == "Vier Abende"


def test_nobody_accepts_or_overwrites_a_text_they_have_not_read(asked, asker, keeper):
    agreement = made.agreement(asked, accepted_by=())
    changed = AgreementVersion(**made.text_values(service="Vier Abende"))
    agreements.write_text(by=asker, agreement=agreement, version=changed, read=1, on=today())
    with pytest.raises(agreements.TextChangedError):
        accept(keeper, agreement, read=1)
    with pytest.raises(agreements.TextChangedError):
        agreements.write_text(
            by=keeper, agreement=agreement, version=AgreementVersion(**made.text_values()), read=1, on=today()
        )


def enter(by, agreement, **fields):
    values = {"done_on": today(), "what": "Elternabend", "paid_hours": Decimal(2), **fields}
    record = ServiceRecord(agreement=agreement, **values)
    records.enter_record(by=by, record=record, at=timezone.now())
    record.refresh_from_db()
    return record


def test_a_record_is_agreed_by_the_other_side_alone(asked, asker, keeper):
    record = enter(keeper, made.agreement(asked))
    for by in (keeper, made.asker()):
        with pytest.raises(PermissionDenied):
            records.agree(by=by, record=record, read=record.mark, at=timezone.now())
    records.agree(by=asker, record=record, read=record.mark, at=timezone.now())
    record.refresh_from_db()
    assert record.state == RecordState.AGREED


def test_a_record_changed_meanwhile_is_not_agreed_to_unread(asked, asker, keeper):
    record = enter(keeper, made.agreement(asked))
    read = record.mark
    record.paid_hours = Decimal(9)
    records.change_record(by=keeper, record=record, at=timezone.now() + datetime.timedelta(seconds=1))
    with pytest.raises(records.RecordChangedError):
        records.agree(by=asker, record=record, read=read, at=timezone.now())


def test_a_dispute_is_read_by_the_two_sides_alone_and_mending_opens_the_record_anew(client, asked, asker, keeper):
    record = enter(keeper, made.agreement(asked))
    records.dispute(by=asker, record=record, text="Das waren zwei Abende", at=timezone.now())
    for person, status in ((asker, 200), (keeper, 200), (made.asker(), 404), (made.keeper(), 404)):
        client.force_login(person)
        answer = client.get(record.agreement.get_absolute_url())
        assert answer.status_code == status
        assert ("Das waren zwei Abende" in answer.content.decode()) is (status == 200)
    record.refresh_from_db()
    records.change_record(by=keeper, record=record, at=timezone.now())
    record.refresh_from_db()
    assert (record.state, record.dispute) == (RecordState.ENTERED, "")


def test_there_is_no_record_before_both_agreed(asked, keeper):
    with pytest.raises(PermissionDenied):
        enter(keeper, made.agreement(asked, accepted_by=[Side.ORGANISATION]))


def test_the_municipality_is_reminded_of_an_overdue_payment_every_two_weeks(asked, asker):
    asked.asked_by = asker
    asked.save()
    due = today() - datetime.timedelta(days=1)
    made.record(made.agreement(asked), amount=Decimal(70), payment_due=due)
    now = timezone.now()
    assert records.remind_of_payments(on=today(), at=now) == (1, 0)
    assert [letter.to for letter in mail.outbox] == [[asker.email]]
    assert records.remind_of_payments(on=today(), at=now) == (0, 0)
    assert records.remind_of_payments(on=today(), at=now + datetime.timedelta(days=15)) == (1, 0)


@pytest.mark.parametrize(
    ("changes", "overdue"),
    [
        ({}, True),
        ({"payment_due": 0}, False),
        ({"paid_on": -1}, False),
        ({"state": RecordState.DISPUTED}, False),
        ({"state": RecordState.ENTERED}, True),
    ],
)
def test_rule_and_queryset_agree_on_what_is_overdue(changes, overdue):
    days = {"payment_due": -1, **changes}
    values = {
        name: today() + datetime.timedelta(days=value) if isinstance(value, int) else value
        for name, value in days.items()
    }
    record = made.record(amount=Decimal(70), **values)
    assert record.is_overdue(today()) is overdue
    assert ServiceRecord.objects.overdue(today()).exists() is overdue


@pytest.fixture
def over(asked):
    return made.agreement(asked, valid_to=today() - datetime.timedelta(days=2))


def rate(by, agreement, at=None):
    agreements.rate(by=by, agreement=agreement, rating=Rating(**GRADES, words="Gut"), at=at or timezone.localtime())


def sees(person, at=None) -> int:
    return Rating.objects.visible_to(person, at or timezone.now()).count()


def test_ratings_are_shown_to_the_other_side_once_both_rated(over, asker, keeper):
    rate(keeper, over)
    assert (sees(keeper), sees(asker)) == (1, 0)
    rate(asker, over)
    assert (sees(keeper), sees(asker), sees(made.asker()), sees(made.keeper())) == (2, 2, 0, 0)


def test_after_thirty_days_a_rating_is_shown_and_can_no_longer_be_answered_in_kind(over, asker, keeper):
    rate(keeper, over)
    later = timezone.localtime() + datetime.timedelta(days=31)
    assert sees(asker, later) == 1
    assert not rules.may_rate(asker, over, later)
    with pytest.raises(PermissionDenied):
        rate(asker, over, later)


def test_nobody_rates_before_the_end_or_twice(asked, over, keeper):
    with pytest.raises(PermissionDenied):
        rate(made.keeper(asked.organisation), made.agreement(made.request(answer=Answer.ACCEPTED)))
    rate(keeper, over)
    with pytest.raises(PermissionDenied):
        rate(keeper, over)


@pytest.mark.parametrize(
    ("accepted", "to", "ended", "is_over"),
    [
        (tuple(Side), -1, None, True),
        (tuple(Side), 1, None, False),
        (tuple(Side), 1, -1, True),
        ((Side.MUNICIPALITY,), -1, None, False),
        ((Side.MUNICIPALITY,), -1, -1, False),
    ],
)
def test_rule_and_queryset_agree_on_what_is_over(accepted, to, ended, is_over):
    agreement = made.agreement(accepted_by=accepted, valid_to=today() + datetime.timedelta(days=to))
    if ended is not None:
        agreement.ended_on = today() + datetime.timedelta(days=ended)
        agreement.save()
    assert fresh(agreement).is_over(today()) is is_over
    assert Agreement.objects.over(today()).exists() is is_over
