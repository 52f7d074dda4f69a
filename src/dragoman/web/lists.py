"""Statements, and what was read."""

from __future__ import annotations

from typing import Annotated, get_args

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.after import After
from dragoman.answers.coverage import By
from dragoman.records.statement import Act
from dragoman.web.leaves import Leaves, going_on, listed, one_of, still
from dragoman.web.pages import desk_of
from dragoman.web.twins import noun, shown
from dragoman.web.views import When

router = APIRouter()
Limit = Annotated[int, Query(ge=1, le=1000)]


@noun(router, "/statements")
def statements(request: Request, when: When, paging: Leaves, by: str = "", about: str = "", act: str = "", q: str = "") -> Response:
    """Who said what."""
    ledger, at, chosen = desk_of(request).ledger, still(when, paging), one_of(act, get_args(Act))
    leaf = going_on(
        request, paging, lambda limit, after: ledger.statements(by=by or None, about=about or None, act=chosen, search=q or None, limit=limit, after=after, **at),
        lambda row: After(row.day, row.source.finding),
    )  # fmt: skip
    return listed(request, "statements.html", leaf, acts=get_args(Act))


@noun(router, "/coverage")
def coverage(request: Request, when: When, a: str = "", b: str = "", by: str = "month", limit: Limit = 1000) -> Response:
    """What was read."""
    chosen: By = one_of(by, get_args(By)) or "month"
    rows = desk_of(request).ledger.coverage(a or None, b or None, by=chosen, limit=limit, **when)
    return shown(request, "coverage.html", rows=rows, ways=get_args(By), by=chosen)
