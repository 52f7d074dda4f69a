"""Conditions on the desk: who made what depend on what, and what became of it."""

from __future__ import annotations

from typing import Any, get_args

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.endings import Fate
from dragoman.web.leaves import Leaves, counted, listed, one_of, still
from dragoman.web.pages import desk_of
from dragoman.web.twins import noun
from dragoman.web.views import When

router = APIRouter()
ENDED: tuple[Fate, ...] = tuple(f for f in get_args(Fate) if f != "open")


@noun(router, "/conditions")
def conditions(request: Request, when: When, paging: Leaves, by: str = "", of: str = "", fate: str = "") -> Response:
    """No X until Y: open, closed or all."""
    ledger, at, became = desk_of(request).ledger, still(when, paging), one_of(fate, ("open", "closed", *ENDED))
    asked: dict[str, Any] = {"by": by or None, "of": of or None, "open": became == "open", "closed": became == "closed", "fate": one_of(fate, ENDED) if became in ENDED else None}
    leaf = counted(request, paging, lambda limit: ledger.conditions(limit=limit, **asked, **at))
    return listed(request, "conditions.html", leaf, fates=("open", "closed", *ENDED))
