"""`dragoman measures`: cooperation and conflict of two sides through time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.asking import choice
from dragoman.cli.console import NOTHING_READ, USAGE, fail, say
from dragoman.cli.question import Question, question


@question(without=("limit",))
def measures(
    ask: Question,
    a: Annotated[str, typer.Argument(metavar="A", help="A state, body or movement.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    by: Annotated[str, typer.Option(metavar="PERIOD", help="day, week, month or year.")] = "month",
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw it instead: .svg, .png, .html (one page, works offline) or .json (Vega-Lite).")] = None,
) -> None:
    """Cooperation and conflict of two sides through time: Goldstein weights and quad counts of what came to pass, one event a story, and how many reports were read.

    Examples:
      dragoman measures RUS JPN --by year
      dragoman measures russia japan --since 2022-01-01 --plot dyad.svg
      dragoman measures RUS JPN --by week --to csv -o dyad.csv
    """
    from dragoman.answers.measures import Period
    from dragoman.errors import MissingExtraError

    period: Period = choice("by", by, Period) or "month"
    with ask.ledger() as ledger:
        rows = ledger.measures(a, b, by=period, **ask.options)
        if plot is None:
            ask.answer(rows, title=f"{a} and {b} by {by}", empty=f"The ledger tells of nothing between {a} and {b}. See what it has read with: dragoman coverage")
            return
        from dragoman.exports.plot import SUFFIXES, save

        if plot.suffix.lower() not in SUFFIXES:
            fail(f"--plot {plot}: choose a file that ends in {', '.join(SUFFIXES)}.", USAGE)
        if not rows:
            fail(f"The ledger tells of nothing between {a} and {b}: there is nothing to draw. See what it has read with: dragoman coverage", NOTHING_READ)
        try:
            save(rows, plot)
        except MissingExtraError as error:
            fail(str(error), NOTHING_READ)
        except OSError as error:
            fail(f"{plot}: cannot be written: {error.strerror or error}.", NOTHING_READ)
        say(f"Drawn: {plot}")
