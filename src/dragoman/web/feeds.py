"""Atom feeds: what moves between two sides, of an actor, in an affair, or anywhere. Source: RFC 4287."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated
from urllib.parse import quote
from xml.etree import ElementTree as Tree

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.ledger import Ledger
from dragoman.answers.moved import MOVES, Moved
from dragoman.answers.timeline import Kind
from dragoman.ledger.names import party
from dragoman.ledger.opening import reading
from dragoman.web.kept import Kept
from dragoman.web.pages import actor_url, desk_of, source_url
from dragoman.web.twins import tagged

router = APIRouter()
ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 50
EACH = 15  # of each kind, where all is watched
BACK = dt.timedelta(days=30)  # before the newest report, where all is watched
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold, https://www.w3.org/TR/xml/#charsets
Tree.register_namespace("", ATOM)

Chosen = Annotated[list[Kind] | None, Query(description="Only these kinds; may be given again. Without it all but statements.")]


@router.get("/feed.atom", include_in_schema=False)
def of_all(request: Request) -> Response:
    """Statuses, new conditions, the sharpest words and deeds of the last month."""
    ledger = desk_of(request).ledger
    newest = ledger.newest_day()
    found = _kept(request, ("all",), lambda: ledger.moved(since=newest - BACK, limit=EACH) if newest else [])
    return _feed(request, "What moves", "/", found)


@router.get("/dyads/{a}/{b}/feed.atom", include_in_schema=False)
def of_two(request: Request, a: str, b: str, kind: Chosen = None) -> Response:
    """What moves between two sides."""
    ledger = desk_of(request).ledger
    one, other = _names(ledger, a, b)
    found = _kept(request, (a, b, *(kind or ())), lambda: ledger.moved(a, b, kinds=kind or MOVES, limit=ENTRIES))
    return _feed(request, f"{one} and {other}", f"/dyads/{quote(a, safe=':')}/{quote(b, safe=':')}", found)


@router.get("/actors/{name:path}/feed.atom", include_in_schema=False)
def of_actor(request: Request, name: str, kind: Chosen = None) -> Response:
    """What moves of an actor."""
    ledger = desk_of(request).ledger
    (told,) = _names(ledger, name)
    found = _kept(request, (name, *(kind or ())), lambda: ledger.moved(name, kinds=kind or MOVES, limit=ENTRIES))
    return _feed(request, told, actor_url(name), found)


@router.get("/affairs/{number:int}/feed.atom", include_in_schema=False)
def of_affair(request: Request, number: int) -> Response:
    """The steps of an affair."""
    found = desk_of(request).ledger.moved(affair=number, limit=ENTRIES)
    title = found[0].what if found else f"Affair a{number}"
    return _feed(request, title, f"/affairs/{number}", found)


def atom(title: str, home: str, own: str, entries: Iterable[tuple[str, Moved]]) -> bytes:
    """A feed as RFC 4287 has it.

    Args:
        title: What it is of.
        home: Address of the page that it belongs to.
        own: Its own address, which is its id too.
        entries: What moved, that known last first, each with the address of its sentence.
    """
    told = list(entries)
    feed = Tree.Element(f"{{{ATOM}}}feed")
    _say(feed, "id", own)
    _say(feed, "title", f"Dragoman: {title}")
    _say(feed, "updated", max((m.known for _, m in told), default=dt.datetime(1970, 1, 1, tzinfo=dt.UTC)).isoformat())
    _say(_say(feed, "author"), "name", "Dragoman")
    _say(feed, "link", rel="self", type="application/atom+xml", href=own)
    _say(feed, "link", rel="alternate", type="text/html", href=home)
    for address, moved in told:
        _entry(feed, address, moved)
    body: bytes = Tree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _entry(feed: Tree.Element, address: str, moved: Moved) -> None:
    source = moved.source
    entry = _say(feed, "entry")
    _say(entry, "id", moved.id)
    _say(entry, "title", f"{moved.headline()} ({moved.day})" if moved.day else moved.headline())
    _say(entry, "updated", moved.known.isoformat())
    _say(entry, "link", rel="alternate", type="text/html", href=address)
    if source.url and source.url.startswith(("http://", "https://")):
        _say(entry, "link", rel="via", href=source.url)
    _say(entry, "category", term=moved.kind)
    where = ", ".join(x for x in (source.publisher, source.published.isoformat() if source.published else None) if x)
    words = f"“{source.sentence}”" if source.sentence else "The ledger keeps no text of this report."
    _say(entry, "content", f"{words} {where}".strip(), type="text")


def _say(within: Tree.Element, name: str, text: str | None = None, **attributes: str) -> Tree.Element:
    made = Tree.SubElement(within, f"{{{ATOM}}}{name}", {k: UNPRINTABLE.sub("�", v) for k, v in attributes.items()})
    made.text = None if text is None else UNPRINTABLE.sub("�", text)
    return made


def _feed(request: Request, title: str, path: str, found: Sequence[Moved]) -> Response:
    base = str(request.base_url).rstrip("/")
    own = str(request.url.replace(fragment=""))
    body = atom(title, f"{base}{path}", own, ((f"{base}{source_url(m.source)}", m) for m in found))
    return tagged(request, Response(body, media_type="application/atom+xml; charset=utf-8"))


def _names(ledger: Ledger, *names: str) -> list[str]:
    with reading(ledger.engine) as connection:
        return [party(connection, n).name for n in names]


def _kept(request: Request, key: tuple[str, ...], make: Callable[[], list[Moved]]) -> list[Moved]:
    kept: Kept = request.app.state.kept
    ledger = desk_of(request).ledger
    return kept.get(("feed", *key), (ledger.latest(), ledger.last_finding()), make)
