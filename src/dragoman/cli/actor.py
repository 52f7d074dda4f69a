"""`dragoman actor`: who somebody is."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.asking import DEFAULT, AsOf, AsRead, KnownOn, Output, Since, To, Where, answer, asked


def actor(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name as people write it, or an id such as person:yoshimasa-hayashi.", show_default=False)],
    since: Since = None,
    as_of: AsOf = None,
    known: KnownOn = None,
    as_read: AsRead = False,
    to: To = None,
    output: Output = None,
    where: Where = DEFAULT,
) -> None:
    """Who somebody is by what was read: names, offices and their terms, last words, the sides it acts toward.

    Examples:
      dragoman actor Hayashi
      dragoman actor Japan --as-of 2023-12-31 --to json
    """
    with asked(where) as ledger:
        answer([ledger.actor(name, since=since, as_of=as_of, known=known, as_read=as_read)], to=to, output=output, title="Who is who", empty="")
