"""`dragoman demo`: an example ledger, and the desk over it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.console import NOTHING_READ, USAGE, fail, progress, say

if TYPE_CHECKING:
    from dragoman.answers.ledger import Ledger

FOLDER = "demo"  # of resources: JSON Lines, one running matter a file
FILE = Path("demo.db")


def demo(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Where the example ledger is made.")] = FILE,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="The port of the desk; 0 takes a free one.")] = None,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Open the desk over it, or only make it.")] = True,
) -> None:
    """Make an example ledger and open the desk over it, to look around before there are reports of your own.

    Some forty short reports come with Dragoman and are read here and now: six running matters from March to May 2024 between real states, told by three agencies. All that
    they tell is invented, and so are the people and the agencies. An example ledger that is there already is opened as it is; any other is left alone.

    Examples:
      dragoman demo
      dragoman demo look.db --port 9000
      dragoman demo --no-serve
    """
    from dragoman.cli.asking import asked

    fresh = not path.exists()
    with asked(str(path), create=True) as ledger:
        reports = example_reports()
        if not fresh and _is_another(ledger, reports[0]):
            fail(f"{path} is another ledger; it was left as it is. Name a file that is not there yet: dragoman demo FILE", USAGE)
        aside = _fill(ledger, reports)
    say(f"{'Made' if fresh else 'There already'}: an example ledger of {len(reports) - aside} reports, all invented, in {path.absolute()}")
    say(f"Try also: dragoman standing bolivia chile --ledger {path}")
    say(f"To correct and to add at the desk: dragoman token make me --scope add --scope correct --ledger {path}")
    if aside:
        raise typer.Exit(NOTHING_READ)
    if serve:
        from dragoman.cli.serve import serve as open_desk

        open_desk(str(path), port=port)


def example_reports() -> list[dict[str, Any]]:
    """The reports that come with Dragoman, in order of days, as the JSON Lines contract has them."""
    from importlib import resources

    files = sorted((f for f in resources.files("dragoman.resources").joinpath(FOLDER).iterdir() if f.name.endswith(".jsonl")), key=lambda f: f.name)
    reports: list[dict[str, Any]] = [json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()]
    return sorted(reports, key=lambda r: (r["published"], r["ref"]))


def _fill(ledger: Ledger, reports: list[dict[str, Any]]) -> int:
    """Add what is not there yet, with a running count; gives how many were set aside."""
    from dragoman.cli import setup
    from dragoman.cli.adding import Rate
    from dragoman.ledger.taking import take_given

    rate, aside = Rate(len(reports)), 0
    with progress(True, by_itself=True, rate=True) as bar:
        task = bar.add_task("Reading the examples", total=None, told=rate.told())
        for one in take_given(ledger, reports, setup.reader_of):
            rate.count()
            aside += one.fate == "aside"
            bar.update(task, told=rate.told(), refresh=True)
    return aside


def _is_another(ledger: Ledger, example: dict[str, Any]) -> bool:
    """Whether the ledger holds reports, but not the first of the examples."""
    from sqlalchemy import select

    from dragoman.ledger import tables
    from dragoman.ledger.opening import reading

    r = tables.reports.c
    own = select(r.id).where(r.ref == example["ref"], r.publisher == example["publisher"], r.headline == example["headline"])
    with reading(ledger.engine) as connection:
        return connection.execute(own).first() is None and connection.execute(select(r.id).limit(1)).first() is not None
