"""„Import a paper“ in the editing interface: choose a file, look at what was recognised, make or update the draft."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knowledge.papers import importing
from knowledge.papers.forms import PaperDetailsForm, PaperFileForm
from knowledge.papers.import_preview import preview
from knowledge.papers.models import PaperImport, PaperIndexPage, PositionPaperPage

FILE_TEMPLATE = "knowledge/papers/import_file.html"
PREVIEW_TEMPLATE = "knowledge/papers/import_preview.html"
ICON = {"header_icon": "upload"}


@require_http_methods(["GET", "POST"])
def choose_file(request: HttpRequest) -> HttpResponse:
    """Take a file, have it read and go on to the preview."""
    _index_for(request)
    form = PaperFileForm(*_sent(request))
    if form.is_valid():
        kept = importing.keep_import(user=request.user, upload=form.upload, recognised=form.recognised)
        return redirect("paper_import_preview", kept.pk)
    return TemplateResponse(request, FILE_TEMPLATE, {"form": form, **_header()})


@require_http_methods(["GET", "POST"])
def look_and_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was recognised; on a click make the draft, update it or forget the file."""
    index = _index_for(request)
    kept = get_object_or_404(PaperImport, pk=pk, uploaded_by=request.user)
    if kept.page:
        return _to_page(request, kept.page, _("“%(title)s” has already been taken over."))
    if request.POST.get("act") == "cancel":
        kept.delete()
        return redirect("paper_import")
    recognised = importing.recognised_of(kept)
    form = PaperDetailsForm(*_sent(request)[:1], recognised=recognised)
    offer = _offer(request, kept, form, recognised)
    answer = _carry_out(request, index, kept, form, offer) if form.is_valid() else None
    context = {"form": form, "offer": offer, "kept": kept, "preview": preview(recognised), **_header(kept.filename)}
    return answer or TemplateResponse(request, PREVIEW_TEMPLATE, context)


def _sent(request: HttpRequest) -> tuple:
    """What the form was sent with; nothing at all is an answer too, as long as it was sent."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _offer(request, kept, form, recognised) -> importing.Offer:
    """The offer for what the person typed, and before that for what was recognised."""
    known = form.details if form.is_valid() else recognised
    return importing.offer_for(user=request.user, paper_import=kept, title=known.title, as_of=known.as_of)


def _carry_out(request, index, kept, form, offer) -> HttpResponse | None:
    """Do what was clicked; None sends the person back to the preview, where the form says why."""
    act = {"create": _create, "update": _update}.get(request.POST.get("act"))
    try:
        return act(request, index, kept, form, offer) if act else None
    except ValidationError as invalid:
        form.add_error(None, ValidationError(invalid.messages))
    except importing.DraftLocked:
        form.add_error(None, _("The draft is locked. Ask the person who locked it, or wait until it is unlocked."))
    return None


def _create(request, index, kept, form, offer) -> HttpResponse | None:
    if offer.same_paper and request.POST.get("told") != str(offer.same_paper.pk):
        form.add_error(None, _("There is already a paper with this title and Stand. Please choose below."))
        return None
    try:
        page = importing.create_draft(user=request.user, paper_import=kept, details=form.details, parent=index)
    except importing.AlreadyImported as already:
        return _to_page(request, already.page, _("This file had already been taken over as “%(title)s”."))
    return _to_page(
        request, page, _("The draft “%(title)s” has been made. Please look through it before you publish it.")
    )


def _update(request, index, kept, form, offer) -> HttpResponse | None:
    if not offer.page or request.POST.get("told") != str(offer.page.pk):
        form.add_error(None, _("The draft to be updated has changed in the meantime. Please look again."))
        return None
    page = importing.update_draft(user=request.user, paper_import=kept, details=form.details, page=offer.page)
    return _to_page(request, page, _("The draft “%(title)s” has been updated. What is published has not changed."))


def _index_for(request: HttpRequest) -> PaperIndexPage:
    """The list below which papers are made, for those who may add to it."""
    index = PaperIndexPage.objects.first()
    if index is None or not importing.may_import(request.user, index):
        raise PermissionDenied
    return index


def _to_page(request: HttpRequest, page: PositionPaperPage, message: str) -> HttpResponse:
    messages.success(request, message % {"title": page.draft_title or page.title})
    return redirect("wagtailadmin_pages:edit", page.pk)


def _header(file_name: str = "") -> dict:
    title = _("Import a paper")
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    if not file_name:
        return {"breadcrumbs_items": [home, {"url": None, "label": title}], "header_title": title, **ICON}
    trail = [home, {"url": reverse("paper_import"), "label": title}, {"url": None, "label": file_name}]
    return {"breadcrumbs_items": trail, "header_title": f"{title}: {file_name}", **ICON}
