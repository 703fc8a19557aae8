"""Production: refuses to start without its secrets, speaks HTTPS only, serves hashed static files."""

from portal.settings.base import *
from portal.settings.environment import env

DEBUG = False
SECRET_KEY = env.str("PORTAL_SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("PORTAL_SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("PORTAL_ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = env.str("PORTAL_BASE_URL")
DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=60)}
if not env.str("CACHE_URL", "db://").startswith("db://"):
    CACHES = {"default": env.dj_cache_url("CACHE_URL")}

CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
if ALLAUTH_TRUSTED_PROXY_COUNT:
    # Without a proxy in front this header would come from the visitor.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
# What people upload is read by the portal and, through the group, by the web server; by nobody else on the machine.
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.shared.packages.HashedStaticStorage"},
}
EMAIL_CONFIG = env.dj_email_url("EMAIL_URL")
vars().update(EMAIL_CONFIG)
