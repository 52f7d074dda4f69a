"""The path under which a reverse proxy shows the desk."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class Rooted:
    """Tells every request the path in front of the desk's own; the proxy passes paths on whole.

    Args:
        app: The desk.
        path: Such as `/desk`.
    """

    def __init__(self, app: ASGIApp, path: str) -> None:
        self.app, self.path = app, path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        await self.app({**scope, "root_path": self.path} if scope["type"] == "http" else scope, receive, send)
