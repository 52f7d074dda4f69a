"""Whom a ledger has met: by name, by kind, by side; whoever was lately most spoken of first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, func, select, union_all

from dragoman.answers.row import Answered, day_of
from dragoman.answers.source import AT_ONCE
from dragoman.ledger import tables
from dragoman.ledger.gist import folded
from dragoman.ledger.names import Party
from dragoman.ledger.people import Told, told_of_actors
from dragoman.ledger.view import NOW, View
from dragoman.records.actor import ActorKind

LATELY = 2000  # statements, and as many events, in which whoever has a part is counted: the latest of a view
MOST_NAMED = 2000  # actors of one name


class Met(Answered):
    """Somebody whom reports tell of."""

    id: str
    name: str
    kind: ActorKind
    acts_for: str | None = Field(description="Code of the state or body for which it acts.")
    office: str | None = Field(description="Of a person: the office that reports gave last.")
    lately: int = Field(description="In how many of the latest statements and events of the view it has a part.")
    last: dt.date | None = Field(description="Day of the last report or event of it.")

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        return {"Actor": f"{self.name} ({self.id})", "What": self.office or self.kind, "For": self.acts_for or "—", "Lately": str(self.lately), "Last": day_of(self.last)}


def find_met(connection: Connection, *, search: str | None = None, kind: ActorKind | None = None, of: Party | None = None, view: View = NOW, limit: int = 50) -> list[Met]:
    """Actors, those who lately had a part in most first.

    Args:
        connection: An open ledger.
        search: Words that must all stand in one of its names.
        kind: Only of this kind.
        of: Only who acts for this side.
        view: As of when.
        limit: How many at most.
    """
    told = told_of_actors(connection, view)
    busy = _lately(connection, told, view)
    wanted = _named(connection, search, told) if search else list(dict.fromkeys((*busy, *_others(connection, kind, of, told))))
    a = tables.actors.c
    rows = [r for some in _pieces(wanted) for r in connection.execute(select(a.id, a.name, a.kind, a.acts_for).where(a.id.in_(some)))]
    met = [r for r in rows if (kind is None or r.kind == kind) and (of is None or (r.acts_for in of.sides and r.id not in of.actors))]
    met.sort(key=lambda r: (-busy[r.id][0] if r.id in busy else 0, r.name, r.id))
    return list(islice(_seen(connection, met, busy, told, view), limit))


def _seen(connection: Connection, rows: Iterable[Any], busy: Mapping[str, tuple[int, dt.date | None]], told: Told, view: View) -> Iterator[Met]:
    """Actors of whom the view shows something."""
    everything = view.as_of is None and view.since is None and view.known is None
    for r in rows:
        parts, last = busy[r.id] if r.id in busy else (0, _last_seen(connection, told.members(r.id), view))
        if everything or parts or last is not None:
            office = _last_office(connection, told.members(r.id), view) if r.kind == "person" else None
            yield Met(id=r.id, name=r.name, kind=r.kind, acts_for=r.acts_for, office=office, lately=parts, last=last)


def _lately(connection: Connection, told: Told, view: View) -> dict[str, tuple[int, dt.date | None]]:
    """In how many of the latest statements and events who has a part, and the day of the last."""
    f, o = tables.findings.c, tables.roles.c
    latest = [view.narrow(select(f.id).where(f.kind == kind)).order_by(f.day.desc().nulls_last(), f.id.desc()).limit(LATELY).subquery() for kind in ("statement", "event")]
    ids = union_all(*(select(q.c.id) for q in latest)).subquery()
    query = select(o.actor, func.count(o.finding.distinct()).label("parts"), func.max(o.day).label("last")).select_from(ids.join(tables.roles, o.finding == ids.c.id))
    found: dict[str, tuple[int, dt.date | None]] = {}
    for r in connection.execute(query.group_by(o.actor)):
        parts, last = found.get(told.root(r.actor), (0, None))
        found[told.root(r.actor)] = (parts + r.parts, max(filter(None, (last, r.last)), default=None))
    return found


def _named(connection: Connection, search: str, told: Told) -> list[str]:
    """Actors in one of whose names all words stand."""
    n = tables.names.c
    words = folded(search).split()
    query = select(n.actor).where(*(n.folded.contains(w, autoescape=True) for w in words)).distinct().limit(MOST_NAMED)
    given = (i for name, ids in told.names.items() if all(w in name for w in words) for i in ids)
    return list(dict.fromkeys(told.root(i) for i in (*connection.scalars(query), *given)))


def _others(connection: Connection, kind: ActorKind | None, of: Party | None, told: Told) -> list[str]:
    """Actors of a kind and of a side, by name."""
    a = tables.actors.c
    query = select(a.id).order_by(a.name, a.id).limit(MOST_NAMED)
    query = query if kind is None else query.where(a.kind == kind)
    return [told.root(i) for i in connection.scalars(query if of is None else query.where(a.acts_for.in_(of.sides)))]


def _last_office(connection: Connection, actors: Sequence[str], view: View) -> str | None:
    o = tables.appearances.c
    query = select(o.office).join(tables.readings, tables.readings.c.id == o.reading).where(o.actor.in_(actors), o.office.is_not(None), view.known_by(tables.readings))
    return connection.execute(query.where(*view.held(o.day)).order_by(o.day.desc().nulls_last()).limit(1)).scalar()


def _last_seen(connection: Connection, actors: Sequence[str], view: View) -> dt.date | None:
    o = tables.appearances.c
    query = select(o.day).join(tables.readings, tables.readings.c.id == o.reading).where(o.actor.in_(actors), view.known_by(tables.readings), *view.held(o.day))
    return connection.execute(query.order_by(o.day.desc().nulls_last()).limit(1)).scalar()


def _pieces(ids: Sequence[str]) -> Iterable[list[str]]:
    return (list(ids[start : start + AT_ONCE]) for start in range(0, len(ids), AT_ONCE))
