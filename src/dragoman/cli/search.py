"""`dragoman search`: full text."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.question import Question, question


@question(without=("as_read",))
def search(
    ask: Question,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="Words that must all stand in a report, matched by their stems; a phrase in quotation marks.", show_default=False)
    ],
) -> None:
    """Reports that hold these words, the latest first.

    Examples:
      dragoman search kuril fishing
      dragoman search '"peace treaty"' --since 2024-01-01
    """
    with ask.ledger() as ledger:
        rows = ledger.search(" ".join(words), **ask.options)
        ask.answer(rows, title="Reports", empty="No report in the ledger holds these words.")
