"""`dragoman search`: full text."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.asking import DEFAULT, AsOf, KnownOn, Limit, Output, Since, To, Where, answer, asked


def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="Words that must all stand in a report, matched by their stems; a phrase in quotation marks.", show_default=False)
    ],
    since: Since = None,
    as_of: AsOf = None,
    known: KnownOn = None,
    limit: Limit = 50,
    to: To = None,
    output: Output = None,
    where: Where = DEFAULT,
) -> None:
    """Reports that hold these words, the latest first.

    Examples:
      dragoman search kuril fishing
      dragoman search '"peace treaty"' --since 2024-01-01
    """
    with asked(where) as ledger:
        rows = ledger.search(" ".join(words), since=since, as_of=as_of, known=known, limit=limit)
        answer(rows, to=to, output=output, title="Reports", empty="No report in the ledger holds these words.")
