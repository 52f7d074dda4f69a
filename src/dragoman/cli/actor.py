"""`dragoman actor`: who somebody is."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.question import Question, question


@question(without=("limit",))
def actor(
    ask: Question,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name as people write it, or an id such as person:yoshimasa-hayashi.", show_default=False)],
) -> None:
    """Who somebody is by what was read: names, offices and their terms, last words, the sides it acts toward.

    Examples:
      dragoman actor Hayashi
      dragoman actor Japan --as-of 2023-12-31 --to json
    """
    with ask.ledger() as ledger:
        ask.answer([ledger.actor(name, **ask.options)], title="Who is who", empty="")
