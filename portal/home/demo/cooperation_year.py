"""Loads a year that is over: what one town asked of six organisations, its published balance, a comment with a reply.

The town beside it asked two organisations alone, so that its line shows points instead of figures. One organisation
tells on its profile what came of its work.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from knowledge.directory.models import Organisation
from network.cooperation.balance import balances
from network.cooperation.counting import contributions_of
from network.cooperation.enums import (
    Answer,
    Consideration,
    Credit,
    LegalFrame,
    RecordState,
    RequestState,
    Side,
)
from network.cooperation.models import (
    Acceptance,
    Agreement,
    AgreementVersion,
    BalanceRow,
    BalanceYear,
    CooperationRequest,
    LedgerComment,
    Rating,
    ServiceRecord,
    SharedCooperation,
)
from portal.accounts.models import User
from portal.home.demo.accounts import EDITOR, ORGANISATION_EDITOR, RAVENSFURT, STAFF
from portal.home.demo.ledger import Ledger
from portal.places.models import Municipality

_WIEDENMOOR = "03499000"
#: The organisation that the demo's volunteer keeps.
_TELLING = "bruecken-bauen"
#: Before this month the balance of the year before is not published yet. Unit: month.
_PUBLISHED_IN = 4


@dataclass(frozen=True, slots=True)
class Work:
    """What an organisation did for a town in that year."""

    place: str
    slug: str
    title: str
    service: str
    fee: Decimal
    #: Unit: hours.
    paid: int
    unpaid: int
    #: Unit: days from the service to its payment.
    days: int


_WORK = (
    Work(RAVENSFURT, _TELLING, "Elternabende an der Gesamtschule Nord", "Drei Abende auf Tigrinya und Arabisch.",
         Decimal("38.00"), 18, 4, 24),
    Work(RAVENSFURT, "selam-nachbarschaft", "Begleitung zu Anmeldegesprächen", "Begleitung von zwölf Familien.",
         Decimal("38.00"), 24, 6, 31),
    Work(RAVENSFURT, "frauen-in-bewegung", "Gesprächskreis für den Bildungsbericht", "Zwei Gespräche mit Müttern.",
         Decimal("38.00"), 8, 2, 19),
    Work(RAVENSFURT, "treffpunkt-sued", "Stadtteilfest mit Berufsberatung", "Zelt, Ansprache, Übersetzung am Tag.",
         Decimal("25.00"), 10, 6, 45),
    Work(RAVENSFURT, "verbund-ravensfurt", "Stellungnahme zum Integrationskonzept", "Umfrage unter den Vereinen.",
         Decimal("45.00"), 30, 8, 28),
    Work(RAVENSFURT, "hochschule-ravensfurt-migration", "Auswertung der Elternbefragung", "Auswertung und Bericht.",
         Decimal("60.00"), 20, 2, 14),
    Work(_WIEDENMOOR, "bildungspaten-wiedenmoor", "Schulung der Patinnen und Paten", "Ein Wochenende.",
         Decimal("35.00"), 12, 0, 20),
    Work(_WIEDENMOOR, "jmd-wiedenmoor", "Beratungstag im Rathaus", "Ein Beratungstag mit Sprachmittlung.",
         Decimal("35.00"), 6, 2, 33),
)  # fmt: skip


def load_year(ledger: Ledger) -> None:
    """Bring in the year, its balance and what one organisation tells of it."""
    people = {one.email: User.objects.filter(email=one.email).first() for one in (STAFF, EDITOR, ORGANISATION_EDITOR)}
    today = timezone.localdate()
    year = today.year - (1 if today.month >= _PUBLISHED_IN else 2)
    for work in _WORK:
        place = Municipality.objects.filter(ags=work.place).first()
        partner = Organisation.objects.filter(slug=work.slug).first()
        if place is None or partner is None:
            continue
        ledger.bring_in(
            f"cooperation:{work.slug}:year",
            work.title,
            CooperationRequest.objects.filter(title=work.title, organisation=partner).first(),
            lambda work=work, place=place, partner=partner: _done(work, place, partner, year, people),
        )
    ledger.bring_in(
        "cooperation:balance",
        f"Bilanz {year}",
        BalanceYear.objects.order_by("year").first(),
        lambda: _balance(year, people),
    )


def _done(work: Work, place, partner, year: int, people: dict) -> CooperationRequest:
    """Asked in February, agreed, done in June, paid, and over at the end of the year; both sides have rated."""
    asked_at = _noon(year, 2, 10)
    terms = {
        "hours": Decimal(work.paid + work.unpaid),
        "consideration": Consideration.FEE,
        "fee_per_hour": work.fee,
        "legal_frame": LegalFrame.PROCUREMENT,
    }
    is_ours = work.slug == _TELLING
    asker = people[STAFF.email] if work.place == RAVENSFURT else None
    asked = CooperationRequest.objects.create(
        municipality=place,
        organisation=partner,
        title=work.title,
        occasion="Die Stadt will Familien früher erreichen.",
        service=work.service,
        use_of_results="Was dabei herauskommt, steht mit dem Namen der Organisation im Jahresbericht.",
        credit=Credit.NAMED,
        wanted_on=datetime.date(year, 6, 1),
        answer_by=datetime.date(year, 3, 1),
        state=RequestState.ANSWERED,
        answer=Answer.ACCEPTED,
        asked_by=asker,
        created_at=asked_at,
        sent_at=asked_at,
        answered_by=people[ORGANISATION_EDITOR.email] if is_ours else None,
        answered_at=_noon(year, 2, 20),
        **terms,
    )
    agreement = _agreement(asked, year, asker)
    done_on = datetime.date(year, 6, 12)
    ServiceRecord.objects.create(
        agreement=agreement,
        done_on=done_on,
        what=work.service,
        paid_hours=Decimal(work.paid),
        unpaid_hours=Decimal(work.unpaid),
        amount=work.fee * work.paid,
        payment_due=done_on + datetime.timedelta(days=30),
        paid_on=done_on + datetime.timedelta(days=work.days),
        paid_noted_side=Side.ORGANISATION,
        state=RecordState.AGREED,
        entered_side=Side.ORGANISATION,
        entered_at=_noon(year, 6, 15),
    )
    if is_ours:
        _tell(agreement, year, people[ORGANISATION_EDITOR.email])
    return asked


def _agreement(asked: CooperationRequest, year: int, asker) -> Agreement:
    agreement = Agreement.objects.create(request=asked, created_at=_noon(year, 3, 1))
    text = AgreementVersion.objects.create(
        agreement=agreement,
        number=1,
        service=asked.service,
        **asked.terms,
        rights="Was die Organisation schreibt, gehört ihr; die Stadt darf es mit Namen weitergeben.",
        data_protection="Namen von Familien bleiben bei der Organisation.",
        termination="Beide Seiten können mit zwei Wochen Frist beenden. Geleistetes wird bezahlt.",
        contact_office="Kommunale Koordinierung",
        settlement="Rechnung nach der Leistung, Zahlung innerhalb von 30 Tagen.",
        valid_from=datetime.date(year, 3, 1),
        valid_to=datetime.date(year, 12, 31),
        written_side=Side.MUNICIPALITY,
        written_by=asker,
        written_at=_noon(year, 3, 1),
    )
    for side in Side:
        Acceptance.objects.create(version=text, side=side, at=_noon(year, 3, 5))
        grades = {"kept_agreements": 4, "was_respectful": 4, "would_repeat": 4}
        Rating.objects.create(agreement=agreement, side=side, **grades, given_at=_noon(year + 1, 1, 10))
    return agreement


def _tell(agreement: Agreement, year: int, keeper) -> None:
    SharedCooperation.objects.create(
        agreement=agreement,
        subject="Elternabende zum Übergang in die Ausbildung",
        role="Geplant, eingeladen und auf Tigrinya und Arabisch geleitet",
        result="41 Familien kamen; ihre Fragen stehen im Bericht der Stadt zum Übergang.",
        from_year=year,
        to_year=year,
        shown_by=keeper,
        shown_at=_noon(year + 1, 1, 12),
    )


def _balance(year: int, people: dict) -> BalanceYear:
    """What may be shown is worked out like that of any other year, and nothing else is stored."""
    balance = BalanceYear.objects.create(
        year=year,
        opened_at=_noon(year + 1, 1, 15),
        comments_until=datetime.date(year + 1, 2, 12),
        published_at=_noon(year + 1, 3, 2),
        published_by=people[EDITOR.email],
    )
    BalanceRow.objects.bulk_create(
        BalanceRow(
            balance=balance,
            municipality_id=place,
            requests=figures.requests,
            refusals=figures.refusals,
            hours=figures.hours,
            share_paid_percent=figures.share_paid_percent,
            median_days=figures.median_days,
        )
        for place, figures in balances(contributions_of(year)).items()
    )
    organisation = Organisation.objects.filter(slug=_TELLING).first()
    if organisation is not None:
        LedgerComment.objects.create(
            balance=balance,
            organisation=organisation,
            text="Bei den Elternabenden fehlten bei uns zwei unbezahlte Stunden für die Vorbereitung im Mai.",
            written_by=people[ORGANISATION_EDITOR.email],
            written_at=_noon(year + 1, 1, 20),
            reply="Danke. Sie haben den Nachweis ergänzt, die Stadt hat zugestimmt. Die vier Stunden sind nun dabei.",
            replied_by=people[EDITOR.email],
            replied_at=_noon(year + 1, 1, 27),
        )
    return balance


def _noon(year: int, month: int, day: int) -> datetime.datetime:
    return datetime.datetime(year, month, day, 11, tzinfo=datetime.UTC)
