"""The second factor: who must have one is led to it, and nobody who must have one removes the last."""

from collections.abc import Callable

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.models.people import SECOND_FACTORS
from portal.accounts.sealing import seal, unseal

#: What stays open to people who still owe their second factor: setting it up, help, and what is no page.
OPEN_PATHS = ("/konto/", "/kontakt/", "/healthz", "/readyz", "/favicon.ico", "/robots.txt")
#: Where in the session stands the page that a person wanted; the end of the set-up leads there.
WANTED = "wanted_before_second_factor"


class SecondFactorMiddleware:
    """Leads people whose roles need a second factor to the page where they set it up, until they have one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirect before any view runs; the set-up page says why."""
        if request.path_info.startswith((*OPEN_PATHS, settings.STATIC_URL)):
            return self.get_response(request)
        if request.user.is_authenticated and request.user.owes_second_factor:
            if request.method == "GET":
                # Two slashes at the beginning would lead to another host.
                request.session[WANTED] = escape_leading_slashes(request.get_full_path())
            return redirect("mfa_index")
        return self.get_response(request)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The house's answers to allauth about second factors."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Your role needs a second factor. Set up another one first, then you can remove this one."
        ),
        "incorrect_code": _(
            "This code or key is not right. An app shows a new code every 30 seconds: enter the present one."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal what goes into the database."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Unseal what comes out of it."""
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last factor of people who need one."""
        person = authenticator.user
        if authenticator.type not in SECOND_FACTORS or not person.needs_second_factor:
            return True
        others = Authenticator.objects.filter(user=person, type__in=SECOND_FACTORS).exclude(pk=authenticator.pk)
        return others.exists()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 -- allauth's name.
        """Suggest a name for a new key."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Security key %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        return settings.PORTAL_NAME


class RemoveKeyView(RemoveWebAuthnView):
    """allauth's page, which asks the adapter only about authenticator apps."""

    def form_valid(self, form) -> HttpResponse:
        """Refuse to remove the last factor of a person who needs one."""
        adapter = SecondFactorAdapter()
        if adapter.can_delete_authenticator(self.get_object()):
            return super().form_valid(form)
        messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
        return HttpResponseRedirect(self.get_success_url())


def set_up_totp(person: User, secret: str) -> Authenticator:
    """Give a person an authenticator app with a known secret, for the demo and for tests."""
    Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).delete()
    person.forget_rights()
    return TOTP.activate(person, secret).instance


def current_code(secret: str) -> str:
    """Return the code that an app with this secret shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
