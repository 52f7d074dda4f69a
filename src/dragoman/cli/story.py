"""`dragoman story`: reports of one happening side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from dragoman.cli.console import USAGE, fail
from dragoman.cli.question import Question, question


@question()
def story(
    ask: Question,
    number: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A story's number, or that of any of its reports: 12 or r12. Without: the latest stories.", show_default=False)
    ] = None,
    about: Annotated[str | None, typer.Option(metavar="NAME", help="Without ID: only stories that tell of this one.")] = None,
    least: Annotated[int, typer.Option(min=1, help="Without ID: only stories of so many reports or more.")] = 2,
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
    with ask.ledger() as ledger:
        rows: Sequence[Any] = ledger.stories(about=about, least=least, **ask.options) if digits is None else ledger.story(int(digits), **ask.options)
        title = f"Story {rows[0].story}" if digits is not None and rows else "Stories"
        ask.answer(rows, title=title, empty="The ledger holds no such story. See what it has read with: dragoman coverage")
