"""`dragoman changes`: what moved."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.asking import DEFAULT, AsOf, AsRead, KnownOn, Limit, Output, To, Where, answer, asked


def changes(
    of: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Only what these sides have a part in.")] = None,
    since: Annotated[str, typer.Option(metavar="DAY", help="The first day looked at.", show_default=False)] = ...,  # type: ignore[assignment]
    as_of: AsOf = None,
    known: KnownOn = None,
    as_read: AsRead = False,
    limit: Limit = 20,
    to: To = None,
    output: Output = None,
    where: Where = DEFAULT,
) -> None:
    """What moved since a day: statuses of affairs, new conditions, the sharpest words and deeds.

    Examples:
      dragoman changes --since 2024-06-01
      dragoman changes russia japan --since 2024-06-01
    """
    with asked(where) as ledger:
        rows = ledger.changes(since, of=of or (), as_of=as_of, known=known, as_read=as_read, limit=limit)
        answer(rows, to=to, output=output, title=f"What moved since {since}", empty="Nothing moved by what was read. See what was read with: dragoman coverage")
