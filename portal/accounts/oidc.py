"""Signing in with a provider of identities (OpenID Connect): given by settings, believed about confirmed addresses."""

from urllib.parse import urlencode

import jwt
from allauth.account.internal.decorators import login_not_required
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from portal.accounts.adapter import own_address

#: Signatures that only the provider can make; the others are shared secrets, or none.
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


def nonce_of(state: str) -> str:
    """Return the mark that the provider must put into its statement; it belongs to the state of this one attempt."""
    return salted_hmac("portal.accounts.oidc.nonce", state, algorithm="sha256").hexdigest()


class ProviderAdapter(DefaultSocialAccountAdapter):
    """The house's answers to allauth about providers."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": _("Choose a password first; without one you could not sign in any more."),
        "no_verified_email": _("Confirm an e-mail address first; without one you could not sign in any more."),
        "connected_other": _("This sign-in is already connected to another account."),
    }

    def list_apps(self, request, provider=None, client_id=None) -> list[SocialApp]:
        """Return the providers of the settings; none can be added in the database."""
        apps = [
            SocialApp(provider="openid_connect", **given)
            for given in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        ]
        return [
            app
            for app in apps
            if provider in (None, app.provider, app.provider_id) and client_id in (None, app.client_id)
        ]

    def authenticate_by_email(self, sociallogin: SocialLogin):
        """Find the account of an address that both sides have confirmed and that no other identity leads to.

        Addresses are given to new people; the identity that came first stays the only one until it is disconnected.
        """
        confirmed = [address.email for address in sociallogin.email_addresses if address.verified is True]
        for email in confirmed:
            for person in filter_users_by_email(email, prefer_verified=True, for_login=True):
                known = EmailAddress.objects.filter(user=person, email__iexact=email, verified=True).exists()
                taken = SocialAccount.objects.filter(user=person, provider=sociallogin.account.provider).exists()
                if known and not taken:
                    return person, email
        return None


class Client(OAuth2Client):
    """Sends the mark along with the state."""

    def get_redirect_url(self, authorization_url, scope, extra_params) -> str:
        """Add the mark, and leave nothing of ours to whoever wrote the link."""
        ours = {"client_id": self.consumer_key, "redirect_uri": self.callback_url, "response_type": "code"}
        ours |= {"state": self.state, "nonce": nonce_of(self.state), "scope": "openid profile email"}
        return f"{authorization_url}?{urlencode({**extra_params, **ours})}"


class Identities(OpenIDConnectOAuth2Adapter):
    """allauth's protocol, stricter: signature, mark and subject of every statement are checked."""

    client_class = Client

    def get_provider(self):
        """Return the provider, which asks this class for its redirect."""
        provider = super().get_provider()
        provider.oauth2_adapter_class = type(self)
        return provider

    @property
    def openid_config(self) -> dict:
        """Return what the provider says about itself, if it says everything that is needed."""
        config = super().openid_config
        if missing := [name for name in NEEDED if not config.get(name)]:
            raise OAuth2Error(f"The provider does not say its {', '.join(missing)}.")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Return the address to come back to; never from the request, whose host the visitor chooses."""
        return own_address(reverse("openid_connect_callback", kwargs={"provider_id": self.provider_id}))

    def complete_login(self, request: HttpRequest, app: SocialApp, token, **kwargs) -> SocialLogin:
        """Believe the details only if they speak of the person whom the signed statement names."""
        statement = self._decode_id_token(app, kwargs["response"].get("id_token") or "")
        if not constant_time_compare(str(statement.get("nonce", "")), nonce_of(request.GET.get("state", ""))):
            raise OAuth2Error("The statement belongs to another attempt.")
        details = self._fetch_user_info(token.token)
        if not statement.get("sub") or details.get("sub") != statement["sub"]:
            raise OAuth2Error("The details speak of another person.")
        return self.get_provider().sociallogin_from_response(request, {"userinfo": details, "id_token": statement})

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict:
        try:
            header = jwt.get_unverified_header(id_token)
        except jwt.PyJWTError as error:
            raise OAuth2Error("There is no signed statement.") from error
        if header.get("alg") not in SIGNATURES or "kid" not in header:
            raise OAuth2Error("The statement is not signed as it should be.")
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )


def _with(view_class, request: HttpRequest, provider_id: str) -> HttpResponse:
    """Run a step of the protocol; a provider that does not answer is an error with a page, not a broken portal."""
    adapter = Identities(request, provider_id)
    try:
        return view_class.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (RequestException, OAuth2Error) as error:
        return render_authentication_error(request, adapter.get_provider(), exception=error)


@login_not_required
def sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider; only a form leads there, so that no foreign link signs anybody in."""
    return _with(OAuth2LoginView, request, provider_id)


@login_not_required
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Receive what the provider says."""
    return _with(OAuth2CallbackView, request, provider_id)
