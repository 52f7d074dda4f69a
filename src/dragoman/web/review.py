"""The review queue: what is doubtful and consequential first, to be gone through by keyboard."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.review import KINDS, Kind
from dragoman.web.corrections import done_of
from dragoman.web.pages import desk_of, with_query
from dragoman.web.twins import noun, shown

router = APIRouter()
LIMIT = 25  # findings on a page; what is judged makes room for what follows


@noun(router, "/review")
def review(
    request: Request, kind: Annotated[list[Kind] | None, Query()] = None, of: str = "", limit: Annotated[int, Query(ge=1, le=200)] = LIMIT, done: int | None = None
) -> Response:  # fmt: skip
    """What a person should look at first."""
    ledger = desk_of(request).ledger
    rows = ledger.review(kinds=kind or KINDS, of=of.strip() or None, limit=limit)
    asked = {"kind": kind, "of": of.strip(), "limit": None if limit == LIMIT else limit}
    return shown(request, "review.html", rows=rows, kinds=KINDS, chosen=kind or (), here=with_query("/review", asked), **done_of(ledger, done))
