"""`dragoman undo`: take a correction back."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.asking import DEFAULT, Where, asked
from dragoman.cli.correct import Who


def undo(
    correction: Annotated[
        int | None,
        typer.Argument(metavar="[CORRECTION]", min=1, help="Its number, as `dragoman correct list` shows it; the last that stands where none is named.", show_default=False),
    ] = None,
    who: Who = None,
    where: Where = DEFAULT,
) -> None:
    """Take a correction back. It is kept as undone, and `--known` still shows what the ledger said before.

    Examples:
      dragoman undo
      dragoman undo 12
    """
    with asked(where) as ledger:
        number = ledger.undo(correction, who=who)
        typer.echo(f"Correction {number} is undone.")
