"""The public yearly balance, the usual fees, and what editors do before a balance is published."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.cooperation.actions import balances as actions
from network.cooperation.balance import Figures, together
from network.cooperation.counting import contributions_of
from network.cooperation.forms import ReplyForm
from network.cooperation.models import BalanceRow, BalanceYear, LedgerComment, UsualFee
from network.cooperation.models.balances import FIRST_YEAR
from network.cooperation.rules import may_publish_balance
from network.cooperation.views.pages import Confirmation, confirmed, data_of, for_members, form_page, typed_in
from portal.shared.paging import page_of
from portal.shared.tables import csv_response


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """A line of the table."""

    name: str
    figures: Figures


@require_safe
def balance(request: HttpRequest) -> HttpResponse:
    """Show the balance of a year, the latest unless `?jahr=` asks for another."""
    years = list(BalanceYear.objects.published())
    chosen = _chosen(years, request.GET.get("jahr", ""))
    rows = list(chosen.rows.select_related("municipality")) if chosen else []
    lines = [BalanceLine(str(row.municipality), _figures(row)) for row in rows]
    today = timezone.localdate()
    context = {
        "years": years,
        "chosen": chosen,
        "lines": lines,
        "together": together(line.figures for line in lines),
        "preparing": BalanceYear.objects.filter(published_at__isnull=True),
        "may_prepare": may_publish_balance(request.user),
        "last_year": today.year - 1,
    }
    return render(request, "network/cooperation/balance.html", context)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Hand out all published balances as one table, with what stands on the page and nothing else."""
    rows = BalanceRow.objects.filter(balance__in=BalanceYear.objects.published())
    header = [
        _("Year"), _("Municipality"), _("AGS"), _("Requests"), _("Refusals"), _("Hours"), _("Share paid in per cent"),
        _("Median of days until payment"),
    ]  # fmt: skip
    lines = (
        [row.balance.year, row.municipality, row.municipality.ags, row.requests, row.refusals, row.hours,
         row.share_paid_percent, row.median_days]
        for row in rows.select_related("balance", "municipality").order_by(
            "-balance__year", "municipality__sorted_as", "pk"
        )
    )  # fmt: skip
    return csv_response("kooperation-bilanz", header, lines)


@require_safe
def fees(request: HttpRequest) -> HttpResponse:
    """Show the usual fees that hold today."""
    rows = UsualFee.objects.valid_on(timezone.localdate()).select_related("municipality")
    page, links = page_of(request, rows.order_by("municipality__sorted_as", "name", "pk"))
    return render(request, "network/cooperation/fees.html", {"fees": page, **links})


@for_members
def open_year(request: HttpRequest, year: int) -> HttpResponse:
    """Ask once, then let organisations look at their ledgers of a year."""
    _only_editors(request)
    if not FIRST_YEAR <= year < timezone.localdate().year:
        raise Http404
    if not contributions_of(year):
        messages.info(request, _("Nothing is recorded for %(year)s, so there is no balance to open.") % {"year": year})
        return redirect("cooperation:balance")
    if not confirmed(request):
        return form_page(
            request,
            Confirmation(),
            heading=_("Open the balance of %(year)s for comments") % {"year": year},
            text=_("All organisations with anything in that year get a mail and four weeks to comment."),
            submit=_("Open for comments"),
            back=request.path.rpartition(str(year))[0],
        )
    opened = actions.open_balance(by=request.user, year=year, on=timezone.localdate(), at=timezone.now())
    messages.success(request, _("The balance is open for comments."))
    return redirect("cooperation:prepare", opened.year)


@for_members
def prepare(request: HttpRequest, year: int) -> HttpResponse:
    """Show the comments of a year, and publish once all have a reply and the time is over."""
    _only_editors(request)
    opened = get_object_or_404(BalanceYear, year=year)
    today = timezone.localdate()
    if confirmed(request):
        try:
            actions.publish_balance(by=request.user, balance=opened, on=today, at=timezone.now())
        except actions.TooEarlyError:
            messages.error(request, _("It is too early: comments are still possible, or one has no reply."))
            return redirect("cooperation:prepare", year)
        messages.success(request, _("The balance is published."))
        return redirect(opened)
    page, links = page_of(request, opened.comments.select_related("organisation"))
    context = {"opened": opened, "comments": page, "can_publish": actions.can_be_published(opened, today), **links}
    return render(request, "network/cooperation/prepare.html", context)


@for_members
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Reply to a comment."""
    _only_editors(request)
    comment = get_object_or_404(LedgerComment.objects.visible_to(request.user).select_related("balance"), pk=pk)
    form = ReplyForm(data_of(request), initial={"text": comment.reply} | typed_in(request))
    if form.is_valid():
        actions.reply_to_comment(by=request.user, comment=comment, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The reply is sent."))
        return redirect("cooperation:prepare", comment.balance.year)
    return form_page(
        request,
        form,
        heading=_("Reply to a comment"),
        lead=comment.text,
        submit=_("Send reply"),
        back=request.path.rpartition("antwort/")[0] + f"{comment.balance.year}/vorbereiten/",
    )


def _only_editors(request: HttpRequest) -> None:
    if not may_publish_balance(request.user):
        raise Http404


def _chosen(years: list[BalanceYear], asked: str) -> BalanceYear | None:
    return next((year for year in years if str(year.year) == asked), years[0] if years else None)


def _figures(row: BalanceRow) -> Figures:
    return Figures(row.requests, row.refusals, row.hours, row.share_paid_percent, row.median_days)
