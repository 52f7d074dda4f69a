"""Who somebody is by what was read: names, offices and their terms, what was said and done, toward whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pydantic import Field
from sqlalchemy import Connection, func, select

from dragoman.answers.affairs import side_called
from dragoman.answers.coverage import count_reports
from dragoman.answers.row import Answered, day_of
from dragoman.answers.statements import Said, find_statements
from dragoman.ledger import tables
from dragoman.ledger.names import Party
from dragoman.ledger.people import aliases_of, offices_of
from dragoman.ledger.textindex import TextIndex
from dragoman.ledger.view import NOW, View
from dragoman.records import Known

LAST_WORDS = 5
LATELY = 2_000  # its statements, and as many of its deeds, in which sides are counted: the latest of a view
MOST_SIDES = 10


class Office(Known):
    """An office as reports give it, over the days of those reports; a person's own word on a term goes before."""

    office: str
    acts_for: str | None
    first: dt.date | None = Field(default=None, description="Day of the first report that gives it.")
    last: dt.date | None = Field(default=None, description="Day of the last.")
    reports: int = 0
    begin: str | None = Field(default=None, description="Year, month or day from which a person says that it was held; empty where open.")
    end: str | None = None
    said_by: str | None = Field(default=None, description="The person who says so; empty where reports give it.")

    def term(self) -> str:
        """When it was held, for a person to read."""
        if self.said_by is None:
            return f"{day_of(self.first)} to {day_of(self.last)}"
        return f"{self.begin or '…'} to {self.end or '…'}, says {self.said_by}"


class Toward(Known):
    """How often somebody acts toward a side, in what was said and done last."""

    code: str
    name: str
    events: int
    statements: int


class Profile(Answered):
    """One actor."""

    id: str
    name: str
    kind: str
    acts_for: str | None
    country: str | None
    wikidata: str | None
    cow: int | None
    names: tuple[str, ...] = Field(description="What reports call it, and what people do.")
    offices: tuple[Office, ...]
    reports: int = Field(description="Reports that name it; of a state or body those that tell of it or of whoever acts for it, as coverage counts them.")
    first: dt.date | None
    last: dt.date | None
    toward: tuple[Toward, ...] = Field(description=f"The sides it acts toward most, in the latest {LATELY:,} of its statements and as many of its deeds.")
    last_words: tuple[Said, ...]

    def cells(self) -> dict[str, str]:
        """What a person sees in a table of one line; `dragoman actor` shows the whole."""
        offices = "; ".join(f"{o.office} ({o.term()})" for o in self.offices)
        return {"Actor": f"{self.name} ({self.id})", "What": offices or self.kind, "For": self.acts_for or "—", "Reports": str(self.reports)}


def profile(connection: Connection, words: TextIndex, who: Party, *, view: View = NOW) -> Profile:
    """Who somebody is, in a view of the ledger."""
    a, n, o = tables.actors.c, tables.names.c, tables.appearances.c
    row = connection.execute(select(*tables.actors.c).where(a.id.in_(who.actors)).order_by(a.id != who.id)).first()
    called = connection.execute(select(n.name).where(n.actor.in_(who.actors)).order_by(func.length(n.name).desc())).scalars()
    told = count_reports(connection, who, None, view) if who.code else None
    if told is not None and told.reports:
        reports, first, last = told.reports, told.first, told.last
    else:
        met = select(func.count(func.distinct(o.report)), func.min(o.day), func.max(o.day)).join(tables.readings, tables.readings.c.id == o.reading)
        reports, first, last = connection.execute(met.where(o.actor.in_(who.actors), view.known_by(tables.readings), *view.held(o.day))).one()
    return Profile(
        id=who.id, name=who.name, kind=row.kind if row else who.id.partition(":")[0], acts_for=row.acts_for if row else who.code, country=row.country if row else None,
        wikidata=row.wikidata if row else None, cow=row.cow if row else None, names=tuple(dict.fromkeys((*called, *aliases_of(connection, who.actors, view)))), offices=_offices(connection, who.actors, view),
        reports=reports, first=first, last=last, toward=_toward(connection, who, view),
        last_words=tuple(find_statements(connection, words, by=who, view=view, limit=LAST_WORDS)),
    )  # fmt: skip


def _offices(connection: Connection, actors: Sequence[str], view: View) -> tuple[Office, ...]:
    o = tables.appearances.c
    holders = [a for a in actors if not a.startswith(("state:", "igo:"))]  # who holds an office is somebody else than the state: of that there are too many rows
    query = select(o.office, o.acts_for, func.min(o.day).label("first"), func.max(o.day).label("last"), func.count(func.distinct(o.report)).label("reports"))
    query = query.join(tables.readings, tables.readings.c.id == o.reading).where(o.actor.in_(holders), o.office.is_not(None), view.known_by(tables.readings), *view.held(o.day))
    rows = connection.execute(query.group_by(o.office, o.acts_for).order_by(func.min(o.day))) if holders else ()
    said = tuple(Office(office=h.office, acts_for=h.acts_for, begin=h.begin, end=h.end, said_by=h.who) for h in offices_of(connection, actors, view))
    return said + tuple(Office(**row._mapping) for row in rows)


def _toward(connection: Connection, who: Party, view: View) -> tuple[Toward, ...]:
    f, d, o = tables.findings.c, tables.dyads.c, tables.roles.c
    counts: dict[str, dict[str, int]] = {}
    for kind, role in (("event", "source"), ("statement", "speaker")):
        mine = select(f.id).join(tables.roles, o.finding == f.id).where(o.kind == kind, o.role == role, who.plays(tables.roles))
        latest = view.narrow(mine, day=o.day).order_by(o.day.desc().nulls_last(), o.id.desc()).limit(LATELY).subquery()
        query = select(d.target, func.count(d.finding.distinct())).where(d.finding.in_(select(latest.c.id)))
        query = query.where(func.coalesce(d.source, "").in_(who.sides)) if who.code else query  # not by the index of pairs, which would walk all of a side
        for target, count in connection.execute(query.group_by(d.target)):
            counts.setdefault(target, {})[kind] = count
    busiest = sorted(counts.items(), key=lambda c: (-sum(c[1].values()), c[0]))[:MOST_SIDES]
    return tuple(Toward(code=code, name=side_called(connection, code), events=c.get("event", 0), statements=c.get("statement", 0)) for code, c in busiest)
