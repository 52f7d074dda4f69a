"""The command line's front door. Commands load what they need when they run, so that `--help` answers at once."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer

from dragoman.cli.actor import actor
from dragoman.cli.add import add
from dragoman.cli.affairs import affair, affairs
from dragoman.cli.changes import changes
from dragoman.cli.conditions import conditions
from dragoman.cli.console import NOTHING_READ, leave_stdout, say
from dragoman.cli.correct import app as correct
from dragoman.cli.coverage import coverage
from dragoman.cli.demo import demo
from dragoman.cli.events import events
from dragoman.cli.explain import explain
from dragoman.cli.export import export
from dragoman.cli.forget import forget
from dragoman.cli.mcp import mcp
from dragoman.cli.measures import measures
from dragoman.cli.network import network
from dragoman.cli.pairs import code_pairs
from dragoman.cli.read import read
from dragoman.cli.reread import reread
from dragoman.cli.review import review
from dragoman.cli.schema import schema
from dragoman.cli.search import search
from dragoman.cli.serve import serve
from dragoman.cli.snapshot import snapshot
from dragoman.cli.standing import standing
from dragoman.cli.statements import statements
from dragoman.cli.story import story
from dragoman.cli.timeline import timeline
from dragoman.cli.token import token
from dragoman.cli.undo import undo
from dragoman.cli.watch import watch

# A worker uses one core; a maths library that starts a thread for every core would only get in the way of the others.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")


class _App(typer.Typer):
    """Ends with a word, not with a traceback, where what is printed cannot be written, as on a full disk."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        try:
            try:
                return super().__call__(*args, **kwargs)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()
        except OSError as error:
            leave_stdout()
            say(f"What was found cannot be written: {error.strerror or error}.", style="red")
            sys.exit(NOTHING_READ)


app = _App(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="rich", context_settings={"help_option_names": ["-h", "--help"]})
app.command()(read)
app.command()(explain)
app.command("code-pairs")(code_pairs)
app.command()(schema)
app.command(rich_help_panel="Keep a ledger")(add)
app.command(rich_help_panel="Keep a ledger")(reread)
app.add_typer(correct, name="correct", rich_help_panel="Keep a ledger")
app.command(rich_help_panel="Keep a ledger")(review)
app.command(rich_help_panel="Keep a ledger")(undo)
app.command(rich_help_panel="Keep a ledger")(forget)
app.add_typer(export, name="export", rich_help_panel="Keep a ledger")
app.command(rich_help_panel="Keep a ledger")(snapshot)
ASK = "Ask the ledger"
for _question in (standing, changes, timeline, affairs, affair, conditions, statements, events, story, actor, search, coverage, measures, network):
    app.command(rich_help_panel=ASK)(_question)
DESK = "The desk"
app.command(rich_help_panel=DESK)(demo)
app.command(rich_help_panel=DESK)(serve)
app.command(rich_help_panel=DESK)(mcp)
app.add_typer(token, name="token", rich_help_panel=DESK)
app.add_typer(watch, name="watch", rich_help_panel=DESK)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"dragoman {version('dragoman')}")
        raise typer.Exit


@app.callback()
def main(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version and leave."),
) -> None:
    """Dragoman reads diplomacy in the news: who said, did, demanded, promised or refused what, to whom, on what condition, each with its words.

    Begin with one report:  dragoman read report.txt
    """
