"""An organisation's own ledger, which its people see before anything is published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.directory.models import Organisation
from network.cooperation.actions import balances as actions
from network.cooperation.counting import ledger_of, years_of
from network.cooperation.forms import CommentForm
from network.cooperation.models import BalanceYear, LedgerComment
from network.cooperation.views.pages import data_of, for_members, for_members_reading, typed_in
from portal.shared.paging import page_of


@for_members_reading
def mine(request: HttpRequest) -> HttpResponse:
    """Lead to the ledger of the reader's organisation, or let choose among several."""
    page, links = page_of(request, Organisation.objects.kept_by(request.user))
    if page.paginator.count == 1:
        return redirect("cooperation:ledger", page[0].slug)
    return render(request, "network/cooperation/ledgers.html", {"organisations": page, **links})


@for_members
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a year of an organisation's ledger to its own people, and take their comment while it is open."""
    organisation = get_object_or_404(Organisation.objects.kept_by(request.user), slug=slug)
    today = timezone.localdate()
    years = sorted({today.year, *years_of(organisation)}, reverse=True)
    asked = request.GET.get("jahr", "")
    year = next((one for one in years if str(one) == asked), years[0])
    balance = BalanceYear.objects.filter(year=year).first()
    form = CommentForm(data_of(request), initial=typed_in(request))
    is_open = balance is not None and BalanceYear.objects.open(today).filter(pk=balance.pk).exists()
    if is_open and form.is_valid():
        actions.comment_ledger(
            by=request.user, organisation=organisation, balance=balance, text=form.cleaned_data["text"], on=today
        )
        messages.success(request, _("Your comment is sent. An editor replies before the balance is published."))
        return redirect(f"{request.path}?jahr={year}")
    comments = LedgerComment.objects.visible_to(request.user).filter(organisation=organisation, balance=balance)
    context = {
        "organisation": organisation,
        "years": years,
        "year": year,
        "lines": ledger_of(organisation, year),
        "balance": balance,
        "is_open": is_open,
        "form": form,
        "comments": comments if balance else (),
    }
    return render(request, "network/cooperation/ledger.html", context, status=422 if form.errors else 200)
