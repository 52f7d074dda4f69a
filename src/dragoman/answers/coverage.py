"""What was read: a zero in an answer is told from nothing read."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, String, and_, cast, distinct, func, or_, select

from dragoman.answers.row import Answered, day_of
from dragoman.ledger import tables
from dragoman.ledger.names import Party
from dragoman.ledger.view import NOW, View

By = Literal["day", "month", "year", "publisher", "dyad", "reader"]


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
    r, g = tables.reports.c, tables.readings.c
    key = _key(by)
    counted = func.count(distinct(r.id))
    query = select(key.label("what"), counted.label("reports"), func.min(r.published).label("first"), func.max(r.published).label("last"))
    query = query.select_from(tables.reports.join(tables.readings, g.report == r.id)).where(view.known_by(tables.readings), *view.held(r.published))
    if by == "dyad":
        d, f = tables.dyads.c, tables.findings.c
        query = query.join(tables.findings, f.reading == g.id).join(tables.dyads, d.finding == f.id).where(view.shows(), d.source < d.target)
    if a is not None:
        query = query.where(r.id.in_(_reports_of(a, b, view)))
    order = key if by in ("day", "month", "year") else counted.desc()
    rows = connection.execute(query.group_by(key).order_by(order).limit(limit))
    return [Covered(what=str(row.what or ""), reports=row.reports, first=row.first, last=row.last) for row in rows]


def count_reports(connection: Connection, a: Party, b: Party | None, view: View = NOW) -> Covered:
    """How many reports tell of one or two sides, and over which days."""
    r = tables.reports.c
    told = _reports_of(a, b, view).subquery()
    row = connection.execute(select(func.count(), func.min(r.published), func.max(r.published)).select_from(tables.reports.join(told, told.c.report == r.id))).one()
    return Covered(what=f"{a.name} and {b.name}" if b else a.name, reports=row[0], first=row[1], last=row[2])


def _reports_of(a: Party, b: Party | None, view: View) -> Any:
    """Numbers of the reports that tell of two sides together, or of one."""
    f = tables.findings.c
    if b is None:
        query = select(f.report).distinct().join(tables.roles, tables.roles.c.finding == f.id).where(a.plays(tables.roles))
        return view.narrow(query)
    d = tables.dyads.c
    both = or_(*(and_(d.source.in_(one.sides), d.target.in_(other.sides)) for one, other in ((a, b), (b, a))))
    return view.narrow(select(f.report).distinct().join(tables.dyads, d.finding == f.id).where(both))


def _key(by: By) -> ColumnElement[Any]:
    r = tables.reports.c
    day = cast(r.published, String)  # ISO 8601 on both databases
    match by:
        case "day":
            return func.substr(day, 1, 10)
        case "month":
            return func.substr(day, 1, 7)
        case "year":
            return func.substr(day, 1, 4)
        case "publisher":
            return r.publisher
        case "reader":
            return tables.readings.c.reader
    return tables.dyads.c.source + " – " + tables.dyads.c.target
