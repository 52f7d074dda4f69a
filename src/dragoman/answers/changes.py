"""What moved since a day: statuses of affairs, new conditions, the sharpest words and deeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Connection, Select, func, select

from dragoman.answers.actors import Named, named
from dragoman.answers.affair import BACK, stands_of
from dragoman.answers.affairs import AffairStands, find_affairs
from dragoman.answers.newlyset import newly_set
from dragoman.answers.row import Answered, day_of, names_of, where_of
from dragoman.answers.runs import Run, runs_of
from dragoman.answers.source import Source, sources_of
from dragoman.ledger import tables
from dragoman.ledger.names import Party
from dragoman.ledger.view import View

Moved = Literal["affair", "condition", "statement", "event"]
# How sharp an act is in words, against the weight of an event (Goldstein, -10 to 10); for the order in which they are shown, nothing else.
SHARPNESS: Mapping[str, float] = {"threaten": 7.0, "refuse": 5.0, "demand": 5.0, "accuse": 4.0, "promise": 4.0, "offer": 4.0, "accept": 4.0}
SHARP_EVENT = 6.5
AFFAIRS = 200
MOST = 3_000  # statements, and as many events, among which the sharpest are looked for: the latest


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


def find_changes(connection: Connection, since: dt.date, *, of: Iterable[Party] = (), view: View, limit: int = 50, most: int | None = MOST) -> list[Change]:
    """What moved since a day, by held time: affairs whose status is another than before, conditions first set since, the sharpest statements and events.

    Args:
        connection: An open ledger.
        since: The first day looked at.
        of: Sides; all of them must have a part.
        view: As of when and by which knowledge.
        limit: How many at most of each kind.
        most: Among how many statements and events, the latest, the sharpest are looked for; None: among all.

    Returns:
        Affairs first, then conditions, statements and events; of each kind the latest or sharpest first.
    """
    sides, seen = tuple(of), replace(view, since=since)
    found = [*_affairs(connection, since, sides, seen, limit), *_conditions(connection, since, sides, seen, limit)]
    return [*found, *_statements(connection, sides, seen, limit, most), *_events(connection, sides, seen, limit, most)]


def _affairs(connection: Connection, since: dt.date, sides: tuple[Party, ...], view: View, limit: int) -> Iterator[Change]:
    """Those told of last first; where few of the latest moved, more are looked at."""
    moved: list[AffairStands] = []
    whole = replace(view, since=None)  # where an affair stands, and since when, is told by what was before too
    for most in (min(2 * limit, AFFAIRS), AFFAIRS):
        told = find_affairs(connection, of=sides, view=whole, limit=most)
        moved = [a for a in told if a.since is not None and a.since >= since][:limit]
        if len(moved) == limit or len(told) < most:
            break
    steps = _steps(connection, {a.affair: a for a in moved}, whole)
    sources_by = sources_of(connection, [first.first for first, _ in steps.values()])
    for affair in moved:
        now, before = steps[affair.affair]
        sources, targets = _parties(affair)
        yield Change(
            day=now.day, kind="affair", what=f"{affair.kind}, {affair.subject}", before=before, after=now.state.status, sources=sources, targets=targets, affair=affair.affair,
            sharpness=8.0 if before else 6.0, source=sources_by[now.first],
        )  # fmt: skip


def _steps(connection: Connection, moved: Mapping[int, AffairStands], view: View) -> dict[int, tuple[Run, str | None]]:
    """The step by which each affair came to where it stands, and the status before it; None where it is new. Only so far is looked back as it takes."""
    found: dict[int, tuple[Run, str | None]] = {}
    for back in (BACK, None):
        bounds = {n: None if back is None or a.since is None else a.since - back for n, a in moved.items() if n not in found}
        for number, runs in (runs_of(connection, bounds, view) if bounds else {}).items():
            stands = stands_of(moved[number].kind, runs)
            if len(stands) > 1 or back is None:
                found[number] = stands[-1].run, stands[-2].run.state.status if len(stands) > 1 else None
    return found


def _parties(affair: AffairStands) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    return (affair.parties[:1], affair.parties[1:]) if affair.kind == "sanctions" else (affair.parties, ())


def _conditions(connection: Connection, since: dt.date, sides: tuple[Party, ...], view: View, limit: int) -> Iterator[Change]:
    found = newly_set(connection, since, sides, view, limit)
    who, sources = named(connection, [c.finding for c in found]), sources_of(connection, [c.finding for c in found])
    for c in found:
        roles = who[c.finding]
        yield Change(
            day=c.day, kind="condition", what=c.kind, after=c.polarity, sources=roles.get("holder", ()), targets=roles.get("owes", ()), sharpness=6.0, source=sources[c.finding]
        )


def _statements(connection: Connection, sides: tuple[Party, ...], view: View, limit: int, most: int | None) -> list[Change]:
    f, s, r = tables.findings.c, tables.statements.c, tables.reports.c
    query = select(func.min(f.id).label("id"), func.min(f.day).label("day"), s.act, func.max(f.confidence).label("confidence")).join(tables.statements, s.finding == f.id)
    query = query.join(tables.reports, r.id == f.report).where(f.kind == "statement", s.kind == "speech", s.act.in_(SHARPNESS), s.speaker.is_not(None))
    rows = connection.execute(_latest(view.narrow(_between(query, sides)), "statement", view, most).group_by(r.story, s.act, s.speaker)).all()
    sharpest = sorted(rows, key=lambda x: (SHARPNESS[x.act] * x.confidence, x.day), reverse=True)[:limit]
    return _changes(connection, "statement", sharpest, {x.id: (x.act, None, SHARPNESS[x.act]) for x in sharpest})


def _events(connection: Connection, sides: tuple[Party, ...], view: View, limit: int, most: int | None) -> list[Change]:
    """Deeds; what is done by saying stands among the statements."""
    f, e, r = tables.findings.c, tables.events.c, tables.reports.c
    query = select(func.min(f.id).label("id"), func.min(f.day).label("day"), e.type, e.status, func.max(e.goldstein).label("weight")).join(tables.events, e.finding == f.id)
    query = query.join(tables.reports, r.id == f.report).where(f.kind == "event", e.status == "actual", e.background.is_(False), func.abs(e.goldstein) >= SHARP_EVENT)
    rows = connection.execute(_latest(view.narrow(_between(query.where(e.statement.is_(None)), sides)), "event", view, most).group_by(r.story, e.type, e.status)).all()
    sharpest = sorted(rows, key=lambda x: (abs(x.weight), x.day), reverse=True)[:limit]
    return _changes(connection, "event", sharpest, {x.id: (x.type, x.status, abs(x.weight)) for x in sharpest})


def _latest[S: Select[Any]](query: S, kind: Moved, view: View, most: int | None) -> S:
    """The query over no more than so many findings, the latest; an index holds those of a kind in the order of days."""
    if most is None:
        return query
    a = tables.findings.alias().c
    latest = select(a.id).where(a.kind == kind, *view.held(a.day)).order_by(a.day.desc()).limit(most)
    return query.where(tables.findings.c.id.in_(latest))


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
