"""Known time: moments in UTC, and the clock that gives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator

type Clock = Callable[[], dt.datetime]


def now() -> dt.datetime:
    """This moment in UTC."""
    return dt.datetime.now(dt.UTC)


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day in UTC: what was known on a day is what was known at its end."""
    return dt.datetime.combine(day, dt.time.max, dt.UTC)


def is_prefix(told: str) -> bool:
    """Whether words are a year, a month or a day as ISO 8601 writes it: `2024`, `2024-06`, `2024-06-30`."""
    try:
        dt.date.fromisoformat(told + "0000-01-01"[len(told) :])
    except ValueError:
        return False
    return len(told) in (4, 7, 10)


class Moment(TypeDecorator[dt.datetime]):
    """A moment, kept without a zone in UTC on every database and given back as UTC."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """To the database; a moment without a zone is a fault of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its zone: {value!r}")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """From the database."""
        return None if value is None else value.replace(tzinfo=dt.UTC)
