"""`dragoman conditions`: who made what depend on what, and what became of it."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.asking import choice
from dragoman.cli.console import USAGE, fail
from dragoman.cli.question import Question, question


@question()
def conditions(
    ask: Question,
    open_: Annotated[bool, typer.Option("--open", help="Only those that no later report has ended.")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="Only those that were met, dropped or superseded.")] = False,
    fate: Annotated[str | None, typer.Option(metavar="FATE", help="Only those of which this became: open, met, dropped or superseded.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who sets it.")] = None,
    of: Annotated[str | None, typer.Option(metavar="NAME", help="Who would have to act.")] = None,
) -> None:
    """No X until Y: who made what depend on what, when it was first and last said, and what became of it as far as later reports say so.

    Examples:
      dragoman conditions --open --by japan --of russia
      dragoman conditions --fate met --since 2024-01-01
      dragoman conditions --open --as-of 2022-12-31 --to csv -o open.csv
    """
    from dragoman.answers.endings import Fate

    if sum((open_, closed, fate is not None)) > 1:
        fail("--open, --closed and --fate: give one of them.", USAGE)
    told: Fate | None = choice("fate", fate, Fate)
    with ask.ledger() as ledger:
        rows = ledger.conditions(by=by, of=of, open=open_, closed=closed, fate=told, **ask.options)
        ask.answer(rows, title="Conditions", empty="The ledger holds no such condition. See what it has read with: dragoman coverage")
