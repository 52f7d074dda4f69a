"""Two states: where they stand, how they got there, cooperation and conflict through time; as of any day."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.ledger import view_of
from dragoman.answers.measures import Period
from dragoman.answers.timeline import KINDS, Kind
from dragoman.exports.plot import specification
from dragoman.web.drawings import Drawing, Paper, as_picture, as_specification
from dragoman.web.pages import desk_of, page
from dragoman.web.twins import noun, shown
from dragoman.web.views import Asked, When

router = APIRouter()
BROADEST = 1000  # pixels of a chart
Kinds = Annotated[list[Kind] | None, Query()]
Limit = Annotated[int, Query(ge=1, le=500)]


@noun(router, "/dyads/{a}/{b}")
def standing(request: Request, when: When, a: str, b: str) -> Response:
    """Where two sides stand."""
    ledger = desk_of(request).ledger
    stands = ledger.standing(a, b, **when)
    moments = ledger.timeline(a, b, limit=12, **when)
    day = view_of(when["as_of"]).as_of
    context = {"moments": list(reversed(moments)), "day": day, "days": _near(day), "path": f"/dyads/{stands.a.code}/{stands.b.code}"}
    return shown(request, "dyad.html", rows=stands.rows(), data=stands, **context)


@noun(router, "/dyads/{a}/{b}/timeline")
def timeline(request: Request, when: When, a: str, b: str, kind: Kinds = None, limit: Limit = 100) -> Response:
    """How they got there."""
    rows = desk_of(request).ledger.timeline(a, b, kinds=kind or KINDS, limit=limit, **when)
    return shown(request, "timeline.html", rows=rows, a=a, b=b, kinds=KINDS, chosen=kind or KINDS)


@noun(router, "/dyads/{a}/{b}/measures")
def measures(request: Request, when: When, a: str, b: str, by: Period = "month") -> Response:
    """Cooperation and conflict through time, in numbers."""
    rows = desk_of(request).ledger.measures(a, b, by=by, **when)
    return shown(request, "measures.html", rows=rows, a=a, b=b, by=by)


@router.get("/dyads/{a}/{b}/chart.json", include_in_schema=False)
def drawn(request: Request, when: When, paper: Drawing, a: str, b: str, by: Period = "month") -> Response:
    """The same as a Vega-Lite specification, which the page draws."""
    return as_specification(request, _drawing(request, when, paper, a, b, by) or {})


@router.get("/dyads/{a}/{b}/chart.svg", include_in_schema=False)
def picture(request: Request, when: When, paper: Drawing, a: str, b: str, by: Period = "month") -> Response:
    """The same as a picture, for a page without JavaScript."""
    drawing = _drawing(request, when, paper, a, b, by)
    return as_picture(request, drawing) if drawing else page(request, "problem.html", status=404, title="Nothing to draw", detail="No event between the two has a day.", more={})


def _drawing(request: Request, when: Asked, paper: Paper, a: str, b: str, by: Period) -> dict[str, Any] | None:
    rows = desk_of(request).ledger.measures(a, b, by=by, **when)
    return specification(rows, theme=paper.theme, width=min(paper.width, BROADEST)) if any(r.first for r in rows) else None


def _near(day: dt.date | None) -> dict[str, dt.date]:
    """The days that are one click away."""
    here = day or dt.date.today()
    steps = {"the day before": -1, "a week before": -7, "a month before": -30, "a year before": -365, "the day after": 1}
    return {name: here + dt.timedelta(days=n) for name, n in steps.items() if day is not None or n < 0}
