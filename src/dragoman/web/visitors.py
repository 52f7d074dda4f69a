"""Who comes to the desk: by token in a header, by a browser's session; how often; and what a page may ask of him."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import Depends, HTTPException
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dragoman.web.pages import desk_of
from dragoman.web.problems import problem
from dragoman.web.tokens import Scope, Visitor, form_mark, is_form_mark, visitor_by_session, visitor_of

COOKIE = "dragoman"
READING = ("GET", "HEAD", "OPTIONS")
OPEN = ("/static/", "/health", "/metrics", "/enter")  # to be seen without a token even where reading asks for one; /metrics asks by itself
BEYOND = re.compile(r"/\d{19,}(?=[./]|$)")  # no database counts so far
LIGHT = ("/static/", "/health", "/metrics")  # what asks nothing of the ledger, or must be answered however busy the desk is
LONG, TABLES = ("/api/",), (".csv", ".parquet")  # programs ask for much at once; pages do not wait for them
CLIENTS = 10_000  # whose requests are counted; the longest unseen is forgotten first


class Pace:
    """How often a client comes: a bucket that fills again by the second."""

    def __init__(self, a_minute: int) -> None:
        self.a_minute = a_minute
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, client: str, cost: int = 1) -> float:
        """0 where the client may go on; else the seconds after which he may."""
        now = time.monotonic()
        with self._lock:
            left, seen = self._left.pop(client, (float(self.a_minute), now))
            left = min(self.a_minute, left + (now - seen) * self.a_minute / 60)
            wait = max(0.0, (cost - left) * 60 / self.a_minute)
            self._left[client] = (left if wait else left - cost, now)
            if len(self._left) > CLIENTS:
                self._left.popitem(last=False)
        return wait


async def admit(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    """Middleware: who it is, whether he may read, whether he comes too often."""
    desk = desk_of(request)
    known = COOKIE in request.cookies or "authorization" in request.headers
    request.state.visitor, request.state.mark = await run_in_threadpool(_visitor, request) if known else (None, "")
    path = request.url.path.removeprefix(desk.settings.root_path)
    if not path.startswith("/health"):
        wait = request.app.state.pace.allows(client_of(request), 1 if request.method in READING else 10)
        if wait:
            return problem(request, 429, "Too many requests", f"Try again in {wait:.0f} seconds.", headers={"Retry-After": str(int(wait) + 1)})
    if desk.settings.asks_readers and request.state.visitor is None and not path.startswith(OPEN):
        return problem(request, 401, "A token is needed", "This desk is read with a token only. Make one with: dragoman token make NAME", headers={"WWW-Authenticate": "Bearer"})
    if request.method not in READING and is_from_elsewhere(request):
        return problem(request, 403, "Not allowed", "A page of another site sent this. Open the desk itself, and send it from there.")
    if BEYOND.search(path):
        return problem(request, 404, "Not found", "No number in the ledger is so large.")
    if request.method in READING and not path.startswith(LIGHT):
        async with desk.long_places if path.startswith(LONG) or path.endswith(TABLES) else desk.places:
            return await call(request)
    return await call(request)


def client_of(request: Request) -> str:
    """Whose requests are counted together: of who shows a token his own, of others those of an address; of IPv6 a network, as whoever has one address there has them all."""
    visitor: Visitor | None = request.state.visitor
    if visitor is not None:
        return f"token {visitor.token}"
    host = request.client.host if request.client else "unknown"
    try:
        told = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(told, ipaddress.IPv6Address) and told.ipv4_mapped is None:
        return str(ipaddress.ip_network((told, 64), strict=False))
    return str(getattr(told, "ipv4_mapped", None) or told)


def is_from_elsewhere(request: Request) -> bool:
    """Whether a browser sends this for a page of another site; a cookie or a sign-in form would follow it. What is no browser says nothing of it and is let through.

    Source: https://www.w3.org/TR/fetch-metadata/; where a browser leaves that out, as over plain HTTP, the origin has to be the host that is asked.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def _visitor(request: Request) -> tuple[Visitor | None, str]:
    """Who it is, and the mark that forms of his session bear."""
    store = desk_of(request).ledger
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and token:
        return visitor_of(store, token.strip()), ""
    if kind.lower() == "basic" and request.method in READING:  # for feed readers, which know nothing else; for reading only, as a browser sends it whatever page asks it to
        return visitor_of(store, _password(token)), ""
    session = request.cookies.get(COOKIE)
    visitor = visitor_by_session(store, session) if session else None
    return visitor, form_mark(store, session) if visitor and session else ""


def needs(scope: Scope) -> Any:
    """A dependency: somebody who may do this, and a form that is our own where a browser sends one."""

    async def check(request: Request) -> Visitor:
        visitor: Visitor | None = request.state.visitor
        if visitor is None and request.method in READING and "text/html" in request.headers.get("accept", ""):
            here = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
            raise HTTPException(303, "Sign in with a token first.", headers={"Location": f"{request.scope.get('root_path', '')}/enter?to={quote(here)}"})
        if visitor is None:
            raise HTTPException(401, "Sign in with a token first. Make one with: dragoman token make NAME", headers={"WWW-Authenticate": "Bearer"})
        if not visitor.may(scope):
            raise HTTPException(403, f"This token may not {scope}. It may: {', '.join(visitor.scopes)}.")
        if request.method not in READING and not request.headers.get("authorization", "").lower().startswith("bearer "):
            await check_form(request)
        return visitor

    return Depends(check)


def _password(told: str) -> str:
    """The token that is given as a password; empty where none is."""
    try:
        return base64.b64decode(told, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


async def check_form(request: Request) -> None:
    """A browser sends its cookie whatever page asks it to; only our own pages know the mark.

    Raises:
        HTTPException: If the form is from elsewhere.
    """
    mark = request.headers.get("x-form-mark") or str((await request.form()).get("mark", ""))
    store, session = desk_of(request).ledger, request.cookies.get(COOKIE, "")
    if not await run_in_threadpool(is_form_mark, store, session, mark):
        raise HTTPException(403, "This form is not from this desk, or you have signed in anew since. Load the page again.")
