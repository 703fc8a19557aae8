"""`manage.py check --deploy` with the settings of production, as an operator runs it."""

import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "PORTAL_SECRET_KEY": secrets.token_urlsafe(50),
        "PORTAL_ALLOWED_HOSTS": "portal.example",
        "PORTAL_BASE_URL": "https://portal.example",
        "PORTAL_DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
        "EMAIL_URL": "consolemail:",
        "CACHE_URL": "db://portal_cache",
    }


def check(environment):
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_has_nothing_to_complain_about(environment):
    result = check(environment)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("CACHE_URL", "locmem://", "shared.E002"),
        ("PORTAL_BASE_URL", "http://portal.example", "shared.E010"),
        ("PORTAL_SECRET_KEY", "short", "security.W009"),
    ],
)
def test_a_bad_variable_is_reported(environment, name, value, expected):
    result = check({**environment, name: value})
    assert result.returncode == 1
    assert expected in result.stderr


def test_uploads_that_everybody_may_read_are_reported(environment, tmp_path):
    media = tmp_path / "media"
    media.mkdir()
    media.chmod(0o755)
    assert "shared.W002" in check(environment).stderr


@pytest.mark.parametrize(("proxies", "believed"), [("0", False), ("1", True)])
def test_a_proxy_is_believed_only_where_there_is_one(environment, proxies, believed):
    asked = "from django.conf import settings; print(settings.SECURE_PROXY_SSL_HEADER)"
    result = subprocess.run(
        [sys.executable, "-c", asked],
        env={**environment, "PORTAL_TRUSTED_PROXIES": proxies},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ("FORWARDED" in result.stdout) is believed
