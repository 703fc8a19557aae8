"""Every own system check is silent where all is well and speaks, under its id, where a setting is bad."""

import pytest
from django.contrib.admin import AdminSite
from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.urls import include, path

import portal.urls
from portal.shared import deployment

CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "frame-ancestors": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}


def ids(check) -> set[str]:
    return {message.id for message in check(app_configs=None)}


@pytest.fixture
def well_kept(settings, tmp_path):
    """Settings that no check complains about."""
    settings.DEBUG = False
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://x"}}
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": dict(CSP)}
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"
    settings.ACCEL_PREFIX = "/uploads/"
    settings.SESSION_COOKIE_NAME = "__Host-sessionid"
    settings.CSRF_COOKIE_NAME = "__Host-csrftoken"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    return settings


ALL_CHECKS = [
    deployment.the_cache_is_shared,
    deployment.uploads_lie_where_nobody_else_reads,
    deployment.there_is_one_door,
    deployment.answers_carry_their_headers,
    deployment.the_policy_is_strict,
    deployment.cookies_belong_to_this_host,
    deployment.links_in_mails_are_encrypted,
    deployment.files_may_be_handed_to_the_web_server,
]


@pytest.mark.parametrize("check", ALL_CHECKS)
def test_a_check_is_silent_where_all_is_well(well_kept, check):
    assert ids(check) == set()


@pytest.mark.parametrize("backend", ["locmem.LocMemCache", "dummy.DummyCache"])
def test_a_cache_of_one_process_is_refused(well_kept, backend):
    well_kept.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{backend}"}}
    assert ids(deployment.the_cache_is_shared) == {"shared.E002"}
    well_kept.DEBUG = True
    assert ids(deployment.the_cache_is_shared) == set()


@pytest.mark.parametrize(
    ("media", "static", "expected"),
    [
        ("static/media", "static", {"shared.E003"}),
        ("both", "both", {"shared.E003"}),
        ("media", "media/static", {"shared.E003"}),
        ("media", "mediathek", set()),
        ("static/../media", "static", set()),
    ],
)
def test_uploads_and_public_files_do_not_lie_in_each_other(well_kept, tmp_path, media, static, expected):
    well_kept.MEDIA_ROOT, well_kept.STATIC_ROOT = tmp_path / media, tmp_path / static
    assert ids(deployment.uploads_lie_where_nobody_else_reads) == expected


def test_uploads_among_the_sources_of_static_files_are_refused(well_kept, tmp_path):
    well_kept.STATICFILES_DIRS = [tmp_path]
    assert ids(deployment.uploads_lie_where_nobody_else_reads) == {"shared.E003"}


@pytest.mark.parametrize(
    ("mode", "expected"), [(0o750, set()), (0o700, set()), (0o755, {"shared.W002"}), (0o751, {"shared.W002"})]
)
def test_uploads_that_everybody_may_enter_are_reported(well_kept, tmp_path, mode, expected):
    folder = tmp_path / "media"
    folder.mkdir()
    folder.chmod(mode)
    assert ids(deployment.uploads_lie_where_nobody_else_reads) == expected


class _OwnLogin(LoginView):
    """A second door that somebody built."""


def authenticate_with_password(request, restriction_id):
    return HttpResponse()


DOORS = [
    path("tuer/", _OwnLogin.as_view()),
    path("amt/login/", AdminSite().login),
    path("amt/password_change/", AdminSite().password_change),
    path("seiten/authenticate_with_password/<int:restriction_id>/", authenticate_with_password),
]


@pytest.mark.parametrize("door", DOORS)
def test_a_second_door_is_found(well_kept, monkeypatch, door):
    _urls_of_a_test(well_kept, monkeypatch, [door, path("", include(portal.urls))])
    assert ids(deployment.there_is_one_door) == {"shared.E004"}


def test_a_door_behind_a_redirect_is_shut(well_kept, monkeypatch):
    shut = path("tuer/", lambda request: HttpResponse())
    _urls_of_a_test(well_kept, monkeypatch, [shut, *DOORS[:1], path("", include(portal.urls))])
    assert ids(deployment.there_is_one_door) == set()


def test_the_way_to_the_door_must_lead_to_it(well_kept):
    well_kept.LOGIN_URL = "contact"
    assert ids(deployment.there_is_one_door) == {"shared.E005"}


def _urls_of_a_test(settings, monkeypatch, patterns):
    monkeypatch.setattr(f"{__name__}.urlpatterns", patterns, raising=False)
    settings.ROOT_URLCONF = __name__


def test_headers_that_are_written_too_late_are_reported(well_kept):
    well_kept.MIDDLEWARE = [*well_kept.MIDDLEWARE[1:], well_kept.MIDDLEWARE[0]]
    assert ids(deployment.answers_carry_their_headers) == {"shared.E006"}


@pytest.mark.parametrize(
    "weaker",
    [
        {"script-src": ["'self'", "'unsafe-inline'"]},
        {"script-src": ["'unsafe-eval'"]},
        {"style-src": ["'self'", "https:"]},
        {"default-src": ["'self'"]},
        {"object-src": ["'self'"]},
        {"base-uri": []},
        {"frame-ancestors": []},
        {"frame-ancestors": ["*"]},
        {"form-action": None},
    ],
)
def test_a_weaker_policy_is_reported(well_kept, weaker):
    well_kept.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**CSP, **weaker}}
    assert ids(deployment.the_policy_is_strict) == {"shared.E007"}


def test_a_missing_policy_is_reported(well_kept):
    del well_kept.CONTENT_SECURITY_POLICY
    assert ids(deployment.the_policy_is_strict) == {"shared.E007"}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SESSION_COOKIE_NAME", "sessionid", "shared.E008"),
        ("CSRF_COOKIE_NAME", "csrftoken", "shared.E008"),
        ("SESSION_COOKIE_DOMAIN", ".kommune.example", "shared.E008"),
        ("CSRF_COOKIE_PATH", "/portal/", "shared.E008"),
        ("CSRF_COOKIE_SECURE", False, "shared.E008"),
        ("SESSION_COOKIE_SECURE", False, "shared.E008"),
        ("MESSAGE_STORAGE", "django.contrib.messages.storage.fallback.FallbackStorage", "shared.E008"),
        ("SESSION_COOKIE_HTTPONLY", False, "shared.E009"),
        ("CSRF_COOKIE_HTTPONLY", False, "shared.E009"),
        ("SESSION_COOKIE_SAMESITE", "None", "shared.E009"),
        ("CSRF_COOKIE_SAMESITE", None, "shared.E009"),
    ],
)
def test_a_cookie_that_others_can_reach_is_reported(well_kept, name, value, expected):
    setattr(well_kept, name, value)
    assert ids(deployment.cookies_belong_to_this_host) == {expected}


@pytest.mark.parametrize("address", ["http://portal.example", "https://portal.example/pfad", "portal.example", ""])
def test_an_address_that_is_no_https_origin_is_reported(well_kept, address):
    well_kept.WAGTAILADMIN_BASE_URL = address
    assert ids(deployment.links_in_mails_are_encrypted) == {"shared.E010"}


def test_files_that_the_portal_sends_itself_are_mentioned(well_kept):
    well_kept.ACCEL_PREFIX = ""
    assert ids(deployment.files_may_be_handed_to_the_web_server) == {"shared.I001"}
