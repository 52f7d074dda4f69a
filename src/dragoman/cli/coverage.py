"""`dragoman coverage`: what was read."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.asking import choice
from dragoman.cli.question import Question, question


@question(without=("as_read",), limit=1000)
def coverage(
    ask: Question,
    a: Annotated[str | None, typer.Argument(metavar="[A]", help="Only reports that tell of this side.")] = None,
    b: Annotated[str | None, typer.Argument(metavar="[B]", help="And of this one toward it.")] = None,
    by: Annotated[str, typer.Option(metavar="WHAT", help="Count by day, month, year, publisher, dyad or reader.")] = "month",
) -> None:
    """How many reports were read, so that a zero is told from nothing read.

    Examples:
      dragoman coverage
      dragoman coverage --by publisher
      dragoman coverage RUS JPN --by month
    """
    from dragoman.answers.coverage import By

    with ask.ledger() as ledger:
        rows = ledger.coverage(a, b, by=choice("by", by, By) or "month", **ask.options)
        ask.answer(rows, title="Reports read", empty="No report was read. Add some with: dragoman add REPORTS")
