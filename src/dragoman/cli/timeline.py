"""`dragoman timeline`: how two sides got to where they stand."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.asking import choices
from dragoman.cli.question import Question, question


@question()
def timeline(
    ask: Question,
    a: Annotated[str, typer.Argument(metavar="A", help="A state, body or person, as people write it: japan, JPN, Tokyo.", show_default=False)],
    b: Annotated[str | None, typer.Argument(metavar="[B]", help="The other side; without it, all that A says and does and all that is done toward it.")] = None,
    kind: Annotated[list[str] | None, typer.Option(metavar="KIND", help="Only statement, event, condition or affair; may be given again.")] = None,
) -> None:
    """How two sides got to where they stand: what was said and done, made conditional, and where matters moved, in order of days.

    Examples:
      dragoman timeline russia japan
      dragoman timeline RUS JPN --kind affair --kind condition --since 2024-01-01
      dragoman timeline Hayashi --to csv -o hayashi.csv
    """
    from dragoman.answers.timeline import KINDS, Kind

    with ask.ledger() as ledger:
        rows = ledger.timeline(a, b, kinds=choices("kind", kind, Kind) or KINDS, **ask.options)
        ask.answer(rows, title=f"Timeline: {a}{f' and {b}' if b else ''}", empty="Nothing is known of these. See what was read with: dragoman coverage")
