"""Drawings are made by the page, can be pointed at and clicked; the slider leads to a day."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.browser.browsing import Visit

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("address", ["/map?since=", "/network?since=", "/dyads/PHL/CHN"])
def test_the_page_draws_and_no_picture_stands_in(visit: Callable[..., Visit], address: str) -> None:
    page = visit().page
    page.goto(address)
    expect(page.locator(".drawn svg")).to_be_visible(timeout=30_000)
    assert page.locator(".drawn img").count() == 0


def test_an_arrow_leads_to_its_pair(visit: Callable[..., Visit]) -> None:
    page = visit().page
    page.goto("/network?since=&of=philippines")
    arrow = page.locator(".drawn svg .layer_1_marks path").first
    expect(arrow).to_be_visible(timeout=30_000)
    arrow.click(force=True)
    page.wait_for_url("**/dyads/**")


def test_the_slider_leads_to_a_day(visit: Callable[..., Visit]) -> None:
    page = visit().page
    page.goto("/dyads/PHL/CHN")
    slider = page.locator("input[type=range]")
    expect(slider).to_have_count(1)  # the examples tell of these two on several days
    slider.focus()
    page.keyboard.press("Home")
    day = page.get_by_label("As of", exact=True).input_value()
    page.locator(".days button").click()
    page.wait_for_url(f"**as_of={day}*")
