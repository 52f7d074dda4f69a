"""Bodies are limited in size and time before anything looks at them."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.problems import problem


class BodyLimits:
    """ASGI middleware: a body that is larger, or takes longer, than it may is refused.

    Args:
        app: What lies behind.
        most_bytes: The largest body.
        seconds: How long it may take to come.
    """

    def __init__(self, app: ASGIApp, *, most_bytes: int, seconds: float) -> None:
        self.app, self.most_bytes, self.seconds = app, most_bytes, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting its body."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        told = request.headers.get("content-length", "")
        too_large = f"At most {self.most_bytes:,} bytes are taken at once. Give larger collections to: dragoman add"
        if told.isdigit() and int(told) > self.most_bytes:
            await problem(request, 413, "Too large", too_large)(scope, receive, send)
            return
        until = asyncio.get_running_loop().time() + self.seconds
        size, whole, started = 0, False, False
        refused: tuple[int, str, str] | None = None

        async def limited() -> Message:
            nonlocal size, whole, refused
            if whole:
                return await receive()  # waits for the client to go
            left = until - asyncio.get_running_loop().time()
            try:
                message = await asyncio.wait_for(receive(), max(left, 0.001))
            except TimeoutError:
                refused = (408, "Too slow", f"The body did not come within {self.seconds:.0f} seconds.")
                raise HTTPException(*refused[::2]) from None
            size += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if size > self.most_bytes:
                refused = (413, "Too large", too_large)
                raise HTTPException(*refused[::2])
            return message

        async def answer(message: Message) -> None:
            nonlocal started
            if refused is None or started:
                started = True
                await send(message)

        try:
            await self.app(scope, limited, answer)
        except Exception:  # what lies between may have made something else of the refusal: a group of errors, or a body that cannot be parsed
            if refused is None or started:
                raise
        if refused is not None and not started:
            await problem(request, *refused)(scope, receive, send)
