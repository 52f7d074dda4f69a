"""Every page for everybody: one look at each kind of page, by somebody who may add and correct, who sees all there is on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.browsing import Visit
from tests.browser.crawling import Found
from tests.browser.looking import look
from tests.browser.serving import Served

pytestmark = pytest.mark.slow
EACH = 2  # pages of a kind
UNLINKED = ("/nowhere", "/statements?by=Boliviaa", "/find?q=zzyzx", "/dyads/KEN/PER")  # errors and empty states are pages too


def addresses(found: Found) -> Iterator[str]:
    for pages in found.pages.values():
        yield from pages[:EACH]


@pytest.fixture(scope="module")
def looked(browser: Browser, desk: Served, found: Found) -> Mapping[str, list[str]]:
    """What is wrong, by concern, over all pages."""
    wrong: dict[str, list[str]] = defaultdict(list)
    visit = Visit(browser, desk.url)
    visit.sign_in(desk.token)
    for address in addresses(found):
        for concern, faults in look(visit.page, address).items():
            wrong[concern] += faults
    wrong["noticed"] += visit.faults
    for address in UNLINKED:
        for concern, faults in look(visit.page, address).items():
            wrong[concern] += faults
    visit.context.close()
    return wrong


@pytest.mark.parametrize("concern", ["axe", "dark", "narrow", "large", "keys", "frame", "noticed"])
def test_every_page(looked: Mapping[str, list[str]], concern: str) -> None:
    assert not looked[concern], "\n".join(looked[concern])


def test_every_page_stands_without_javascript(visit: Callable[..., Visit], found: Found) -> None:
    plain = visit(java_script_enabled=False).page
    for pages in found.pages.values():
        plain.goto(pages[0])
        expect(plain.get_by_role("heading", level=1)).to_be_visible()


def test_one_skips_to_the_page_and_to_the_search_box_by_keys(page: Page) -> None:
    page.goto("/statements")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the page")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.goto("/coverage")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Find names, two states, or words")).to_be_focused()


def test_on_paper_there_is_the_page_alone(page: Page) -> None:
    page.goto("/dyads/BOL/CHL")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
