"""Accounts for browser tests, made in the data of the served portal."""

import os
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "ein-langes-Passwort"
_numbers = count(1)
MAKE = """
from allauth.account.models import EmailAddress
from portal.accounts.models import User
person = User.objects.create_user({email!r}, {password!r}, display_name="Kim Beispiel")
EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
"""


class Person(NamedTuple):
    """Somebody who can sign in."""

    email: str
    password: str


def fresh_person(data_dir: Path) -> Person:
    """Make a member of the network who has no second factor yet."""
    person = Person(f"browser-{os.getpid()}-{next(_numbers)}@kommune.example", PASSWORD)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DATABASE_URL"))}
    environment = {**kept, "PORTAL_DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", MAKE.format(**person._asdict())]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return person
