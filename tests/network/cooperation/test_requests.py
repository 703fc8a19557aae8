"""Requests: not without consideration, not to whom none is welcome; answered without a reason; read by two sides."""

import datetime
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.cooperation import rules
from network.cooperation.actions import requests as actions
from network.cooperation.enums import Answer, RequestState, Side
from network.cooperation.models import Agreement, CooperationRequest, CounterProposal
from network.cooperation.overload import load_of
from portal.audit.models import AuditEntry
from tests.factories import cooperation as made
from tests.factories.accounts import UserFactory
from tests.factories.directory import organisation
from tests.factories.places import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return made.request(RequestState.DRAFT)


@pytest.fixture
def asker(asked):
    return made.asker(asked.municipality)


@pytest.fixture
def keeper(asked):
    return made.keeper(asked.organisation)


def send(asker, asked):
    actions.send_request(by=asker, request=asked, at=timezone.now())
    asked.refresh_from_db()


def answer(keeper, asked, given, **kw):
    values = {"note": "", "counter_proposal": None, "at": timezone.now(), **kw}
    actions.answer_request(by=keeper, request=asked, answer=given, **values)
    asked.refresh_from_db()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consideration": ""}, "consideration"),
        ({"fee_per_hour": None}, "fee_per_hour"),
        ({"consideration": "contract"}, "amount"),
        ({"consideration": "in-kind"}, "in_kind"),
        ({"consideration": "none", "legal_frame": "neither"}, "no_consideration_reason"),
        ({"consideration": "none", "legal_frame": "neither", "no_consideration_reason": " "},
         "no_consideration_reason"),
        ({"legal_frame": ""}, "legal_frame"),
        ({"legal_frame": "grant"}, "legal_frame"),
        ({"consideration": "grant", "amount": Decimal(500)}, "legal_frame"),
        ({"hours": None}, "hours"),
        ({"occasion": ""}, "occasion"),
        ({"credit": ""}, "credit"),
        ({"use_of_results": ""}, "use_of_results"),
    ],
)  # fmt: skip
def test_an_incomplete_request_cannot_be_sent(asked, asker, changes, field):
    for name, value in changes.items():
        setattr(asked, name, value)
    asked.save()
    with pytest.raises(ValidationError) as refused:
        send(asker, asked)
    assert field in refused.value.message_dict
    asked.refresh_from_db()
    assert asked.is_draft


def test_the_database_too_refuses_what_is_sent_without_consideration():
    with pytest.raises(IntegrityError), transaction.atomic():
        made.request(consideration="", fee_per_hour=None)


def test_no_consideration_is_sent_with_its_reason_which_the_organisation_reads(client, asked, asker, keeper):
    asked.consideration, asked.fee_per_hour, asked.legal_frame = "none", None, "neither"
    asked.no_consideration_reason = "Der Haushalt ist gesperrt"
    asked.save()
    send(asker, asked)
    client.force_login(keeper)
    assert "Der Haushalt ist gesperrt" in client.get(asked.get_absolute_url()).content.decode()


def test_an_organisation_that_takes_no_requests_gets_none(client, asked, asker):
    asked.organisation.takes_requests = False
    asked.organisation.save()
    with pytest.raises(actions.NotTakingRequestsError):
        send(asker, asked)
    client.force_login(asker)
    page = client.get(f"/kooperation/anfragen/neu/{asked.organisation.slug}/")
    assert "<form" not in page.content.decode().split("<main")[1].split("</main")[0]
    assert 'type="submit"' not in client.get(f"{asked.get_absolute_url()}senden/").content.decode().split("<main")[1]


def test_sending_tells_the_organisation_by_mail(asked, asker, keeper, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(asker, asked)
    (letter,) = mail.outbox
    assert letter.to == [keeper.email]
    assert asked.title not in letter.body
    assert f"/kooperation/anfragen/{asked.pk}/" in letter.body


def test_declining_needs_no_reason_and_changes_nothing_about_the_organisation(asked, asker, keeper):
    send(asker, asked)
    before = type(asked.organisation).objects.filter(pk=asked.organisation_id).values().get()
    answer(keeper, asked, Answer.DECLINED)
    assert asked.answer == Answer.DECLINED
    assert type(asked.organisation).objects.filter(pk=asked.organisation_id).values().get() == before


def test_the_log_does_not_say_who_declined(asked, asker, keeper):
    send(asker, asked)
    answer(keeper, asked, Answer.DECLINED, note="Keine Zeit")
    entry = AuditEntry.objects.get(action="cooperation.answered")
    assert "declined" not in f"{entry.after}{entry.before}{entry.reason}"
    assert asked.title not in f"{entry.object_name}{entry.after}"


def test_a_counter_proposal_that_is_taken_over_gives_the_request_its_terms(asked, asker, keeper):
    send(asker, asked)
    proposal = CounterProposal(text="Zwei Abende", **made.TERMS | {"fee_per_hour": Decimal(50)})
    answer(keeper, asked, Answer.COUNTER, counter_proposal=proposal)
    actions.take_over_counter_proposal(by=asker, request=asked)
    asked.refresh_from_db()
    assert (asked.answer, asked.fee_per_hour) == (Answer.ACCEPTED, Decimal(50))


@pytest.mark.parametrize("given", [Answer.ACCEPTED, Answer.DECLINED])
def test_an_answer_is_given_once_and_by_the_organisation(asked, asker, keeper, given):
    send(asker, asked)
    with pytest.raises(PermissionDenied):
        answer(asker, asked, given)
    answer(keeper, asked, given)
    with pytest.raises(PermissionDenied):
        answer(keeper, asked, Answer.ACCEPTED)


def test_whoever_stands_on_both_sides_acts_for_neither():
    place, partner = MunicipalityFactory(), organisation()
    both = UserFactory(roles=[("staff", place), ("organisation_editor", partner)])
    asked = made.request(municipality=place, organisation=partner)
    assert rules.may_read(both, asked)
    assert rules.side_of(both, asked) is None
    with pytest.raises(PermissionDenied):
        answer(both, asked, Answer.ACCEPTED)


@pytest.mark.parametrize("state", RequestState.values)
def test_predicate_and_queryset_agree_for_everybody(state):
    place, partner = MunicipalityFactory(), organisation()
    asked = made.request(
        state, municipality=place, organisation=partner,
        **({"answer": Answer.ACCEPTED} if state == RequestState.ANSWERED else {}),
    )  # fmt: skip
    people = {
        "staff": made.asker(place), "decision maker": UserFactory(roles=[("decision_maker", place)]),
        "other staff": made.asker(), "keeper": made.keeper(partner), "other keeper": made.keeper(),
        "editor": UserFactory(editor=True), "administrator": UserFactory(administrator=True), "member": UserFactory(),
        "data owner": UserFactory(roles=[("data_owner", place)]),
        "no factor": UserFactory(roles=[("staff", place)], second_factor=False),
    }  # fmt: skip
    readers = {"staff", "decision maker"} | (set() if state == RequestState.DRAFT else {"keeper"})
    for name, person in people.items():
        shown = CooperationRequest.objects.visible_to(person).filter(pk=asked.pk).exists()
        assert shown == rules.may_read(person, asked) == (name in readers), name


def test_staff_of_a_department_ask_for_their_municipality():
    from tests.factories.places import DepartmentFactory

    office = DepartmentFactory()
    person = UserFactory(roles=[("staff", office)])
    assert rules.side_of(person, made.request(municipality=office.municipality)) is Side.MUNICIPALITY


def test_the_load_counts_all_municipalities_and_warns_above_the_thresholds():
    partner = organisation(paid_staff="0")
    for _number in range(2):
        made.request(organisation=partner)
    made.request(organisation=partner, answer=Answer.DECLINED)
    today = timezone.localdate()
    assert (load_of(partner, today).open_requests, load_of(partner, today).is_high) == (2, False)
    held = made.agreement(made.request(organisation=partner, answer=Answer.ACCEPTED))
    made.record(held, unpaid_hours=Decimal(20))
    load = load_of(partner, today)
    assert (load.open_requests, load.unpaid_hours, load.is_high) == (2, Decimal(20), True)
    partner.paid_staff = "1-3"
    assert not load_of(partner, today).is_high
    partner.paid_staff = "<1"
    assert load_of(partner, today).is_high, "less than one post is no staff to lean on"


DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("agreed", "hours"),
    [
        # Accepted, and nothing written yet: the request says how many.
        (None, 12),
        ({"accepted_by": ()}, 12),
        ({"hours": Decimal(30)}, 30),
        ({"valid_from": DAY, "valid_to": 30 * DAY}, 12),
        ({"valid_from": -9 * DAY, "valid_to": -DAY}, 0),
        ({"ended_on": -DAY}, 0),
        ({"accepted_by": (), "ended_on": -DAY}, 0),
        ({"hours": Decimal(30), "recorded": 10}, 20),
        ({"hours": Decimal(30), "recorded": 40}, 0),
        ({"hours": Decimal(30), "recorded": 10, "state": "disputed"}, 30),
    ],
)
def test_what_is_promised_and_not_done_yet_counts(agreed, hours):
    partner, today = organisation(paid_staff="0"), timezone.localdate()
    asked = made.request(organisation=partner, answer=Answer.ACCEPTED)
    made.agreement(made.request(answer=Answer.ACCEPTED))
    if agreed is not None:
        values = {
            name: today + value if isinstance(value, datetime.timedelta) else value for name, value in agreed.items()
        }
        ended, recorded, state = values.pop("ended_on", None), values.pop("recorded", 0), values.pop("state", "agreed")
        agreement = made.agreement(asked, **values)
        Agreement.objects.filter(pk=agreement.pk).update(ended_on=ended)
        if recorded:
            made.record(agreement, paid_hours=Decimal(recorded), state=state)
    assert load_of(partner, today).promised_hours == hours


def test_what_one_agreement_had_too_much_does_not_lessen_another():
    partner = organisation()
    for recorded in (50, 0):
        held = made.agreement(made.request(organisation=partner, answer=Answer.ACCEPTED), hours=Decimal(30))
        if recorded:
            made.record(held, paid_hours=Decimal(recorded))
    assert load_of(partner, timezone.localdate()).promised_hours == 30


def test_the_load_costs_the_same_however_much_there_is(django_assert_num_queries):
    partner, today = organisation(), timezone.localdate()
    for _number in range(3):
        made.record(made.agreement(made.request(organisation=partner, answer=Answer.ACCEPTED)))
    with django_assert_num_queries(4):
        load_of(partner, today)
