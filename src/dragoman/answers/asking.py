"""What all questions to a ledger begin with: one state of it, sides by their names, days as people give them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from dragoman.answers.correcting import Correctable
from dragoman.errors import InputError
from dragoman.ledger.moments import end_of
from dragoman.ledger.names import Party, party
from dragoman.ledger.opening import reading
from dragoman.ledger.view import View

type Day = dt.date | str | None


class Askable(Correctable):
    """A ledger of which questions can be asked."""

    @contextmanager
    def _asked(self) -> Iterator[Connection]:
        with reading(self.engine) as connection:
            yield connection

    def _party(self, connection: Connection, name: str, view: View) -> Party:
        return party(connection, name, view)

    def _parties(self, connection: Connection, view: View, *names: str | None) -> list[Party | None]:
        return [None if n is None else party(connection, n, view) for n in names]


def view_of(as_of: Day = None, since: Day = None, known: Day = None, as_read: bool = False) -> View:
    """A view from days as people give them; `known` may be a moment too, with its zone.

    Raises:
        InputError: If one is no day.
    """
    if not isinstance(known, dt.datetime):
        day = day_told(known)
        known = None if day is None else end_of(day)
    return View(day_told(as_of), day_told(since), known, as_read)


def day_told(told: Day) -> dt.date | None:
    """A day as people give it.

    Raises:
        InputError: If it is no day.
    """
    if told is None or isinstance(told, dt.date):
        return told
    try:
        return dt.date.fromisoformat(told)
    except ValueError:
        raise InputError(f"{told!r} is no day. Write it as year-month-day, such as 2024-06-30.") from None
