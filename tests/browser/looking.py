"""Looks at a page as those do whom a page shuts out most easily: who cannot see it, reads by night, on a telephone, at twice the size, or goes by keys alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
GRAVE = ("serious", "critical")
DESKTOP, PHONE, SMALL = {"width": 1280, "height": 900}, {"width": 360, "height": 740}, {"width": 320, "height": 640}
STEPS = 40  # presses of Tab on a page; enough to come through its head and into its body
HEADING_ONCE = "document.querySelectorAll('h1').length === 1 && document.title.length > 3 && document.documentElement.lang === 'en'"
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return null;
  const scrolls = (e) => { for (let p = e.parentElement; p; p = p.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(p).overflowX)) return true; return false; };
  const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1 && !scrolls(e));
  return `${document.documentElement.scrollWidth} > ${width}: ` + wide.slice(0, 3).map((e) => e.outerHTML.slice(0, 90)).join(" | ");
}"""
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const shown = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  return {what: e.outerHTML.slice(0, 120), seen: box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth, shown};
}"""


def look(page: Page, address: str) -> Mapping[str, list[str]]:
    """Everything that is wrong with a page, by concern: `axe`, `dark`, `narrow`, `large`, `keys`, `frame`."""
    wrong: dict[str, list[str]] = defaultdict(list)
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
    page.goto(address, wait_until="networkidle")
    if not page.evaluate(HEADING_ONCE):
        wrong["frame"].append(f"{address}: not one heading of the first level, or no title")
    page.evaluate(AXE)
    wrong["axe"] += grave(page, address)
    page.emulate_media(color_scheme="dark")
    wrong["dark"] += grave(page, address, rules=("color-contrast", "link-in-text-block"))
    page.emulate_media(color_scheme="light")
    wrong["keys"] += by_keys(page, address)
    for size in (PHONE, SMALL):
        page.set_viewport_size(size)
        if wide := page.evaluate(TOO_WIDE):
            wrong["narrow"].append(f"{address} at {size['width']} px: {wide}")
    page.set_viewport_size({"width": DESKTOP["width"] // 2, "height": DESKTOP["height"] // 2})  # what a browser's zoom of 200 % does
    if wide := page.evaluate(TOO_WIDE):
        wrong["large"].append(f"{address} at 200 %: {wide}")
    page.set_viewport_size(DESKTOP)
    page.evaluate("document.documentElement.style.fontSize = '200%'")  # text alone
    if wide := page.evaluate(TOO_WIDE):
        wrong["large"].append(f"{address} with text at 200 %: {wide}")
    return wrong


def grave(page: Page, address: str, rules: tuple[str, ...] = ()) -> Iterator[str]:
    """What axe finds that is serious or critical; all its rules, or those named. It must be loaded in the page."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    for violation in page.evaluate("options => axe.run(document, options)", options)["violations"]:
        if violation["impact"] in GRAVE:
            for node in violation["nodes"][:3]:
                yield f"{address}: {violation['id']} ({violation['impact']}): {node['html'][:160]} {node['failureSummary'][:200]!r}"


def by_keys(page: Page, address: str) -> Iterator[str]:
    """What one meets with Tab: the skip link first, then only what can be seen, with its focus shown."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    for step in range(STEPS):
        page.keyboard.press("Tab")
        met = page.evaluate(FOCUSED)
        if met is None:
            return
        if step == 0 and "#main" not in met["what"]:
            yield f"{address}: Tab comes to {met['what']} before the link that skips to the page"
        if not met["seen"]:
            yield f"{address}: what has the focus cannot be seen: {met['what']}"
        if not met["shown"]:
            yield f"{address}: nothing shows the focus of {met['what']}"
