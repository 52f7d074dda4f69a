"""`dragoman network`: who acts toward whom."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.console import NOTHING_READ, USAGE, fail, say
from dragoman.cli.question import Question, question

DRAWN = (".svg", ".png", ".graphml", ".json")


@question(limit=60)
def network(
    ask: Question,
    of: Annotated[list[str] | None, typer.Argument(metavar="[SIDE]...", help="Only what these do and suffer.", show_default=False)] = None,
    others: Annotated[bool, typer.Option("--others", help="Movements, groups and people who act for no state or body are sides too.")] = False,
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw it instead: .svg, .png, .json (Vega-Lite); or write the graph: .graphml.")] = None,
) -> None:
    """Who acts toward whom in a period: the busiest pairs of sides, with how much they cooperated and clashed, and the sentence of the last event.

    Examples:
      dragoman network --since 2024-01-01
      dragoman network bolivia peru --to csv -o network.csv
      dragoman network --since 2024-01-01 --plot network.svg
      dragoman network --plot network.graphml
    """
    from dragoman.errors import MissingExtraError

    if plot is not None and plot.suffix.lower() not in DRAWN:
        fail(f"--plot {plot}: choose a file that ends in {', '.join(DRAWN)}.", USAGE)
    with ask.ledger() as ledger:
        rows = ledger.network(*(of or ()), others=others, **ask.options)
        if plot is None:
            ask.answer(rows, title="Who acts toward whom", empty="The ledger tells of no event between two sides in this time. See what it has read with: dragoman coverage")
            return
        if not rows:
            fail("The ledger tells of no event between two sides in this time: there is nothing to draw. See what it has read with: dragoman coverage", NOTHING_READ)
        from dragoman.exports.network import save_network

        try:
            save_network(rows, plot)
        except MissingExtraError as error:
            fail(str(error), NOTHING_READ)
        except OSError as error:
            fail(f"{plot}: cannot be written: {error.strerror or error}.", NOTHING_READ)
        say(f"Written: {plot}" if plot.suffix.lower() == ".graphml" else f"Drawn: {plot}")
