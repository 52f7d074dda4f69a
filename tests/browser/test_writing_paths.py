"""What somebody does who may add and correct; each path by the names, roles and labels that the page shows."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.browsing import Visit
from tests.browser.serving import Served

TOLD = (
    "LIMA, June {day} (Andes Wire) - Peru on Monday refused talks with Ecuador on fishing until Quito releases {number} boats, "
    "Peruvian Foreign Minister Marta Salas said in a statement."
)


def test_a_text_is_pasted_and_its_record_read(signed_in: Page, request: pytest.FixtureRequest) -> None:
    day = 3 if "javascript" in request.node.name else 10  # another report each time
    signed_in.get_by_role("navigation", name="Main").get_by_role("link", name="Add").click()
    signed_in.get_by_label("Paste its text").fill(TOLD.format(day=day, number=day))
    signed_in.get_by_label("Its day").fill(f"2024-06-{day:02}")
    signed_in.get_by_role("button", name="Add").click()
    expect(signed_in.get_by_role("status")).to_contain_text("1 of 1 in the ledger", timeout=30_000)
    signed_in.get_by_role("main").get_by_role("link", name=re.compile("Report|pasted")).first.click()
    expect(signed_in.get_by_role("main")).to_contain_text("until Quito releases")
    expect(signed_in.get_by_role("main")).to_contain_text("Marta Salas")


def test_who_has_no_token_is_told_how_to_get_one(page: Page) -> None:
    page.goto("/add")
    page.get_by_role("main").get_by_role("link", name="sign in with a token").click()
    expect(page.get_by_role("main")).to_contain_text("dragoman token make")


def test_signing_in_comes_back_and_out_again(visit: Callable[..., Visit], desk: Served) -> None:
    page = visit().page
    page.goto("/enter?to=/add")
    page.get_by_label("Token").fill(desk.token)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Paste its text")).to_be_visible()
    expect(page.get_by_role("contentinfo")).to_contain_text("Signed in as Ana")
    page.get_by_role("link", name="Sign out").click()
    expect(page.get_by_role("contentinfo")).to_contain_text("Reading only")
