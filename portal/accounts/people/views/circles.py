"""Groups and organisations as those see them who take people in and out."""

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts import rules
from portal.accounts.actions.joining import invite
from portal.accounts.confirming import ask_who_it_is, is_confirmed
from portal.accounts.enums import ROLE_OF_CIRCLE, TAKEN_IN_BY, WHAT_A_ROLE_ALLOWS, Role
from portal.accounts.models import Invitation, RoleAssignment
from portal.accounts.people.forms import CircleInvitationForm
from portal.accounts.people.pages import for_people_with_roles, show, show_form
from portal.accounts.people.views.inviting import TOO_MANY, may_invite_once_more, rows_of, tell_whether_sent
from portal.accounts.scopes import attach_targets, find_target, municipality_id_of
from portal.places.models import Municipality


@for_people_with_roles
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show the groups and organisations into which one takes people."""
    held = [role for role in request.user.live_roles if role.role in TAKEN_IN_BY]
    if not held:
        raise Http404
    attach_targets(held)
    circles = [
        {"title": role.scope_name, "url": reverse(f"people:{role.scope_kind}", args=[role.scope_id]), "role": role}
        for role in held
    ]
    return show(request, "people/circles.html", heading=_("Your groups and organisations"), circles=circles)


@for_people_with_roles
@require_safe
def circle(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show who belongs to a group or an organisation, and who is invited."""
    target = _find(request, kind, pk)
    held = RoleAssignment.objects.current_or_coming().at(kind, pk).select_related("person__municipality")
    invited = Invitation.objects.of_circle(ROLE_OF_CIRCLE[kind], kind, pk).unanswered()
    held = list(held.order_by("person__display_name", "pk"))
    for role in held:
        role.target = target
    return show(
        request,
        "people/circle.html",
        heading=str(target),
        members=[{"role": role, "may_end": rules.may_end(request.user, role)} for role in held],
        rows=rows_of(invited.select_related("municipality", "invited_by"), request.user),
        invite_url=reverse(f"people:{kind}_invite", args=[pk]),
    )


@for_people_with_roles
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Invite somebody; with an account or without, the answer is the same."""
    target = _find(request, kind, pk)
    if not is_confirmed(request):
        return ask_who_it_is(request)
    form = CircleInvitationForm(request.POST or None)
    page = reverse(f"people:{kind}", args=[pk])
    if request.method == "POST" and form.is_valid():
        if may_invite_once_more(request):
            place = Municipality.objects.filter(pk=municipality_id_of(target)).first()
            role = ROLE_OF_CIRCLE[kind]
            invitation = invite(by=request.user, role=role, target=target, municipality=place, **form.cleaned_data)
            tell_whether_sent(request, invitation)
            return redirect(page)
        form.add_error(None, TOO_MANY)
    return show_form(
        request,
        form,
        heading=_("Invite into: %(circle)s") % {"circle": target},
        submit=_("Send invitation"),
        cancel=page,
        crumbs=[(str(target), page)],
        intro=[
            str(WHAT_A_ROLE_ALLOWS[Role(ROLE_OF_CIRCLE[kind])]),
            _("The link in the mail works for seven days and once. Who has an account already gets the role there."),
        ],
    )


def _find(request: HttpRequest, kind: str, pk: int) -> models.Model:
    target = find_target(kind, pk)
    if target is None or not rules.may_take_in(request.user, target):
        raise Http404
    return target
