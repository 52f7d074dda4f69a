"""`dragoman events`: who did what to whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from dragoman.cli.asking import choice
from dragoman.cli.console import USAGE, fail
from dragoman.cli.question import Question, question


@question()
def events(
    ask: Question,
    a: Annotated[str | None, typer.Argument(metavar="[A]", help="A side, as people write it: japan, JPN, Tokyo. Without: everybody.", show_default=False)] = None,
    b: Annotated[str | None, typer.Argument(metavar="[B]", help="The other side; both directions are given.", show_default=False)] = None,
    directed: Annotated[bool, typer.Option("--directed", help="Only what A does, toward B if it is given.")] = False,
    type_: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="PLOVER type: AGREE, CONSULT, SANCTION, ASSAULT …")] = None,
    cameo: Annotated[str | None, typer.Option(metavar="CODE", help="CAMEO code, or how it begins: 19, 057.")] = None,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help="actual, negated, planned or possible.")] = None,
    background: Annotated[bool | None, typer.Option("--background/--no-background", help="Only history, or only news.", show_default=False)] = None,
    by_word_of: Annotated[str | None, typer.Option(metavar="NAME", help="Only what stands on this one's word alone.")] = None,
    each: Annotated[bool, typer.Option("--each", help="Every telling by itself.")] = False,
) -> None:
    """Who did what to whom, the latest first. What many reports tell is one event, with all that tell it and what they do not agree on.

    Examples:
      dragoman events russia ukraine --type ASSAULT --status actual --no-background
      dragoman events JPN --directed --cameo 13 --since 2024-01-01
      dragoman events --by-word-of KCNA --each --to csv -o claims.csv
    """
    from dragoman.records.event import EventType, Status

    type_of: EventType | None = choice("type", type_.upper() if type_ else None, EventType)
    status_of: Status | None = choice("status", status, Status)
    if cameo is not None and not (cameo.isdecimal() and len(cameo) <= 4):
        fail(f"--cameo {cameo}: no beginning of a CAMEO code. It has up to four digits, such as 19 or 0841.", USAGE)
    with ask.ledger() as ledger:
        asks = ledger.events_told if each else ledger.events
        rows: Sequence[Any] = asks(a, b, directed=directed, type=type_of, cameo=cameo, status=status_of, background=background, by_word_of=by_word_of, **ask.options)
        ask.answer(rows, title="Events", empty="The ledger holds no such event. See what it has read with: dragoman coverage")
