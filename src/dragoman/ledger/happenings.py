"""Which tellings are one event: the one rule by which lists, timelines, measures and exports count."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.ledger.rows import first_day

STATUSES = ("actual", "negated", "planned", "possible")  # of as many tellings the first of these counts

type Sides = tuple[frozenset[str], frozenset[str]]
type Key = tuple[int, str, Sides, dt.date | None]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a telling says by which it is known again.

    Attributes:
        story: The story of its report.
        type: PLOVER type.
        sides: Codes of who does it and toward whom.
        time: When, as the report gives it: an ISO 8601 prefix.
        day: When it held: its own day where it has one, else the report's.
        status: actual, negated, planned, possible.
        background: Whether it is told as history.
    """

    story: int
    type: str
    sides: Sides
    time: str | None
    day: dt.date | None
    status: str
    background: bool

    @property
    def own_day(self) -> dt.date | None:
        """The day that the report gives it, if it gives a day."""
        return first_day(self.time) if self.time and len(self.time) >= 10 else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the tellings of an event make of it together.

    Attributes:
        day: The day that reports give it, else the earliest on which one tells it; None where none is known.
        status: As most tellings have it.
        background: Told as history wherever it is told.
    """

    day: dt.date | None
    status: str
    background: bool

    @property
    def is_news(self) -> bool:
        """Whether it came to pass and is told as news."""
        return self.status == "actual" and not self.background

    def held(self, as_of: dt.date | None, since: dt.date | None) -> bool:
        """Whether it held by a day and since a day; without a day of its own only where no day is asked for."""
        if self.day is None:
            return as_of is None and since is None
        return (as_of is None or self.day <= as_of) and (since is None or self.day >= since)


def one_by_one[T](tellings: Iterable[T], facts: Callable[[T], Facts]) -> dict[Key, list[T]]:
    """Tellings by events: the same story, type and sides; the same day, where reports give it days of its own.

    What is told without a day is that event of whose day it is nearest; a report may tell an event more than once. Whether it came to pass and whether it is history part nothing: reports may
    disagree on that.
    """
    same: dict[tuple[int, str, Sides], list[tuple[T, Facts]]] = defaultdict(list)
    for telling in tellings:
        f = facts(telling)
        same[f.story, f.type, f.sides].append((telling, f))
    made: dict[Key, list[T]] = {}
    for (story, type_, sides), together in same.items():
        days = sorted({f.own_day for _, f in together if f.own_day is not None})
        for telling, f in together:
            made.setdefault((story, type_, sides, f.own_day or _nearest(f.day, days)), []).append(telling)
    return made


def verdict(tellings: Sequence[Facts]) -> Verdict:
    """What the tellings of one event make of it; the same in whatever order they came."""
    dated = [f.day for f in tellings if f.day is not None and f.day == f.own_day] or [f.day for f in tellings if f.day is not None]
    told = Counter(f.status for f in tellings)
    return Verdict(min(dated, default=None), max(told, key=lambda s: (told[s], -STATUSES.index(s))), all(f.background for f in tellings))


def mean_weight(weights: Iterable[tuple[Facts, float | None]], of: Verdict) -> float | None:
    """The mean Goldstein weight of the tellings that have an event as it stands; None where none has one."""
    known: list[Any] = [w for f, w in weights if w is not None and f.status == of.status and bool(f.background) == of.background]
    return sum(known) / len(known) if known else None


def _nearest(day: dt.date | None, days: Sequence[dt.date]) -> dt.date | None:
    if not days:
        return None
    return min(days, key=lambda d: (abs((d - day).days) if day else 0, d))
