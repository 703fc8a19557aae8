"""The addresses of one's own account under /konto/; allauth's views, the house's German addresses."""

from allauth.account import views
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as identities
from allauth.usersessions.views import list_usersessions
from django.urls import path, re_path

from portal.accounts import oidc, own_account, sign_in
from portal.accounts.second_factor import RemoveKeyView

signing_in = [
    path("anmelden/", views.login, name="account_login"),
    path("anmelden/zweiter-schritt/", factors.authenticate, name="mfa_authenticate"),
    path("anmelden/passkey/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("anmelden/abgebrochen/", identities.login_cancelled, name="socialaccount_login_cancelled"),
    path("anmelden/mit/<slug:provider_id>/", oidc.sign_in, name="openid_connect_login"),
    path("anmelden/mit/<slug:provider_id>/zurueck/", oidc.come_back, name="openid_connect_callback"),
    path("abmelden/", views.logout, name="account_logout"),
    path("registrieren/", views.signup, name="account_signup"),
    path("gesperrt/", views.account_inactive, name="account_inactive"),
    path("bestaetigen/", views.reauthenticate, name="account_reauthenticate"),
    path("bestaetigen/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("bestaetigen/sicherheitsschluessel/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]

second_factor = [
    path("zwei-faktor/", factors.index, name="mfa_index"),
    path("zwei-faktor/app/einrichten/", app.activate_totp, name="mfa_activate_totp"),
    path("zwei-faktor/app/abschalten/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("zwei-faktor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("zwei-faktor/codes/erzeugen/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("zwei-faktor/codes/herunterladen/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("zwei-faktor/schluessel/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("zwei-faktor/schluessel/hinzufuegen/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("zwei-faktor/schluessel/<int:pk>/umbenennen/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("zwei-faktor/schluessel/<int:pk>/entfernen/", RemoveKeyView.as_view(), name="mfa_remove_webauthn"),
]

urlpatterns = [
    path("", own_account.overview, name="account_overview"),
    path("aufgaben/", own_account.duties, name="account_duties"),
    path("name/", own_account.name, name="account_name"),
    *signing_in,
    *second_factor,
    path("sitzungen/", list_usersessions, name="usersessions_list"),
    path("sitzungen/<int:pk>/beenden/", own_account.end_session, name="account_end_session"),
    path("verknuepfungen/", identities.connections, name="socialaccount_connections"),
    path("e-mail/", views.email, name="account_email"),
    path("e-mail/bestaetigung-unterwegs/", views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^e-mail/bestaetigen/(?P<key>[-:\w]+)/$", views.confirm_email, name="account_confirm_email"),
    path("passwort/aendern/", views.password_change, name="account_change_password"),
    path("passwort/festlegen/", views.password_set, name="account_set_password"),
    path("passwort/vergessen/", views.password_reset, name="account_reset_password"),
    path("passwort/vergessen/unterwegs/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("passwort/neu/gespeichert/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
