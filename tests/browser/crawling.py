"""Every address that the desk's pages lead to, found as a reader finds them: by following links from the first page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import httpx
from lxml import html
from starlette.routing import Match, Route

from dragoman.web.app import ROOMS

MANY, FEW = 12, 3  # pages of one kind, with the same fields in their query (days lead to days without an end), and of each other form of it
LEADING = {"a": "href", "link": "href", "img": "src", "script": "src", "form": "action"}
NEVER = ("/leave",)  # signs the crawler out


@dataclass
class Found:
    """What a crawl came upon."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    """Addresses of pages by the route that made them, in the order in which they were found."""
    faults: list[str] = field(default_factory=list)


def crawl(client: httpx.Client, start: str = "/") -> Found:
    """Follow links until nothing new is found.

    Args:
        client: With the desk's address; signed in or not.
        start: Where to begin.
    """
    found, asked, kinds = Found(), {start}, Counter[tuple[str, ...]]()
    places: dict[str, set[str]] = {}  # of each page: what can be led to within it
    within: list[tuple[str, str, str]] = []  # from a page to a place within another
    waiting = [(start, "the start")]
    while waiting:
        address, parent = waiting.pop(0)
        answer = client.get(address, headers={"accept": "text/html"}, follow_redirects=True)
        if answer.status_code >= 400:
            found.faults.append(f"{parent} leads to {address}: {answer.status_code}")
            continue
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        found.pages.setdefault(route_of(urlsplit(str(answer.url)).path), []).append(address)
        tree = html.fromstring(answer.text)
        places[address] = {*tree.xpath("//@id"), "top", ""}
        for link in links(tree, str(answer.url)):
            if not link.startswith(str(client.base_url).rstrip("/") + "/"):
                if not link.startswith(("http:", "https:", "mailto:", "data:")):
                    found.faults.append(f"{address} leads to {link}")
                continue
            whole, place = urldefrag(link)
            target = whole.removeprefix(str(client.base_url).rstrip("/"))
            if place:
                within.append((address, target, place))
            kind = (route_of(urlsplit(target).path), *(name for name, _ in parse_qsl(urlsplit(target).query)))
            if target in asked or urlsplit(target).path in NEVER or kinds[kind] >= (FEW if "." in kind[0] else MANY):
                continue
            asked.add(target)
            kinds[kind] += 1
            waiting.append((target, address))
    found.faults += sorted({f"{page} leads to #{place}, which {target} does not have" for page, target, place in within if target in places and place not in places[target]})
    return found


def links(tree: html.HtmlElement, base: str) -> Iterator[str]:
    """Where a page leads, and what it loads; a form that is posted leads nowhere by itself."""
    for element in tree.iter(*LEADING):
        if element.tag == "form" and element.get("method", "get").lower() != "get":
            continue
        led = element.get(LEADING[element.tag])
        if led is not None:
            yield urljoin(base, led)


def route_of(path: str) -> str:
    """The route that answers an address, such as `/reports/{number:int}`; an address that is no page's stands for itself."""
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    return next((route.path for room in ROOMS for route in room.router.routes if isinstance(route, Route) and route.matches(scope)[0] is Match.FULL), path)
