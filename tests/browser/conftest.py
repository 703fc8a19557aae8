"""A portal as `make run` starts it, and a real Chromium that visits it."""

import os
from contextlib import ExitStack

import pytest
from playwright.sync_api import Error

from tests.browser.launching import chromium
from tests.browser.serving import demo_portal, deployed_portal
from tests.browser.signing_in import sign_in


@pytest.fixture(scope="session")
def browser():
    """Where no Chromium can be had the tests say so; where one is expected that is a failure."""
    with ExitStack() as stack:
        try:
            started = stack.enter_context(chromium())
        except Error as error:
            message = f"No Chromium could be started: {error}"
            if os.environ.get("CI") == "true":
                pytest.fail(message)
            pytest.skip(message)
        yield started


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory):
    return tmp_path_factory.mktemp("portal")


@pytest.fixture(scope="session")
def portal(data_dir):
    """The address of a portal with the demo content."""
    with demo_portal(data_dir) as address:
        yield address


@pytest.fixture(scope="session")
def deployed(portal, data_dir):
    """The same portal without DEBUG, whose error pages readers see."""
    with deployed_portal(data_dir) as address:
        yield address


@pytest.fixture(scope="session")
def cookies_of(browser, portal):
    """The cookies of one of the demo's people, who signs in once for all tests."""
    kept = {}

    def of(account):
        if account.email not in kept:
            context = browser.new_context(locale="de-DE", base_url=portal)
            sign_in(context.new_page(), account)
            kept[account.email] = context.storage_state()
            context.close()
        return kept[account.email]

    return of


@pytest.fixture
def visit(browser, portal):
    """Open pages of the portal; afterwards nothing was loaded from elsewhere and no policy was violated."""
    contexts = []

    def open_page(path="/", *, base=portal, **options):
        context = browser.new_context(
            **{"locale": "de-DE", "viewport": {"width": 1280, "height": 900}, "base_url": base, **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("request", lambda request: _note_foreign(page, request, base))
        page.on("console", lambda message: _note_violation(page, message))
        page.on("pageerror", lambda error: page.complaints.append(f"script error: {error}"))
        page.goto(path)
        return page

    yield open_page
    # Tabs that a page opened itself were not listened to from their beginning.
    opened = [page for context in contexts for page in context.pages if hasattr(page, "complaints")]
    complaints = [complaint for page in opened for complaint in page.complaints]
    for context in contexts:
        context.close()
    assert complaints == []


def _note_foreign(page, request, base):
    if not request.url.startswith((base, "data:", "blob:")):
        page.complaints.append(f"request to another place: {request.url}")


def _note_violation(page, message):
    if "Content Security Policy" in message.text:
        page.complaints.append(f"policy violated: {message.text}")
