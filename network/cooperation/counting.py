"""Reads from the rows what each organisation brings into a year: for the balance, and for its own ledger."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

from django.db.models import Count, Q, Sum

from knowledge.directory.models import Organisation
from network.cooperation.balance import Contribution, rounded
from network.cooperation.enums import Answer
from network.cooperation.models import CooperationRequest, ServiceRecord
from portal.places.models import Municipality
from portal.shared.alphabet import in_order

_REQUEST = ("municipality", "organisation")
_RECORD = ("agreement__request__municipality", "agreement__request__organisation")


def contributions_of(year: int) -> dict[int, list[Contribution]]:
    """Return what every organisation brings into the year's balance of every municipality, in three queries."""
    found: dict[tuple[int, int], dict] = defaultdict(dict)
    sent = CooperationRequest.objects.sent_in(year).order_by().values_list(*_REQUEST)
    for place, organisation, requests, refusals in sent.annotate(
        asked=Count("pk"), refused=Count("pk", filter=Q(answer=Answer.DECLINED))
    ):
        found[place, organisation] |= {"requests": requests, "refusals": refusals}
    done = ServiceRecord.objects.agreed().done_in(year).order_by()
    for place, organisation, paid, unpaid in done.values_list(*_RECORD).annotate(
        Sum("paid_hours"), Sum("unpaid_hours")
    ):
        found[place, organisation] |= {"paid_hours": Fraction(paid), "unpaid_hours": Fraction(unpaid)}
    for record in done.filter(paid_on__isnull=False).select_related("agreement__request"):
        asked = record.agreement.request
        days = found[asked.municipality_id, asked.organisation_id].setdefault("payment_days", [])
        days.append(record.days_to_payment)
    per_place = defaultdict(list)
    for (place, organisation), values in found.items():
        days = tuple(values.pop("payment_days", ()))
        per_place[place].append(Contribution(organisation, **values, payment_days=days))
    return dict(per_place)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What lay between one organisation and one municipality in a year, for the organisation's own eyes."""

    municipality: Municipality | None
    requests: int
    refusals: int
    paid_hours: Decimal
    unpaid_hours: Decimal
    median_days: int | None

    @property
    def hours(self) -> Decimal:
        """Return all hours."""
        return self.paid_hours + self.unpaid_hours

    @property
    def share_paid_percent(self) -> int | None:
        """Return the share of the paid hours."""
        return rounded(Fraction(100) * Fraction(self.paid_hours) / Fraction(self.hours)) if self.hours else None


def ledger_of(organisation: Organisation, year: int) -> list[LedgerLine]:
    """Return the organisation's ledger of a year, one line for every municipality, in three queries."""
    requests = CooperationRequest.objects.filter(organisation=organisation).sent_in(year)
    records = ServiceRecord.objects.filter(agreement__request__organisation=organisation).agreed().done_in(year)
    found: dict[int, dict] = defaultdict(lambda: {"requests": 0, "refusals": 0, "records": []})
    for asked in requests:
        found[asked.municipality_id]["requests"] += 1
        found[asked.municipality_id]["refusals"] += asked.answer == Answer.DECLINED
    for record in records.select_related("agreement__request"):
        found[record.agreement.request.municipality_id]["records"].append(record)
    places = Municipality.objects.in_bulk(found)
    lines = (_line(places[key], values) for key, values in found.items())
    return sorted(lines, key=lambda line: in_order(str(line.municipality)))


def years_of(organisation: Organisation) -> list[int]:
    """Return the years in which there is anything to see, the latest first."""
    asked = CooperationRequest.objects.filter(organisation=organisation, sent_at__isnull=False).dates("sent_at", "year")
    done = ServiceRecord.objects.filter(agreement__request__organisation=organisation).dates("done_on", "year")
    return sorted({day.year for day in (*asked, *done)}, reverse=True)


def _line(place: Municipality, values: dict) -> LedgerLine:
    records = values["records"]
    days = [record.days_to_payment for record in records if record.paid_on]
    return LedgerLine(
        municipality=place,
        requests=values["requests"],
        refusals=values["refusals"],
        paid_hours=sum((record.paid_hours for record in records), Decimal(0)),
        unpaid_hours=sum((record.unpaid_hours for record in records), Decimal(0)),
        median_days=rounded(median(days)) if days else None,
    )
