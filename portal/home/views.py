"""Views that are no pages: contact, health, robots."""

import logging
import secrets
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.home.actions import receive_message
from portal.home.enums import MessageKind
from portal.home.forms import ContactForm
from portal.shared.limits import allow

logger = logging.getLogger(__name__)
#: A whole town hall may write from one address, so the number is generous.
MESSAGES_PER_HOUR = 20


def server_error(request):
    """Say that something went wrong, under a number by which the log tells what; asks neither database nor session."""
    incident = secrets.token_hex(3).upper()
    logger.error("Incident %s at %s", incident, request.path)
    return HttpResponse(render_to_string("500.html", {"incident": incident}), status=500)


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request):
    """Show the form to the editors, with what the reader came from filled in; keep what was sent."""
    if request.method == "POST":
        form = ContactForm(request.POST)
        if not allow(request, "contact", limit=MESSAGES_PER_HOUR, seconds=3600):
            form.add_error(None, _("Many messages came from your connection within an hour. Try it again later."))
            return render(request, "home/contact_page.html", {"form": form}, status=429)
        if form.is_valid():
            if not form.is_from_a_program:
                receive_message(message=form.save(commit=False))
            return redirect(f"{reverse('contact')}?gesendet=1")
        return render(request, "home/contact_page.html", {"form": form}, status=422)
    kind = request.GET.get("art")
    form = ContactForm(
        initial={
            "kind": kind if kind in MessageKind.values else MessageKind.QUESTION,
            "text": request.GET.get("frage", "")[:500],
            "page_url": request.GET.get("seite", "")[:500],
        }
    )
    return render(request, "home/contact_page.html", {"form": form, "sent": "gesendet" in request.GET})


@require_safe
def alive(request):
    """Answer that the process is up; asks nothing else, so that an outage elsewhere does not restart it."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def ready(request):
    """Answer whether the database answers."""
    connection.ensure_connection()
    return JsonResponse({"database": "ok"})


@require_safe
def robots(request):
    """Tell crawlers what not to fetch and where the sitemap is."""
    lines = [
        "User-agent: *",
        "Disallow: /redaktion/",
        "Disallow: /verwaltung/",
        "Disallow: /konto/",
        "Disallow: /suche/",
    ]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def security_contact(request):
    """Tell who found a weakness whom to write to (RFC 9116); the day it expires moves on by itself."""
    expires = datetime.combine(timezone.now() + timedelta(days=180), time.min, tzinfo=UTC)
    lines = [
        f"Contact: mailto:{settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: de, en",
        f"Canonical: {settings.WAGTAILADMIN_BASE_URL}{reverse('security_contact')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
