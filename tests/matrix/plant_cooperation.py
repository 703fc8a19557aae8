"""Plants what lies between municipality A and organisation X, in every state; the two sides alone read it.

Sides are people, not audiences: whoever asks for A, and whoever keeps the entry of X.
"""

import datetime

from django.utils import timezone

from network.cooperation.enums import RecordState, Side
from network.cooperation.models import (
    Acceptance,
    Agreement,
    AgreementVersion,
    BalanceRow,
    BalanceYear,
    CooperationRequest,
    CounterProposal,
    LedgerComment,
    Rating,
    ServiceRecord,
    SharedCooperation,
    UsualFee,
)
from tests.matrix.filling import values_for
from tests.matrix.plant_people import _ADMINISTRATIONS
from tests.matrix.world import EDITING, Planted, World

_NOW = timezone.now()
_DAY = datetime.timedelta(days=1)
#: Who asks in the name of municipality A.
ASKERS = frozenset({"self:staff of A", "self:decision maker"})
BOTH = ASKERS | {"org:X"}
#: Whoever publishes balances reads what organisations say before.
EDITORS = frozenset({"self:editor", "self:administrator"})
_TERMS = {"hours": 5, "consideration": "none", "legal_frame": "neither"}


def plant_cooperation(world: World) -> None:
    """Plant requests, an agreement, a disputed record, ratings, a comment, usual fees."""
    _let_know_whom_they_ask(world)
    for state, reach, fields in (
        ("draft", ASKERS, {}),
        ("sent", BOTH, {"sent_at": _NOW}),
        ("withdrawn", BOTH, {"sent_at": _NOW, "withdrawn_at": _NOW}),
        ("answered", BOTH, {"sent_at": _NOW, "answered_at": _NOW, "answer": "counter"}),
    ):
        _plant_request(world, state, state, reach, fields)
    agreed = {"sent_at": _NOW, "answered_at": _NOW, "answer": "accepted"}
    _plant_agreement(world, _plant_request(world, "agreed", "answered", BOTH, agreed))
    for case in ("public", "for members"):
        _plant_history(world, case)
    _plant_balance(world)
    reach = {"public", EDITING}
    owner = "usual fee"
    _add(world, owner, UsualFee.objects.create(**_values(world, owner, UsualFee, reach), amount=10))


def _let_know_whom_they_ask(world: World) -> None:
    known = next(t for t in world.mint.tokens.values() if (t.owner, t.place) == ("org:X", "name"))
    world.mint.token("org:X", "name", known.reach | ASKERS | EDITORS)


def _plant_request(world: World, name: str, state: str, reach, fields: dict) -> CooperationRequest:
    owner = f"request: {name}"
    asked = CooperationRequest.objects.create(
        **_values(world, owner, CooperationRequest, reach) | _TERMS | fields,
        state=state,
        municipality=world.places["municipality A"],
        organisation=world.places["organisation X"],
        answer_by=(_NOW + _DAY).date(),
    )
    _add(world, owner, asked)
    if fields.get("answer") == "counter":
        values = _values(world, f"{owner} countered", CounterProposal, reach)
        _add(world, f"{owner} countered", CounterProposal.objects.create(request=asked, **values | _TERMS))
    return asked


def _plant_agreement(world: World, asked: CooperationRequest) -> None:
    owner = "agreement"
    ended = (_NOW - 60 * _DAY).date()
    agreement = Agreement.objects.create(**_values(world, owner, Agreement, BOTH), request=asked, ended_on=ended)
    _add(world, owner, agreement)
    text = AgreementVersion.objects.create(
        **_values(world, "text", AgreementVersion, BOTH) | _TERMS,
        agreement=agreement,
        number=1,
        written_side="organisation",
    )
    _add(world, "text", text)
    for side in Side:
        Acceptance.objects.create(version=text, side=side)
        owner = f"rating by {side}"
        grades = {"kept_agreements": 1, "was_respectful": 2, "would_repeat": 3}
        rating = Rating.objects.create(
            **_values(world, owner, Rating, BOTH) | grades, agreement=agreement, side=side, given_at=_NOW
        )
        _add(world, owner, rating)
    for state in RecordState.values:
        owner = f"record: {state}"
        values = _values(world, owner, ServiceRecord, BOTH) | {"paid_hours": 1, "amount": 5, "payment_due": ended}
        record = ServiceRecord.objects.create(
            **values, agreement=agreement, state=state, entered_side="organisation", answered_at=_NOW
        )
        _add(world, owner, record)


def _plant_history(world: World, case: str) -> None:
    """What an entry tells of cooperation is read by whoever reads the entry; what lay between the two stays there."""
    entry = next(one for one in world.of_kind("directory.Organisation") if one.key == f"entry: {case}")
    moments = {"sent_at": _NOW, "answered_at": _NOW, "state": "answered", "answer": "accepted"}
    asked = CooperationRequest.objects.create(
        municipality=world.places["municipality A"], organisation_id=entry.pk, title="Abend", credit="named",
        no_consideration_reason="Nichts", **_TERMS, **moments,
    )  # fmt: skip
    ended = (_NOW - 60 * _DAY).date()
    agreement = Agreement.objects.create(request=asked, ended_on=ended)
    text = AgreementVersion.objects.create(
        agreement=agreement, number=1, written_side="organisation", no_consideration_reason="Nichts", **_TERMS,
        valid_from=ended, valid_to=ended,
    )  # fmt: skip
    for side in Side:
        Acceptance.objects.create(version=text, side=side)
    owner = f"history: {case}"
    reach = {EDITING, *_ADMINISTRATIONS, entry.audience} | ASKERS
    values = _values(world, owner, SharedCooperation, reach)
    told = SharedCooperation.objects.create(**values, agreement=agreement, from_year=2024, to_year=2024)
    _add(world, owner, told)


def _plant_balance(world: World) -> None:
    for year, published_at in ((2024, None), (2023, _NOW)):
        balance = BalanceYear.objects.create(year=year, comments_until=(_NOW + _DAY).date(), published_at=published_at)
        BalanceRow.objects.create(balance=balance, municipality=world.places["municipality A"], requests=5)
        owner = f"comment on {year}"
        comment = LedgerComment.objects.create(
            **_values(world, owner, LedgerComment, EDITORS | {"org:X"}),
            balance=balance,
            organisation=world.places["organisation X"],
        )
        _add(world, owner, comment)


def _values(world: World, owner: str, model, reach) -> dict:
    return values_for(model, lambda place, room: world.mint.token(owner, place, reach, room=room))


def _add(world: World, key: str, thing) -> None:
    world.add(Planted(key, thing._meta.label, "", readable=False, pk=thing.pk))
