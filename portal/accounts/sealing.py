"""Secrets of second factors lie sealed in the database: a copy of it alone opens no account."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_PURPOSE = b"portal.accounts.second_factor"


def seal(text: str) -> str:
    """Return the text as only this installation can read it (Fernet: AES-128-CBC and HMAC-SHA256)."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed; raises ImproperlyConfigured where the installation's secret was exchanged."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise ImproperlyConfigured(
            "A second factor was sealed with another secret. Name the former PORTAL_SECRET_KEY in "
            "PORTAL_SECRET_KEY_FALLBACKS, or let the person set up the factor anew."
        ) from error


def _box() -> MultiFernet:
    """The newest secret seals; former ones still open, so that the secret can be exchanged without locking out."""
    return MultiFernet([Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> bytes:
    return urlsafe_b64encode(HKDF(SHA256(), 32, salt=None, info=_PURPOSE).derive(secret.encode()))
