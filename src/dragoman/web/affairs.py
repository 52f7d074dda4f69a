"""Affairs on the desk: which matters stand, and all of one; people merge and split them here."""

from __future__ import annotations

from typing import Annotated, get_args

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dragoman.records.affair import STATUSES, AffairKind
from dragoman.web.corrections import done_of
from dragoman.web.joining import Name, Numbers, Why, corrected
from dragoman.web.leaves import Leaves, counted, listed, one_of, shared, still
from dragoman.web.pages import desk_of
from dragoman.web.tokens import Visitor
from dragoman.web.twins import noun, shown
from dragoman.web.views import When
from dragoman.web.visitors import needs

router = APIRouter()
Corrector = Annotated[Visitor, needs("correct")]
KINDS: tuple[AffairKind, ...] = get_args(AffairKind)
ALL = tuple(dict.fromkeys(s for statuses in STATUSES.values() for s in statuses))


@noun(router, "/affairs")
def affairs(request: Request, when: When, paging: Leaves, a: str = "", b: str = "", kind: str = "", status: str = "") -> Response:
    """Which affairs stand, and where."""
    ledger, at, of_kind = desk_of(request).ledger, still(when, paging), one_of(kind, KINDS)
    statuses = STATUSES[of_kind] if of_kind else ALL
    stands, names = one_of(status, statuses), tuple(n for n in (a, b) if n)
    leaf = counted(request, paging, lambda limit: ledger.affairs(*names, kind=of_kind, status=stands, limit=limit, **at))
    return listed(request, "affairs.html", leaf, kinds=KINDS, statuses=statuses)


@noun(router, "/affairs/{number:int}")
def affair(request: Request, when: When, number: int, done: int | None = None) -> Response:
    """All of one affair; its table is the history of its status."""
    ledger = desk_of(request).ledger
    dossier = shared(request, lambda: ledger.dossier(number, **when))
    return shown(request, "affair.html", rows=dossier.steps, data=dossier, **done_of(ledger, done))


@router.post("/affairs/{number:int}/merge", include_in_schema=False)
def merge(request: Request, visitor: Corrector, number: int, other: Name, why: Why = "") -> Response:
    """Two affairs are one."""
    return corrected(request, visitor, f"/affairs/{number}", "merge_affairs", number, other, why=why)


@router.post("/affairs/{number:int}/split", include_in_schema=False)
def split(request: Request, visitor: Corrector, number: int, leaving: Numbers, why: Why = "") -> Response:
    """Some matters of an affair are one of their own."""
    return corrected(request, visitor, f"/affairs/{number}", "split_affairs", number, *leaving, why=why)
