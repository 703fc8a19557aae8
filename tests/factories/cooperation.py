"""Requests, agreements and records of service for tests, in every state that a test needs."""

import datetime
from decimal import Decimal

from django.utils import timezone

from network.cooperation.enums import Answer, Consideration, LegalFrame, RecordState, RequestState, Side
from network.cooperation.models import Acceptance, Agreement, AgreementVersion, CooperationRequest, ServiceRecord
from tests.factories.accounts import UserFactory
from tests.factories.directory import organisation
from tests.factories.places import MunicipalityFactory

TERMS = {
    "hours": Decimal(12),
    "consideration": Consideration.FEE,
    "fee_per_hour": Decimal(35),
    "legal_frame": LegalFrame.PROCUREMENT,
}


def asker(place=None):
    """Return somebody who asks for a municipality."""
    place = place or MunicipalityFactory()
    return UserFactory(roles=[("staff", place)], municipality=place)


def keeper(of=None):
    """Return somebody who keeps an organisation's entry."""
    return UserFactory(roles=[("organisation_editor", of or organisation())])


def request(state: str = RequestState.SENT, *, answer: str = "", sent_at=None, **fields) -> CooperationRequest:
    """Return a request, sent unless told otherwise; an answer makes it answered."""
    now = sent_at or timezone.now()
    today = timezone.localdate()
    if answer:
        state = RequestState.ANSWERED
    values = {
        "title": "Elternabend an der Hafenschule",
        "occasion": "Übergang in die fünfte Klasse",
        "service": "Sprachmittlung und Begleitung",
        "use_of_results": "Im Bericht der Schule",
        "credit": "named",
        "wanted_on": today + datetime.timedelta(days=30),
        "answer_by": today + datetime.timedelta(days=10),
        **TERMS,
        "state": state,
        "answer": answer,
        "sent_at": None if state == RequestState.DRAFT else now,
        "answered_at": now if answer else None,
        "withdrawn_at": now if state == RequestState.WITHDRAWN else None,
        **fields,
    }
    values.setdefault("municipality", None)
    values["municipality"] = values["municipality"] or MunicipalityFactory()
    if "organisation" not in values:
        values["organisation"] = organisation()
    return CooperationRequest.objects.create(**values)


def text_values(**fields) -> dict:
    """Return the text of an agreement."""
    today = timezone.localdate()
    return {
        "service": "Sprachmittlung an drei Abenden",
        "rights": "Bei den Urheberinnen",
        "data_protection": "Keine personenbezogenen Daten",
        "termination": "Mit zwei Wochen Frist",
        "contact_office": "Schulamt",
        "settlement": "Vier Wochen nach Rechnung",
        "valid_from": today - datetime.timedelta(days=60),
        "valid_to": today + datetime.timedelta(days=60),
        **TERMS,
        **fields,
    }


def agreement(of: CooperationRequest | None = None, *, accepted_by=tuple(Side), **fields) -> Agreement:
    """Return an agreement in force unless told otherwise."""
    made = Agreement.objects.create(request=of or request(answer=Answer.ACCEPTED))
    version = AgreementVersion.objects.create(
        agreement=made, number=1, written_side=Side.MUNICIPALITY, **text_values(**fields)
    )
    for side in accepted_by:
        Acceptance.objects.create(version=version, side=side)
    return made


def record(of: Agreement | None = None, **fields) -> ServiceRecord:
    """Return a record of service that both sides agree on, unless told otherwise."""
    values = {
        "done_on": timezone.localdate() - datetime.timedelta(days=20),
        "what": "Elternabend",
        "paid_hours": Decimal(3),
        "entered_side": Side.ORGANISATION,
        "state": RecordState.AGREED,
        **fields,
    }
    return ServiceRecord.objects.create(agreement=of or agreement(), **values)
