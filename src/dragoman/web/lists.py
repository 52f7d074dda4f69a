"""Lists that can be filtered: statements, and what was read."""

from __future__ import annotations

from typing import Annotated, get_args

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.coverage import By
from dragoman.records.statement import Act
from dragoman.web.pages import desk_of
from dragoman.web.twins import noun, shown
from dragoman.web.views import When

router = APIRouter()
Limit = Annotated[int, Query(ge=1, le=1000)]


@noun(router, "/statements")
def statements(request: Request, when: When, by: str = "", about: str = "", act: str = "", q: str = "", limit: Limit = 50) -> Response:
    """Who said what."""
    chosen = _one_of(act, get_args(Act))
    rows = desk_of(request).ledger.statements(by=by or None, about=about or None, act=chosen, search=q or None, limit=limit, **when)
    return shown(request, "statements.html", rows=rows, acts=get_args(Act))


@noun(router, "/coverage")
def coverage(request: Request, when: When, a: str = "", b: str = "", by: str = "month", limit: Limit = 1000) -> Response:
    """What was read."""
    chosen: By = _one_of(by, get_args(By)) or "month"
    rows = desk_of(request).ledger.coverage(a or None, b or None, by=chosen, limit=limit, **when)
    return shown(request, "coverage.html", rows=rows, ways=get_args(By), by=chosen)


def _one_of[T](told: str, choices: tuple[T, ...]) -> T | None:
    from dragoman.errors import InputError

    if told and told not in choices:
        raise InputError(f"{told!r} is none of {', '.join(map(str, choices))}.")
    return told or None
