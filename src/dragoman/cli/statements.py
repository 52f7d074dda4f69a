"""`dragoman statements`: who said what."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.asking import choice
from dragoman.cli.question import Question, question


@question()
def statements(
    ask: Question,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who said it: a person, or a state or body with all who speak for it.")] = None,
    about: Annotated[str | None, typer.Option(metavar="NAME", help="To whom it was said, or who is named in it.")] = None,
    act: Annotated[str | None, typer.Option(metavar="ACT", help="What was done by saying it: demand, refuse, offer, promise, threaten, accuse …")] = None,
    search: Annotated[str | None, typer.Option(metavar="WORDS", help="Words that must stand in it; a phrase in quotation marks.")] = None,
) -> None:
    """Who said what, the latest first, each with its words and its report.

    Examples:
      dragoman statements --by Hayashi --about Russia
      dragoman statements --by JPN --act demand --since 2024-01-01
      dragoman statements --search '"peace treaty"' --to csv -o treaty.csv
    """
    from dragoman.records.statement import Act

    with ask.ledger() as ledger:
        rows = ledger.statements(by=by, about=about, act=choice("act", act, Act), search=search, **ask.options)
        ask.answer(rows, title="Statements", empty="The ledger holds no such statement. See what it has read with: dragoman coverage")
