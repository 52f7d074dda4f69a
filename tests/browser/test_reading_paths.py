"""What a desk officer does who reads: each path by the names, roles and labels that the page shows."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.browser.serving import Served

DEAL = "signed an agreement on Tuesday to reopen the port of Arica"


def find(page: Page, words: str) -> None:
    page.goto("/")
    page.get_by_role("searchbox", name="Find names, two states, or words").fill(words)
    page.get_by_role("button", name="Find").click()


def test_two_states_are_found_by_the_search_box(desk: Served, either: Page) -> None:
    find(either, "bolivia chile")
    expect(either).to_have_url(f"{desk.url}/dyads/BOL/CHL")
    expect(either.get_by_role("heading", level=1)).to_have_text("Bolivia and Chile")
    expect(either.get_by_role("main")).to_contain_text(DEAL)


def test_yesterdays_ledger_is_a_click_away(either: Page) -> None:
    find(either, "bolivia and chile")
    form = either.locator("form").filter(has=either.get_by_label("As of"))
    form.get_by_label("As of").fill("2024-04-30")
    form.get_by_role("button", name="Show").click()
    expect(either).to_have_url(re.compile("as_of=2024-04-30"))
    expect(either.get_by_role("main")).to_contain_text("stalled")
    expect(either.get_by_role("main")).not_to_contain_text(DEAL)
    either.get_by_role("link", name="today", exact=True).click()
    expect(either.get_by_role("main")).to_contain_text(DEAL)


def test_every_line_opens_its_sentence_in_its_report(either: Page) -> None:
    find(either, "bolivia chile")
    said = either.get_by_role("listitem").filter(has_text="We will not talk about gas until Chile opens the port of Arica")
    said.get_by_role("link", name=re.compile("Andes Wire")).first.click()
    expect(either).to_have_url(re.compile(r"/reports/\d+#f\d+$"))
    opened = either.locator(":target").first
    expect(opened).to_be_in_viewport(timeout=2_000)
    expect(opened).to_contain_text("talk about gas")


def test_a_quote_is_searched(either: Page) -> None:
    find(either, "“closed the door”")
    expect(either.get_by_role("heading", level=1)).to_contain_text("closed the door")
    either.get_by_role("link", name="Bolivia recalls ambassador from Chile").click()
    expect(either.get_by_role("main")).to_contain_text("Chile has closed the door")


def test_statements_are_filtered(either: Page) -> None:
    either.goto("/statements")
    form = either.locator("form.filters")
    form.get_by_label("Who", exact=True).fill("Rosa Quispe")
    form.get_by_label("Words").fill("trucks")
    form.get_by_role("button", name="Show").click()
    rows = either.get_by_role("main").get_by_role("listitem")
    expect(rows.first).to_contain_text("Rosa Quispe")
    expect(rows.first).to_contain_text("trucks", ignore_case=True)


def test_what_is_not_known_says_what_to_do(either: Page) -> None:
    find(either, "zzyzx")
    expect(either.get_by_role("main")).to_contain_text("Try fewer")
    either.goto("/dyads/KEN/PER")
    expect(either.get_by_role("main")).to_contain_text("No report that was read tells of both")


def test_a_dispute_has_its_history_with_the_sentence_behind_each_step(either: Page) -> None:
    find(either, "bolivia chile")
    either.get_by_role("main").get_by_role("link", name=re.compile("dispute of several months")).first.click()
    expect(either.get_by_role("heading", level=1)).to_contain_text("dispute")
    expect(either.get_by_role("main")).to_contain_text("ending a dispute of several months")


def test_who_said_what_differently_is_seen_side_by_side(either: Page) -> None:
    find(either, "“Trucks first”")
    either.get_by_role("link", name="Port of Arica to reopen after Chile-Bolivia deal").click()
    either.get_by_role("link", name="What they tell differently").click()
    expect(either.get_by_role("main")).to_contain_text("Southern Post")
    expect(either.get_by_role("main")).to_contain_text("Andes Wire")


def test_a_person_is_found_by_name(desk: Served, either: Page) -> None:
    find(either, "Quispe")
    expect(either).to_have_url(f"{desk.url}/actors/person:rosa-quispe")
    expect(either.get_by_role("main")).to_contain_text("Bolivia")


def test_what_moves_between_two_states_has_a_feed(either: Page) -> None:
    find(either, "bolivia chile")
    either.get_by_role("main").get_by_role("link", name="Watch").first.click()
    feed = either.get_by_role("main").get_by_role("link", name=re.compile(r"feed.*atom$")).first
    answer = either.request.get(feed.get_attribute("href") or "")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert "<entry>" in answer.text()
