"""A browser and a desk for each file of tests; a page for each test, which must leave no fault behind."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.browsing import Visit, launched
from tests.browser.crawling import Found, crawl
from tests.browser.serving import Served, fill, serving

from dragoman.pipeline import Reader

expect.set_options(timeout=15_000)  # milliseconds; two cores may be shared with much else


@pytest.fixture(scope="session")
def filled(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the project's own reports; it is copied, never changed."""
    where = tmp_path_factory.mktemp("filled") / "ledger.db"
    fill(where, reader)
    return where


@pytest.fixture(scope="session")
def found(filled: Path, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What somebody comes upon who may add and correct, from the first page on."""
    where = shutil.copy(filled, tmp_path_factory.mktemp("crawled") / "ledger.db")
    with serving(where, reader) as served, httpx.Client(base_url=served.url, timeout=30) as client:
        client.post("/enter", data={"token": served.token})
        return crawl(client)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Of the file alone: while Playwright runs, other tests could not run a loop of their own in this thread."""
    with launched() as opened:
        yield opened


@pytest.fixture(scope="module")
def desk(browser: Browser, filled: Path, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The desk over a fresh copy of the ledger. It asks for the browser first: without one nothing need be read."""
    where = shutil.copy(filled, tmp_path_factory.mktemp("desk") / "ledger.db")
    with serving(where, reader) as served:
        yield served


@pytest.fixture
def visit(browser: Browser, desk: Served) -> Iterator[Callable[..., Visit]]:
    """Opens windows on the desk; at the end of the test none may have noticed a fault."""
    made: list[Visit] = []

    def open_(**options: Any) -> Visit:
        made.append(Visit(browser, desk.url, **options))
        return made[-1]

    yield open_
    faults = [fault for v in made for fault in v.faults]
    for v in made:
        v.context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(visit: Callable[..., Visit]) -> Page:
    """A reader's window."""
    return visit().page


@pytest.fixture(params=[True, False], ids=["javascript", "plain"])
def either(request: pytest.FixtureRequest, visit: Callable[..., Visit]) -> Page:
    """A reader's window with JavaScript, and one without."""
    return visit(java_script_enabled=request.param).page


@pytest.fixture(params=[True, False], ids=["javascript", "plain"])
def signed_in(request: pytest.FixtureRequest, visit: Callable[..., Visit], desk: Served) -> Page:
    """A window of somebody who may add and correct, with JavaScript and without."""
    made = visit(java_script_enabled=request.param)
    made.sign_in(desk.token)
    return made.page
