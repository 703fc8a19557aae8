"""The demo's database served as in production, without DEBUG, so that the error pages are the readers' own."""

from portal.settings.dev import *  # noqa: F403 -- the development settings, but for DEBUG.

DEBUG = False
