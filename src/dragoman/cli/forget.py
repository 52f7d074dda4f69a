"""`dragoman forget`: delete a report on demand."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dragoman.cli.asking import DEFAULT, Where, asked
from dragoman.cli.console import USAGE, fail, say
from dragoman.cli.correct import Who, Why


def forget(
    report: Annotated[str | None, typer.Argument(metavar="REPORT", help="By number, such as r12, by URL, or by the name under which it was added.", show_default=False)] = None,
    undo: Annotated[str | None, typer.Option("--undo", metavar="HASH", help="Let a report that was deleted be added again; by the hash that adding it tells.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")] = False,
    who: Who = None,
    why: Why = None,
    where: Where = DEFAULT,
) -> None:
    """Delete a report with all that was read off it and all that people said of it. No word of it stays in the ledger's files, only a hash by which it is known if it comes again.

    It cannot be brought back. Backups, exports and snapshots made before are not reached.

    Examples:
      dragoman forget r12 --why "Asked to by the publisher"
      dragoman forget --undo 3fa94c01b2d7
    """
    if (report is None) == (undo is None):
        fail("Name the report that is to be deleted, or --undo HASH.", USAGE)
    with asked(where) as ledger:
        if undo is not None:
            typer.echo(f"A report with the hash {ledger.unforget(undo)[:12]} may be added again.")
            return
        assert report is not None
        number, called = ledger.report_called(report)
        if not yes:
            if not (sys.stdin and sys.stdin.isatty()):
                fail(f"r{number} ({called}) would be deleted for good. To do so without being asked: --yes", USAGE)
            if not typer.confirm(f"Delete r{number} ({called}) for good?", err=True):
                say("Nothing was deleted.")
                return
        if ledger.forget(number, who=who, why=why):
            typer.echo(f"r{number} is deleted; no word of it is left in the ledger's files.")
        else:
            say(f"r{number} is deleted. Another program has the ledger open as it was: until it lets go, words may still stand in the file's -wal beside it.", style="yellow")
