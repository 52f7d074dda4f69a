"""`dragoman reread`: what a ledger holds, read again by the present reader."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.adding import Adding
from dragoman.cli.asking import DEFAULT, Where, asked
from dragoman.cli.console import say
from dragoman.cli.inputs import AS, Actors, Model, Quiet, Workers


def reread(
    where: Where = DEFAULT,
    every: Annotated[bool, typer.Option("--all", help="Those too that this very reader has read.", rich_help_panel=AS)] = False,
    model: Model = None,
    actors: Actors = None,
    workers: Workers = 1,
    quiet: Quiet = False,
) -> None:
    """Read again every report that another version of the reader has read, from the text that the ledger keeps.

    The new reading supersedes the old one, report by report; what was known before stays to be asked for with --known. What people corrected stays corrected. Reports that
    are kept without their text stay as they are. Stopped, it goes on with the same command.

    Examples:
      dragoman reread
      dragoman reread --workers 4 --ledger andes.db
      dragoman reread --all --actors own-actors/
    """
    with asked(where) as ledger:
        from dragoman.cli import setup
        from dragoman.ledger.opening import shown
        from dragoman.ledger.taking import due, read_anew

        reader = setup.reader_of(model, actors or [])
        kept, without = due(ledger, None if every else reader.fingerprint)
        if without and not quiet:
            say(f"{without} report{' is' if without == 1 else 's are'} kept without text and cannot be read again.", style="yellow")
        if not kept and not quiet:
            say("Nothing to read again: every report with a text was read by this reader.")
            return
        added = read_anew(ledger, lambda: reader, every=every, workers=workers)
        Adding("Reading anew", kept, shown=not quiet).run(added, shown(ledger.engine.url), by_itself=workers == 1)
