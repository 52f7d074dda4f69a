"""`dragoman mcp`: the ledger for language-model clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from dragoman.cli.asking import DEFAULT, Where
from dragoman.cli.console import USAGE, fail

if TYPE_CHECKING:
    from dragoman.answers.ledger import Ledger


def mcp(where: Where = DEFAULT) -> None:
    """Serve the ledger to a language-model client over standard input and output (Model Context Protocol). It is only read.

    The client starts this command itself; tell it the command and its arguments (docs/how-to/mcp.md).

    Examples:
      dragoman mcp --ledger news.db
    """
    try:
        from dragoman.mcp.server import create_server
    except ImportError:
        fail("A server for language-model clients needs more packages. Install them with: pip install 'dragoman[mcp]'", USAGE)

    def opened() -> Ledger:
        from dragoman.answers.ledger import Ledger

        return Ledger(where, create=False, read_only=True)

    server, tools = create_server(opened)
    try:
        server.run("stdio")
    except KeyboardInterrupt:
        raise typer.Exit from None
    finally:
        tools.close()
