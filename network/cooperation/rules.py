"""Who may do what between a municipality and an organisation; every predicate has its queryset in `querysets.py`."""

import datetime

from knowledge.directory.models import Organisation
from knowledge.directory.querysets import organisations_kept_by
from network.cooperation.enums import RecordState, Side
from network.cooperation.models import Agreement, CooperationRequest, ServiceRecord
from network.cooperation.querysets import municipalities_asked_for
from portal.accounts.querysets import may_act


def may_ask(person) -> bool:
    """Tell whether the person asks organisations in the name of a municipality."""
    return bool(municipalities_asked_for(person))


def takes_part(person) -> bool:
    """Tell whether the person stands on either side of anything at all."""
    return may_ask(person) or bool(organisations_kept_by(person))


def side_of(person, request: CooperationRequest) -> Side | None:
    """Return the side for which the person acts; who stands on both acts for none, so that nobody agrees with oneself.

    Such a person still reads what `visible_to` shows.
    """
    asks = request.municipality_id in municipalities_asked_for(person)
    keeps = request.organisation_id in organisations_kept_by(person)
    if asks == keeps:
        return None
    if keeps and request.is_draft:
        return None
    return Side.MUNICIPALITY if asks else Side.ORGANISATION


def may_read(person, request: CooperationRequest) -> bool:
    """Tell whether the person reads a request; the same rule as `visible_to()`."""
    asks = request.municipality_id in municipalities_asked_for(person)
    return asks or (request.organisation_id in organisations_kept_by(person) and not request.is_draft)


def may_answer(person, request: CooperationRequest) -> bool:
    """Tell whether the person answers for the organisation now; not who asked, in whatever role."""
    is_other = request.asked_by_id is None or request.asked_by_id != person.pk
    return request.waits_for_answer and is_other and side_of(person, request) is Side.ORGANISATION


def may_edit(person, request: CooperationRequest) -> bool:
    """Tell whether the person writes on the draft."""
    return request.is_draft and side_of(person, request) is Side.MUNICIPALITY


def may_withdraw(person, request: CooperationRequest) -> bool:
    """Tell whether the person takes the request back."""
    return request.can_be_withdrawn and side_of(person, request) is Side.MUNICIPALITY


def may_decide(person, request: CooperationRequest) -> bool:
    """Tell whether the person decides about a counter-proposal."""
    return request.waits_for_decision and side_of(person, request) is Side.MUNICIPALITY


def may_propose_agreement(person, request: CooperationRequest) -> bool:
    """Tell whether the person begins the agreement; either side may."""
    return request.is_accepted and not request.has_agreement and side_of(person, request) is not None


def may_change_agreement(person, agreement: Agreement, on: datetime.date) -> bool:
    """Tell whether the person writes a new text, accepts one or ends the agreement."""
    return not agreement.is_ended(on) and side_of(person, agreement.request) is not None


def may_accept(person, agreement: Agreement, on: datetime.date) -> bool:
    """Tell whether the person's side has yet to accept the newest text; nobody accepts for both, not even in turn."""
    side = side_of(person, agreement.request)
    if any(acceptance.person_id == person.pk for acceptance in agreement.newest.acceptances.all()):
        return False
    return may_change_agreement(person, agreement, on) and side not in agreement.newest.accepting_sides


def may_enter_record(person, agreement: Agreement) -> bool:
    """Tell whether the person enters what was done; after the end, too, since people come to it later."""
    return agreement.in_force is not None and side_of(person, agreement.request) is not None


def may_answer_record(person, record: ServiceRecord) -> bool:
    """Tell whether the person agrees with what the other side entered; not who entered it, in whatever role."""
    side = side_of(person, record.agreement.request)
    is_other = record.entered_by_id is None or record.entered_by_id != person.pk
    return side is not None and is_other and side != record.entered_side and record.state != RecordState.AGREED


def may_dispute_record(person, record: ServiceRecord) -> bool:
    """Tell whether the person says that a record is not right; an agreed one, too, e.g. a payment that never came."""
    side = side_of(person, record.agreement.request)
    return side is not None and side != record.entered_side and record.state != RecordState.DISPUTED


def may_change_record(person, record: ServiceRecord) -> bool:
    """Tell whether the person changes what their side entered; not once it is agreed."""
    return record.state != RecordState.AGREED and side_of(person, record.agreement.request) == record.entered_side


def may_remove_record(person, record: ServiceRecord) -> bool:
    """Tell whether the person removes what their side entered; what both once agreed on is only set right."""
    return not record.was_agreed and may_change_record(person, record)


def may_note_payment(person, record: ServiceRecord) -> bool:
    """Tell whether the person notes that a payment came; either side may, until the organisation says it never did."""
    side = side_of(person, record.agreement.request)
    if record.payment_objection and side is not Side.ORGANISATION:
        return False
    return record.is_unpaid and side is not None


def may_contest_payment(person, record: ServiceRecord) -> bool:
    """Tell whether the person says that a payment never came which the municipality has noted."""
    noted_elsewhere = record.paid_on is not None and record.paid_noted_side != Side.ORGANISATION
    return noted_elsewhere and side_of(person, record.agreement.request) is Side.ORGANISATION


def may_rate(person, agreement: Agreement, at: datetime.datetime) -> bool:
    """Tell whether the person rates for their side: after the end, once, and not after reading the other's rating."""
    side = side_of(person, agreement.request)
    if side is None:
        return False
    return Agreement.objects.filter(pk=agreement.pk).over(at.date()).unrated_by(side, at).exists()


def may_share(person, agreement: Agreement, on: datetime.date) -> bool:
    """Tell whether the person decides what the organisation's profile tells about an agreement that is over."""
    return agreement.is_over(on) and side_of(person, agreement.request) is Side.ORGANISATION


def may_see_ledger(person, organisation: Organisation) -> bool:
    """Tell whether the person reads an organisation's ledger: its own people alone."""
    return may_act(person) and organisation.pk in organisations_kept_by(person)


def may_publish_balance(person) -> bool:
    """Tell whether the person opens and publishes yearly balances and replies to comments: editors."""
    return may_act(person) and person.may_release
