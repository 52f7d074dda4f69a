"""The desk as an application: its rooms, its guards, its ledger."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from dragoman.answers.ledger import Ledger
from dragoman.web import (
    actors,
    add,
    affairs,
    conditions,
    corrections,
    dyads,
    events,
    feeds,
    find,
    home,
    lists,
    map,
    metrics,
    network,
    reports,
    review,
    sessions,
    stories,
    watch,
)
from dragoman.web.api import router as api
from dragoman.web.api.document import describe
from dragoman.web.api.stream import Streams
from dragoman.web.closing import Closing
from dragoman.web.deliveries import Deliveries
from dragoman.web.desk import Desk, DeskSettings
from dragoman.web.headers import Heads, guard
from dragoman.web.hooks import allowed_by
from dragoman.web.kept import Kept
from dragoman.web.limits import BodyLimits
from dragoman.web.marks import lights
from dragoman.web.metrics import Counted, Metrics
from dragoman.web.problems import tell_problems
from dragoman.web.rooted import Rooted
from dragoman.web.settling import settle
from dragoman.web.turns import Turns
from dragoman.web.visitors import Pace, admit
from dragoman.web.works import Works

# Feeds first: an actor's name may hold strokes, and his page would take his feed's address for its own.
ROOMS = (feeds, actors, add, affairs, api, conditions, corrections, dyads, events, find, home, lists, map, metrics, network, reports, review, sessions, stories, watch)


def create_app(settings: DeskSettings | None = None, ledger: Ledger | None = None) -> FastAPI:
    """The desk over a ledger.

    Args:
        settings: What it is told; None: what the environment says.
        ledger: A ledger that is open already; None: the one of the settings, closed when the desk is.

    Raises:
        LedgerError: If the ledger cannot be opened.
    """
    told = settings or DeskSettings()
    own = ledger is None
    desk = Desk(told, ledger or Ledger(told.ledger))

    @asynccontextmanager
    async def open_hours(_: FastAPI) -> AsyncIterator[None]:
        with app.state.streams.closing.watched():
            if told.errands:
                app.state.works.start()
                app.state.deliveries.start()
            yield
        app.state.turns.end()
        await run_in_threadpool(app.state.deliveries.stop)
        await run_in_threadpool(app.state.works.stop)
        desk.close()
        if own:
            desk.ledger.close()

    app = FastAPI(title="Dragoman", lifespan=open_hours, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    app.state.desk, app.state.pace, app.state.works = desk, Pace(told.requests_a_minute), Works(desk)
    app.state.turns, app.state.streams, app.state.kept = Turns(desk), Streams(Closing()), Kept()
    app.state.metrics = Metrics(desk.ledger, app.state.works)
    app.state.deliveries = Deliveries(desk.ledger, allowed_by(told.hook_networks), told.hook_tries, heard=app.state.metrics.heard)
    tell_problems(app)
    describe(app)
    app.add_middleware(BaseHTTPMiddleware, dispatch=admit)
    app.add_middleware(BodyLimits, most_bytes=told.upload_bytes, seconds=told.upload_seconds)
    app.add_middleware(BaseHTTPMiddleware, dispatch=guard)
    app.add_middleware(Counted, metrics=app.state.metrics)
    app.add_middleware(Heads)
    if told.root_path:
        app.add_middleware(Rooted, path=told.root_path)
    if told.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(told.trusted_proxies))
    for room in ROOMS:
        app.include_router(room.router)
    app.add_api_route("/static/vega.js", _vega, methods=["GET"], include_in_schema=False)
    app.add_api_route("/static/lights.css", _lights, methods=["GET"], include_in_schema=False)
    app.mount("/static", StaticFiles(packages=[("dragoman.web", "static")]), name="static")
    return app


def opened() -> FastAPI:
    """The desk as its environment describes it; see `processes`."""
    app = create_app(DeskSettings())
    settle(app.state.desk)
    return app


def _vega(request: Request) -> Response:
    """Vega, Vega-Lite and Vega-Embed, as vl-convert carries them."""
    return PlainTextResponse(_bundle(), media_type="text/javascript", headers={"Cache-Control": "public, max-age=86400"})


def _lights(request: Request) -> Response:
    """By which a finding's words light up in its report where there is no script."""
    return PlainTextResponse(lights(), media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


@functools.cache
def _bundle() -> str:
    import vl_convert

    return vl_convert.javascript_bundle()  # type: ignore[call-arg]  # its stub asks for a snippet that it does not need
