"""The editors' pages of proofs of representation, and of what stands behind mandates, qualifications and registers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.directory.deciding import decisions, proofs
from knowledge.directory.deciding.forms import (
    EndKeepingForm,
    RepresentationCheckForm,
    check_form_for,
)
from knowledge.directory.deciding.pages import for_caretakers, page_of, show_page
from knowledge.directory.keeping.sensitive import MANDATE, QUALIFICATION, REGISTRATION, facts, kind_at
from knowledge.directory.models import Representation

may_be_sent = require_http_methods(["GET", "HEAD", "POST"])
#: What has a status that an editor sets.
_STATEMENTS = (MANDATE, QUALIFICATION, REGISTRATION)


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
        proofs.check_representation(by=request.user, representation=found, **form.cleaned_data)
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
        may_end=proofs.may_end_keeping(found),
    )


@for_caretakers
@may_be_sent
def end_keeping(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then let a person whose proof was not enough no longer keep the entry."""
    found = get_object_or_404(Representation.objects.select_related("organisation", "person"), pk=pk)
    if not proofs.may_end_keeping(found):
        raise Http404
    form = EndKeepingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        proofs.end_keeping(by=request.user, representation=found, **form.cleaned_data)
        messages.success(request, _("The person no longer keeps the entry and is told why."))
        return redirect("directory_representations")
    return show_page(
        request,
        "end_keeping.html",
        title=_("Let the person no longer keep the entry"),
        above=(
            (_("Proofs of representation"), reverse("directory_representations")),
            (_("Proof of representation"), reverse("directory_representation", args=[found.pk])),
        ),
        status=422 if form.errors else 200,
        representation=found,
        form=form,
    )


@for_caretakers
@require_safe
def statements(request: HttpRequest) -> HttpResponse:
    """Show mandates, qualifications or registers with what stands behind them."""
    kind = next((one for one in _STATEMENTS if one.slug == request.GET.get("liste")), MANDATE)
    found = kind.model._default_manager.select_related("organisation").order_by("organisation__sorted_as", "pk")
    return show_page(
        request,
        "statements.html",
        title=_("Mandates, qualifications, registers"),
        items=page_of(found, request),
        kind_slug=kind.slug,
        tabs=[
            (_("Mandates"), "?", kind is MANDATE),
            (_("Qualifications"), "?liste=qualifikation", kind is QUALIFICATION),
            (_("Registers and recognitions"), "?liste=register", kind is REGISTRATION),
        ],
    )


@for_caretakers
@may_be_sent
def statement(request: HttpRequest, kind_slug: str, pk: int) -> HttpResponse:
    """Set what stands behind a mandate, a qualification or a register entry."""
    kind = kind_at(kind_slug)
    if kind not in _STATEMENTS:
        raise Http404
    found = get_object_or_404(kind.model._default_manager.select_related("organisation", "checked_by"), pk=pk)
    form_class = check_form_for(kind.model)
    start = {name: getattr(found, name) for name in form_class.base_fields}
    form = form_class(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        decisions.set_assurance(by=request.user, statement=found, checked=form.checked())
        messages.success(request, _("The status is set. The organisation is told and can reply to it."))
        return redirect(f"{reverse('directory_statements')}?{urlencode({'liste': kind.slug})}")
    return show_page(
        request,
        "statement.html",
        title=_("What stands behind it"),
        above=((_("Mandates, qualifications, registers"), reverse("directory_statements")),),
        status=422 if form.errors else 200,
        statement=found,
        facts=facts(kind, kind.values(found)),
        form=form,
    )
