import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import KNOWN_VARIABLES, refuse_unknown_variables

COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "PORTAL_SECRET_KEY": "k" * 60,
    "PORTAL_ALLOWED_HOSTS": "portal.example",
    "PORTAL_BASE_URL": "https://portal.example",
    "DATABASE_URL": "postgres://portal@127.0.0.1/portal",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}


def test_a_misspelt_variable_is_named():
    with pytest.raises(ImproperlyConfigured, match="PORTAL_SECRETKEY"):
        refuse_unknown_variables(["PORTAL_SECRETKEY", "HOME"])


def test_known_variables_and_their_files_are_accepted():
    refuse_unknown_variables([*KNOWN_VARIABLES, "PORTAL_SECRET_KEY_FILE"])


def start_production(environment):
    clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env={**clean, **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_everything_it_needs():
    result = start_production(COMPLETE)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", [name for name in COMPLETE if name != "DJANGO_SETTINGS_MODULE"])
def test_production_refuses_to_start_without(name):
    result = start_production({key: value for key, value in COMPLETE.items() if key != name})
    assert result.returncode != 0
    assert name in result.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("PORTAL_CLAMD", "localhost:3310"), ("PORTAL_ACCEL_PREFIX", "https://portal.example/")]
)
def test_production_refuses_to_start_with_a_value_of_no_known_form(name, value):
    result = start_production({**COMPLETE, name: value})
    assert result.returncode != 0
    assert name in result.stderr


def test_every_variable_stands_in_the_readme():
    readme = (settings.BASE_DIR / "README.md").read_text()
    assert [name for name in sorted(KNOWN_VARIABLES) if f"`{name}`" not in readme] == []
