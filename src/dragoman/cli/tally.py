"""The count of a run: what was read, what was set aside and why, what had to be assumed; told while it goes on and at its end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.cli.console import progress

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.cli.writers import Writer
    from dragoman.engines.local import Outcome

EVERY = 0.2  # seconds between two drawings of the running count
ASSUMED = 5  # reports of which it is told what was assumed; of the rest only how many


class Tally:
    """Counts outcomes on their way to a writer.

    Args:
        shown: Whether the running count is drawn.
        notes_shown: Whether it is told what was assumed to get at a text.
    """

    def __init__(self, *, shown: bool, notes_shown: bool) -> None:
        self.shown, self.notes_shown = shown, notes_shown
        self.read = self.aside = self.assumed = 0

    def write_all(self, outcomes: Iterator[Outcome], writer: Writer, *, forking: bool) -> None:
        """Write and count all; what was begun is ended in form, even after Ctrl-C.

        Args:
            outcomes: Drawn one by one.
            writer: Closed at the end.
            forking: Whether the first outcome forks processes: the count is then drawn by a thread only when they are there.
        """
        with progress(self.shown, by_itself=not forking) as bar:
            task = bar.add_task("Reading", total=None)
            bar.refresh()
            drawn = time.monotonic()
            try:
                for outcome in outcomes:
                    self._count(outcome, bar.console)
                    writer.write(outcome)
                    bar.advance(task)
                    if time.monotonic() - drawn > EVERY:
                        drawn = time.monotonic()
                        bar.refresh()
                    if forking and not bar.disable:
                        bar.stop()
                        bar.live.auto_refresh, forking = True, False
                        bar.start()
            except KeyboardInterrupt:
                writer.close()
                raise
        writer.close()

    def closing(self, written: Path | None) -> str:
        """What became of all, in a line; `written` is the file that holds it."""
        told = [f"{self.read} report{'' if self.read == 1 else 's'} read"]
        told += [f"{self.aside} set aside"] if self.aside else []
        told += [f"written to {written}"] if written else []
        more = f" Something was assumed of {self.assumed} reports; their notes say what." if self.notes_shown and self.assumed > ASSUMED else ""
        return f"{', '.join(told)}.{more}"

    def _count(self, outcome: Outcome, console: Console) -> None:
        if outcome.error is not None:
            self.aside += 1
            console.print(f"set aside: {_told_error(outcome)}", style="yellow", markup=False)
            return
        self.read += 1
        self.assumed += bool(outcome.assumed)
        if self.notes_shown and outcome.assumed and self.assumed <= ASSUMED:
            console.print(f"assumed: {outcome.ref}: {' '.join(outcome.assumed)}", style="dim", markup=False)


def _told_error(outcome: Outcome) -> str:
    """The error, with the caller's own name for the report where its place does not hold it."""
    message = str(outcome.error)
    return message if outcome.ref is None or outcome.ref in message else f"{message} (ref {outcome.ref})"
