"""Sensitive records: proposed, changed, removed; each proposal with its fields, its decision and a way back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from knowledge.directory.enums import ChangeAct, ChangeState
from knowledge.directory.keeping.drafts import forget_typed, typed_before
from knowledge.directory.keeping.pages import for_keepers, say_saved, show
from knowledge.directory.keeping.parts import PARTS, part_at
from knowledge.directory.keeping.presentation import shown_proposals
from knowledge.directory.keeping.proposal_forms import FORMS
from knowledge.directory.keeping.proposing import open_proposal, propose, propose_removal, reply, withdraw
from knowledge.directory.keeping.sensitive import CONTACT, MANDATE, QUALIFICATION, Sensitive, facts, kind_at, kind_of
from knowledge.directory.keeping.views.start import may_be_sent
from knowledge.directory.models import Organisation, ProfileChange


class NoteForm(forms.Form):
    """A note for the editors."""

    note = forms.CharField(
        label=gettext_lazy("Note for the editors"), required=False, max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class ReplyForm(forms.Form):
    """The organisation's own words on a status."""

    text = forms.CharField(
        label=gettext_lazy("Your reply"), required=False, max_length=1_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("It stands beside the status, in your words, at once. Empty removes it."),
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
    """Change a proposal that nobody has decided yet."""
    former = _find(organisation, pk)
    if former.state != ChangeState.OPEN or former.act == ChangeAct.REMOVE:
        raise Http404
    kind = kind_of(former)
    target = kind.find(organisation, former.target_id)
    if target is None and former.act != ChangeAct.ADD:
        raise Http404
    return _edit(request, organisation, kind, target=target, former=former)


def _edit(
    request: HttpRequest, organisation: Organisation, kind: Sensitive, *, target, former: ProfileChange | None = None
) -> HttpResponse:
    target_id = None if target is None or kind.is_the_organisation else target.pk
    former = former or open_proposal(kind, organisation, target_id)
    typed = typed_before(request) if request.method != "POST" else None
    initial = {**former.after, "note": former.note} if former is not None else {}
    instance = target or kind.model(**({} if kind.is_the_organisation else {"organisation": organisation}))
    form = FORMS[kind.slug](request.POST if request.method == "POST" else typed, instance=instance, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = propose(
            by=request.user, organisation=organisation, kind=kind, values=form.values(), note=form.cleaned_data["note"],
            target_id=target_id, former=former,
        )  # fmt: skip
        forget_typed(request)
        say_saved(request, _("Proposal, now being examined"), is_changed=made is not None)
        return redirect(_part_page(organisation, kind))
    organisation.refresh_from_db()
    has_errors = form.errors and typed is None
    return show(
        request, "proposal_form.html", organisation,
        heading=kind.change_label if target is not None else kind.add_label,
        crumbs=_way(organisation, kind), status=422 if has_errors else 200, form=form,
        back=_part_page(organisation, kind),
        is_typed_before=typed is not None, is_contact=kind is CONTACT, former=former,
        now=facts(kind, kind.values(kind.find(organisation, target_id))) if target is not None else [],
    )  # fmt: skip


@for_keepers
@may_be_sent
def remove(request: HttpRequest, organisation: Organisation, kind_slug: str, pk: int) -> HttpResponse:
    """Ask once, then propose that a record goes; a contact person goes at once."""
    kind = _kind(organisation, kind_slug)
    target = kind.find(organisation, pk)
    if target is None or kind.is_the_organisation:
        raise Http404
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        propose_removal(by=request.user, organisation=organisation, kind=kind, target_id=pk, **form.cleaned_data)
        what = _("Contact person removed") if kind is CONTACT else _("Proposal, now being examined")
        say_saved(request, what)
        return redirect(_part_page(organisation, kind))
    return show(
        request, "remove_record.html", organisation, heading=kind.remove_label, crumbs=_way(organisation, kind),
        form=form, is_contact=kind is CONTACT, facts=facts(kind, kind.values(target)),
        back=_part_page(organisation, kind),
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
        heading=_("Proposal: %(subject)s") % {"subject": found.get_subject_display()}, crumbs=_way(organisation, kind),
        proposal=proposal, kind=kind, is_open=found.state == ChangeState.OPEN, may_change=found.act != ChangeAct.REMOVE,
    )  # fmt: skip


@for_keepers
@may_be_sent
def take_back(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    """Withdraw a proposal while nobody has decided it."""
    found = _find(organisation, pk)
    if request.method == "POST":
        try:
            withdraw(by=request.user, change=found)
        except PermissionDenied:
            messages.warning(request, _("The proposal was decided in the meantime."))
        else:
            say_saved(request, _("Proposal withdrawn"))
    return redirect("keeping:proposal", organisation.slug, pk)


@for_keepers
@may_be_sent
def answer(request: HttpRequest, organisation: Organisation, kind_slug: str, pk: int) -> HttpResponse:
    """Write the organisation's reply to a status that it does not agree with."""
    kind = kind_at(kind_slug)
    statement = kind.find(organisation, pk) if kind in (MANDATE, QUALIFICATION) else None
    if statement is None:
        raise Http404
    typed = typed_before(request) if request.method != "POST" else None
    form = ReplyForm(request.POST if request.method == "POST" else typed, initial={"text": statement.reply})
    if request.method == "POST" and form.is_valid():
        reply(by=request.user, statement=statement, **form.cleaned_data)
        forget_typed(request)
        say_saved(request, _("Your reply"))
        return redirect(_part_page(organisation, kind))
    return show(
        request, "reply.html", organisation, heading=_("Reply to the status"), crumbs=_way(organisation, kind),
        status=422 if form.errors else 200, form=form, statement=statement, back=_part_page(organisation, kind),
        facts=facts(kind, kind.values(statement)),
    )  # fmt: skip


def _kind(organisation: Organisation, slug: str) -> Sensitive:
    kind = kind_at(slug)
    if kind is None or part_at(organisation, PARTS[kind.part].slug) is None:
        raise Http404
    return kind


def _find(organisation: Organisation, pk: int) -> ProfileChange:
    found = organisation.changes.select_related("organisation", "proposed_by", "decided_by")
    return get_object_or_404(found, pk=pk)


def _part_page(organisation: Organisation, kind: Sensitive) -> str:
    return reverse("keeping:part", args=[organisation.slug, PARTS[kind.part].slug])


def _way(organisation: Organisation, kind: Sensitive) -> list[tuple[str, str]]:
    return [(PARTS[kind.part].label, _part_page(organisation, kind))]
