"""Production: refuses to start without its secrets, speaks HTTPS only, serves hashed static files."""

from portal.settings.base import *
from portal.settings.environment import env

DEBUG = False
SECRET_KEY = env.str("PORTAL_SECRET_KEY")
ALLOWED_HOSTS = env.list("PORTAL_ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = env.str("PORTAL_BASE_URL")
DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=60)}
CACHES = {"default": env.dj_cache_url("CACHE_URL", "db://portal_cache")}

CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.shared.packages.HashedStaticStorage"},
}
EMAIL_CONFIG = env.dj_email_url("EMAIL_URL")
vars().update(EMAIL_CONFIG)
