"""`dragoman changes`: what moved."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.question import Question, question


@question(without=("since",), limit=20)
def changes(
    ask: Question,
    since: Annotated[str, typer.Option(metavar="DAY", help="The first day looked at.", show_default=False)],
    of: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Only what these sides have a part in.")] = None,
) -> None:
    """What moved since a day: statuses of affairs, new conditions, the sharpest words and deeds.

    Examples:
      dragoman changes --since 2024-06-01
      dragoman changes russia japan --since 2024-06-01
    """
    with ask.ledger() as ledger:
        rows = ledger.changes(since, of=of or (), **ask.options)
        ask.answer(rows, title=f"What moved since {since}", empty="Nothing moved by what was read. See what was read with: dragoman coverage")
