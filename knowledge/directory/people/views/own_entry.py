"""One's own entry as an expert: begun and written step by step, agreed to, hidden, taken back, deleted."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.directory.models import Consent, Expert, ExpertRequest
from knowledge.directory.people import consenting, entries
from knowledge.directory.people.forms import CompetencesForm, ConditionsForm, EntryStepForm, SubjectsForm
from knowledge.directory.people.presentation import expert_view
from knowledge.directory.people.terms import may_be_renewed
from knowledge.directory.people.wording import seen_mark, wording_for

may_be_sent = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the way to an entry."""

    slug: str
    title: Any
    form: type[EntryStepForm]


STEPS = (
    Step("koennen", gettext_lazy("What you can do"), CompetencesForm),
    Step("themen", gettext_lazy("Fields of action, languages, place"), SubjectsForm),
    Step("bedingungen", gettext_lazy("Conditions, and who may find you"), ConditionsForm),
)
BY_SLUG = {step.slug: (number, step) for number, step in enumerate(STEPS, start=1)}


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Show what the register is, or where one's own entry stands."""
    expert = entries.entry_of(request.user)
    consent = _held(expert)
    is_live = consent is not None and consent.expires_at > timezone.now()
    context = {
        "expert": expert,
        "view": expert_view(expert) if expert else None,
        "consent": consent,
        "is_live": is_live,
        "may_renew": consent is not None and may_be_renewed(consent, timezone.now()),
        "seen": seen_mark(expert) if expert else "",
        "steps": STEPS,
        "open_requests": ExpertRequest.objects.received_by(request.user).unanswered().count() if expert else 0,
    }
    return render(request, "knowledge/directory/people/own_entry.html", context)


@may_be_sent
@login_required
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """Write one part of the entry; it is saved with every step, and only the first must be there."""
    if slug not in BY_SLUG:
        raise Http404
    number, current = BY_SLUG[slug]
    expert = entries.entry_of(request.user)
    if expert is None and number > 1:
        return redirect("own_expert:step", STEPS[0].slug)
    data = request.POST if request.method == "POST" else None
    form = current.form(data, instance=expert or Expert(), person=request.user)
    if form.is_valid():
        saved = entries.save_entry(by=request.user, values=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(_after(number, saved, leaves="later" in request.POST))
    context = {"form": form, "step": current, "number": number, "count": len(STEPS) + 1}
    context["back"] = STEPS[number - 2] if number > 1 else None
    return render(request, "knowledge/directory/people/step.html", context, status=422 if form.errors else 200)


@may_be_sent
@login_required
def agree(request: HttpRequest) -> HttpResponse:
    """Show the entry as others will see it with the words to agree to; agreeing makes it findable."""
    expert = entries.entry_of(request.user)
    if expert is None:
        return redirect("own_expert:step", STEPS[0].slug)
    if request.method == "POST":
        if request.POST.get("seen") == seen_mark(expert):
            consenting.give_consent(by=request.user, person=expert, fields=())
            messages.success(request, _("Your entry can be found from now on."))
            return redirect("own_expert:start")
        messages.warning(request, _("The words have changed meanwhile. Please read them once more."))
    context = {"view": expert_view(expert), "expert": expert, "count": len(STEPS) + 1, "steps": STEPS}
    context |= {"wording": wording_for(expert), "seen": seen_mark(expert)}
    return render(request, "knowledge/directory/people/agree.html", context)


@require_POST
@login_required
def visibility(request: HttpRequest) -> HttpResponse:
    """Hide the entry for now, or show it again."""
    _own(request)
    hides = request.POST.get("hide") == "1"
    entries.hide_entry(by=request.user, is_hidden=hides)
    messages.success(request, _("Nobody finds your entry now.") if hides else _("Your entry can be found again."))
    return redirect("own_expert:start")


@require_POST
@login_required
def renew(request: HttpRequest) -> HttpResponse:
    """Let one's own consent hold anew."""
    consent = _held(_own(request))
    if consent is not None and request.POST.get("seen") == seen_mark(_own(request)):
        consenting.renew_consent(by=request.user, consent=consent)
        messages.success(request, _("Your consent is renewed."))
    return redirect("own_expert:start")


@require_POST
@login_required
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take one's own consent back; the entry stays with its owner alone."""
    consent = _held(_own(request))
    if consent is not None:
        consenting.withdraw_consent(by=request.user, consent=consent)
        messages.success(request, _("Your consent is taken back. From now on nothing is shown of you."))
    return redirect("own_expert:start")


@may_be_sent
@login_required
def delete(request: HttpRequest) -> HttpResponse:
    """Ask once, then delete the entry with everything that belongs to it."""
    expert = _own(request)
    if request.method != "POST":
        return render(request, "knowledge/directory/people/delete_entry.html", {"expert": expert})
    entries.delete_entry(by=request.user)
    messages.success(request, _("Your entry is deleted."))
    return redirect("own_expert:start")


def _own(request: HttpRequest) -> Expert:
    expert = entries.entry_of(request.user)
    if expert is None:
        raise Http404
    return expert


def _held(expert: Expert | None) -> Consent | None:
    """Return the consent that was not taken back, whether or not its time is over."""
    return expert.consents.filter(withdrawn_at__isnull=True).first() if expert else None


def _after(number: int, expert: Expert, *, leaves: bool):
    if leaves or (number == len(STEPS) and entries.live_consent(expert)):
        return redirect("own_expert:start").url
    if number == len(STEPS):
        return redirect("own_expert:agree").url
    return redirect("own_expert:step", STEPS[number].slug).url
