"""What a page of a period is asked for; where nobody says which, the last days of which the ledger tells."""

from __future__ import annotations

import datetime as dt

from starlette.requests import Request

from dragoman.web.pages import desk_of
from dragoman.web.views import Asked

DAYS = 90


def lately(request: Request, when: Asked) -> Asked:
    """The days asked for; where none is given as the first, the last ninety of which the ledger tells. `since=` with nothing in it asks for all."""
    if "since" in request.query_params:
        return when
    last = desk_of(request).ledger.last_day(as_of=when["as_of"])
    return when if last is None else {**when, "since": (last - dt.timedelta(days=DAYS)).isoformat()}


def names_in(told: str) -> list[str]:
    """Names as people write several: `Peru, Chile`."""
    return [name.strip() for name in told.split(",") if name.strip()]


def asked_for(request: Request) -> dict[str, list[str]]:
    """The query with all values of each of its parts, for the addresses of the page's drawings."""
    return {name: request.query_params.getlist(name) for name in request.query_params if any(request.query_params.getlist(name))}
