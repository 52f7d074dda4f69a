"""What somebody does who may add and correct; each path by the names, roles and labels that the page shows."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.browsing import Visit
from tests.browser.serving import Served

TOLD = (
    "LIMA, June {day} (Andes Wire) - Peru on Monday refused talks with Ecuador on fishing until Quito releases {number} boats, "
    "Peruvian Foreign Minister Marta Salas said in a statement."
)

QUOTE = "We will not talk about gas until Chile opens the port of Arica"


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


def test_a_finding_is_rejected_seen_to_be_gone_and_brought_back(signed_in: Page) -> None:
    def held() -> Locator:
        signed_in.goto("/dyads/BOL/CHL")
        section = signed_in.locator("section").filter(has=signed_in.get_by_role("heading", name="Conditions still open"))
        return section.get_by_role("listitem").filter(has_text=QUOTE)

    held().get_by_role("link", name=re.compile("Andes Wire")).first.click()
    found = signed_in.locator(":target")
    place = signed_in.url.partition("#")[2]
    expect(found).to_contain_text("talk about gas")
    found.get_by_role("textbox", name="Why").fill("said in jest")
    found.get_by_role("button", name="Reject").click()
    expect(signed_in.get_by_role("status")).to_contain_text("Rejected")
    expect(signed_in.locator(f"#{place}")).to_contain_text("said in jest")
    expect(held()).to_have_count(0)

    signed_in.goto("/corrections")
    mine = signed_in.get_by_role("main").get_by_role("listitem").filter(has_text="said in jest").first
    expect(mine).to_contain_text("Ana")
    mine.get_by_role("button", name=re.compile("Undo")).click()
    expect(signed_in.get_by_role("status")).to_contain_text("undone")
    expect(held()).to_have_count(1)


def test_a_finding_is_amended(signed_in: Page) -> None:
    signed_in.goto("/statements?by=Quispe&q=closed")
    signed_in.get_by_role("main").get_by_role("link", name=re.compile("Andes Wire")).first.click()
    place = signed_in.url.partition("#")[2]
    signed_in.locator(":target").get_by_role("link", name="Amend").click()
    signed_in.get_by_label("What is done by saying it").select_option("accuse")
    signed_in.get_by_role("main").get_by_role("button", name="Amend").click()
    expect(signed_in.get_by_role("status")).to_contain_text("Amended")
    expect(signed_in.get_by_role("listitem").filter(has=signed_in.locator(f"#{place}"))).to_contain_text("accuse")
    signed_in.get_by_role("status").get_by_role("button", name=re.compile("Undo")).click()
    expect(signed_in.get_by_role("status")).to_contain_text("undone")


def test_the_queue_is_gone_through_by_keyboard(visit: Callable[..., Visit], desk: Served) -> None:
    made = visit()
    made.sign_in(desk.token)
    page = made.page
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Review").click()
    items = page.get_by_role("main").locator("[data-item]")
    first, second = items.nth(0).locator(".head").inner_text(), items.nth(1).locator(".head").inner_text()
    waiting = len(desk.ledger.review(limit=200))
    page.keyboard.press("j")
    expect(page.locator("[aria-current] .head")).to_have_text(second)
    page.keyboard.press("k")
    expect(page.locator("[aria-current] .head")).to_have_text(first)
    page.keyboard.press("c")
    expect(page.get_by_role("status")).to_contain_text("Confirmed")
    expect(page.locator("[aria-current] .head")).to_have_text(second)
    assert len(desk.ledger.review(limit=200)) == waiting - 1
    page.keyboard.press("r")
    expect(page.get_by_role("status")).to_contain_text("Rejected")
    page.get_by_role("status").get_by_role("button", name=re.compile("Undo")).click()
    expect(page.get_by_role("status")).to_contain_text("undone")
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(r"/reports/\d+#f\d+$"))


def test_a_pair_is_watched_and_watched_no_more(signed_in: Page) -> None:
    signed_in.goto("/watch?a=BOL&b=CHL")
    signed_in.get_by_role("button", name="Watch").click()
    watched = signed_in.get_by_role("main").get_by_role("listitem").filter(has_text="Ana")
    expect(watched).to_contain_text("Bolivia")
    watched.get_by_role("button", name=re.compile("End")).click()
    expect(signed_in.get_by_role("main")).to_contain_text("Nothing is")


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
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("contentinfo")).to_contain_text("Reading only")
