"""Giving a role in two steps, the role and what it is tied to; ending one with the reason."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts import rules
from portal.accounts.actions.roles import end_role, grant_role
from portal.accounts.confirming import ask_who_it_is, is_confirmed
from portal.accounts.enums import ROLE_OF_CIRCLE, SCOPES_OF_ROLE, WHAT_A_ROLE_ALLOWS, Role, ScopeKind
from portal.accounts.models import RoleAssignment, User
from portal.accounts.people.forms import ReasonForm, RoleForm, first_choice
from portal.accounts.people.pages import for_administrators, for_people_with_roles, show, show_form
from portal.accounts.people.targets import target_choices
from portal.accounts.people.views.person import find_person, way_to

#: The button that shows other things to tie a role to, and does nothing else.
NARROWS = "eingrenzen"


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the role, then what it is tied to, from when to when, and why."""
    one = find_person(request, pk)
    role = chosen_role(request)
    if not role:
        heading = _("Give %(person)s a role") % {"person": one}
        return show(
            request, "people/choose_role.html", heading=heading, crumbs=way_to(one), roles=offered(request.user)
        )
    if not is_confirmed(request):
        return ask_who_it_is(request)
    search = search_of(request, role)
    choices = target_choices(request.user, role, near=one.municipality, query=search["query"])
    form = RoleForm(sent(request), choices=choices, initial=begun(request, choices))
    if request.method == "POST" and form.is_valid() and _given(request.user, one, role, form):
        messages.success(request, _("%(person)s has the role now.") % {"person": one})
        return redirect("people:person", pk=pk)
    return show_form(
        request,
        form,
        heading=_("Give a role: %(role)s") % {"role": Role(role).label},
        submit=_("Give role"),
        cancel=reverse("people:person", args=[pk]),
        crumbs=way_to(one),
        intro=[str(WHAT_A_ROLE_ALLOWS[role]), _("Who has a role needs a second factor to sign in.")],
        search=search if search["is_useful"] else None,
    )


def _given(actor: User, one: User, role: str, form: RoleForm) -> bool:
    """Give the role; an objection, for example that the person has it already, goes to the form."""
    if not rules.may_give(actor, role, form.cleaned_data["target"]):
        form.add_error("target", _("You may not give this role there."))
        return False
    try:
        grant_role(by=actor, person=one, role=role, **form.cleaned_data)
    except ValidationError as objection:
        form.add_error(None, objection.messages)
        return False
    return True


def chosen_role(request: HttpRequest) -> str:
    """Return the role that the address names, if the person may give it to anybody at all."""
    role = request.GET.get("rolle", "")
    if role and role not in rules.givable_roles(request.user):
        raise Http404
    return role


def offered(actor: User) -> list[dict]:
    """Return the roles among which to choose, with what they allow."""
    return [
        {"value": role.value, "label": role.label, "allows": WHAT_A_ROLE_ALLOWS[role]}
        for role in rules.givable_roles(actor)
    ]


def search_of(request: HttpRequest, role: str) -> dict:
    """Return what narrows the things that a role can be tied to; useless where there is one network only."""
    is_useful = bool(role) and SCOPES_OF_ROLE[role] != {ScopeKind.NETWORK}
    return {"query": request.POST.get("suche", "").strip()[:100], "is_useful": is_useful}


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent to be done; who only narrows the list sends nothing yet."""
    return request.POST if request.POST and NARROWS not in request.POST else None


def begun(request: HttpRequest, choices: list[tuple[str, list]]) -> dict:
    """Return what was typed before the list was narrowed, and the only thing to choose where there is one."""
    typed = request.POST.dict() if NARROWS in request.POST else {}
    return {**typed, "target": first_choice(choices) or typed.get("target", "")}


@for_people_with_roles
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then end a role; for administrators, leads, and people who give up their own."""
    held = get_object_or_404(RoleAssignment.objects.current_or_coming().select_related("person"), pk=pk)
    if not rules.may_end(request.user, held):
        raise Http404
    form = ReasonForm(request.POST or None)
    back = _page_after_ending(request.user, held)
    if request.method == "POST" and form.is_valid():
        end_role(by=request.user, assignment=held, **form.cleaned_data)
        messages.success(request, _("The role has ended."))
        return redirect(back)
    values = {"role": held.get_role_display(), "scope": held.scope_name, "person": held.person}
    return show_form(
        request,
        form,
        heading=_("End role: %(role)s") % values,
        submit=_("End role"),
        cancel=back,
        crumbs=[(str(held.person), back)],
        is_dangerous=True,
        intro=[_("%(person)s has this role: %(role)s (%(scope)s). It ends at once.") % values],
    )


def _page_after_ending(actor: User, held: RoleAssignment) -> str:
    """Return the page from which somebody came here: the person's, the group's, or one's own account."""
    if rules.may_administer(actor, held.person):
        return reverse("people:person", args=[held.person_id])
    if held.scope_kind in ROLE_OF_CIRCLE and held.target is not None and rules.may_take_in(actor, held.target):
        return reverse(f"people:{held.scope_kind}", args=[held.scope_id])
    return reverse("account_overview")
