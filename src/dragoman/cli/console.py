"""What the commands tell on standard error: messages, progress, the closing line. Colours and progress only on a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

READ, NOTHING_READ, USAGE, SOME_SET_ASIDE, INTERRUPTED = 0, 1, 2, 3, 130  # exit codes


def stderr() -> Console:
    """Rich's console on standard error; it leaves colours out where there is no terminal or NO_COLOR is set."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(message: str, *, style: str = "") -> None:
    """One line on standard error, printed as it is (no markup is read in it)."""
    stderr().print(message, style=style or None, markup=False)


def fail(message: str, code: int) -> NoReturn:
    """A message and the end."""
    say(message, style="red")
    raise typer.Exit(code)


def progress(shown: bool) -> Progress:
    """A running count; drawn only where it is wanted and standard error is a terminal, and wiped when done.

    It is drawn anew when the caller says so: a thread that did it would be in the way of forking workers.
    """
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = stderr()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not (shown and sys.stderr.isatty()), redirect_stdout=False, auto_refresh=False)
