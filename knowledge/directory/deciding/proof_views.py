"""The editors' pages of proofs of representation, and of what stands behind mandates and qualifications."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.directory.deciding import decisions
from knowledge.directory.deciding.forms import (
    AssuranceForm,
    RepresentationCheckForm,
)
from knowledge.directory.deciding.pages import for_caretakers, page_of, show_page
from knowledge.directory.keeping.sensitive import MANDATE, QUALIFICATION, facts, kind_at
from knowledge.directory.models import Representation

may_be_sent = require_http_methods(["GET", "HEAD", "POST"])


@for_caretakers
@require_safe
def representations(request: HttpRequest) -> HttpResponse:
    """Show the proofs of representation, unchecked ones or all."""
    is_closed = request.GET.get("liste") == "geprueft"
    found = Representation.objects.select_related("organisation", "person", "checked_by")
    if is_closed:
        found = found.filter(checked_at__isnull=False).order_by("-checked_at", "-pk")
    else:
        found = found.filter(checked_at__isnull=True).order_by("declared_at", "pk")
    return show_page(
        request,
        "representations.html",
        title=_("Proofs of representation"),
        items=page_of(found, request),
        is_closed=is_closed,
        tabs=[(_("To be checked"), "?", not is_closed), (_("Checked"), "?liste=geprueft", is_closed)],
    )


@for_caretakers
@may_be_sent
def representation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a proof and note whether it is enough."""
    found = get_object_or_404(Representation.objects.select_related("organisation", "person", "checked_by"), pk=pk)
    start = {"note": found.check_note}
    if found.is_accepted is not None:
        start["is_accepted"] = "yes" if found.is_accepted else "no"
    form = RepresentationCheckForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        decisions.check_representation(by=request.user, representation=found, **form.cleaned_data)
        messages.success(request, _("The result is noted, and the person is told."))
        return redirect("directory_representations")
    return show_page(
        request,
        "representation.html",
        title=_("Proof of representation"),
        above=((_("Proofs of representation"), reverse("directory_representations")),),
        status=422 if form.errors else 200,
        representation=found,
        registrations=list(found.organisation.registrations.all()),
        form=form,
    )


@for_caretakers
@require_safe
def statements(request: HttpRequest) -> HttpResponse:
    """Show mandates or qualifications with what stands behind them."""
    kind = QUALIFICATION if request.GET.get("liste") == "qualifikation" else MANDATE
    found = kind.model._default_manager.select_related("organisation").order_by("organisation__sorted_as", "pk")
    return show_page(
        request,
        "statements.html",
        title=_("Mandates and qualifications"),
        items=page_of(found, request),
        kind_slug=kind.slug,
        tabs=[
            (_("Mandates"), "?", kind is MANDATE),
            (_("Qualifications"), "?liste=qualifikation", kind is QUALIFICATION),
        ],
    )


@for_caretakers
@may_be_sent
def statement(request: HttpRequest, kind_slug: str, pk: int) -> HttpResponse:
    """Set what stands behind a mandate or a qualification."""
    kind = kind_at(kind_slug)
    if kind not in (MANDATE, QUALIFICATION):
        raise Http404
    found = get_object_or_404(kind.model._default_manager.select_related("organisation", "checked_by"), pk=pk)
    start = {name: getattr(found, name) for name in ("assurance", "confirmed_by", "confirmed_on")}
    form = AssuranceForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        decisions.set_assurance(by=request.user, statement=found, checked=form.checked())
        messages.success(request, _("The status is set. The organisation can reply to it."))
        return redirect(f"{reverse('directory_statements')}?{urlencode({'liste': kind.slug})}")
    return show_page(
        request,
        "statement.html",
        title=_("What stands behind it"),
        above=((_("Mandates and qualifications"), reverse("directory_statements")),),
        status=422 if form.errors else 200,
        statement=found,
        facts=facts(kind, kind.values(found)),
        form=form,
    )
