"""What holds in every environment; dev, test and production change only what must differ."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import validate

from portal.settings.environment import BASE_DIR, env, origin_of

DATA_DIR = Path(env.str("PORTAL_DATA_DIR", str(BASE_DIR / "var")))
PORTAL_NAME = env.str("PORTAL_NAME", "Fokusportal")
#: Where questions of readers and reports of barriers go.
EDITOR_EMAIL = env.str("PORTAL_EDITOR_EMAIL", "redaktion@fokusportal.example")
#: Where reports of weaknesses go, as security.txt says.
SECURITY_CONTACT = env.str("PORTAL_SECURITY_CONTACT", EDITOR_EMAIL)
DEFAULT_FROM_EMAIL = env.str("PORTAL_FROM_EMAIL", "Fokusportal <portal@fokusportal.example>")

INSTALLED_APPS = [
    "portal.home",
    "network.cooperation",
    "network.groups",
    "knowledge.documents",
    "knowledge.papers",
    "knowledge.directory",
    "knowledge.topics",
    "search.saved",
    "search.insights",
    "search.semantics",
    "search",
    "portal.accounts.apps.AccountsConfig",
    "portal.places",
    "portal.shared",
    # After the shared ground, so that audiences are settled before the log is written: one order of locks.
    "portal.audit",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.accounts.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "search.admin.apps.EditorsSearchConfig",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "django_tasks_db",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "portal.shared.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    # Before anybody asks who it is.
    "portal.shared.arrival.WholeRequestMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.rights.RightsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.session_limits.SessionLimitMiddleware",
    "portal.accounts.second_factor.SecondFactorMiddleware",
    "portal.shared.redirects.CarefulRedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "portal.home.navigation.navigation",
            ],
        },
    }
]

# SQLite in WAL mode without IMMEDIATE locks out concurrent writers; the two together do not.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=5000;",
}
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'portal.sqlite3'}", conn_max_age=60)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
#: How long the audit log keeps its entries (`manage.py audit prune`).
AUDIT_KEEP_DAYS = env.int("PORTAL_AUDIT_KEEP_DAYS", 3 * 365)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits count in it, so all processes share it; a full table would forget attempts, hence its size.
CACHES = {
    "default": {
        "BACKEND": "portal.shared.cache.PortalCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# What lasts longer than a request goes to the worker; see portal.shared.background for what does not.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "portal.accounts.sign_in.SignInForm",
    "reset_password": "portal.accounts.sign_in.ForgottenPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "portal.accounts.models.display_name"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{PORTAL_NAME}] "
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
#: Unit: seconds. Long enough to fetch the telephone and set up an app on it.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# "ip" is generous, because a whole town hall may come from one address; "key" is the account that is guessed at.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,200/h/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "confirm_email": "1/3m/key",
    "reset_password": "10/m/ip,60/h/ip,3/15m/key",
    "reset_password_from_key": "20/m/ip,100/h/ip",
    "signup": "10/m/ip",
}
#: Mails leave after the answer, so that its duration does not tell whether there is an account.
ACCOUNT_MAIL_AFTER_ANSWER = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PORTAL_TRUSTED_PROXIES", 0)

MFA_ADAPTER = "portal.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "portal.accounts.factor_forms.CodeForm",
    "reauthenticate": "portal.accounts.factor_forms.ConfirmingCodeForm",
    "activate_totp": "portal.accounts.factor_forms.SetUpAppForm",
    "add_webauthn": "portal.accounts.factor_forms.AddKeyForm",
    "edit_webauthn": "portal.accounts.factor_forms.RenameKeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TRUST_ENABLED = False
# Nobody gets in without a confirmed address, so a second, new one may wait for its confirmation beside the factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = PORTAL_NAME
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
USERSESSIONS_TRACK_ACTIVITY = True

SOCIALACCOUNT_ADAPTER = "portal.accounts.oidc.ProviderAdapter"
# An address that the provider has confirmed leads to the account of the same confirmed address, see ProviderAdapter.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
OIDC_SERVER_URL = env.str("PORTAL_OIDC_SERVER_URL", "")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env.str("PORTAL_OIDC_NAME", "OpenID Connect"),
                "client_id": env.str("PORTAL_OIDC_CLIENT_ID", ""),
                "secret": env.str("PORTAL_OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
        if OIDC_SERVER_URL
        else [],
    }
}

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
FORMAT_MODULE_PATH = "portal.formats"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "portal.shared.packages.PackageFileFinder",
]
NODE_MODULES_DIR = BASE_DIR / "node_modules"
#: The third-party front-end files that are served, unmodified, as prefix → (package, files in it).
SERVED_PACKAGE_FILES = {
    "kern": (
        "@kern-ux/native",
        (
            "dist/kern.min.css",
            "dist/fonts/fira-sans.css",
            "dist/fonts/fira-sans/*.woff2",
        ),
    ),
    "stimulus": ("@hotwired/stimulus", ("dist/stimulus.js",)),
    "htmx": ("htmx.org", ("dist/htmx.min.js",)),
}
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
#: Where nginx finds the uploads for itself alone, so that it and not the portal sends them; empty: the portal does.
ACCEL_PREFIX = env.str("PORTAL_ACCEL_PREFIX", "", validate=validate.Regexp(r"^(/[\w-]+)*/?$"))
if ACCEL_PREFIX:
    ACCEL_PREFIX = ACCEL_PREFIX.rstrip("/") + "/"
#: The malware scanner that looks at every upload, tcp://host:port or unix:/path; empty: none.
CLAMD = env.str("PORTAL_CLAMD", "", validate=validate.Regexp(r"^$|^tcp://[^/\s]+:[0-9]+$|^unix:/\S+$"))

# Wagtail's preview frames pages of the same site; nobody else may.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # asks for DENY, which would break the preview.
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
# Messages wait in the session; in a cookie of their own, other hosts of the domain could plant some.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# No other site loads our files; the default would allow every one.
WHITENOISE_ALLOW_ALL_ORIGINS = False
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        # The form that leads to the provider of identities is redirected there.
        "form-action": [SELF, *([origin_of(OIDC_SERVER_URL)] if OIDC_SERVER_URL else [])],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

WAGTAIL_SITE_NAME = PORTAL_NAME
WAGTAILADMIN_BASE_URL = env.str("PORTAL_BASE_URL", "http://127.0.0.1:8000")
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# A shared password is nobody's; who may read what follows from people and their roles.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_USAGE_COUNT_ENABLED = True
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "/konto/anmelden/"
WAGTAILIMAGES_IMAGE_MODEL = "shared.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "shared.PortalDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.shared.uploads.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.shared.uploads.PictureForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "csv", "txt"]
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 30_000_000
WAGTAILEMBEDS_FINDERS = []
# Nothing is written when something is saved: it reads the database and the portal's own index.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.admin.backend", "AUTO_UPDATE": False}}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

#: Whether /muster/ shows every component in every state; for developers.
SHOWS_PATTERNS = False

#: The engine that answers searches; "embedded" needs no server.
SEARCH_ENGINE = env.str("PORTAL_SEARCH_ENGINE", "embedded")
#: Where the server is, for the engine "elasticsearch"; several addresses are nodes of one cluster.
ELASTICSEARCH = {
    "urls": tuple(env.list("PORTAL_ELASTICSEARCH_URL", ["http://127.0.0.1:9200"])),
    "api_key": env.str("PORTAL_ELASTICSEARCH_API_KEY", ""),
    "ca_certificate": env.str("PORTAL_ELASTICSEARCH_CA", ""),
    "prefix": env.str("PORTAL_ELASTICSEARCH_PREFIX", "fokusportal"),
    "shards": env.int("PORTAL_ELASTICSEARCH_SHARDS", 1),
    "replicas": env.int("PORTAL_ELASTICSEARCH_REPLICAS", 0),
}
SEARCH_INDEX_DIR = DATA_DIR / "search-index"
#: Whether searches are counted for the editors, without persons, and for how many days.
SEARCH_INSIGHTS = env.bool("PORTAL_SEARCH_INSIGHTS", True)
SEARCH_INSIGHTS_KEEP_DAYS = env.int("PORTAL_SEARCH_INSIGHTS_KEEP_DAYS", 400)
#: Whether meaning counts beside the words; needs the extra „semantik“.
SEARCH_SEMANTICS = env.bool("PORTAL_SEARCH_SEMANTICS", False)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
