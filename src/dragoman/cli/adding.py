"""The count of what is added to a ledger: told while it goes on, with rate and time left, and at its end."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

import typer

from dragoman.cli.console import INTERRUPTED, NOTHING_READ, READ, SOME_SET_ASIDE, pipe_may_close, progress, say

if TYPE_CHECKING:
    from dragoman.ledger.added import Added

EVERY = 0.2  # seconds between two drawings of the running count
WINDOW = 60.0  # seconds over which the rate is taken


class Adding:
    """Counts what became of reports on their way into a ledger.

    Args:
        verb: What is being done, for the running count.
        total: How many there are, where it is known.
        shown: Whether the running count is drawn and a closing line told.
    """

    def __init__(self, verb: str, total: int | None, *, shown: bool) -> None:
        self.verb, self.total, self.shown = verb, total, shown
        self.fates: Counter[str] = Counter()

    def run(self, added: Iterator[Added], ledger: str, *, by_itself: bool) -> NoReturn:
        """Add all, tell what became of it, and end with an exit code.

        Args:
            added: Drawn one by one.
            ledger: Its address, for the closing line.
            by_itself: Whether the running count may be drawn by a thread; not where workers are forked.
        """
        from dragoman.errors import DragomanError

        try:
            with pipe_may_close():
                self._count(added, by_itself)
        except KeyboardInterrupt:
            say(f"Stopped. {self.closing(ledger)} Go on with the same command: what was added is not read again.", style="yellow")
            raise typer.Exit(INTERRUPTED) from None
        except DragomanError as error:
            say(str(error), style="red")
            say(f"Stopped. {self.closing(ledger)}", style="yellow")
            raise typer.Exit(NOTHING_READ) from None
        if self.shown:
            say(self.closing(ledger))
        aside = self.fates["aside"]
        raise typer.Exit(READ if not aside else SOME_SET_ASIDE if self.fates.total() > aside else NOTHING_READ)

    def closing(self, ledger: str) -> str:
        """What became of all, in a line."""
        new, revision, reread, known, aside = (self.fates[f] for f in ("new", "revision", "reread", "known", "aside"))
        told = [f"{new + revision} report{'' if new + revision == 1 else 's'} added{f' ({revision} of them a new version of an earlier one)' if revision else ''}"]
        told += [f"{reread} read anew"] if reread else []
        told += [f"{known} there already"] if known else []
        told += [f"{aside} set aside"] if aside else []
        return f"{', '.join(told)}. Ledger: {ledger}"

    def _count(self, added: Iterator[Added], by_itself: bool) -> None:
        rate = Rate(self.total)
        with progress(self.shown, by_itself=by_itself, rate=True) as bar:
            task = bar.add_task(self.verb, total=None, told="")
            drawn = 0.0
            for one in added:
                self.fates[one.fate] += 1
                rate.count()
                if one.error is not None:
                    message = str(one.error)
                    bar.console.print(f"set aside: {message}{f' (ref {one.ref})' if one.ref and one.ref not in message else ''}", style="yellow", markup=False)
                if time.monotonic() - drawn > EVERY:
                    drawn = time.monotonic()
                    bar.update(task, told=rate.told(), refresh=True)


class Rate:
    """How many are done, how many a minute, how long the rest will take."""

    def __init__(self, total: int | None) -> None:
        self.total, self.done = total, 0
        self.seen: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])

    def count(self) -> None:
        """One more is done."""
        self.done += 1
        now = time.monotonic()
        if now - self.seen[-1][0] > EVERY:
            self.seen.append((now, self.done))
        while len(self.seen) > 2 and now - self.seen[0][0] > WINDOW:
            self.seen.popleft()

    def told(self) -> str:
        """The running count for a person: `1,200 of 5,000 · 830 a minute · 4 min left`."""
        begun, before = self.seen[0]
        spent, made = time.monotonic() - begun, self.done - before
        told = [f"{self.done:,} of {max(self.total, self.done):,}" if self.total is not None else f"{self.done:,} done"]
        if spent > 1 and made:
            told.append(f"{made / spent * 60:,.0f} a minute")
            if self.total is not None and self.total > self.done:
                told.append(f"{_spell((self.total - self.done) * spent / made)} left")
        return " · ".join(told)


def _spell(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
