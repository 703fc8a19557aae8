"""A developer's machine: no server, mail on the console, every page of the pattern library."""

from portal.settings.base import *  # noqa: F403 -- an environment is the base and its differences.
from portal.settings.base import DATA_DIR, INSTALLED_APPS
from portal.settings.environment import env

DEBUG = True
SECRET_KEY = env.str("PORTAL_SECRET_KEY", "only-for-development-never-for-production")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = ["whitenoise.runserver_nostatic", *INSTALLED_APPS, "django_migration_linter"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
