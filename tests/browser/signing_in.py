"""Signing in with a second factor, as every journey of the demo's people begins."""

import time

from playwright.sync_api import Page

from portal.accounts.second_factor import current_code
from portal.home.demo.accounts import SECOND_FACTOR_SECRET, SignIn


def sign_in(page: Page, account: SignIn) -> None:
    """Sign one of the demo's people in, password and code.

    A code is taken once only, so whoever signs in twice within its half minute is refused; and a code that was typed
    in its last moment is too old when it arrives. In both cases the next code is right.
    """
    page.goto("/konto/anmelden/")
    page.fill("input[name=login]", account.email)
    page.fill("input[name=password]", account.password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/zweiter-schritt/")
    for _attempt in range(2):
        page.fill("input[name=code]", current_code(SECOND_FACTOR_SECRET))
        with page.expect_navigation():
            page.locator("form:has(input[name=code]) button[type=submit]").first.click()
        if "/zweiter-schritt/" not in page.url:
            break
        page.wait_for_timeout((31 - time.time() % 30) * 1000)
    assert "/konto/" not in page.url
