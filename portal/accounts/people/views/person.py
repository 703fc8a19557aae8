"""One person: who it is, which roles and why, what can be read, and what was changed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts import rules
from portal.accounts.actions import standing
from portal.accounts.enums import WHAT_A_ROLE_ALLOWS, AccountState
from portal.accounts.models import RoleAssignment, User
from portal.accounts.people.forms import PersonForm, ReasonForm
from portal.accounts.people.pages import for_administrators, show, show_form
from portal.accounts.people.reading import what_a_person_reads
from portal.accounts.scopes import attach_targets
from portal.audit.models import AuditEntry
from portal.audit.presentation import lines

#: How many of the newest changes are shown.
CHANGES_SHOWN = 20
#: When somebody signs in is no change, and nobody else's business.
SIGN_INS = "sign_in."


def find_person(request: HttpRequest, pk: int) -> User:
    """Return a person whom one administers; anybody else is not there."""
    people = User.objects.administrable_by(request.user).select_related("municipality")
    return get_object_or_404(people, pk=pk)


def _find_to_suspend(request: HttpRequest, pk: int) -> User:
    one = find_person(request, pk)
    if not rules.may_suspend(request.user, one):
        raise Http404
    return one


@for_administrators
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who may what, and why."""
    one = find_person(request, pk)
    held = list(one.role_assignments.select_related("granted_by").order_by("-valid_from", "-pk"))
    attach_targets([*held, *one.live_roles])
    return show(
        request,
        "people/person.html",
        heading=str(one),
        person=one,
        **_roles_by_time(request, held),
        readable=what_a_person_reads(one),
        changes=list(lines(AuditEntry.objects.about(one).exclude(action__startswith=SIGN_INS)[:CHANGES_SHOWN])),
        **_standing(request, one),
    )


def _standing(request: HttpRequest, one: User) -> dict[str, bool]:
    has_say = rules.may_suspend(request.user, one)
    return {
        "is_active": one.state == AccountState.ACTIVE,
        "awaits_deletion": one.state != AccountState.ACTIVE and one.awaits_deletion,
        "may_suspend": has_say and standing.may_be_suspended(one),
        "may_reinstate": has_say and one.state == AccountState.SUSPENDED,
    }


def _roles_by_time(request: HttpRequest, held: list[RoleAssignment]) -> dict[str, list[dict]]:
    today = timezone.localdate()
    groups: dict[str, list[dict]] = {"current": [], "coming": [], "ended": []}
    for role in held:
        is_over = role.ended_at is not None or (role.valid_to is not None and role.valid_to < today)
        group = "ended" if is_over else "current" if role.is_live(today) else "coming"
        may_end = not is_over and rules.may_end(request.user, role)
        groups[group].append({"role": role, "allows": WHAT_A_ROLE_ALLOWS[role.role], "may_end": may_end})
    return groups


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change name and municipality."""
    one = find_person(request, pk)
    start = {"display_name": one.display_name, "municipality": one.municipality_id}
    form = PersonForm(request.POST or None, actor=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        standing.change_person(by=request.user, person=one, **form.cleaned_data)
        messages.success(request, _("The changes are saved."))
        return redirect("people:person", pk=pk)
    return show_form(
        request,
        form,
        heading=_("Change name and municipality"),
        submit=_("Save changes"),
        cancel=_address(one),
        crumbs=way_to(one),
        intro=[_("The e-mail address can be changed by the person alone. Roles stay as they are.")],
    )


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then suspend."""
    one = _find_to_suspend(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        standing.suspend(by=request.user, person=one, **form.cleaned_data)
        messages.success(request, _("%(person)s is suspended and signed out everywhere.") % {"person": one})
        return redirect("people:person", pk=pk)
    return show_form(
        request,
        form,
        heading=_("Suspend %(person)s") % {"person": one},
        submit=_("Suspend account"),
        cancel=_address(one),
        crumbs=way_to(one),
        is_dangerous=True,
        intro=[
            _("The person is signed out everywhere at once, cannot sign in any more, and is told so by mail."),
            _("Contributions and roles stay; the roles open nothing until you let the person in again."),
        ],
    )


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then let in again."""
    one = _find_to_suspend(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        standing.reinstate(by=request.user, person=one, **form.cleaned_data)
        text = _("%(person)s can sign in again.") if one.is_active else _("The account of %(person)s stays closed.")
        messages.success(request, text % {"person": one})
        return redirect("people:person", pk=pk)
    return show_form(
        request,
        form,
        heading=_("Let %(person)s in again") % {"person": one},
        submit=_("Let in again"),
        cancel=_address(one),
        crumbs=way_to(one),
        intro=[
            _("The person asked for the account's deletion. It stays closed, and the deletion can be taken back again.")
            if one.awaits_deletion
            else _("The person can sign in again with the old password. Roles that have not ended hold again at once.")
        ],
    )


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def end_all_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then sign the person out everywhere."""
    one = find_person(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ended = standing.sign_out_everywhere(by=request.user, person=one, **form.cleaned_data)
        text = ngettext("%(number)d session is ended.", "%(number)d sessions are ended.", ended) % {"number": ended}
        messages.success(request, text)
        return redirect("people:person", pk=pk)
    return show_form(
        request,
        form,
        heading=_("Sign %(person)s out everywhere") % {"person": one},
        submit=_("End all sessions"),
        cancel=_address(one),
        crumbs=way_to(one),
        intro=[_("For example after a telephone was lost. The person can sign in again at once.")],
    )


def way_to(one: User) -> list[tuple[str, str]]:
    """Return the step of the way that a person's page is."""
    return [(str(one), _address(one))]


def _address(one: User) -> str:
    return reverse("people:person", args=[one.pk])
