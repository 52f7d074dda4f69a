"""As of when and by which knowledge a ledger is asked: held time, known time, with or without what people corrected."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, exists, or_, select

from dragoman.ledger import tables

VIEWS = 64  # views for which a query asked often is remembered as it is made: making it takes longer than many an answer


@dataclass(frozen=True, slots=True)
class View:
    """How the ledger is looked at.

    Attributes:
        as_of: What held up to the end of this day; None: all days.
        since: Nothing from before this day; None: from the beginning.
        known: What the ledger knew at this moment; None: now.
        as_read: Whether people's corrections are left out.
    """

    as_of: dt.date | None = None
    since: dt.date | None = None
    known: dt.datetime | None = None
    as_read: bool = False

    @property
    def shape(self) -> View:
        """The same view with names in place of its days and its moment, for a query that is made once for all such views; `values` is what they stand for."""
        return _shape(self.as_of is not None, self.since is not None, self.known is not None, self.as_read)

    @property
    def values(self) -> dict[str, dt.date]:
        """What the names of its `shape` stand for."""
        bounds = {"view_as_of": self.as_of, "view_since": self.since, "view_known": self.known}
        return {name: bound for name, bound in bounds.items() if bound is not None}

    def held(self, day: ColumnElement[Any]) -> list[ColumnElement[bool]]:
        """Conditions on a column of days. A finding whose day is not known is seen only where no day is asked for."""
        told: list[ColumnElement[bool]] = []
        if self.as_of is not None:
            told.append(day <= self.as_of)
        if self.since is not None:
            told.append(day >= self.since)
        return told

    def known_by(self, table: Any) -> ColumnElement[bool]:
        """Condition on `known_from` and `known_to` of a table or its alias."""
        begun: ColumnElement[Any] = table.c.known_from
        ended: ColumnElement[Any] = table.c.known_to
        if self.known is None:
            return ended.is_(None)
        return and_(begun <= self.known, or_(ended.is_(None), ended > self.known))

    def shows(self, findings: Any = tables.findings) -> ColumnElement[bool]:
        """Condition on findings: known in this view and, unless asked as read, neither rejected nor replaced by a person."""
        f, s = findings.c, tables.struck
        if self.as_read:
            return and_(self.known_by(findings), f.correction.is_(None))
        rejected = exists(select(s.c.id).where(s.c.finding == f.id, self.known_by(s)))
        return and_(self.known_by(findings), ~rejected)

    def narrow[S: Select[Any]](self, query: S, findings: Any = tables.findings, day: ColumnElement[Any] | None = None) -> S:
        """A query over findings, narrowed to what this view shows; `day` is the column to be compared, else that of the findings."""
        return query.where(self.shows(findings), *self.held(findings.c.day if day is None else day))


NOW = View()


@cache
def _shape(as_of: bool, since: bool, known: bool, as_read: bool) -> View:
    names: dict[str, Any] = {
        "as_of": bindparam("view_as_of", type_=Date) if as_of else None,
        "since": bindparam("view_since", type_=Date) if since else None,
        "known": bindparam("view_known", type_=tables.reports.c.added.type) if known else None,
    }
    return View(as_read=as_read, **names)
