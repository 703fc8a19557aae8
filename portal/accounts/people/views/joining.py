"""How people come in: asking for an account, and accepting an invitation behind a mailed link."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.actions import accepting
from portal.accounts.actions.joining import find_open_invitation, may_stand_for, was_accepted_by
from portal.accounts.actions.requests import receive_request
from portal.accounts.enums import AccountState
from portal.accounts.letters import invited_to
from portal.accounts.models import Invitation, JoinRequest
from portal.accounts.people.join_forms import AcceptForm, AgreeForm, JoinRequestForm
from portal.shared.limits import allow

#: Unit: requests per address of the visitor and hour; a whole town hall may ask from one.
REQUESTS_PER_HOUR = 20
#: Unit: looks at links per address of the visitor and ten minutes.
LOOKS = 30


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take a request for an account; the answer is the same whether the address is known or not."""
    form = JoinRequestForm(request.POST or None)
    if request.method != "POST":
        return render(request, "people/join.html", {"form": form, "sent": "gesendet" in request.GET})
    if not allow(request, "join", limit=REQUESTS_PER_HOUR, seconds=3600):
        form.add_error(None, _("Many requests came from your connection within an hour. Try it again later."))
        return render(request, "people/join.html", {"form": form}, status=429)
    if not form.is_valid():
        return render(request, "people/join.html", {"form": form}, status=422)
    if not form.is_from_a_program:
        receive_request(request=JoinRequest(**form.request()))
    return redirect(f"{reverse('join')}?gesendet=1")


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what somebody is invited to, and let them accept; looking uses nothing up."""
    if not allow(request, "invitation", limit=LOOKS, seconds=600):
        return _unseen(render(request, "429.html", status=429))
    found = find_open_invitation(token, at=timezone.now())
    if found is None:
        return _unseen(_gone(request, token))
    try:
        return _unseen(_answer(request, found, token))
    except accepting.InvitationGoneError:
        return _unseen(_gone(request, token))
    except accepting.AccountExistsError:
        return _unseen(redirect(request.path))


def _answer(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """Lead whoever comes to what they can do: join, sign in first, accept, or sign out first."""
    owner = accepting.account_of(found.email)
    if not may_stand_for(found.invited_by, found):
        return _page(request, found, status=409, refused=True)
    if request.user.is_authenticated and (owner is None or owner.pk != request.user.pk):
        return _page(request, found, stranger=True)
    if owner is None:
        return _join(request, found, token)
    if owner.state == AccountState.LEFT:
        return _come_back(request, found, token)
    if not request.user.is_authenticated:
        return _page(request, found, sign_in=f"{reverse('account_login')}?next={request.path}")
    return _take_up(request, found, token)


def _join(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    form = AcceptForm(request.POST or None, initial={"display_name": found.display_name})
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, form=form, status=422 if form.errors else 200)
    name = form.cleaned_data["display_name"]
    person = accepting.accept_as_newcomer(token=token, display_name=name, at=timezone.now())
    # The mailbox was shown to be theirs just now, so that setting up a second factor does not ask again at once.
    record_authentication(request, person, method="invitation", reauthenticated=True)
    return perform_login(request, Login(user=person, redirect_url=reverse("account_set_password")))


def _come_back(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """Who had left agrees anew; signing in with the old password, or a new one by mail, is a step of its own."""
    form = AgreeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, form=form, comes_back=True, status=422 if form.errors else 200)
    accepting.come_back(token=token, at=timezone.now())
    messages.success(request, _("Your account is open again. Sign in, or have a new password sent to you."))
    return redirect("account_login")


def _take_up(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    form = AgreeForm(request.POST or None) if accepting.must_agree(request.user) else None
    if request.method != "POST" or (form is not None and not form.is_valid()):
        return _page(request, found, form=form, takes_up=True, status=422 if form is not None and form.errors else 200)
    accepting.accept_as(token=token, person=request.user, at=timezone.now())
    messages.success(request, _("You have accepted the invitation."))
    return redirect("account_overview")


def _page(request: HttpRequest, found: Invitation, *, status: int = 200, **context) -> HttpResponse:
    facts = {"invitation": found, "invited_to": invited_to(found), "rules": accepting.rules_of_use()}
    return render(request, "people/invitation.html", {**facts, **context}, status=status)


def _gone(request: HttpRequest, token: str) -> HttpResponse:
    """Answer wrong, used, revoked and old links alike; only who used one up, and is signed in, is told so.

    So a second tab, or a second click into the mail, leads on to the password, which may still be missing.
    """
    if request.user.is_authenticated and was_accepted_by(request.user, token):
        return render(request, "people/invitation_accepted.html")
    return render(request, "people/invitation_gone.html", status=404)


def _unseen(response: HttpResponse) -> HttpResponse:
    """Keep the link from other sites and from stores.

    Not `no-referrer`: with it browsers send forms without an origin, which the protection of forms refuses.
    """
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response
