"""What the commands tell on standard error: messages, progress, the closing line. Colours and progress only on a terminal."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Literal, NoReturn, TextIO

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

READ, NOTHING_READ, USAGE, SOME_SET_ASIDE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 3, 130, 141  # exit codes; the last two as a shell counts signals


def stderr() -> Console:
    """Rich's console on standard error; it leaves colours out where there is no terminal or NO_COLOR is set."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, emoji=False, soft_wrap=True)  # `wire.jsonl:1234:` is a place, no emoji


def say(message: str, *, style: str = "") -> None:
    """One line on standard error, printed as it is (no markup is read in it)."""
    stderr().print(message, style=style or None, markup=False)


def fail(message: str, code: int) -> NoReturn:
    """A message and the end."""
    say(message, style="red")
    raise typer.Exit(code)


def standard(name: Literal["stdin", "stdout"]) -> IO[bytes]:
    """Standard input or output as bytes; where the shell closed it, says so and ends."""
    stream: TextIO | None = getattr(sys, name)
    if stream is None:
        told = "Standard input is closed: name a file to be read." if name == "stdin" else "Standard output is closed: name a file to write with --output."
        fail(told, USAGE)
    return stream.buffer


def leave_stdout() -> None:
    """Let nothing more be written to standard output, not even what is still in its buffer: it takes nothing any more."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextlib.contextmanager
def pipe_may_close() -> Iterator[None]:
    """Where the program that is written to goes (`… | head`), end without a word, with an exit code of its own."""
    try:
        yield
    except BrokenPipeError:
        leave_stdout()
        raise typer.Exit(PIPE_CLOSED) from None


def progress(shown: bool, *, by_itself: bool, rate: bool = False) -> Progress:
    """A running count; drawn only where it is wanted and standard error is a terminal, and wiped when done.

    Args:
        shown: Whether it is wanted.
        by_itself: Drawn by a thread, so that it moves while one long report is read; else when the caller says so, as a thread would be in the way of forking workers.
        rate: Whether it tells how many are done a minute and, where the total is known, what is left.
    """
    from rich.progress import Progress, ProgressColumn, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns: tuple[ProgressColumn, ...] = (SpinnerColumn(), TextColumn("{task.description} {task.completed:.0f} done"), TimeElapsedColumn())
    if rate:
        columns = (SpinnerColumn(), TextColumn("{task.description} {task.fields[told]}"))
    wanted = shown and sys.stderr is not None and sys.stderr.isatty()
    return Progress(*columns, console=stderr(), transient=True, disable=not wanted, redirect_stdout=False, auto_refresh=by_itself)
