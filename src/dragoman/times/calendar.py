"""Arithmetic of days and periods, and the TIMEX3 values that name them. Source of the notation: ISO-TimeML, HeidelTime."""

from __future__ import annotations

import calendar
import datetime as dt
import re

UNIT_DAYS = {"D": 1, "W": 7, "2W": 14}


def is_date(year: int, month: int, day: int) -> bool:
    """Whether there is such a day."""
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def week(day: dt.date) -> str:
    """`2024-W22`."""
    iso = day.isocalendar()
    return f"{iso.year:04d}-W{iso.week:02d}"


def shifted_month(day: dt.date, months: int) -> tuple[int, int]:
    """Year and month so many months from a day's month."""
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1


def shifted(day: dt.date, count: int, unit: str) -> str | None:
    """The value of the period `count` units from a day, as coarse as the unit: two years from 2024-06-05 is `2026`; None beyond the calendar."""
    try:
        if unit == "D":
            return (day + dt.timedelta(days=count)).isoformat()
        if unit in UNIT_DAYS:
            return week(day + dt.timedelta(days=count * UNIT_DAYS[unit]))
        if unit == "WE":
            return week(day + dt.timedelta(days=7 * count)) + "-WE"
        if unit == "M":
            year, month = shifted_month(day, count)
            return f"{year:04d}-{month:02d}" if 1 <= year <= 9999 else None
        if unit == "Q":
            year, month = shifted_month(day, 3 * count)
            return f"{year:04d}-Q{(month + 2) // 3}"
        years = {"Y": 1, "DE": 10, "CE": 100}[unit] * count
        year = day.year + years
        if not 1 <= year <= 9999:
            return None
        return f"{year:04d}"[: {"Y": 4, "DE": 3, "CE": 2}[unit]]
    except OverflowError:
        return None


def weekday_near(day: dt.date, weekday: int, direction: int) -> dt.date:
    """The weekday (Monday is 1) on or before a day, or on or after it where `direction` is positive."""
    off = weekday - day.isoweekday()
    off = off % 7 if direction > 0 else -(-off % 7)
    return day + dt.timedelta(days=off)


def year_of(month: int, day: int | None, anchor: dt.date, direction: int) -> int:
    """The year of a month or of a day without one: the last one up to the anchor, or the next from it where `direction` is positive."""
    here = (anchor.month, anchor.day) if day else (anchor.month, 0)
    there = (month, day or 0)
    if direction > 0:
        return anchor.year + (there < here)
    return anchor.year - (there > here)


def last_day(value: str) -> str | None:
    """The last day of a year or month: `2024` → `2024-12-31`; None for other values."""
    if re.fullmatch(r"\d{4}", value):
        return f"{value}-12-31"
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        year, month = int(found[1]), int(found[2])
        return f"{value}-{calendar.monthrange(year, month)[1]}" if is_date(year, month, 1) else None
    return None


def day_of(value: str | None) -> dt.date | None:
    """The day that a value names; for a month or a year its first; None for what is neither."""
    if value is None:
        return None
    if found := re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?$", value):
        year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
        return dt.date(year, month, day) if is_date(year, month, day) else None
    return None
