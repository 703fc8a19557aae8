"""Loads one fair story: a request with a fee, an agreement both accepted, records, a payment, one more request.

Ravensfurt's own fee stands in the table of usual fees as an example; the town and its rule are invented, and amounts by
law are entered by whoever runs a portal.
"""

import datetime
from decimal import Decimal

from django.utils import timezone

from knowledge.directory.models import Organisation
from network.cooperation.enums import (
    Answer,
    Consideration,
    Credit,
    FeeUnit,
    LegalFrame,
    RecordState,
    RequestState,
    Side,
)
from network.cooperation.models import (
    Acceptance,
    Agreement,
    AgreementVersion,
    CooperationRequest,
    ServiceRecord,
    UsualFee,
)
from portal.accounts.models import User
from portal.home.demo.accounts import ORGANISATION_EDITOR, RAVENSFURT, STAFF
from portal.home.demo.ledger import Ledger
from portal.places.models import Department, Municipality

_PARTNER = "bruecken-bauen"
_FEE = Decimal("38.00")
_EVENINGS = "Elternabende zum Übergang Schule–Beruf"
_TALK = "Gesprächsrunde zum Leitfaden-Abschnitt Ausbildung"
#: Days ago, paid hours, unpaid hours, days until the payment, state.
_EVENINGS_DONE = (
    (70, 6, 0, 24, RecordState.AGREED),
    (45, 6, 0, None, RecordState.AGREED),
    (8, 5, 1, None, RecordState.ENTERED),
)


def load_cooperation(ledger: Ledger) -> None:
    """Bring in the story; what people made of it stays as it is."""
    place = Municipality.objects.filter(ags=RAVENSFURT).first()
    partner = Organisation.objects.filter(slug=_PARTNER).first()
    asker, keeper = (User.objects.filter(email=one.email).first() for one in (STAFF, ORGANISATION_EDITOR))
    if not (place and partner and asker and keeper):
        return
    ledger.bring_in(
        "usual-fee:ravensfurt",
        "Honorarordnung Ravensfurt",
        UsualFee.objects.filter(municipality=place).first(),
        lambda: UsualFee.objects.create(
            name="Sprachmittlung und Moderation",
            amount=_FEE,
            unit=FeeUnit.HOUR,
            source="Honorarordnung der Stadt Ravensfurt vom 1. Januar 2026 (erfunden)",
            municipality=place,
            valid_from=datetime.date(2026, 1, 1),
        ),
    )
    for key, title, tell in (("elternabende", _EVENINGS, _agreed), ("gespraechsrunde", _TALK, _waiting)):
        ledger.bring_in(
            f"cooperation:{key}",
            title,
            CooperationRequest.objects.filter(title=title, municipality=place).first(),
            lambda title=title, tell=tell: tell(place, partner, asker, keeper, title),
        )


def _request(place, partner, asker, title: str, **fields) -> CooperationRequest:
    """Return a request that was sent; written as rows, so that no mail leaves for people who are not there."""
    today = timezone.localdate()
    values = {
        "hours": Decimal(24),
        "consideration": Consideration.FEE,
        "fee_per_hour": _FEE,
        "legal_frame": LegalFrame.PROCUREMENT,
        "credit": Credit.NAMED,
        "wanted_on": today + datetime.timedelta(days=30),
        "answer_by": today + datetime.timedelta(days=10),
        "state": RequestState.SENT,
        "sent_at": timezone.now(),
        **fields,
    }
    office = Department.objects.filter(municipality=place, name__contains="Übergang").first()
    return CooperationRequest.objects.create(
        municipality=place, organisation=partner, department=office, title=title, asked_by=asker, **values
    )


def _agreed(place, partner, asker, keeper, title: str) -> CooperationRequest:
    """The organisation accepted; three evenings are done, one payment came, one is overdue, one record waits."""
    today, now = timezone.localdate(), timezone.now()
    asked = _request(
        place,
        partner,
        asker,
        title,
        occasion="Viele Eltern kennen die Wege in Ausbildung nicht. Vier Schulen laden gemeinsam ein.",
        service="Vier Elternabende mit Sprachmittlung (Tigrinya, Arabisch) und Vorbereitung mit den Schulen.",
        use_of_results="Die Fragen der Eltern gehen ohne Namen in den Bericht zum Übergang Schule–Beruf.",
        wanted_on=today - datetime.timedelta(days=70),
        answer_by=today - datetime.timedelta(days=95),
        sent_at=now - datetime.timedelta(days=105),
        state=RequestState.ANSWERED,
        answer=Answer.ACCEPTED,
        answered_by=keeper,
        answered_at=now - datetime.timedelta(days=100),
    )
    agreement = Agreement.objects.create(request=asked, created_at=now - datetime.timedelta(days=98))
    text = AgreementVersion.objects.create(
        agreement=agreement,
        number=1,
        service=asked.service,
        **asked.terms,
        rights="Handreichungen gehören dem Verein; die Stadt darf sie unverändert und mit Namen weitergeben.",
        data_protection="Namen von Eltern bleiben beim Verein. Die Stadt erhält Fragen ohne Bezug zu Personen.",
        termination="Beide Seiten können mit zwei Wochen Frist beenden. Geleistetes wird bezahlt.",
        contact_office="Kommunale Koordinierung Übergang Schule–Beruf",
        settlement="Rechnung nach jedem Abend, Zahlung innerhalb von vier Wochen.",
        valid_from=today - datetime.timedelta(days=90),
        valid_to=today + datetime.timedelta(days=120),
        written_side=Side.MUNICIPALITY,
        written_by=asker,
        written_at=now - datetime.timedelta(days=98),
    )
    for side, person in ((Side.MUNICIPALITY, asker), (Side.ORGANISATION, keeper)):
        Acceptance.objects.create(version=text, side=side, person=person, at=now - datetime.timedelta(days=96))
    for days, hours, unpaid, paid_after, state in _EVENINGS_DONE:
        done_on = today - datetime.timedelta(days=days)
        ServiceRecord.objects.create(
            agreement=agreement,
            done_on=done_on,
            what="Elternabend mit Vorbereitung",
            paid_hours=Decimal(hours),
            unpaid_hours=Decimal(unpaid),
            amount=_FEE * hours,
            payment_due=done_on + datetime.timedelta(days=28),
            paid_on=done_on + datetime.timedelta(days=paid_after) if paid_after else None,
            paid_noted_side=Side.ORGANISATION if paid_after else "",
            state=state,
            entered_side=Side.ORGANISATION,
            entered_by=keeper,
            entered_at=now - datetime.timedelta(days=days - 1),
        )
    return asked


def _waiting(place, partner, asker, keeper, title: str) -> CooperationRequest:
    """Another request waits for its answer."""
    return _request(
        place,
        partner,
        asker,
        title,
        hours=Decimal(4),
        occasion="Der Abschnitt zur Ausbildungsduldung wird überarbeitet.",
        service="Zwei Stunden Gespräch mit drei Fachkräften des Vereins, dazu Vorbereitung.",
        use_of_results="Was sich im Leitfaden ändert, nennt den Verein als Herkunft der Änderung.",
        credit=Credit.AUTHOR,
    )
