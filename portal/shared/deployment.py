"""System checks of a deployment: `manage.py check --deploy` names what would be open, leaked or guessable."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth import views as password_views
from django.core import checks
from django.core.checks import register
from django.forms import PasswordInput
from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse

HEADERS = "portal.shared.headers.HeadersMiddleware"
#: Caches that one process alone sees: rate limits would be counted anew in every process.
CACHES_OF_ONE_PROCESS = ("locmem.LocMemCache", "dummy.DummyCache")
PASSWORD_VIEWS = (
    password_views.LoginView,
    password_views.PasswordChangeView,
    password_views.PasswordResetConfirmView,
    password_views.PasswordResetView,
)
#: Functions, not classes, that ask for a password: Django's administration and Wagtail's protected pages and files.
PASSWORD_FUNCTIONS = ("AdminSite.login", "AdminSite.password_change", "authenticate_with_password")
UNSAFE_SOURCES = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "data:", "http:", "https:", "blob:")


@register(deploy=True)
def the_cache_is_shared(app_configs, **kwargs):
    """Rate limits hold only where all processes count in the same cache."""
    backend = settings.CACHES["default"]["BACKEND"]
    if settings.DEBUG or not backend.endswith(CACHES_OF_ONE_PROCESS):
        return []
    hint = "Set CACHE_URL to a Redis or to db://portal_cache."
    return [checks.Error(f"The cache {backend} is not shared by all processes.", hint=hint, id="shared.E002")]


@register(deploy=True)
def uploads_lie_where_nobody_else_reads(app_configs, **kwargs):
    """Private files are handed out by views that ask who may read; nothing else may serve or open them."""
    media = Path(settings.MEDIA_ROOT).resolve()
    served = [settings.STATIC_ROOT, getattr(settings, "WHITENOISE_ROOT", None), *settings.STATICFILES_DIRS]
    found = [
        checks.Error(
            f"The uploads in {media} and the public files in {folder} lie in each other.",
            hint="Give them folders beside each other.",
            id="shared.E003",
        )
        for folder in (Path(each).resolve() for each in served if each)
        if media.is_relative_to(folder) or folder.is_relative_to(media)
    ]
    # Who may enter a folder can open what he knows the name of, even where he cannot list it.
    if media.is_dir() and media.stat().st_mode & 0o005:
        message = f"Every user of this machine can read the uploads in {media}."
        found.append(checks.Warning(message, hint=f"Run `chmod o-rwx {media}`.", id="shared.W002"))
    return found


@register()
def there_is_one_door(app_configs, **kwargs):
    """Only allauth's views accept a password, because only they ask for the second factor and count guesses."""
    found = [
        checks.Error(
            f"/{path} accepts a password past the one door.",
            hint="Put a redirect to the one door before it in portal/urls.py.",
            id="shared.E004",
        )
        for path, view in _reachable_doors()
        if not _is_guarded(view)
    ]
    try:
        door = resolve(reverse(settings.LOGIN_URL)).func
    except (NoReverseMatch, Resolver404):
        door = None
    if not _is_guarded(door):
        message = f"LOGIN_URL is {settings.LOGIN_URL}, which is not the one door."
        found.append(checks.Error(message, hint="Set it to account_login.", id="shared.E005"))
    return found


def asks_for_password(view) -> bool:
    """Say whether a view is, by its kind or by its form, a place to type a password."""
    if getattr(view, "__qualname__", "") in PASSWORD_FUNCTIONS:
        return True
    view_class = getattr(view, "view_class", None)
    if view_class is None:
        return False
    fields = getattr(getattr(view_class, "form_class", None), "base_fields", {})
    return issubclass(view_class, PASSWORD_VIEWS) or any(isinstance(f.widget, PasswordInput) for f in fields.values())


def _is_guarded(view) -> bool:
    kinds = getattr(view, "view_class", type(view)).__mro__
    return any(kind.__module__.startswith("allauth.") for kind in kinds)


def _reachable_doors(patterns=None, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield address and view of every place to type a password that no earlier pattern shadows."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _reachable_doors(pattern.url_patterns, address)
        elif asks_for_password(pattern.callback) and _leads_to(address, pattern.callback):
            yield address, pattern.callback


def _leads_to(address: str, view) -> bool:
    example = re.sub(r"<(int:)?(?:\w+:)?\w+>", lambda match: "1" if match[1] else "x", address)
    try:
        return resolve(f"/{example}").func is view
    except Resolver404:
        # No example was found, as for a regular expression: better one report too many.
        return True


@register()
def answers_carry_their_headers(app_configs, **kwargs):
    """The first middleware writes the headers; only from there it sees what the others answer."""
    if settings.MIDDLEWARE and settings.MIDDLEWARE[0] == HEADERS:
        return []
    hint = f"Put {HEADERS} before all others."
    return [checks.Error("The middleware of the headers does not stand first.", hint=hint, id="shared.E006")]


@register()
def the_policy_is_strict(app_configs, **kwargs):
    """Public and member pages load scripts and styles from here alone and run no inline code."""
    given = getattr(settings, "CONTENT_SECURITY_POLICY", {}).get("DIRECTIVES", {})
    directives = {name: list(sources or ()) for name, sources in given.items()}
    faults = [
        f"{name} lacks 'none'"
        for name in ("default-src", "object-src", "base-uri")
        if directives.get(name) != ["'none'"]
    ]
    faults += [f"{name} is missing" for name in ("frame-ancestors", "form-action") if not directives.get(name)]
    faults += [
        f"{name} allows {source}"
        for name in ("default-src", "script-src", "style-src", "connect-src", "form-action", "frame-ancestors")
        for source in directives.get(name, ())
        if source in UNSAFE_SOURCES
    ]
    return [
        checks.Error(f"The content security policy is weak: {fault}.", hint="See docs/security.md.", id="shared.E007")
        for fault in faults
    ]


@register(deploy=True)
def cookies_belong_to_this_host(app_configs, **kwargs):
    """A cookie named __Host- can be neither read nor planted by another host of the domain."""
    found = []
    for kind in ("SESSION", "CSRF"):
        name, domain, path, secure, hidden, same_site = (
            getattr(settings, f"{kind}_COOKIE_{part}")
            for part in ("NAME", "DOMAIN", "PATH", "SECURE", "HTTPONLY", "SAMESITE")
        )
        if not (name.startswith("__Host-") and secure and path == "/" and domain is None):
            message = f"The cookie {name} is not bound to this host."
            hint = f"{kind}_COOKIE_NAME begins with __Host-; Secure, path / and no domain belong to it."
            found.append(checks.Error(message, hint=hint, id="shared.E008"))
        if not hidden or same_site not in ("Lax", "Strict"):
            message = f"The cookie {name} is open to scripts or to other sites."
            found.append(checks.Error(message, hint="Set HTTPONLY and SAMESITE.", id="shared.E009"))
    if not settings.MESSAGE_STORAGE.endswith("SessionStorage"):
        message = "Messages are kept in a cookie of their own."
        found.append(checks.Error(message, hint="Set MESSAGE_STORAGE to the session's storage.", id="shared.E008"))
    return found


@register(deploy=True)
def links_in_mails_are_encrypted(app_configs, **kwargs):
    """The portal's own address is the origin that forms are accepted from and that mails link to."""
    if re.fullmatch(r"https://[^/\s]+", settings.WAGTAILADMIN_BASE_URL):
        return []
    message = f"PORTAL_BASE_URL is {settings.WAGTAILADMIN_BASE_URL}."
    return [checks.Error(message, hint="Give it as https://host, without a path.", id="shared.E010")]


@register(deploy=True)
def files_may_be_handed_to_the_web_server(app_configs, **kwargs):
    """Large files keep a process busy while they are sent; a web server in front can send them instead."""
    if settings.DEBUG or getattr(settings, "ACCEL_PREFIX", ""):
        return []
    message = "The portal sends uploaded files itself."
    return [checks.Info(message, hint="Set PORTAL_ACCEL_PREFIX where nginx stands in front.", id="shared.I001")]
