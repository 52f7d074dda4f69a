"""What moves, as it is added: server-sent events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Header, HTTPException, Query
from pydantic.json_schema import SkipJsonSchema
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from dragoman.answers.timeline import Kind, Moment
from dragoman.web.api.answers import MaybeSide
from dragoman.web.api.pages import LARGEST
from dragoman.web.closing import Closing
from dragoman.web.pages import desk_of

router = APIRouter(tags=["Matters through time"])
MOST = 20  # streams at once
PULSE = 1.0  # seconds between two looks at the ledger
HEARTBEAT = 15.0  # seconds of silence after which a comment shows that the stream still stands
AT_ONCE = 200  # findings looked at in one go
TOLD: tuple[Kind, ...] = ("affair", "condition", "event")


@dataclass
class Streams:
    """The streams that are open."""

    closing: Closing
    open: int = 0
    pulse: float = PULSE
    heartbeat: float = HEARTBEAT
    _seen: tuple[float, int] = field(default=(0.0, 0))

    async def last(self, request: Request) -> int:
        """The last finding that was added; the ledger is asked once for all streams."""
        if time.monotonic() - self._seen[0] >= self.pulse:
            number = await run_in_threadpool(desk_of(request).ledger.last_finding)
            self._seen = (time.monotonic(), number)
        return self._seen[1]


_RESPONSE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A stream of events: `id` is the finding's number, `event` its kind, `data` a moment of the timeline as JSON.",
        "content": {"text/event-stream": {"schema": {"type": "string"}, "example": 'id: 12\nevent: affair\ndata: {"day": "2024-06-06", "kind": "affair"}\n\n'}},
    }
}


@router.get("/changes/stream", response_class=StreamingResponse, responses=_RESPONSE, operation_id="changes_stream", summary="What moves, as it is added")
async def stream(
    request: Request, a: MaybeSide = None, b: MaybeSide = None,
    kind: Annotated[list[Kind] | SkipJsonSchema[None], Query(description="Only these kinds; may be given again. Without it all but statements.", max_length=4)] = None,
    after: Annotated[int | SkipJsonSchema[None], Query(ge=0, le=LARGEST, description="Go on after this id; without it, with what is added from now on.")] = None,
    last_event_id: Annotated[str | SkipJsonSchema[None], Header(pattern=r"^\d{1,15}$", description="What a browser sends as it connects again: goes before `after`.")] = None,
) -> Response:  # fmt: skip
    """Affairs whose status moves, conditions, events and, if asked for, statements, as reports are added. Reports that are only read anew tell nothing new. A stream that broke goes on after
    `Last-Event-ID`; a comment every 15 seconds shows that it still stands.
    """
    streams: Streams = request.app.state.streams
    if streams.open >= MOST:
        raise HTTPException(503, f"{MOST} streams are open; no more are served. Try again later.", headers={"Retry-After": "30"})
    ledger, kinds = desk_of(request).ledger, tuple(kind or TOLD)
    begin = int(last_event_id) if last_event_id else after if after is not None else await streams.last(request)

    def fresh(seen: int) -> tuple[list[Moment], int]:
        return ledger.added_since(seen, a, b, kinds=kinds, most=AT_ONCE)

    await run_in_threadpool(fresh, LARGEST)  # a name that nobody goes by is told before the stream begins

    async def told() -> AsyncIterator[str]:
        streams.open += 1
        try:
            yield f"retry: 3000\n: from {begin}\n\n"
            seen, spoke = begin, time.monotonic()
            while not streams.closing.begun:
                moved = await streams.last(request) > seen
                if moved:
                    moments, seen = await run_in_threadpool(fresh, seen)
                    for moment in moments:
                        yield f"id: {moment.source.finding}\nevent: {moment.kind}\ndata: {moment.model_dump_json()}\n\n"
                        spoke = time.monotonic()
                if time.monotonic() - spoke >= streams.heartbeat:
                    yield f"id: {seen}\n: nothing moved\n\n" if moved else ": nothing moved\n\n"
                    spoke = time.monotonic()
                if not moved:
                    await asyncio.sleep(streams.pulse)
        finally:
            streams.open -= 1

    return StreamingResponse(told(), media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
