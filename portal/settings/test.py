"""The tests: quick hashing, mail in memory, an index of their own; a warning is an error (see pyproject)."""

import os
import tempfile
from pathlib import Path

from portal.settings.base import *
from portal.settings.base import DATABASES, INSTALLED_APPS, TASKS

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105 -- public by intent.
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
# One folder per run and worker; processes that a test starts inherit it by the environment.
RUN = os.environ.setdefault("FOKUSPORTAL_TEST_RUN", str(os.getpid()))
DATA_DIR = Path(tempfile.gettempdir()) / f"fokusportal-tests-{RUN}-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
SEARCH_INDEX_DIR = DATA_DIR / "search-index"
INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations", "django_migration_linter"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because the browser tests' server thread must see what the test wrote.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False
ACCOUNT_MAIL_AFTER_ANSWER = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {name: {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"} for name in TASKS}
