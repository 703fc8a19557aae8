"""Every answer carries the headers: pages, redirects, errors, files, and what middleware itself answers."""

import re

import pytest
from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import include, path

import portal.urls
from portal.shared.headers import UNUSED_FEATURES
from tests.factories.accounts import UserFactory
from tests.factories.pages import site_with_home

pytestmark = pytest.mark.django_db

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = "max-age=63072000; includeSubDomains; preload"


def _raise(error):
    def view(request):
        raise error

    return view


def _remember(request):
    request.session["seen"] = True
    return HttpResponse("ok")


def _cached_for_all(request):
    response = HttpResponse("ok")
    response["Cache-Control"] = "public, max-age=86400"
    response["Expires"] = "Thu, 01 Jan 2099 00:00:00 GMT"
    return response


def _tell(request):
    messages.info(request, "Gespeichert.")
    return redirect("/kontakt/")


def _forget_session(request):
    request.session.save()
    type(request.session)(request.session.session_key).delete()
    request.session["seen"] = True
    return HttpResponse("ok")


urlpatterns = [
    path("probe/kaputt/", _raise(RuntimeError("broken"))),
    path("probe/verboten/", _raise(PermissionDenied())),
    path("probe/verdaechtig/", _raise(SuspiciousOperation("odd"))),
    path("probe/sitzung/", _remember),
    path("probe/fuer-alle/", _cached_for_all),
    path("probe/meldung/", _tell),
    path("probe/sitzung-weg/", _forget_session),
    path("", include(portal.urls)),
]
handler500 = portal.urls.handler500


@pytest.fixture
def probing(settings):
    """The portal with views that fail on purpose; visited without raising, by HTTPS, as readers do."""
    settings.ROOT_URLCONF = __name__
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SECURE_HSTS_PRELOAD = True
    site_with_home()
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def visit(client, address, **options):
    """Ask by HTTPS and read the answer to its end, which closes the file behind it."""
    response = client.get(address, secure=True, **options)
    if response.streaming:
        b"".join(response)
    return response


ANSWERS = [
    ("/", {}, 200),
    ("/kontakt/", {}, 200),
    ("/kontakt", {}, 301),
    ("/healthz", {}, 200),
    ("/redaktion/", {}, 302),
    ("/redaktion/login/", {}, 302),
    ("/gibt-es-nicht/", {}, 404),
    ("/gibt-es-nicht", {}, 301),
    ("/probe/kaputt/", {}, 500),
    ("/probe/verboten/", {}, 403),
    ("/probe/verdaechtig/", {}, 400),
    ("/probe/sitzung-weg/", {}, 400),
    ("/", {"headers": {"host": "fremd.example"}}, 400),
    ("/static/css/portal.css", {}, 200),
    ("/static/gibt-es-nicht.css", {}, 404),
    ("/.well-known/security.txt", {}, 200),
    ("/robots.txt", {}, 200),
]


@pytest.mark.parametrize(("address", "options", "status"), ANSWERS)
@pytest.mark.parametrize("signed_in", [False, True])
def test_every_answer_carries_the_headers(probing, address, options, status, signed_in):
    if signed_in:
        probing.force_login(UserFactory())
    response = visit(probing, address, **options)
    refused = signed_in and address == "/redaktion/login/"  # who lacks the right is told so.
    assert response.status_code == (403 if refused else status)
    assert {name: response.get(name) for name in ALWAYS} == ALWAYS
    assert response["Strict-Transport-Security"] == HSTS
    assert "object-src 'none'" in response["Content-Security-Policy"]
    assert "base-uri 'none'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize(("address", "options", "status"), ANSWERS)
def test_no_answer_to_a_signed_in_person_is_stored(probing, address, options, status):
    probing.force_login(UserFactory())
    response = visit(probing, address, **options)
    if address == "/static/css/portal.css":
        assert "no-store" not in response["Cache-Control"]
    else:
        assert response["Cache-Control"] == "private, no-store"


def test_a_refused_form_carries_the_headers(probing):
    for person in (None, UserFactory()):
        if person:
            probing.force_login(person)
        response = probing.post("/kontakt/", {"text": "Guten Tag"}, secure=True)
        assert response.status_code == 403
        assert {name: response.get(name) for name in ALWAYS} == ALWAYS
        assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"


def test_a_view_that_allows_storing_is_overruled_for_people_only(probing):
    assert probing.get("/probe/fuer-alle/")["Cache-Control"] == "public, max-age=86400"
    probing.force_login(UserFactory())
    response = probing.get("/probe/fuer-alle/")
    assert response["Cache-Control"] == "private, no-store"
    assert "Expires" not in response


def test_signing_in_and_out_is_not_stored(probing):
    person = UserFactory()
    probing = Client()
    entered = probing.post("/konto/anmelden/", {"login": person.email, "password": "ein-langes-Passwort"})
    assert entered.cookies
    assert entered["Cache-Control"] == "private, no-store"
    left = probing.post("/konto/abmelden/")
    assert left["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/probe/sitzung/", "/probe/meldung/", "/kontakt/"])
def test_an_answer_that_sets_a_cookie_is_not_stored(probing, address):
    response = probing.get(address)
    assert response.cookies
    assert response["Cache-Control"] == "private, no-store"


def test_no_cookies_but_those_of_session_and_forms(probing, settings):
    for address in ("/", "/kontakt/", "/probe/meldung/", "/suche/?q=duldung", "/konto/anmelden/"):
        assert set(probing.get(address, secure=True).cookies) <= {
            settings.SESSION_COOKIE_NAME,
            settings.CSRF_COOKIE_NAME,
        }
    for cookie in probing.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]


def test_the_front_page_sets_no_cookie_at_all(client):
    site_with_home()
    assert not client.get("/").cookies


def test_files_are_kept_by_caches_and_given_to_no_other_site(client):
    response = visit(client, "/static/css/portal.css")
    assert "public" in response["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response


def test_unencrypted_answers_promise_no_encryption(probing):
    assert "Strict-Transport-Security" not in probing.get("/")


@pytest.mark.parametrize("path", ["/", "/suche/", "/kontakt/", "/konto/anmelden/", "/gibt-es-nicht/", "/glossar/"])
def test_public_answers_allow_no_inline_code_and_no_other_host(client, path):
    site_with_home()
    policy = client.get(path)["Content-Security-Policy"]
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= set(policy.split("; "))
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_editing_interface_alone_may_use_inline_code(client):
    client.force_login(UserFactory(administrator=True))
    policy = client.get("/redaktion/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy.split("; ")
    assert "unsafe-eval" not in policy


@pytest.mark.parametrize("address", ["/redaktionell/", "/suche/?q=/redaktion/", "//redaktion/", "/kontakt/redaktion/"])
def test_addresses_that_only_look_like_the_editing_interface_stay_strict(client, address):
    site_with_home()
    assert "unsafe" not in client.get(address)["Content-Security-Policy"]


def test_unused_features_are_named_in_the_order_of_the_alphabet():
    assert list(UNUSED_FEATURES) == sorted(set(UNUSED_FEATURES))
    assert all(re.fullmatch(r"[a-z-]+", feature) for feature in UNUSED_FEATURES)
