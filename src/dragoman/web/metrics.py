"""Metrics for Prometheus: how often the desk is asked, how long that takes, what waits, what the ledger holds, who was told."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Iterable

from fastapi import APIRouter, HTTPException
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.answers.ledger import Ledger
from dragoman.ledger.watches import list_watches
from dragoman.web.pages import desk_of
from dragoman.web.works import Works

router = APIRouter()
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """What is counted of one desk.

    Args:
        ledger: Asked for what it holds when metrics are read.
        works: Asked for what waits.
    """

    def __init__(self, ledger: Ledger, works: Works) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter("dragoman_requests", "Requests, by the pattern of their address.", ("method", "route", "status"), registry=self.registry)
        self.seconds = Histogram("dragoman_request_seconds", "Seconds until an answer was whole.", ("route",), buckets=BUCKETS, registry=self.registry)
        self.deliveries = Counter("dragoman_webhook_deliveries", "Tries to tell watchers.", ("outcome",), registry=self.registry)
        for outcome in ("taken", "refused"):
            self.deliveries.labels(outcome)
        self.registry.register(_Now(ledger, works))

    def heard(self, is_taken: bool) -> None:
        """A watcher was told, or could not be."""
        self.deliveries.labels("taken" if is_taken else "refused").inc()

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self.registry)


class _Now:
    """What is looked up when metrics are read."""

    def __init__(self, ledger: Ledger, works: Works) -> None:
        self._ledger, self._works = ledger, works

    def describe(self) -> Iterable[Metric]:
        """Nothing is looked up to register it."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """What waits, what the ledger holds, what is watched."""
        watches = list_watches(self._ledger)
        yield GaugeMetricFamily("dragoman_reports", "Reports in the ledger.", self._ledger.holdings().reports)
        yield GaugeMetricFamily("dragoman_reports_waiting", "Accepted reports that are still to be read.", self._works.waiting())
        yield GaugeMetricFamily("dragoman_watches", "Watches.", len(watches))
        yield GaugeMetricFamily("dragoman_watches_given_up", "Watches whose address took nothing any more.", sum(w.given_up is not None for w in watches))


class Counted:
    """ASGI middleware: counts requests by the pattern of their address, so that no number or name in it makes a line of its own.

    Args:
        app: What lies behind.
        metrics: Where it is counted.
    """

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and count it when its answer is whole."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            route = getattr(scope.get("route"), "path", None) or ("/static" if scope["path"].startswith("/static/") else "none")
            self.metrics.requests.labels(scope["method"] if scope["method"] in METHODS else "other", route, str(status)).inc()
            self.metrics.seconds.labels(route).observe(time.perf_counter() - began)


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """All of it: for who comes from this machine or with a token, or for everybody where that is set."""
    if not (desk_of(request).settings.public_metrics or request.state.visitor is not None or is_from_here(request)):
        raise HTTPException(401, "Metrics are read from this machine, or with a token. DRAGOMAN_DESK_PUBLIC_METRICS lets everybody.", headers={"WWW-Authenticate": "Bearer"})
    told: Metrics = request.app.state.metrics
    return Response(told.text(), headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})


def is_from_here(request: Request) -> bool:
    """Whether somebody of this machine asks, and no proxy of this machine asks for somebody else."""
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        return False
