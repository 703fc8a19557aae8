"""Invitations: made in two steps, listed, sent again, revoked; also the answer to a request."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts import rules
from portal.accounts.actions.joining import invite as send_invitation
from portal.accounts.actions.joining import is_unanswered, may_stand_for, resend, revoke
from portal.accounts.actions.requests import approve_request
from portal.accounts.confirming import ask_who_it_is, is_confirmed
from portal.accounts.enums import ROLE_OF_CIRCLE, WHAT_A_ROLE_ALLOWS, InvitationState, Role
from portal.accounts.models import Invitation, JoinRequest, User
from portal.accounts.people.forms import InvitationForm
from portal.accounts.people.pages import for_administrators, for_people_with_roles, show, show_form
from portal.accounts.people.targets import target_choices
from portal.accounts.people.views.giving import begun, chosen_role, offered, search_of, sent
from portal.accounts.scopes import attach_targets
from portal.shared.limits import allow

PAGE_SIZE = 25
#: Stands in the address for an invitation without a role.
MEMBER = "mitglied"
#: Unit: invitations per person and hour, so that nobody sends masses of mail in the portal's name.
PER_HOUR = 60
TOO_MANY = gettext_lazy("You sent many invitations within an hour. Try it again later.")


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Choose the role, then write the invitation; or approve a request by inviting its address."""
    wish = _request_of(request)
    if not request.GET.get("rolle"):
        return _choose(request, wish)
    role = "" if request.GET["rolle"] == MEMBER else chosen_role(request)
    if role and not is_confirmed(request):
        return ask_who_it_is(request)
    form, search = _form(request, role, wish)
    if request.method == "POST" and form.is_valid() and _within_limit(request, form):
        values = form.invitation()
        if wish is not None:
            invitation = approve_request(by=request.user, request=wish, **values)
        else:
            invitation = send_invitation(by=request.user, email=form.cleaned_data["email"], **values)
        tell_whether_sent(request, invitation)
        return redirect("people:list" if wish else "people:invitations")
    label = Role(role).label if role else _("member")
    return show_form(
        request,
        form,
        heading=_("Invite as: %(role)s") % {"role": label},
        submit=_("Approve and invite") if wish else _("Send invitation"),
        cancel=reverse("people:request", args=[wish.pk]) if wish else reverse("people:invitations"),
        crumbs=_way(wish),
        intro=[
            str(WHAT_A_ROLE_ALLOWS[role]) if role else _("Reads what is meant for members of the network."),
            _("The link in the mail works for seven days and once. Who has an account already gets the role there."),
        ],
        search=search,
        wish=wish,
    )


def _choose(request: HttpRequest, wish: JoinRequest | None) -> HttpResponse:
    member = {"value": MEMBER, "label": _("Member"), "allows": _("Reads what is meant for members of the network.")}
    return show(
        request,
        "people/choose_role.html",
        heading=_("Approve the request: choose a role") if wish else _("Invite somebody"),
        crumbs=_way(wish),
        roles=[member, *offered(request.user)],
        wish=wish,
    )


def _form(request: HttpRequest, role: str, wish: JoinRequest | None) -> tuple[InvitationForm, dict | None]:
    search = search_of(request, role)
    near = wish.municipality if wish else None
    choices = target_choices(request.user, role, near=near, query=search["query"]) if role else []
    start = {"display_name": wish.display_name, "municipality": wish.municipality_id} if wish else {}
    form = InvitationForm(
        sent(request),
        actor=request.user,
        role=role,
        choices=choices,
        email=wish.email if wish else "",
        initial={**start, **begun(request, choices)},
    )
    return form, search if search["is_useful"] else None


def _request_of(request: HttpRequest) -> JoinRequest | None:
    """Return the request that is being answered, if the address names one."""
    pk = request.GET.get("anfrage", "")
    if not pk:
        return None
    if not (pk.isascii() and pk.isdigit() and len(pk) <= 18):
        raise Http404
    return get_object_or_404(
        JoinRequest.objects.decidable_by(request.user).open().select_related("municipality"), pk=pk
    )


def _way(wish: JoinRequest | None) -> list[tuple[str, str]]:
    if wish is not None:
        return [(_("Request by %(name)s") % {"name": wish.display_name}, reverse("people:request", args=[wish.pk]))]
    return [(_("Invitations"), reverse("people:invitations"))]


def _within_limit(request: HttpRequest, form) -> bool:
    if may_invite_once_more(request):
        return True
    form.add_error(None, TOO_MANY)
    return False


def may_invite_once_more(request: HttpRequest) -> bool:
    """Count an invitation that is about to be sent."""
    return allow(request, "invite", key=str(request.user.pk), limit=PER_HOUR, seconds=3600)


def tell_whether_sent(request: HttpRequest, invitation: Invitation) -> None:
    """Say that the mail is on its way, or that it is not and what to do."""
    values = {"email": invitation.email}
    if invitation.sent_at is not None:
        messages.success(request, _("The invitation to %(email)s is sent.") % values)
    else:
        text = _(
            "The invitation to %(email)s is saved, but the mail server did not take the mail. Send it again later."
        )
        messages.warning(request, text % values)


@for_administrators
@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """Show the invitations that one looks after, the newest first."""
    kept = Invitation.objects.manageable_by(request.user).select_related("municipality", "invited_by")
    page = Paginator(kept.order_by("-created_at", "-pk"), PAGE_SIZE).get_page(request.GET.get("seite"))
    return show(
        request,
        "people/invitations.html",
        heading=_("Invitations"),
        rows=rows_of(page.object_list, request.user),
        count=page.paginator.count,
        page_links=[
            {"number": number, "url": f"?seite={number}", "current": number == page.number}
            for number in page.paginator.page_range
        ],
        previous_url=f"?seite={page.previous_page_number()}" if page.has_previous() else None,
        next_url=f"?seite={page.next_page_number()}" if page.has_next() else None,
    )


def rows_of(found, actor: User) -> list[dict]:
    """Return invitations with their state and with what `actor` may do about them."""
    found, now = list(found), timezone.now()
    attach_targets(found)
    return [
        {
            "invitation": one,
            "state": InvitationState(one.state_at(now)),
            "is_unanswered": is_unanswered(one),
            "may_resend": is_unanswered(one) and may_stand_for(actor, one),
        }
        for one in found
    ]


@for_people_with_roles
@require_http_methods(["POST"])
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an invitation with a new link."""
    invitation = _find(request, pk)
    if not may_invite_once_more(request):
        messages.error(request, TOO_MANY)
        return redirect(_page_of(request.user, invitation))
    resend(by=request.user, invitation=invitation)
    invitation.refresh_from_db()
    tell_whether_sent(request, invitation)
    return redirect(_page_of(request.user, invitation))


@for_people_with_roles
@require_http_methods(["POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke an invitation; its link is dead from now on."""
    invitation = _find(request, pk)
    revoke(by=request.user, invitation=invitation)
    messages.success(request, _("The invitation to %(email)s is revoked.") % {"email": invitation.email})
    return redirect(_page_of(request.user, invitation))


def _find(request: HttpRequest, pk: int) -> Invitation:
    return get_object_or_404(Invitation.objects.manageable_by(request.user), pk=pk)


def _page_of(actor: User, invitation: Invitation) -> str:
    if rules.may_administer_people(actor) or invitation.scope_kind not in ROLE_OF_CIRCLE:
        return reverse("people:invitations")
    return reverse(f"people:{invitation.scope_kind}", args=[invitation.scope_id])
