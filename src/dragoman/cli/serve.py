"""`dragoman serve`: the desk."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dragoman.cli.asking import DEFAULT, Where
from dragoman.cli.console import NOTHING_READ, USAGE, fail, say
from dragoman.cli.setup import settings_of

LISTENING, SAFETY = "Where it listens", "Who may come"


def serve(
    where: Where = DEFAULT,
    host: Annotated[str | None, typer.Option(metavar="ADDRESS", help="The address to listen at; else this machine alone.", rich_help_panel=LISTENING)] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.", rich_help_panel=LISTENING)] = None,
    root_path: Annotated[str | None, typer.Option(metavar="PATH", help="The path under which a reverse proxy shows the desk.", rich_help_panel=LISTENING)] = None,
    trusted_proxy: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="A reverse proxy whose X-Forwarded headers are believed; may be given again.", rich_help_panel=LISTENING)
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that answer; else one.", rich_help_panel=LISTENING)] = None,
    open_reading: Annotated[
        bool, typer.Option("--open-reading", help="Let anybody read who reaches it, though it listens at more than this machine.", rich_help_panel=SAFETY)
    ] = False,
) -> None:
    """Open the desk: pages and an HTTP API over a ledger, in a browser at http://127.0.0.1:8710.

    It can be read only; to add and to correct, sign in with a token (dragoman token make). Settings stand in the environment too: DRAGOMAN_DESK_….

    Examples:
      dragoman serve
      dragoman serve --ledger news.db --port 9000
      dragoman serve --workers 4
      dragoman serve --host 0.0.0.0 --trusted-proxy 10.0.0.2
    """
    try:
        import uvicorn

        from dragoman.web.app import create_app
        from dragoman.web.processes import serve_in
        from dragoman.web.settling import settle
    except ImportError:
        fail("The desk needs more packages. Install them with: pip install 'dragoman[desk]'", USAGE)
    from dragoman.errors import DragomanError
    from dragoman.web.desk import DeskSettings

    proxies = tuple(trusted_proxy) if trusted_proxy else None
    settings = settings_of(DeskSettings, ledger=where, host=host, port=port, root_path=root_path, workers=workers, trusted_proxies=proxies, open_reading=open_reading or None)
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    open_at = f"The desk is open at http://{shown}:{settings.port}{settings.root_path}/ over {settings.ledger}. Ctrl-C closes it."
    # whom to believe is the desk's own affair, not the server's
    options: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "log_level": "warning",
        "server_header": False,
        "proxy_headers": False,
        "timeout_graceful_shutdown": 20,
    }
    try:
        app = create_app(settings) if settings.workers == 1 else None
        if app is not None:
            settle(app.state.desk)
        if settings.port:
            say(open_at)
        if app is None:
            serve_in(settings, settings.workers, **options)
        else:
            uvicorn.run(app, **options)
    except DragomanError as error:
        fail(str(error), NOTHING_READ)
