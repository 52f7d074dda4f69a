"""Debian's Chromium under Playwright, and pages that notice what a reader of the page would never be told: console errors, refusals by the content policy, requests to elsewhere."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, sync_playwright

GIVEN = "DRAGOMAN_CHROMIUM"  # a browser to use instead of the one on the PATH
ASKED = "DRAGOMAN_BROWSER"  # "required": a missing browser fails the tests; so it does wherever CI is set
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# As root there is no sandbox; the rest keeps Chromium from calling home, which a closed network refuses at length.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--disable-dev-shm-usage",
)  # fmt: skip


def chromium() -> str:
    """Where the browser lies; where there is none, the tests are skipped, which is said at the end of the run, or fail where one is required."""
    found = os.environ.get(GIVEN) or next((path for name in NAMES if (path := shutil.which(name))), None)
    if found:
        return found
    missing = f"The desk is NOT tried in a browser: no Chromium was found. Install it with: apt-get install chromium (or name one in {GIVEN})."
    if os.environ.get("CI") or os.environ.get(ASKED) == "required":
        pytest.fail(missing)
    warnings.warn(missing, stacklevel=1)
    pytest.skip(missing)


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser, closed at the end."""
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class Visit:
    """One person's window on the desk, and everything that went wrong in it.

    Args:
        browser: The browser.
        url: The desk's address; nothing else may be asked for.
        options: Of the context: `java_script_enabled`, `viewport`, `color_scheme` …
    """

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        self.url, self.faults = url, list[str]()
        self.context: BrowserContext = browser.new_context(base_url=url, locale="en-GB", **options)
        self.context.set_default_timeout(30_000)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def sign_in(self, token: str) -> None:
        """As somebody who has a token."""
        self.page.goto("/enter")
        self.page.get_by_label("Token").fill(token)
        self.page.get_by_role("button", name="Sign in").click()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):  # refusals by the content policy are errors
            self.faults.append(f"{self.page.url}: {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.url + "/", "data:", "blob:")):
            self.faults.append(f"{self.page.url}: asked for {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{self.page.url}: {response.status} of {response.url}")
