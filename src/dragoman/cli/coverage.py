"""`dragoman coverage`: what was read."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.asking import DEFAULT, AsOf, KnownOn, Limit, Output, Since, To, Where, answer, asked, choice


def coverage(
    a: Annotated[str | None, typer.Argument(metavar="[A]", help="Only reports that tell of this side.")] = None,
    b: Annotated[str | None, typer.Argument(metavar="[B]", help="And of this one toward it.")] = None,
    by: Annotated[str, typer.Option(metavar="WHAT", help="Count by day, month, year, publisher, dyad or reader.")] = "month",
    since: Since = None,
    as_of: AsOf = None,
    known: KnownOn = None,
    limit: Limit = 1000,
    to: To = None,
    output: Output = None,
    where: Where = DEFAULT,
) -> None:
    """How many reports were read, so that a zero is told from nothing read.

    Examples:
      dragoman coverage
      dragoman coverage --by publisher
      dragoman coverage RUS JPN --by month
    """
    from dragoman.answers.coverage import By

    with asked(where) as ledger:
        rows = ledger.coverage(a, b, by=choice("by", by, By) or "month", since=since, as_of=as_of, known=known, limit=limit)
        answer(rows, to=to, output=output, title="Reports read", empty="No report was read. Add some with: dragoman add REPORTS")
