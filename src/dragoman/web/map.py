"""What happened where, as a map and as a list."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.placed import PLACED_KINDS, Placed, PlacedKind, Spot, spots
from dragoman.exports.worldmap import OUTLINES, map_chart
from dragoman.resources import raw
from dragoman.web.drawings import Drawing, as_picture, as_specification
from dragoman.web.pages import desk_of
from dragoman.web.periods import asked_for, lately, names_in
from dragoman.web.twins import noun, shown
from dragoman.web.views import Asked, When

router = APIRouter()
Sides = Annotated[str, Query(description="Only what these do, suffer or are a party of; names with commas between.", examples=["Peru, Chile"])]
Kinds = Annotated[list[PlacedKind] | None, Query()]
Near = Annotated[bool, Query(description="Only the part of the world in which something happened.")]
Limit = Annotated[int, Query(ge=1, le=2000)]


@noun(router, "/map")
def map_page(request: Request, when: When, of: Sides = "", kind: Kinds = None, near: Near = False, limit: Limit = 500) -> Response:
    """Places with what happened there."""
    asked = lately(request, when)
    rows = _asked(request, asked, of, kind, limit)
    places = [(anchor(s), s) for s in spots(rows)]
    countries = [r for r in rows if r.is_country]
    chosen = {"since": asked["since"], "near": near, "kinds": PLACED_KINDS, "chosen": kind or PLACED_KINDS, "told": asked_for(request)}
    return shown(request, "map.html", rows=rows, places=places, countries=countries, **chosen)


@router.get("/map/chart.json", include_in_schema=False)
def drawn(request: Request, when: When, paper: Drawing, of: Sides = "", kind: Kinds = None, near: Near = False, limit: Limit = 500) -> Response:
    """As a Vega-Lite specification; the browser keeps the outlines."""
    root = request.scope.get("root_path", "")
    found = spots(_asked(request, lately(request, when), of, kind, limit))
    return as_specification(request, map_chart(found, theme=paper.theme, width=paper.width, near=near, world=f"{root}/map/world.json", link=lambda _, spot: f"#{anchor(spot)}"))


@router.get("/map/chart.svg", include_in_schema=False)
def picture(request: Request, when: When, paper: Drawing, of: Sides = "", kind: Kinds = None, near: Near = False, limit: Limit = 500) -> Response:
    """As a picture."""
    found = spots(_asked(request, lately(request, when), of, kind, limit))
    return as_picture(request, map_chart(found, theme=paper.theme, width=paper.width, near=near))


@router.get("/map/world.json", include_in_schema=False)
def world(request: Request) -> Response:
    """The outlines."""
    return Response(raw(OUTLINES), media_type="application/json", headers={"Cache-Control": "public, max-age=86400"})


def anchor(spot: Spot) -> str:
    """Where a place stands in the list."""
    return f"at{spot.lat:.4f}_{spot.lon:.4f}"


def _asked(request: Request, when: Asked, of: str, kinds: list[PlacedKind] | None, limit: int) -> list[Placed]:
    return desk_of(request).ledger.placed(*names_in(of), kinds=kinds or PLACED_KINDS, limit=limit, **when)
