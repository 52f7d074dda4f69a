"""Stories on the desk: happenings that several reports tell, and the reports of one side by side; people join and part them here."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.stories import HOW
from dragoman.web.corrections import done_of
from dragoman.web.events import known_types
from dragoman.web.joining import Name, Numbers, Why, corrected
from dragoman.web.leaves import Leaves, counted, listed, still
from dragoman.web.pages import desk_of
from dragoman.web.tokens import Visitor
from dragoman.web.twins import noun, shown
from dragoman.web.views import When
from dragoman.web.visitors import needs

router = APIRouter()
Corrector = Annotated[Visitor, needs("correct")]
MOST = 100  # reports of a story on a page


@noun(router, "/stories")
def stories(request: Request, when: When, paging: Leaves, about: str = "", least: Annotated[int, Query(ge=1, le=1000)] = 2) -> Response:
    """What several reports tell, the latest first."""
    ledger, at = desk_of(request).ledger, still(when, paging)
    leaf = counted(request, paging, lambda limit: ledger.stories(about=about or None, least=least, limit=limit, **at))
    return listed(request, "stories.html", leaf, least=least)


@noun(router, "/stories/{number:int}")
def story(request: Request, when: When, number: int, limit: Annotated[int, Query(ge=1, le=1000)] = MOST, done: int | None = None) -> Response:
    """The reports of a story side by side, and what they tell; its table has a row a report."""
    ledger = desk_of(request).ledger
    rows = ledger.story(number, limit=limit, **when)
    told = ledger.story_events(rows[0].story, **when)
    told.sort(key=lambda e: (-e.reports, e.day or dt.date.max, e.source.finding))
    data: dict[str, Any] = {"story": rows[0].story, "reports": rows, "events": told}
    days = [r.day for r in rows if r.day]
    return shown(
        request, "story.html", rows=rows, data=data, how=HOW, first=min(days, default=None), last=max(days, default=None), whole=len(rows) < limit, **known_types(),
        **done_of(ledger, done),
    )  # fmt: skip


@router.post("/stories/{number:int}/merge", include_in_schema=False)
def merge(request: Request, visitor: Corrector, number: int, other: Name, why: Why = "") -> Response:
    """Two stories are one."""
    return corrected(request, visitor, f"/stories/{number}", "merge_stories", number, other, why=why)


@router.post("/stories/{number:int}/split", include_in_schema=False)
def split(request: Request, visitor: Corrector, number: int, leaving: Numbers, why: Why = "") -> Response:
    """Some reports are of another story."""
    return corrected(request, visitor, f"/stories/{number}", "split_stories", number, *leaving, why=why)
