"""Two states: where they stand, how they got there, cooperation and conflict through time; as of any day."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.actors import Named
from dragoman.answers.after import After
from dragoman.answers.asking import view_of
from dragoman.answers.measures import Period
from dragoman.answers.quads import quad_of
from dragoman.answers.standing import Standing
from dragoman.answers.timeline import KINDS, Kind
from dragoman.exports.plot import specification
from dragoman.ledger.names import party
from dragoman.ledger.opening import reading
from dragoman.web.drawings import Drawing, Paper, as_picture, as_specification
from dragoman.web.leaves import Leaves, going_on, listed, still
from dragoman.web.pages import desk_of, page
from dragoman.web.twins import noun, shown
from dragoman.web.views import Asked, When

router = APIRouter()
BROADEST = 1000  # pixels of a chart
LATEST = 20  # moments on the page
WEEKS, MONTHS = 400, 4000  # days up to which a chart goes by weeks, by months
Kinds = Annotated[list[Kind] | None, Query()]


@noun(router, "/dyads/{a}/{b}")
def standing(request: Request, when: When, a: str, b: str) -> Response:
    """Where two sides stand."""
    ledger = desk_of(request).ledger
    stands = ledger.standing(a, b, **when)
    moments = list(reversed(ledger.timeline(a, b, limit=LATEST, **when)))
    day = view_of(when["as_of"]).as_of
    newest = ledger.last_day() or stands.read.last
    moved = sorted({m.day for m in moments if m.day and m.kind == "affair"} | {x.since for x in (*stands.affairs, *stands.agreements, *stands.sanctions) if x.since})
    chosen = {"day": day, "days": _near(day), "newest": newest, "moved": moved, "path": _path(stands.a, stands.b), "kinds": KINDS, "quad_of": quad_of}
    return shown(request, "dyad.html", rows=stands.rows(), data=stands, moments_=moments, drawn=_drawn_lately(request, stands), **chosen)


@noun(router, "/dyads/{a}/{b}/timeline")
def timeline(request: Request, when: When, paging: Leaves, a: str, b: str, kind: Kinds = None) -> Response:
    """How they got there, the latest first."""
    ledger = desk_of(request).ledger
    asked = still(when, paging)
    leaf = going_on(
        request,
        paging,
        lambda limit, after: list(reversed(ledger.timeline(a, b, kinds=kind or KINDS, limit=limit, after=after, **asked))),
        lambda m: After(m.day, m.source.finding),
    )
    one, other = _sides(request, when, a, b)
    return listed(request, "timeline.html", leaf, a=one, b=other, path=_path(one, other), kinds=KINDS, chosen=kind or KINDS, quad_of=quad_of)


@noun(router, "/dyads/{a}/{b}/measures")
def measures(request: Request, when: When, a: str, b: str, by: Period = "month") -> Response:
    """Cooperation and conflict through time, in numbers."""
    ledger = desk_of(request).ledger
    rows = ledger.measures(a, b, by=by, **when)
    one, other = _sides(request, when, a, b)
    return shown(request, "measures.html", rows=rows, a=one, b=other, path=_path(one, other), by=by)


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


def _drawn_lately(request: Request, stands: Standing) -> dict[str, Any]:
    """What the chart of a page is asked for: from the first report that tells of both on, as what is told of years before would leave no room for it; by periods of which some dozens fit."""
    query = dict(request.query_params)
    first, last = stands.read.first, stands.read.last
    days = (last - first).days if first and last else 0
    by: Period = "week" if days <= WEEKS else "month" if days <= MONTHS else "year"
    return {**query, "by": query.get("by", by), "since": query.get("since") or (first.isoformat() if first else None)}


def _sides(request: Request, when: Asked, *names: str) -> list[Named]:
    """Two sides by their names."""
    view = view_of(known=when["known"], as_read=when["as_read"])
    with reading(desk_of(request).ledger.engine) as connection:
        return [Named(id=p.id, name=p.name, code=p.side) for p in (party(connection, name, view) for name in names)]


def _path(a: Named, b: Named) -> str:
    return f"/dyads/{quote(a.code, safe=':')}/{quote(b.code, safe=':')}"


def _near(day: dt.date | None) -> dict[str, dt.date]:
    """The days that are one click away."""
    here = day or dt.date.today()
    steps = {"the day before": -1, "a week before": -7, "a month before": -30, "a year before": -365, "the day after": 1}
    return {name: here + dt.timedelta(days=n) for name, n in steps.items() if day is not None or n < 0}
