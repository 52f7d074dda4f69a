"""Who acts toward whom, as a drawing and as a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.network import Edge
from dragoman.exports.network import graphml, network_chart
from dragoman.web.drawings import Drawing, as_picture, as_specification
from dragoman.web.pages import desk_of
from dragoman.web.periods import asked_for, lately, names_in
from dragoman.web.twins import noun, shown, tagged
from dragoman.web.views import Asked, When

router = APIRouter()
Sides = Annotated[str, Query(description="Only what these do and suffer; names with commas between.", examples=["Peru, Chile"])]
Others = Annotated[bool, Query(description="Movements, groups and people are sides too.")]
Limit = Annotated[int, Query(ge=1, le=300)]


@noun(router, "/network")
def network(request: Request, when: When, of: Sides = "", others: Others = False, limit: Limit = 60) -> Response:
    """The busiest pairs of sides."""
    asked = lately(request, when)
    rows = _asked(request, asked, of, others, limit)
    return shown(request, "network.html", rows=rows, since=asked["since"], told=asked_for(request), limit=limit, most=max((e.events for e in rows), default=1))


@router.get("/network/chart.json", include_in_schema=False)
def drawn(request: Request, when: When, paper: Drawing, of: Sides = "", others: Others = False, limit: Limit = 60) -> Response:
    """As a Vega-Lite specification."""
    rows = _asked(request, lately(request, when), of, others, limit)
    return as_specification(request, network_chart(rows, theme=paper.theme, width=paper.width, link=_links(request)) if rows else {})


@router.get("/network/chart.svg", include_in_schema=False)
def picture(request: Request, when: When, paper: Drawing, of: Sides = "", others: Others = False, limit: Limit = 60) -> Response:
    """As a picture."""
    rows = _asked(request, lately(request, when), of, others, limit)
    return as_picture(request, network_chart(rows, theme=paper.theme, width=paper.width)) if rows else Response(status_code=404)


@router.get("/network.graphml", include_in_schema=False)
def graph(request: Request, when: When, of: Sides = "", others: Others = False, limit: Limit = 60) -> Response:
    """For programs that look at networks: Gephi, yEd, igraph, networkx."""
    rows = _asked(request, lately(request, when), of, others, limit)
    return tagged(request, Response(graphml(rows), media_type="application/graphml+xml", headers={"Content-Disposition": 'attachment; filename="network.graphml"'}))


def _asked(request: Request, when: Asked, of: str, others: bool, limit: int) -> list[Edge]:
    return desk_of(request).ledger.network(*names_in(of), others=others, limit=limit, **when)


def _links(request: Request) -> Callable[[Edge], str]:
    root = request.scope.get("root_path", "")
    return lambda e: f"{root}/dyads/{quote(e.source.code, safe=':')}/{quote(e.target.code, safe=':')}"
