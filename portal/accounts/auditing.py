"""What the audit log learns by listening: signing in and out, passwords, addresses, second factors."""

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from django.contrib.auth import signals as sign_in_signals
from django.utils.crypto import salted_hmac

from portal.accounts import audit_actions
from portal.accounts.addresses import shortened
from portal.accounts.models import User
from portal.audit.actions import record

_MARK_SALT = "portal.accounts.auditing"
_MARK_LENGTH = 16


def watch() -> None:
    """Register the actions and connect the listeners; nothing else holds them, hence no weak references."""
    audit_actions.register()
    sign_in_signals.user_logged_in.connect(_signed_in, weak=False)
    sign_in_signals.user_logged_out.connect(_signed_out, weak=False)
    sign_in_signals.user_login_failed.connect(_failed, weak=False)
    factor_signals.authentication_failed.connect(_code_refused, weak=False)
    factor_signals.authenticator_added.connect(_factor("factor.added"), weak=False)
    factor_signals.authenticator_removed.connect(_factor("factor.removed"), weak=False)
    factor_signals.authenticator_reset.connect(_factor("factor.reset"), weak=False)
    account_signals.password_set.connect(_password("password.changed"), weak=False)
    account_signals.password_changed.connect(_password("password.changed"), weak=False)
    account_signals.password_reset.connect(_password("password.reset"), weak=False)
    account_signals.email_changed.connect(_address_changed, weak=False)


def address_mark(address: str) -> str:
    """Return a mark by which attempts at one address are seen to belong together, and which does not tell it.

    Keyed with the portal's secret, so that nobody who only has the log can try addresses out.
    """
    return salted_hmac(_MARK_SALT, address.strip().lower(), algorithm="sha256").hexdigest()[:_MARK_LENGTH]


def _signed_in(*, user, **kwargs) -> None:
    record(action="sign_in.succeeded", by=user, about=user)


def _signed_out(*, user, **kwargs) -> None:
    # Django says so for sessions without a person as well.
    if isinstance(user, User):
        record(action="sign_in.ended", by=user, about=user)


def _failed(*, credentials, **kwargs) -> None:
    """Log a refused password; known and unknown addresses take the same way, so that time does not tell them apart."""
    address = credentials.get("email") or credentials.get("username") or ""
    record(action="sign_in.failed", by=None, about=None, after={"address_mark": address_mark(str(address))})


def _code_refused(*, user, **kwargs) -> None:
    record(action="sign_in.code_refused", by=None, about=user)


def _factor(action: str):
    def listen(*, request, user, authenticator, **kwargs) -> None:
        record(action=action, by=_acting(request, user), about=user, after={"factor": authenticator.type})

    return listen


def _password(action: str):
    def listen(*, request, user, **kwargs) -> None:
        record(action=action, by=_acting(request, user), about=user)

    return listen


def _address_changed(*, request, user, from_email_address, to_email_address, **kwargs) -> None:
    record(
        action="email.changed",
        by=_acting(request, user),
        about=user,
        before={"email": shortened(from_email_address.email)} if from_email_address else None,
        after={"email": shortened(to_email_address.email)},
    )


def _acting(request, user) -> User:
    """Return who is signed in; during a reset nobody is, and the person proved to be it by the mailbox."""
    return request.user if isinstance(getattr(request, "user", None), User) else user
