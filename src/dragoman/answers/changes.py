"""What moved since a day: statuses of affairs, new conditions, the sharpest words and deeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Connection, Select, func, select

from dragoman.answers.actors import Named, named
from dragoman.answers.affair import find_affair
from dragoman.answers.affairs import AffairStands, find_affairs
from dragoman.answers.conditions import find_conditions
from dragoman.answers.row import Answered, day_of, names_of, where_of
from dragoman.answers.source import Source, sources_of
from dragoman.ledger import tables
from dragoman.ledger.names import Party
from dragoman.ledger.view import View

Moved = Literal["affair", "condition", "statement", "event"]
# How sharp an act is in words, against the weight of an event (Goldstein, -10 to 10); for the order in which they are shown, nothing else.
SHARPNESS: Mapping[str, float] = {"threaten": 7.0, "refuse": 5.0, "demand": 5.0, "accuse": 4.0, "promise": 4.0, "offer": 4.0, "accept": 4.0}
SHARP_EVENT = 6.5
AFFAIRS = 200


class Change(Answered):
    """One thing that moved."""

    wide = "Words"

    day: dt.date | None
    kind: Moved
    what: str = Field(description="Kind and subject of an affair; kind of a condition; act of a statement; type of an event.")
    before: str | None = Field(default=None, description="The affair's status before, as far as is known.")
    after: str | None = Field(default=None, description="Its status now; of a condition withheld, promised, threatened; of an event its status.")
    sources: tuple[Named, ...]
    targets: tuple[Named, ...]
    affair: int | None = None
    sharpness: float = Field(description="For the order: how far a matter moved, how sharp words or deeds are.")
    source: Source

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        told = f"{self.before or 'new'} → {self.after}" if self.kind == "affair" else self.after or ""
        who = f"{names_of(self.sources)} → {names_of(self.targets)}" if self.targets else names_of(self.sources)
        words = self.source.sentence or "[text not kept]"
        return {"Day": day_of(self.day), "What": f"{self.kind}: {self.what}", "Moved": told, "Who": who, "Words": words, "Where": where_of(self.source)}


def find_changes(connection: Connection, since: dt.date, *, of: Iterable[Party] = (), view: View, limit: int = 50) -> list[Change]:
    """What moved since a day, by held time: affairs whose status is another than before, conditions first set since, the sharpest statements and events.

    Args:
        connection: An open ledger.
        since: The first day looked at.
        of: Sides; all of them must have a part.
        view: As of when and by which knowledge.
        limit: How many at most of each kind.

    Returns:
        Affairs first, then conditions, statements and events; of each kind the latest or sharpest first.
    """
    sides, seen = tuple(of), replace(view, since=since)
    found = [*_affairs(connection, since, sides, seen, limit), *_conditions(connection, since, sides, seen, limit)]
    return [*found, *_statements(connection, sides, seen, limit), *_events(connection, sides, seen, limit)]


def _affairs(connection: Connection, since: dt.date, sides: tuple[Party, ...], view: View, limit: int) -> Iterator[Change]:
    told = 0
    for affair in find_affairs(connection, of=sides, view=view, limit=AFFAIRS):
        steps = find_affair(connection, affair.affair, view=replace(view, since=None))
        now = steps[-1]
        if now.day is None or now.day < since or told == limit:
            continue
        told += 1
        before = steps[-2].status if len(steps) > 1 else None
        sources, targets = _parties(affair)
        yield Change(
            day=now.day, kind="affair", what=f"{affair.kind}, {affair.subject}", before=before, after=now.status, sources=sources, targets=targets, affair=affair.affair,
            sharpness=8.0 if before else 6.0, source=now.source,
        )  # fmt: skip


def _parties(affair: AffairStands) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    return (affair.parties[:1], affair.parties[1:]) if affair.kind == "sanctions" else (affair.parties, ())


def _conditions(connection: Connection, since: dt.date, sides: tuple[Party, ...], view: View, limit: int) -> Iterator[Change]:
    between = (sides[0], sides[1]) if len(sides) == 2 else None
    for c in find_conditions(connection, between=between, of_any=sides if between is None else (), view=view, limit=limit):
        if c.first is not None and c.first >= since:
            yield Change(day=c.first, kind="condition", what=c.kind, after=c.polarity, sources=c.holder, targets=c.owes, sharpness=6.0, source=c.source)


def _statements(connection: Connection, sides: tuple[Party, ...], view: View, limit: int) -> list[Change]:
    f, s, r = tables.findings.c, tables.statements.c, tables.reports.c
    query = select(func.min(f.id).label("id"), func.min(f.day).label("day"), s.act, func.max(f.confidence).label("confidence")).join(tables.statements, s.finding == f.id)
    query = query.join(tables.reports, r.id == f.report).where(f.kind == "statement", s.kind == "speech", s.act.in_(SHARPNESS), s.speaker.is_not(None))
    rows = connection.execute(view.narrow(_between(query, sides)).group_by(r.story, s.act, s.speaker)).all()
    sharpest = sorted(rows, key=lambda x: (SHARPNESS[x.act] * x.confidence, x.day), reverse=True)[:limit]
    return _changes(connection, "statement", sharpest, {x.id: (x.act, None, SHARPNESS[x.act]) for x in sharpest})


def _events(connection: Connection, sides: tuple[Party, ...], view: View, limit: int) -> list[Change]:
    """Deeds; what is done by saying stands among the statements."""
    f, e, r = tables.findings.c, tables.events.c, tables.reports.c
    query = select(func.min(f.id).label("id"), func.min(f.day).label("day"), e.type, e.status, func.max(e.goldstein).label("weight")).join(tables.events, e.finding == f.id)
    query = query.join(tables.reports, r.id == f.report).where(f.kind == "event", e.status == "actual", e.background.is_(False), func.abs(e.goldstein) >= SHARP_EVENT)
    rows = connection.execute(view.narrow(_between(query.where(e.statement.is_(None)), sides)).group_by(r.story, e.type, e.status)).all()
    sharpest = sorted(rows, key=lambda x: (abs(x.weight), x.day), reverse=True)[:limit]
    return _changes(connection, "event", sharpest, {x.id: (x.type, x.status, abs(x.weight)) for x in sharpest})


def _between[S: Select[Any]](query: S, sides: tuple[Party, ...]) -> S:
    o = tables.roles.c
    for side in sides:
        mine = side.plays(tables.roles)
        query = query.where(tables.findings.c.id.in_(select(o.finding).where(mine)))
    return query


def _changes(connection: Connection, kind: Moved, rows: Iterable[Any], told: Mapping[int, tuple[str, str | None, float]]) -> list[Change]:
    who, sources = named(connection, told), sources_of(connection, told)
    doing, suffering = ("speaker", "about") if kind == "statement" else ("source", "target")
    return [
        Change(
            day=row.day, kind=kind, what=told[row.id][0], after=told[row.id][1], sources=who[row.id].get(doing, ()), targets=who[row.id].get(suffering, ()),
            sharpness=told[row.id][2], source=sources[row.id],
        )
        for row in rows
    ]  # fmt: skip
