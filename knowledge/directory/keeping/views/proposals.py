"""Sensitive records: proposed, changed, removed; each proposal with its fields, its decision and a way back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from knowledge.directory.enums import Assurance, ChangeAct, ChangeState
from knowledge.directory.keeping.drafts import forget_typed, typed_before
from knowledge.directory.keeping.marks import UnreadProposalError, mark_of, mark_of_change
from knowledge.directory.keeping.pages import for_keepers, say_saved, show
from knowledge.directory.keeping.parts import PARTS, part_at
from knowledge.directory.keeping.presentation import conflict_about, shown_proposals
from knowledge.directory.keeping.proposal_forms import FORMS
from knowledge.directory.keeping.proposing import open_proposal, propose, propose_removal, withdraw
from knowledge.directory.keeping.sensitive import (
    CONTACT,
    Sensitive,
    facts,
    kind_at,
    kind_of,
)
from knowledge.directory.keeping.views.start import may_be_sent
from knowledge.directory.models import Organisation, ProfileChange


class NoteForm(forms.Form):
    """A note for the editors."""

    note = forms.CharField(
        label=gettext_lazy("Note for the editors"), required=False, max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


@for_keepers
@may_be_sent
def new(request: HttpRequest, organisation: Organisation, kind_slug: str) -> HttpResponse:
    """Propose a new record, or another legal form."""
    kind = _kind(organisation, kind_slug)
    return _edit(request, organisation, kind, target=kind.find(organisation, None))


@for_keepers
@may_be_sent
def change(request: HttpRequest, organisation: Organisation, kind_slug: str, pk: int) -> HttpResponse:
    """Propose other values for a record."""
    kind = _kind(organisation, kind_slug)
    target = kind.find(organisation, pk)
    if target is None or kind.is_the_organisation:
        raise Http404
    return _edit(request, organisation, kind, target=target)


@for_keepers
@may_be_sent
def again(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    """Change a proposal that nobody has decided yet; what was typed when it was is proposed anew."""
    former = _find(organisation, pk)
    kind = kind_of(former)
    target = kind.find(organisation, former.target_id)
    if former.act == ChangeAct.REMOVE or (target is None and former.act != ChangeAct.ADD):
        raise Http404
    if former.state != ChangeState.OPEN:
        if request.method != "POST" and typed_before(request) is None:
            raise Http404
        following = open_proposal(kind, organisation, former.target_id)
        if _read(request) == mark_of(kind, organisation, former.target_id, following):
            # Who has read that it is decided proposes anew.
            former = following
    return _edit(request, organisation, kind, target=target, former=former)


def _edit(
    request: HttpRequest, organisation: Organisation, kind: Sensitive, *, target, former: ProfileChange | None = None
) -> HttpResponse:
    target_id = _id_of(kind, target)
    former = former or open_proposal(kind, organisation, target_id)
    typed = typed_before(request) if request.method != "POST" else None
    initial = {**former.after, "note": former.note} if former is not None and former.after else {}
    instance = target or kind.model(**({} if kind.is_the_organisation else {"organisation": organisation}))
    form = FORMS[kind.slug](request.POST if request.method == "POST" else typed, instance=instance, initial=initial)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            made = propose(
                by=request.user, organisation=organisation, kind=kind, values=form.values(), target_id=target_id,
                note=form.cleaned_data["note"], former=former, read=_read(request),
            )  # fmt: skip
        except UnreadProposalError:
            # The form left its own values on an organisation that it is about.
            organisation.refresh_from_db()
            former, conflict = conflict_about(kind, organisation, target_id, former, form.values())
        else:
            forget_typed(request)
            _say_proposed(request, made)
            return redirect(part_page(organisation, kind))
    return _show_form(request, organisation, kind, target, form, former=former, typed=typed, conflict=conflict)


def _show_form(
    request: HttpRequest, organisation: Organisation, kind: Sensitive, target, form: forms.ModelForm, *,
    former: ProfileChange | None, typed: QueryDict | None, conflict: dict | None,
) -> HttpResponse:  # fmt: skip
    organisation.refresh_from_db()
    target_id = _id_of(kind, target)
    has_errors = form.errors and typed is None
    sent = request.POST if request.method == "POST" else typed
    # What came back keeps the mark of what was read with it, until the other side is shown.
    is_fresh = sent is None or conflict is not None
    return show(
        request, "proposal_form.html", organisation,
        heading=kind.change_label if target is not None else kind.add_label,
        crumbs=way_to(organisation, kind), status=409 if conflict else 422 if has_errors else 200, form=form,
        back=part_page(organisation, kind), conflict=conflict,
        read=mark_of(kind, organisation, target_id, former) if is_fresh else sent.get("gelesen", ""),
        is_typed_before=typed is not None, is_contact=kind is CONTACT, former=former,
        present_status=_status_to_lose(target),
        now=facts(kind, kind.values(kind.find(organisation, target_id))) if target is not None else [],
    )  # fmt: skip


def _id_of(kind: Sensitive, target) -> int | None:
    return None if target is None or kind.is_the_organisation else target.pk


@for_keepers
@may_be_sent
def remove(request: HttpRequest, organisation: Organisation, kind_slug: str, pk: int) -> HttpResponse:
    """Ask once, then propose that a record goes; a contact person goes at once."""
    kind = _kind(organisation, kind_slug)
    target = kind.find(organisation, pk)
    if target is None or kind.is_the_organisation:
        raise Http404
    form, is_unread = NoteForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_removal(
                by=request.user, organisation=organisation, kind=kind, target_id=pk, read=_read(request),
                **form.cleaned_data,
            )  # fmt: skip
        except UnreadProposalError:
            is_unread = True
        else:
            if kind is CONTACT:
                say_saved(request, _("Contact person removed"))
            else:
                _say_proposed(request, made)
            return redirect(part_page(organisation, kind))
    former = open_proposal(kind, organisation, pk)
    return show(
        request, "remove_record.html", organisation, heading=kind.remove_label, crumbs=way_to(organisation, kind),
        status=409 if is_unread else 200, form=form, is_contact=kind is CONTACT, is_unread=is_unread,
        facts=facts(kind, kind.values(target)), read=mark_of(kind, organisation, pk, former),
        former=shown_proposals([former])[0] if former else None, back=part_page(organisation, kind),
    )  # fmt: skip


@for_keepers
@require_safe
def read(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    """Show a proposal field by field, and what became of it."""
    found = _find(organisation, pk)
    (proposal,) = shown_proposals([found])
    kind = kind_of(found)
    return show(
        request, "proposal.html", organisation,
        heading=_("Proposal: %(subject)s") % {"subject": found.get_subject_display()},
        crumbs=way_to(organisation, kind), proposal=proposal, kind=kind,
        is_open=found.state == ChangeState.OPEN, may_change=found.act != ChangeAct.REMOVE,
        read=mark_of_change(found),
    )  # fmt: skip


@for_keepers
@may_be_sent
def take_back(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    """Withdraw a proposal while nobody has decided it."""
    found = _find(organisation, pk)
    if request.method == "POST":
        try:
            withdraw(by=request.user, change=found, read=_read(request))
        except UnreadProposalError:
            messages.warning(
                request, _("Somebody changed the proposal meanwhile. Nothing was withdrawn; please read it.")
            )
        except PermissionDenied:
            messages.warning(request, _("The proposal was decided in the meantime."))
        else:
            say_saved(request, _("Proposal withdrawn"))
    return redirect("keeping:proposal", organisation.slug, pk)


def _say_proposed(request: HttpRequest, made: ProfileChange | None) -> None:
    if made is None:
        messages.info(request, _("You have changed nothing. No proposal was handed in."))
        return
    when = date_format(timezone.localtime(made.proposed_at), "DATETIME_FORMAT")
    text = _("Your proposal is with the editors (%(when)s). Until they decide, what was there before holds.")
    messages.success(request, text % {"when": when})


def _status_to_lose(target) -> str:
    """Return what stands behind a record by now and is set anew with every accepted change."""
    assurance = getattr(target, "assurance", Assurance.DECLARED)
    return "" if assurance == Assurance.DECLARED else str(target.get_assurance_display())


def _read(request: HttpRequest) -> str:
    return request.POST.get("gelesen", "")


def _kind(organisation: Organisation, slug: str) -> Sensitive:
    kind = kind_at(slug)
    if kind is None or part_at(organisation, PARTS[kind.part].slug) is None:
        raise Http404
    return kind


def _find(organisation: Organisation, pk: int) -> ProfileChange:
    found = organisation.changes.select_related("organisation", "proposed_by", "decided_by")
    return get_object_or_404(found, pk=pk)


def part_page(organisation: Organisation, kind: Sensitive) -> str:
    """Return the address of the part in which a kind of record stands."""
    return reverse("keeping:part", args=[organisation.slug, PARTS[kind.part].slug])


def way_to(organisation: Organisation, kind: Sensitive) -> list[tuple[str, str]]:
    """Return the way to the pages of a kind of record."""
    return [(PARTS[kind.part].label, part_page(organisation, kind))]
