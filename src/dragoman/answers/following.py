"""The part of `dragoman.Ledger` by which one follows what comes in: how much there is, what is new, what moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dragoman.answers import fresh
from dragoman.answers.asking import Askable, Day, day_told, view_of
from dragoman.answers.busiest import Busy, Holdings, find_busiest, holdings, newest_day
from dragoman.answers.lastday import last_day
from dragoman.answers.moved import MOVES, Moved, find_moved, moved_since
from dragoman.answers.timeline import KINDS, Kind, Moment
from dragoman.ledger.latest import latest
from dragoman.ledger.view import NOW


class Followable(Askable):
    """A ledger that is followed while reports come in."""

    def busiest(self, *, since: Day = None, as_of: Day = None, limit: int = 12) -> list[Busy]:
        """Of which pairs of states and bodies most reports tell, among the latest reports of a time."""
        with self._asked() as connection:
            return find_busiest(connection, view=view_of(as_of, since), limit=limit)

    def holdings(self) -> Holdings:
        """What the ledger holds."""
        with self._asked() as connection:
            return holdings(connection)

    def newest_day(self, *, as_of: Day = None) -> dt.date | None:
        """The day of the newest report, up to a day; None where no report's day is known."""
        with self._asked() as connection:
            return newest_day(connection, view_of(as_of))

    def last_day(self, *, as_of: Day = None) -> dt.date | None:
        """The last day on which anything happened, up to a day; None where nothing is dated."""
        with self._asked() as connection:
            return last_day(connection, view_of(as_of))

    def latest(self) -> dt.datetime | None:
        """When the ledger last learned something (UTC); None where nothing came yet. Given as `known`, it holds the ledger still while a list is paged through."""
        with self._asked() as connection:
            return latest(connection)

    def last_finding(self) -> int:
        """The number of the last finding that was added; 0 where there is none."""
        with self._asked() as connection:
            return fresh.last_finding(connection)

    def added_since(self, seen: int, a: str | None = None, b: str | None = None, *, kinds: Sequence[Kind] = KINDS, most: int = 200) -> tuple[list[Moment], int]:
        """Moments that were added after a finding, in the order in which they came; and the number of the last finding that was looked at, with which to ask again.

        Raises:
            UnknownNameError: If nobody goes by a name; it offers the nearest.
        """
        with self._asked() as connection:
            one, other = self._parties(connection, NOW, a, b)
            return fresh.added_since(connection, seen, one, other, kinds=kinds, most=most)

    def moved(
        self, a: str | None = None, b: str | None = None, *, affair: int | None = None, kinds: Sequence[Kind] = MOVES, since: Day = None, limit: int = 50
    ) -> list[Moved]:  # fmt: skip
        """The latest that moved of a side, between two, or in an affair, or of all since a day: what was known last first.

        Raises:
            UnknownNameError: If nobody goes by a name; it offers the nearest.
            NotInLedgerError: If there is no such affair.
        """
        with self._asked() as connection:
            one, other = self._parties(connection, NOW, a, b)
            return find_moved(connection, one, other, affair=affair, kinds=kinds, since=day_told(since), limit=limit)

    def moved_since(
        self, seen: int, a: str | None = None, b: str | None = None, *, affair: int | None = None, kinds: Sequence[Kind] = MOVES, most: int = 200
    ) -> tuple[list[Moved], int]:  # fmt: skip
        """What moved by findings that were added after one, in the order in which they came; and the number of the last that was looked at, with which to ask again.

        Raises:
            UnknownNameError: If nobody goes by a name; it offers the nearest.
            NotInLedgerError: If there is no such affair.
        """
        with self._asked() as connection:
            one, other = self._parties(connection, NOW, a, b)
            return moved_since(connection, seen, one, other, affair=affair, kinds=kinds, most=most)
