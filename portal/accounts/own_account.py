"""One's own account: the overview, the name, and ending one of one's sessions."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.duties import duties_of
from portal.accounts.oidc import ProviderAdapter
from portal.accounts.views import NameForm
from portal.shared.paging import page_of

#: How many tasks stand on the overview; the others are a click away.
FIRST_DUTIES = 5


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show what belongs to the account and where to change it."""
    providers = ProviderAdapter(request).list_apps(request)
    waiting = duties_of(request.user, timezone.localtime())
    context = {"has_providers": bool(providers), "duties": waiting[:FIRST_DUTIES], "duty_count": len(waiting)}
    return render(request, "account/overview.html", context)


@require_safe
@login_required
def duties(request: HttpRequest) -> HttpResponse:
    """Show everything that waits for the person."""
    page, links = page_of(request, duties_of(request.user, timezone.localtime()))
    return render(request, "account/duties.html", {"duties": page, **links})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def name(request: HttpRequest) -> HttpResponse:
    """Change the name that others see."""
    form = NameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your name is saved."))
        return redirect("account_overview")
    return render(request, "account/name.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's other sessions, for example on a lost telephone."""
    session = get_object_or_404(UserSession.objects.filter(user=request.user), pk=pk)
    if session.session_key == request.session.session_key:
        return redirect("account_logout")
    Session.objects.filter(session_key=session.session_key).delete()
    session.delete()
    messages.success(request, _("The session is ended. Whoever used it has to sign in again."))
    return redirect("usersessions_list")
