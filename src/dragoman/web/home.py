"""The first page: what moved, who is busy, what the ledger holds; and whether the desk is well."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fastapi import APIRouter
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dragoman.answers.asking import view_of
from dragoman.answers.busiest import Busy, Holdings
from dragoman.answers.changes import Change, Moved
from dragoman.answers.ledger import Ledger
from dragoman.answers.quads import quad_of
from dragoman.ledger.opening import reading
from dragoman.records import Known
from dragoman.web.kept import Kept
from dragoman.web.pages import desk_of
from dragoman.web.twins import noun, shown
from dragoman.web.views import Asked, When

router = APIRouter()
EACH = 8  # rows of each kind
MOST = 3_000  # statements and events among which the sharpest are looked for
BACK = {"a day": 1, "a week": 7, "a month": 30, "a year": 365}
SECTIONS: dict[Moved, str] = {"affair": "Where matters moved", "condition": "New conditions", "statement": "Sharpest words", "event": "Sharpest deeds"}


class Front(Known):
    """The first page, for a program."""

    since: dt.date | None
    newest: dt.date | None
    moved: tuple[Change, ...]
    busiest: tuple[Busy, ...]
    holds: Holdings


@router.get("/", response_model=None, include_in_schema=False)
@noun(router, "/home")
def home(request: Request, when: When) -> Response:
    """What moved since a day; without one, in the week up to the newest report."""
    ledger = desk_of(request).ledger
    state = (ledger.latest(), ledger.last_finding())
    front: Front = _kept(request).get(tuple(when.values()), state, lambda: _front(ledger, when))
    sections = [(kind, name, [c for c in front.moved if c.kind == kind]) for kind, name in SECTIONS.items()]
    near = {name: front.newest - dt.timedelta(days=n) for name, n in BACK.items()} if front.newest else {}
    most = max((b.reports for b in front.busiest), default=1)
    return shown(request, "home.html", rows=front.moved, data=front, sections=sections, near=near, most=most, quad_of=quad_of)


@router.get("/health", include_in_schema=False)
def health(request: Request) -> Response:
    """Whether the ledger answers."""
    with reading(desk_of(request).ledger.engine) as connection:
        connection.execute(text("SELECT 1"))
    return JSONResponse({"status": "ok"})


def _front(ledger: Ledger, when: Asked) -> Front:
    newest = ledger.newest_day(as_of=when["as_of"])
    since = view_of(since=when["since"]).since or (newest - dt.timedelta(days=BACK["a week"]) if newest else None)
    asked: dict[str, Any] = {"as_of": when["as_of"], "known": when["known"], "as_read": when["as_read"]}
    moved = ledger.changes(since, limit=EACH, most=MOST, **asked) if since else []
    return Front(since=since, newest=newest, moved=tuple(moved), busiest=tuple(ledger.busiest(since=since, as_of=when["as_of"])), holds=ledger.holdings())


def _kept(request: Request) -> Kept:
    kept: Kept = request.app.state.kept
    return kept
