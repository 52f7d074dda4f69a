"""Who comes to the desk: by token in a header, by a browser's session; how often; and what a page may ask of him."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Depends, HTTPException
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dragoman.web.pages import desk_of
from dragoman.web.problems import problem
from dragoman.web.tokens import Scope, Visitor, form_mark, is_form_mark, visitor_by_session, visitor_of

COOKIE = "dragoman"
READING = ("GET", "HEAD", "OPTIONS")
OPEN = ("/static/", "/health", "/enter")  # to be seen without a token even where reading asks for one
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
    request.state.visitor, request.state.mark = await run_in_threadpool(_visitor, request)
    client = request.client.host if request.client else "unknown"
    if not request.url.path.startswith("/health"):
        wait = request.app.state.pace.allows(client, 1 if request.method in READING else 10)
        if wait:
            return problem(request, 429, "Too many requests", f"Try again in {wait:.0f} seconds.", headers={"Retry-After": str(int(wait) + 1)})
    if desk.settings.asks_readers and request.state.visitor is None and not request.url.path.startswith(OPEN):
        return problem(request, 401, "A token is needed", "This desk is read with a token only. Make one with: dragoman token make NAME", headers={"WWW-Authenticate": "Bearer"})
    return await call(request)


def _visitor(request: Request) -> tuple[Visitor | None, str]:
    """Who it is, and the mark that forms of his session bear."""
    store = desk_of(request).ledger
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and token:
        return visitor_of(store, token.strip()), ""
    session = request.cookies.get(COOKIE)
    visitor = visitor_by_session(store, session) if session else None
    return visitor, form_mark(store, session) if visitor and session else ""


def needs(scope: Scope) -> Any:
    """A dependency: somebody who may do this, and a form that is our own where a browser sends one."""

    async def check(request: Request) -> Visitor:
        visitor: Visitor | None = request.state.visitor
        if visitor is None:
            raise HTTPException(401, "Sign in with a token first. Make one with: dragoman token make NAME", headers={"WWW-Authenticate": "Bearer"})
        if not visitor.may(scope):
            raise HTTPException(403, f"This token may not {scope}. It may: {', '.join(visitor.scopes)}.")
        if request.method not in READING and "authorization" not in request.headers:
            await _check_form(request)
        return visitor

    return Depends(check)


async def _check_form(request: Request) -> None:
    """A browser sends its cookie whatever page asks it to; only our own pages know the mark."""
    mark = request.headers.get("x-form-mark") or str((await request.form()).get("mark", ""))
    store, session = desk_of(request).ledger, request.cookies.get(COOKIE, "")
    if not await run_in_threadpool(is_form_mark, store, session, mark):
        raise HTTPException(403, "This form is not from this desk, or you have signed in anew since. Load the page again.")
