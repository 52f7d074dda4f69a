"""Measures through time: how much two sides cooperated and clashed by day, week, month or year, and how much was read of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal
from weakref import WeakKeyDictionary

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, Engine, Select, String, cast, func, select

from dragoman.answers.actors import Named
from dragoman.answers.counted import ready_events, reports_of, worked_out_events
from dragoman.answers.quads import QUADS, quad_of
from dragoman.answers.row import Answered
from dragoman.errors import InputError
from dragoman.ledger import tables
from dragoman.ledger.counting import stands_ready
from dragoman.ledger.names import Party
from dragoman.ledger.rows import first_day
from dragoman.ledger.view import NOW, VIEWS, View

Period = Literal["day", "week", "month", "year"]
Direction = Literal["both", "out", "back"]
UNDATED = "not dated"
_REMEMBERED: WeakKeyDictionary[Engine, tuple[Any, dict[tuple[Period, View], Counter[dt.date | None]]]] = WeakKeyDictionary()


class Measured(Answered):
    """One period of a dyad in one direction, or in both together."""

    period: str = Field(description="`2024-06-30`, `2024-W26` (ISO 8601 week), `2024-06`, `2024`; `not dated` gathers events whose day nobody tells.")
    first: dt.date | None = Field(description="First day of the period; empty for `not dated`.")
    last: dt.date | None = Field(description="Last day of the period.")
    direction: Direction = Field(description="out: what source did to target; back: what target did to source, with the two changed over; both: the two added up.")
    source: Named = Field(description="Who acts; of `both` the side that was named first.")
    target: Named = Field(description="Toward whom.")
    events: int = Field(description="Events that came to pass and are no background, as the list of events counts them.")
    cooperation: float = Field(description="Sum of the Goldstein weights above 0.")
    conflict: float = Field(description="Sum of the Goldstein weights below 0; 0 or less.")
    net: float = Field(description="Their sum.")
    mean: float | None = Field(description="Mean weight of an event, from -10 (conflict) to 10 (cooperation); empty where there is none.")
    cooperation_mean: float | None = Field(description="Mean of the weights above 0; empty where there is none.")
    conflict_mean: float | None = Field(description="Mean of the weights below 0; empty where there is none.")
    verbal_cooperation: int = Field(description="Events of types AGREE, CONSULT, SUPPORT, CONCEDE.")
    material_cooperation: int = Field(description="Events of types COOPERATE, AID, RETREAT.")
    verbal_conflict: int = Field(description="Events of types REQUEST, ACCUSE, REJECT, THREATEN.")
    material_conflict: int = Field(description="Events of types PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT.")
    reports: int = Field(description="Reports published in this period that tell anything between the two (said, done, made conditional, standing), whichever the direction.")
    read: int = Field(description="Reports published in this period that the ledger holds, whatever they tell: where it is 0, a zero beside it says nothing.")

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        joint = " – " if self.direction == "both" else " → "
        quads = {h: str(getattr(self, q)) for h, q in zip(("VCoop", "MCoop", "VConf", "MConf"), QUADS, strict=True)}
        weights = {"Cooperation": f"{self.cooperation:.1f}", "Conflict": f"{self.conflict:.1f}", "Mean": "—" if self.mean is None else f"{self.mean:.2f}"}
        return {
            "Period": self.period,
            "Who": f"{self.source.code}{joint}{self.target.code}",
            "Events": str(self.events),
            **weights,
            **quads,
            "Reports": str(self.reports),
            "Read": str(self.read),
        }


@dataclass(slots=True)
class _Sum:
    """What is added up over the days of a period."""

    events: int = 0
    up: float = 0.0
    ups: int = 0
    down: float = 0.0
    downs: int = 0
    quads: list[int] = field(default_factory=lambda: [0] * len(QUADS))

    def add(self, type_: str, events: int, weight: float | None) -> None:
        """Events of one type and weight."""
        self.events += events
        self.quads[QUADS.index(quad_of(type_))] += events
        if weight is not None and weight > 0:
            self.up, self.ups = self.up + events * weight, self.ups + events
        elif weight is not None and weight < 0:
            self.down, self.downs = self.down + events * weight, self.downs + events


def find_measures(connection: Connection, a: Party, b: Party, *, by: Period = "month", view: View = NOW, latest: int | None = None) -> list[Measured]:
    """Cooperation and conflict of two sides through time.

    Every period is given from the first to the last in which something is told between the two, or that the view asks for, also where there is nothing: with how much was read.

    Args:
        connection: An open ledger.
        a: A side.
        b: Another side.
        by: Length of the periods.
        view: As of when, since when, by which knowledge.
        latest: Only so many periods, the last of them, and nothing that is not dated; None: all.

    Returns:
        Of every period a row for both directions together, one for `a` toward `b`, one back; in order of time. Events whose day nobody tells come last, as `not dated`.

    Raises:
        InputError: If the two are one, or one is a person who acts for a side.
    """
    one, other = _side(connection, a), _side(connection, b)
    if one == other:
        raise InputError(f"{a.name} and {b.name} are one side ({one}). Measures are between two; name another.")
    first, second = Named(id=a.id, name=a.name, code=one), Named(id=b.id, name=b.name, code=other)
    ways: dict[Direction, tuple[Named, Named]] = {"both": (first, second), "out": (first, second), "back": (second, first)}
    sums: dict[tuple[dt.date | None, Direction], _Sum] = defaultdict(_Sum)
    toward: tuple[tuple[Direction, Party, Party], ...] = (("out", a, b), ("back", b, a))
    ready = stands_ready(connection, view)
    reports = _counted(connection, _telling(connection, a, b, view), by)
    last = max((d for d in (*reports, *(_last(connection, s.sides, t.sides, view) for _, s, t in toward)) if d is not None), default=None) if latest and ready else None
    seen = view if latest is None or last is None else _lately(view, last, by, latest)
    for way, source, target in toward:
        found = _added_up(connection, source.sides, target.sides, by, seen) if ready else _one_by_one(connection, source.sides, target.sides, view)
        for day, *told in found:
            for direction in (way, "both"):
                sums[_begin(day, by), direction].add(*told)
    days = [d for d in (*(d for d, _ in sums), *reports) if d is not None]
    periods: list[dt.date | None] = [*_periods(days, by, view)]
    periods = periods[-latest:] if latest else periods
    read = _read(connection, by, seen)
    if latest is None and (any(d is None for d, _ in sums) or None in reports):
        periods.append(None)
    return [_row(p, by, way, ways[way], sums[p, way], reports[p], read[p]) for p in periods for way in ways]


def _last(connection: Connection, source: Sequence[str], target: Sequence[str], view: View) -> dt.date | None:
    """The day of the last event of one direction."""
    c = tables.counted.c
    query = select(c.day).where(c.source.in_(source), c.target.in_(target), c.day.is_not(None), *view.held(c.day))
    return connection.execute(query.order_by(c.day.desc()).limit(1)).scalar()


def _lately(view: View, last: dt.date, by: Period, latest: int) -> View:
    """The view since the first of so many periods, of which the last is that of a day, or of the day asked for."""
    first = _begin(max(last, view.as_of or last), by)
    for _ in range(latest - 1):
        first = _begin(first - dt.timedelta(days=1), by) if first else None
    return view if first is None or (view.since and view.since > first) else replace(view, since=first)


def _row(first: dt.date | None, by: Period, way: Direction, sides: tuple[Named, Named], s: _Sum, reports: int, read: int) -> Measured:
    quads = dict(zip(QUADS, s.quads, strict=True))
    return Measured(
        period=UNDATED if first is None else _name(first, by), first=first, last=None if first is None else _next(first, by) - dt.timedelta(days=1),
        direction=way, source=sides[0], target=sides[1], events=s.events, cooperation=_round(s.up), conflict=_round(s.down), net=_round(s.up + s.down),
        mean=_round((s.up + s.down) / s.events) if s.events else None, cooperation_mean=_round(s.up / s.ups) if s.ups else None,
        conflict_mean=_round(s.down / s.downs) if s.downs else None, reports=reports, read=read, **quads,
    )  # fmt: skip


def _added_up(connection: Connection, source: Sequence[str], target: Sequence[str], by: Period, view: View) -> Iterator[tuple[Any, ...]]:
    """Events of one direction, counted by the database: a day of the period, a type, how many, and their weight."""
    for told, type_, weight, events in connection.execute(_sums(by, view.shape, len(source) * len(target) > 1), {"source": source, "target": target, **view.values}):
        yield _told(told), type_, events, weight


@lru_cache(VIEWS)
def _sums(by: Period, view: View, several: bool) -> Select[Any]:
    """Sums over events of `source` toward `target`, one side or several."""
    c = ready_events(several, view).subquery().c
    when = _when(c.day, by)
    return select(when, c.type, c.weight, func.count()).group_by(when, c.type, c.weight).order_by(when, c.type, c.weight)


def _one_by_one(connection: Connection, source: Sequence[str], target: Sequence[str], view: View) -> Iterator[tuple[Any, ...]]:
    """The same, an event at a time."""
    for day, type_, weight in sorted(worked_out_events(connection, source, target, view), key=lambda e: (e.day or dt.date.min, e.type, e.weight or 0.0)):
        yield day, type_, 1, weight


def _telling(connection: Connection, a: Party, b: Party, view: View) -> Select[Any]:
    """How many reports of each day tell anything between the two."""
    t = reports_of(connection, a, b, view).subquery().c
    return select(t.published, func.count().label("reports")).group_by(t.published)


def _read(connection: Connection, by: Period, view: View) -> Counter[dt.date | None]:
    """How many reports of each period the ledger holds: for all sides the same, and so remembered until reports come or go."""
    state = connection.execute(select(select(func.max(tables.reports.c.id)).scalar_subquery(), select(func.count()).select_from(tables.forgotten).scalar_subquery())).one()
    before, told = _REMEMBERED.get(connection.engine, (None, {}))
    if before != state or len(told) > VIEWS:
        told = {}
        _REMEMBERED[connection.engine] = state, told
    if (by, view) not in told:
        told[by, view] = _counted(connection, _held(view), by)
    return told[by, view]


def _held(view: View) -> Select[Any]:
    """How many reports of each day the ledger holds."""
    r = tables.reports.c
    query = select(r.published, func.count().label("reports")).where(*view.held(r.published)).group_by(r.published)
    return query if view.known is None else query.where(r.added <= view.known)


def _counted(connection: Connection, by_day: Select[Any], by: Period) -> Counter[dt.date | None]:
    d = by_day.subquery().c
    when = _when(d.published, by)
    found: Counter[dt.date | None] = Counter()
    for told, reports in connection.execute(select(when, func.sum(d.reports)).group_by(when)):
        found[_begin(_told(told), by)] += int(reports)
    return found


def _when(day: ColumnElement[Any], by: Period) -> ColumnElement[Any]:
    """A day, as far as the period needs it: a year or a month as ISO 8601 writes it on both databases, else the day itself."""
    long = {"month": 7, "year": 4}.get(by)
    return day if long is None else func.substr(cast(day, String), 1, long)


def _told(when: Any) -> dt.date | None:
    return first_day(when) if isinstance(when, str) else when


def _side(connection: Connection, who: Party) -> str:
    """The code under which a party stands in dyads."""
    if who.code is None:
        acts_for = connection.execute(select(tables.actors.c.acts_for).where(tables.actors.c.id == who.id)).scalar()
        if acts_for is not None:
            raise InputError(f"{who.name} acts for {acts_for}; measures are between states, bodies and movements. Ask for {acts_for}.")
    return who.side


def _periods(days: list[dt.date], by: Period, view: View) -> Iterator[dt.date]:
    """First days of all periods, without a gap."""
    bounds = [*days, *(d for d in (view.since, view.as_of) if d is not None)] if days else []
    if bounds:
        day, last = _begin(min(bounds), by), _begin(max(bounds), by)
        while day is not None and last is not None and day <= last:
            yield day
            day = _next(day, by)


def _begin(day: dt.date | None, by: Period) -> dt.date | None:
    """First day of the period in which a day lies."""
    if day is None or by == "day":
        return day
    if by == "week":
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1) if by == "month" else day.replace(month=1, day=1)


def _next(first: dt.date, by: Period) -> dt.date:
    """First day of the period after the one that begins on a day."""
    if by in ("day", "week"):
        return first + dt.timedelta(days=1 if by == "day" else 7)
    return (first + dt.timedelta(days=31 if by == "month" else 366)).replace(**({"day": 1} if by == "month" else {"day": 1, "month": 1}))


def _name(first: dt.date, by: Period) -> str:
    if by == "week":
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02}"
    return first.isoformat()[: {"day": 10, "month": 7, "year": 4}[by]]


def _round(number: float) -> float:
    """Four places: sums of floats differ between databases after them. No minus before a zero."""
    return round(number, 4) + 0.0
