"""`dragoman standing`: where two sides stand."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.asking import As
from dragoman.cli.question import Question, question


@question(without=("since", "limit"))
def standing(
    ask: Question,
    a: Annotated[str, typer.Argument(metavar="A", help="A state or body, as people write it: japan, JPN, Tokyo.", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="The other side.", show_default=False)],
) -> None:
    """Where two sides stand: disputes, talks, agreements, sanctions, open conditions, last words of each about the other; each line with its source.

    Examples:
      dragoman standing russia japan
      dragoman standing RUS JPN --as-of 2024-06-30
      dragoman standing RUS JPN --known 2024-06-30 --to json
    """
    with ask.ledger() as ledger:
        stands = ledger.standing(a, b, **ask.options)
        form = ask.form
        rows = [stands] if form in (As.JSON, As.JSONL) else stands.rows()
        read = stands.read
        told = f"{read.reports} report{'' if read.reports == 1 else 's'} of the two read" + (f", {read.first} to {read.last}" if read.first else "")
        empty = f"Nothing stands between {stands.a.name} and {stands.b.name} by what was read ({told}). See what was read with: dragoman coverage"
        ask.answer(rows, title=f"{stands.a.name} and {stands.b.name}: {told}", empty=empty)
