"""What was read: a zero in an answer is told from nothing read."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Connection, Select, String, cast, func, select

from dragoman.answers.counted import reports_of
from dragoman.answers.row import Answered, day_of
from dragoman.ledger import tables
from dragoman.ledger.counting import stands_ready
from dragoman.ledger.names import Party
from dragoman.ledger.view import NOW, View

By = Literal["day", "month", "year", "publisher", "dyad", "reader"]
LONG = {"day": 10, "month": 7, "year": 4}  # characters of a day as ISO 8601 writes it


class Covered(Answered):
    """How much was read of one day, publisher or dyad."""

    what: str = Field(description="The day, month, year, publisher, dyad or reader; empty text where reports do not say.")
    reports: int = Field(description="Reports read; of two sides only those that tell of both, of one those that tell of it.")
    first: dt.date | None = Field(description="Day of the earliest.")
    last: dt.date | None = Field(description="Day of the latest.")

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        return {"What": self.what or "not told", "Reports": str(self.reports), "First": day_of(self.first), "Last": day_of(self.last)}


def find_coverage(connection: Connection, a: Party | None = None, b: Party | None = None, *, by: By = "month", view: View = NOW, limit: int = 1000) -> list[Covered]:
    """How many reports were read, in all or of one or two sides.

    Args:
        connection: An open ledger.
        a: A side.
        b: Another side.
        by: What they are counted by.
        view: As of when.
        limit: How many rows at most; days and months in order, others the fullest first.
    """
    query = _by_time(_days(connection, a, b, view), LONG[by]) if by in LONG else _by_kind(connection, a, b, by, view)
    return [Covered(what=str(row.what or ""), reports=int(row.reports), first=row.first, last=row.last) for row in connection.execute(query.limit(limit))]


def count_reports(connection: Connection, a: Party, b: Party | None, view: View = NOW) -> Covered:
    """How many reports tell of one or two sides, and over which days."""
    told = reports_of(connection, a, b, view).subquery().c
    row = connection.execute(select(func.count(), func.min(told.published), func.max(told.published))).one()
    return Covered(what=f"{a.name} and {b.name}" if b else a.name, reports=row[0], first=row[1], last=row[2])


def _days(connection: Connection, a: Party | None, b: Party | None, view: View) -> Select[Any]:
    """How many reports were published on each day; read off an index, in its order."""
    if a is None:
        r = tables.reports.c
        query = select(r.published, func.count().label("reports")).where(*view.held(r.published)).group_by(r.published)
        return query if view.known is None else query.where(r.added <= view.known)
    told = reports_of(connection, a, b, view).subquery().c
    return select(told.published, func.count().label("reports")).where(*view.held(told.published)).group_by(told.published)


def _by_time(days: Select[Any], long: int) -> Select[Any]:
    d = days.subquery().c
    key = func.substr(cast(d.published, String), 1, long)  # ISO 8601 on both databases
    return select(key.label("what"), func.sum(d.reports).label("reports"), func.min(d.published).label("first"), func.max(d.published).label("last")).group_by(key).order_by(key)


def _by_kind(connection: Connection, a: Party | None, b: Party | None, by: By, view: View) -> Select[Any]:
    """By publisher, reader or dyad; the fullest first."""
    r, g, t = tables.reports.c, tables.readings.c, tables.told_of.c
    counted: Any = func.count()
    published: Any = r.published
    ready = by == "dyad" and view.as_of is None and view.since is None and stands_ready(connection, view)
    if ready:
        key: Any = t.one + " – " + t.other
        query, published, report = select(key.label("what")).where(t.other != "", t.one < t.other), t.published, t.report
    elif by == "publisher":
        key = r.publisher
        query, report = select(key.label("what")).select_from(tables.reports).where(*view.held(published)), r.id
        query = query if view.known is None else query.where(r.added <= view.known)
    else:
        key = g.reader if by == "reader" else tables.dyads.c.source + " – " + tables.dyads.c.target
        counted, report = func.count(r.id.distinct()), r.id
        query = select(key.label("what")).select_from(tables.reports.join(tables.readings, g.report == r.id)).where(view.known_by(tables.readings), *view.held(published))
        if by == "dyad":
            f, d = tables.findings.c, tables.dyads.c
            query = query.join(tables.findings, f.reading == g.id).join(tables.dyads, d.finding == f.id).where(view.shows(), d.source < d.target)
    if a is not None:
        query = query.where(report.in_(select(reports_of(connection, a, b, view).subquery().c.report)))
    query = query.add_columns(counted.label("reports"), func.min(published).label("first"), func.max(published).label("last"))
    return query.group_by(*((t.one, t.other) if ready else (key,))).order_by(counted.desc(), key)
