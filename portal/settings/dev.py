"""A developer's machine: no server, mail on the console, every page of the pattern library."""

from importlib.util import find_spec

from portal.settings.base import *
from portal.settings.base import DATA_DIR, INSTALLED_APPS
from portal.settings.environment import env

DEBUG = True
SHOWS_PATTERNS = True
DATA_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = env.str("PORTAL_SECRET_KEY", "only-for-development-never-for-production")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
# `make run` installs no development tools; where they are, they watch over the migrations.
TOOLS = [name for name in ("django_linear_migrations", "django_migration_linter") if find_spec(name)]
INSTALLED_APPS = ["whitenoise.runserver_nostatic", *INSTALLED_APPS, *TOOLS]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
# Browsers allow passkeys without TLS on http://localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
