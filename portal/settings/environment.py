"""The one place that reads the environment: every variable, its type, its default and its meaning."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import FileAwareEnv

BASE_DIR = Path(__file__).resolve().parents[2]

#: Every PORTAL_* variable that the portal understands; README.md lists the same names.
KNOWN_VARIABLES = frozenset(
    {
        "PORTAL_ACCEL_PREFIX",
        "PORTAL_ALLOWED_HOSTS",
        "PORTAL_AUDIT_KEEP_DAYS",
        "PORTAL_BASE_URL",
        "PORTAL_CLAMD",
        "PORTAL_DATA_DIR",
        "PORTAL_EDITOR_EMAIL",
        "PORTAL_ELASTICSEARCH_API_KEY",
        "PORTAL_ELASTICSEARCH_CA",
        "PORTAL_ELASTICSEARCH_PREFIX",
        "PORTAL_ELASTICSEARCH_REPLICAS",
        "PORTAL_ELASTICSEARCH_SHARDS",
        "PORTAL_ELASTICSEARCH_URL",
        "PORTAL_FROM_EMAIL",
        "PORTAL_NAME",
        "PORTAL_OIDC_CLIENT_ID",
        "PORTAL_OIDC_CLIENT_SECRET",
        "PORTAL_OIDC_NAME",
        "PORTAL_OIDC_SERVER_URL",
        "PORTAL_SEARCH_ENGINE",
        "PORTAL_SEARCH_INSIGHTS",
        "PORTAL_SEARCH_INSIGHTS_KEEP_DAYS",
        "PORTAL_SEARCH_SEMANTICS",
        "PORTAL_SECRET_KEY",
        "PORTAL_SECRET_KEY_FALLBACKS",
        "PORTAL_SECURITY_CONTACT",
        "PORTAL_TRUSTED_PROXIES",
    }
)


def refuse_unknown_variables(names=None) -> None:
    """Stop at a misspelt PORTAL_* variable, because a silently ignored setting is found only when it hurts.

    A variable may also be given as NAME_FILE, the path of a file that holds its value.
    """
    given = names if names is not None else os.environ
    known = KNOWN_VARIABLES | {f"{name}_FILE" for name in KNOWN_VARIABLES}
    unknown = sorted(name for name in given if name.startswith("PORTAL_") and name not in known)
    if unknown:
        raise ImproperlyConfigured(
            f"Unknown environment variable(s): {', '.join(unknown)}. Known are: {', '.join(sorted(KNOWN_VARIABLES))}."
        )


def origin_of(url: str) -> str:
    """Return scheme and host of an address, as content security policies name them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


refuse_unknown_variables()
env = FileAwareEnv()
