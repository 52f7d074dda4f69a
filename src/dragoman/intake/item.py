"""What intake gives: a report with its place, or why there is none."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import DragomanError, InputError
from dragoman.records import Report


@dataclass(frozen=True, slots=True)
class Item:
    """One report to read.

    Attributes:
        ref: The caller's own name for it; for a file its path.
        source: The file (or `<stdin>`) that it came from, None where the caller passed it.
        line: Its line in that file, 1-based, None where the file is the report.
        notes: What had to be assumed to get at the text, for the record's notes.
    """

    report: Report
    ref: str | None = None
    source: str | None = None
    line: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record that was read elsewhere: a line of JSON that has not been looked into yet; with its place."""

    json: bytes
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """An input that could not be read, and why."""

    error: DragomanError
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing more has come yet: what was gathered so far is to be read now, not when a batch is full."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the user says of the reports where they do not say it themselves; a page's or line's own word goes before `publisher` and `published`."""

    published: dt.date | None = None
    publisher: str | None = None
    headline: str | None = None


def named(path: Path) -> str:
    """A file's name as text; bytes of it that are no UTF-8 are shown as \ufffd."""
    return os.fsencode(path).decode("utf-8", "replace")


def day(value: str) -> dt.date:
    """A day from ISO 8601, with or without a clock time (`2024-06-06`, `2024-06-06T09:30:00Z`).

    Raises:
        InputError: If it is none.
    """
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        pass
    try:
        return dt.datetime.fromisoformat(value).date()
    except ValueError:
        raise InputError(f"{value!r} is no date. Write it as year-month-day, such as 2024-06-06.") from None
