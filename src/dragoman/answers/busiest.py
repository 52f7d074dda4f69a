"""Which pairs of sides are told of most in a time, and what a ledger holds in all: what the desk's first page shows of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, Select, func, not_, or_, select

from dragoman.answers.actors import Named
from dragoman.answers.row import Answered, day_of
from dragoman.ledger import tables
from dragoman.ledger.latest import latest
from dragoman.ledger.names import label
from dragoman.ledger.view import NOW, View

LOOKED_AT = 800  # reports in which pairs are counted, the latest of the time asked for


class Busy(Answered):
    """How many reports tell of what stands between two sides."""

    a: Named
    b: Named
    reports: int = Field(description=f"Among the latest {LOOKED_AT:,} of the time asked for.")
    last: dt.date | None = Field(description="Day of the last of them.")

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        return {"Pair": f"{self.a.name} – {self.b.name}", "Reports": str(self.reports), "Last": day_of(self.last)}


class Holdings(Answered):
    """What a ledger holds."""

    reports: int
    first: dt.date | None = Field(description="Day of the earliest report; empty where none is known.")
    last: dt.date | None = Field(description="Day of the latest.")
    stories: int = Field(description="What several reports tell is one story.")
    affairs: int
    actors: int = Field(description="Everybody met in a report.")
    corrections: int = Field(description="What people corrected, what they took back left out.")
    learned: dt.datetime | None = Field(description="When the ledger last learned something (UTC).")

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        told = {"Reports": self.reports, "Stories": self.stories, "Affairs": self.affairs, "Actors": self.actors, "Corrections": self.corrections}
        return {"From": day_of(self.first), "To": day_of(self.last), **{name: f"{n:,}" for name, n in told.items()}}


def find_busiest(connection: Connection, *, view: View = NOW, limit: int = 12) -> list[Busy]:
    """Pairs of states and bodies, those first of which most reports tell.

    Args:
        connection: An open ledger.
        view: Reports of which days; by all that is known now.
        limit: How many pairs at most.
    """
    r, t = tables.reports.c, tables.told_of.c
    some = select(r.id).where(*view.held(r.published)).order_by(r.published.desc().nulls_last()).limit(LOOKED_AT)
    for_many = [or_(not_(side.contains(":")), side.startswith("igo:")) for side in (t.one, t.other)]
    reports = func.count().label("reports")
    query: Select[Any] = select(t.one, t.other, reports, func.max(t.published).label("last")).where(t.report.in_(some), t.other != "", t.one < t.other, *for_many)
    rows = connection.execute(query.group_by(t.one, t.other).order_by(reports.desc(), t.one, t.other).limit(limit)).all()
    return [Busy(a=_side(connection, row.one), b=_side(connection, row.other), reports=row.reports, last=row.last) for row in rows]


def holdings(connection: Connection) -> Holdings:
    """What a ledger holds."""
    r, m, c = tables.reports.c, tables.matters.c, tables.corrections.c
    of = {  # each by itself: then an index answers it, without a look into the rows
        "reports": select(func.count()).select_from(tables.reports),
        "first": select(func.min(r.published)),
        "last": select(func.max(r.published)),
        "stories": select(func.count(r.story.distinct())),
        "affairs": select(func.count(m.affair.distinct())),
        "actors": select(func.count()).select_from(tables.actors),
        "corrections": select(func.count()).select_from(tables.corrections).where(c.undone.is_(None)),
    }
    return Holdings(learned=latest(connection), **{name: connection.execute(query).scalar() for name, query in of.items()})


def newest_day(connection: Connection, view: View = NOW) -> dt.date | None:
    """The day of the newest report of a view; None where no report's day is known."""
    r = tables.reports.c
    return connection.execute(select(func.max(r.published)).where(*view.held(r.published))).scalar()


def _side(connection: Connection, code: str) -> Named:
    ids = (code,) if ":" in code else (f"state:{code}", f"igo:{code}")
    for id in ids:
        name, _ = label(connection, id)
        if name != id:
            return Named(id=id, name=name, code=code)
    return Named(id=ids[0], name=code, code=code)
