"""Events on the desk: who did what to whom."""

from __future__ import annotations

import re
from typing import Any, get_args

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.quads import quad_of
from dragoman.answers.row import Answered
from dragoman.errors import InputError
from dragoman.events.codes import table
from dragoman.records.event import EventType, Status
from dragoman.web.leaves import Leaf, Leaves, counted, listed, one_of, still, yes_or_no
from dragoman.web.pages import desk_of
from dragoman.web.twins import noun
from dragoman.web.views import When

router = APIRouter()
CODE = re.compile(r"\d{1,4}", re.ASCII)
TYPES: tuple[EventType, ...] = get_args(EventType)


def known_types() -> dict[str, Any]:
    """What a template needs to show what an event is: the names of CAMEO codes, the class of every type."""
    return {"codes": table(), "quads": {t: quad_of(t) for t in TYPES}}


@noun(router, "/events")
def events(
    request: Request, when: When, paging: Leaves, a: str = "", b: str = "", directed: bool = False, type: str = "", cameo: str = "", status: str = "",
    background: str = "", by_word_of: str = "", each: bool = False,
) -> Response:  # fmt: skip
    """Who did what to whom; what many reports tell is one event, unless every telling is asked for."""
    if cameo and not CODE.fullmatch(cameo):
        raise InputError(f"{cameo!r} is no beginning of a CAMEO code. It has up to four digits, such as 19 or 0841.")
    ledger = desk_of(request).ledger
    asks = ledger.events_told if each else ledger.events
    asked: dict[str, Any] = {
        "directed": directed, "type": one_of(type.upper(), TYPES), "cameo": cameo or None, "status": one_of(status, get_args(Status)), "background": yes_or_no(background),
        "by_word_of": by_word_of or None, **still(when, paging),
    }  # fmt: skip
    leaf: Leaf[Answered] = counted(request, paging, lambda limit: asks(a or None, b or None, limit=limit, **asked))
    return listed(request, "events.html", leaf, types=TYPES, statuses=get_args(Status), **known_types())
