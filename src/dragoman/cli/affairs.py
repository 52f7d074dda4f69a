"""`dragoman affairs` and `dragoman affair`: which matters stand between sides, and how they came to where they stand."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.asking import choice
from dragoman.cli.console import USAGE, fail
from dragoman.cli.question import Question, question


@question()
def affairs(
    ask: Question,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Sides, as people write them; every one must be a side of the affair. Without: all.", show_default=False)
    ] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="dispute, agreement, sanctions, negotiation, hostilities or relations.")] = None,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help="Where it stands: open, signed, in_force, stalled, ended …")] = None,
) -> None:
    """Which affairs stand between sides, and where: disputes, agreements, sanctions, negotiations, hostilities, relations. Those told of last come first.

    Examples:
      dragoman affairs russia japan
      dragoman affairs --kind sanctions --status in_force --as-of 2023-12-31
      dragoman affairs JPN --since 2024-01-01 --to csv -o affairs.csv
    """
    from dragoman.records.affair import STATUSES, AffairKind

    of_kind: AffairKind | None = choice("kind", kind, AffairKind)
    statuses = dict.fromkeys(s for k, told in STATUSES.items() for s in told if of_kind in (None, k))
    if status is not None and status not in statuses:
        fail(f"--status {status}: choose from {', '.join(statuses)}.", USAGE)
    with ask.ledger() as ledger:
        rows = ledger.affairs(*(names or ()), kind=of_kind, status=status, **ask.options)
        ask.answer(rows, title="Affairs", empty="The ledger holds no such affair. See what it has read with: dragoman coverage")


@question(without=("limit",))
def affair(
    ask: Question,
    number: Annotated[str, typer.Argument(metavar="ID", help="The affair's number, as `dragoman affairs` shows it: a12 or 12.", show_default=False)],
) -> None:
    """How an affair came to where it stands: the steps of its status, each with its day and its sentence, and the reports that contradict it.

    Examples:
      dragoman affair a12
      dragoman affair 12 --as-of 2022-12-31
      dragoman affair a12 --to json
    """
    digits = number.removeprefix("a")
    if not digits.isdecimal() or len(digits) > 18:
        fail(f"{number}: no number of an affair. It looks like a12; list affairs with: dragoman affairs", USAGE)
    with ask.ledger() as ledger:
        steps = ledger.affair(int(digits), **ask.options)
        named = f"Affair a{steps[0].affair}" if steps else f"Affair a{digits}"
        ask.answer(steps, title=named, empty="Nothing was told of this affair in that time.")
