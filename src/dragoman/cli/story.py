"""`dragoman story`: reports of one happening side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from dragoman.cli.asking import DEFAULT, AsOf, AsRead, KnownOn, Limit, Output, Since, To, Where, answer, asked
from dragoman.cli.console import USAGE, fail


def story(
    number: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A story's number, or that of any of its reports: 12 or r12. Without: the latest stories.", show_default=False)
    ] = None,
    about: Annotated[str | None, typer.Option(metavar="NAME", help="Without ID: only stories that tell of this one.")] = None,
    least: Annotated[int, typer.Option(min=1, help="Without ID: only stories of so many reports or more.")] = 2,
    since: Since = None,
    as_of: AsOf = None,
    known: KnownOn = None,
    as_read: AsRead = False,
    limit: Limit = 50,
    to: To = None,
    output: Output = None,
    where: Where = DEFAULT,
) -> None:
    """The reports of one happening side by side: what each is beside the others, what it alone tells, what it tells differently.

    Examples:
      dragoman story 12
      dragoman story r40 --as-read
      dragoman story --about japan --since 2024-06-01
    """
    digits = number.lower().removeprefix("r") if number is not None else None
    if digits is not None and (not digits.isdecimal() or len(digits) > 18):
        fail(f"{number}: no number of a story or a report. It looks like 12 or r12; list stories with: dragoman story", USAGE)
    with asked(where) as ledger:
        rows: Sequence[Any]
        if digits is None:
            rows = ledger.stories(about=about, least=least, since=since, as_of=as_of, known=known, as_read=as_read, limit=limit)
        else:
            rows = ledger.story(int(digits), since=since, as_of=as_of, known=known, as_read=as_read, limit=limit)
        title = f"Story {rows[0].story}" if digits is not None and rows else "Stories"
        answer(rows, to=to, output=output, title=title, empty="The ledger holds no such story. See what it has read with: dragoman coverage")
