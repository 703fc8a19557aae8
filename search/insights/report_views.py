"""The editors' report: three lists, a period, pages, and each list as a table to take away."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.audit.actions import record
from portal.shared.tables import csv_response
from search.insights import report
from search.insights.forms import PeriodForm
from search.insights.naming import names_of
from search.insights.pages import for_editors, insights_way, page_of, show

#: So many names are asked for at once while a table is sent.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ReportList:
    """One of the lists: how it is called, what it is made of, and how a page of it is completed."""

    url_name: str
    title: str | Promise
    template: str
    sums: Callable
    rows: Callable
    table: Callable


def _question_table(sums, person, times: str, last: str):
    yield [_("Question"), _("Times"), _("Opened"), _("Last day")]
    for row in sums:
        yield [row["text"], row[times], row["times_opened"], row[last]]


def _record_table(sums, person):
    yield [_("Kind"), _("Title"), _("Number"), _("Shown"), _("Last day")]
    for start in range(0, len(sums), _AT_ONCE):
        some = sums[start : start + _AT_ONCE]
        names = names_of(((row["kind"], row["object_id"]) for row in some), person)
        for row in some:
            name = names[row["kind"], row["object_id"]]
            yield [name.kind_label, name.title, row["object_id"], row["times_shown"], row["last_shown"]]


_EMPTY = {"times": "times_empty", "last": "last_empty"}
_UNOPENED = {"times": "times_answered", "last": "last_answered"}
LISTS = (
    ReportList(
        "search_insights_empty", gettext_lazy("Searches without hits"), "search/insights/without_hits.html",
        lambda since, person: report.without_hits(since),
        lambda sums, person: report.question_rows(sums, person, **_EMPTY),
        lambda sums, person: _question_table(sums, person, **_EMPTY),
    ),
    ReportList(
        "search_insights_unopened", gettext_lazy("Searches without clicks"), "search/insights/hardly_opened.html",
        lambda since, person: report.hardly_opened(since),
        lambda sums, person: report.question_rows(sums, person, **_UNOPENED),
        lambda sums, person: _question_table(sums, person, **_UNOPENED),
    ),
    ReportList(
        "search_insights_records", gettext_lazy("Never opened"), "search/insights/never_opened.html",
        report.never_opened, report.record_rows, _record_table,
    ),
)  # fmt: skip


def _view_of(shown: ReportList):
    @for_editors
    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        form = PeriodForm(request.GET or None)
        period = form.period
        since = report.first_day(period, timezone.localdate())
        sums = shown.sums(since, request.user)
        if request.GET.get("export") == "csv":
            return _export(request, shown, sums, since)
        items = page_of(sums, request)
        return show(
            request,
            shown.template,
            title=str(shown.title),
            above=insights_way(),
            items=items,
            rows=shown.rows(list(items), request.user),
            totals=report.totals(since),
            form=PeriodForm(initial={"zeitraum": period.value}),
            period=period,
            tabs=[(tab.title, reverse(tab.url_name), tab is shown) for tab in LISTS],
            is_counting=settings.SEARCH_INSIGHTS,
        )

    return view


def _export(request: HttpRequest, shown: ReportList, sums, since) -> HttpResponse:
    after = {"list": str(shown.title), "from": since.isoformat()}
    record(action="insights.exported", by=request.user, about=None, after=after)
    lines = shown.table(list(sums), request.user)
    return csv_response(f"{shown.title}-{timezone.localdate().isoformat()}", next(lines), lines)


without_hits, hardly_opened, never_opened = (_view_of(shown) for shown in LISTS)
