"""The portal of the proofs: as in production, but without HTTPS, and with one address more (tests/chaos/urls.py)."""

import os

from portal.settings.base import *  # noqa: F403 -- the settings of production, but for what follows.

DEBUG = False
SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.chaos.urls"
WHITENOISE_USE_FINDERS = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"file": {"class": "logging.FileHandler", "filename": os.environ["FOKUSPORTAL_CHAOS_LOG"]}},
    "root": {"handlers": ["file"], "level": "WARNING"},
}
