"""Events as single reports tell them, and which of these tellings are one event."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, select

from dragoman.answers.actors import Named, named
from dragoman.answers.row import Answered, day_of, names_of, where_of
from dragoman.answers.source import AT_ONCE, Source, sources_of
from dragoman.ledger import tables
from dragoman.ledger.happenings import Facts, one_by_one
from dragoman.ledger.view import View
from dragoman.records import Known
from dragoman.records.event import EventType, Status


class Told(Answered):
    """One event as one report tells it."""

    wide = "Words"

    day: dt.date | None = Field(description="Its own day where the report gives one, else the report's.")
    type: EventType
    cameo: str
    status: Status
    background: bool = Field(description="Told as history rather than as news.")
    sources: tuple[Named, ...]
    targets: tuple[Named, ...]
    claimed_by: Named | None = Field(description="On whose word alone it stands; empty where the report itself tells it.")
    place: str | None
    story: int = Field(description="Number of the story: `dragoman story` takes it.")
    source: Source

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        what = f"{self.type} {self.cameo}" + standing(self.status, self.background)
        claimed = f"by word of {self.claimed_by.name}" if self.claimed_by else ""
        words = self.source.sentence or "[text not kept]"
        sides = {"Who": names_of(self.sources), "Toward": names_of(self.targets)}
        return {"Day": day_of(self.day), "What": what, **sides, "By word of": claimed, "Words": words, "Where": where_of(self.source)}


class Position(Known):
    """What some reports say where others say otherwise."""

    value: str
    reports: tuple[int, ...] = Field(description="Numbers of the reports that say so.")


class Disagreement(Known):
    """What the reports of one event do not agree on."""

    what: str = Field(description="status, cameo, day or place")
    positions: tuple[Position, ...]

    def __str__(self) -> str:
        return f"{self.what}: " + " / ".join(f"{p.value} ({', '.join(f'r{r}' for r in p.reports)})" for p in self.positions)


@dataclass(frozen=True, slots=True)
class Telling:
    """An event's row with what is needed to know it again."""

    finding: int
    report: int
    story: int
    published: dt.date | None
    publisher: str | None
    day: dt.date | None
    event: Any
    roles: dict[str, tuple[Named, ...]]

    @property
    def facts(self) -> Facts:
        """What it says by which it is known again."""
        e = self.event
        sides = frozenset(a.code for a in self.roles.get("source", ())), frozenset(a.code for a in self.roles.get("target", ()))
        return Facts(self.story, e.type, sides, e.time, self.day, e.status, bool(e.background))


def standing(status: str, background: bool) -> str:
    """How an event stands, where it is not plainly what happened."""
    said = ", ".join(x for x in (None if status == "actual" else status, "told as history" if background else None) if x)
    return f" ({said})" if said else ""


def tellings_of(connection: Connection, view: View, condition: ColumnElement[bool]) -> list[Telling]:
    """Tellings that a view shows and that meet a condition on `findings`, `events` or `reports`; the first report first."""
    f, e, r = tables.findings.c, tables.events.c, tables.reports.c
    story = (r.story_read if view.as_read else r.story).label("story")
    joined = tables.findings.join(tables.events, e.finding == f.id).join(tables.reports, r.id == f.report)
    columns = (f.id, f.report, f.day, story, r.published, r.publisher, *(c for c in tables.events.c if c.name != "finding"))
    query = view.narrow(select(*columns).select_from(joined).where(condition))
    rows = connection.execute(query.order_by(r.published.nulls_last(), f.report, f.id)).all()
    who = named(connection, [row.id for row in rows])
    return [Telling(row.id, row.report, row.story, row.published, row.publisher, row.day, row, who[row.id]) for row in rows]


def tellings_in(connection: Connection, view: View, stories: Collection[int], types: Collection[str] = ()) -> list[Telling]:
    """All tellings of stories by the view's knowledge, whatever the days that it asks for; of these types, if some are given."""
    column = tables.reports.c.story_read if view.as_read else tables.reports.c.story
    wanted, found, view = sorted(stories), list[Telling](), replace(view, as_of=None, since=None)
    for start in range(0, len(wanted), AT_ONCE):
        # Types are picked out afterwards: SQLite would walk all events of a type rather than those of the stories.
        found += (t for t in tellings_of(connection, view, column.in_(wanted[start : start + AT_ONCE])) if not types or t.event.type in types)
    return found


def told(connection: Connection, view: View, ids: Sequence[int]) -> list[Told]:
    """Single tellings by the numbers of their findings, in the order given."""
    by_id: dict[int, Telling] = {}
    for start in range(0, len(ids), AT_ONCE):
        by_id |= {t.finding: t for t in tellings_of(connection, view, tables.findings.c.id.in_(ids[start : start + AT_ONCE]))}
    sources = sources_of(connection, ids)
    claimants = claimants_of(connection, by_id.values())
    return [
        Told(
            day=t.day, type=t.event.type, cameo=t.event.cameo, status=t.event.status, background=t.event.background, sources=t.roles.get("source", ()),
            targets=t.roles.get("target", ()), claimed_by=claimants.get(t.event.claimed_by), place=t.event.place, story=t.story, source=sources[t.finding],
        )
        for t in (by_id[i] for i in ids)
    ]  # fmt: skip


def claimants_of(connection: Connection, tellings: Iterable[Telling]) -> dict[str | None, Named]:
    """On whose word events stand, by actor id."""
    ids = sorted({t.event.claimed_by for t in tellings if t.event.claimed_by})
    a = tables.actors.c
    known = {row.id: row for start in range(0, len(ids), AT_ONCE) for row in connection.execute(select(a.id, a.name, a.acts_for).where(a.id.in_(ids[start : start + AT_ONCE])))}
    return {i: Named(id=i, name=known[i].name if i in known else i, code=(known[i].acts_for if i in known else None) or i) for i in ids}


def events_of(tellings: Iterable[Telling]) -> list[list[Telling]]:
    """Tellings by events; of each the first report first."""
    return list(one_by_one(tellings, lambda t: t.facts).values())


def in_events(connection: Connection, view: View, events: Collection[int]) -> list[Telling]:
    """All tellings of events that the ledger keeps ready (see `counting.stands_ready`), by their numbers; whatever the days that the view asks for."""
    wanted, found = sorted(events), list[Telling]()
    for start in range(0, len(wanted), AT_ONCE):
        found += tellings_of(connection, replace(view, as_of=None, since=None), tables.events.c.event.in_(wanted[start : start + AT_ONCE]))
    return found


def disagreements(tellings: Sequence[Telling]) -> tuple[Disagreement, ...]:
    """What reports that tell one event do not agree on. A report that says several things agrees with one that says any of them; a coarser code agrees with a finer."""
    asked: dict[str, tuple[Callable[[Telling], str | None], Callable[[str, str], bool]]] = {
        "status": (lambda t: str(t.event.status), str.__eq__),
        "cameo": (lambda t: str(t.event.cameo), _codes_agree),
        "day": (lambda t: t.facts.own_day.isoformat() if t.facts.own_day else None, str.__eq__),
        "place": (lambda t: t.event.place, str.__eq__),
    }
    found = []
    for what, (value, agree) in asked.items():
        said: dict[int, set[str]] = defaultdict(set)
        for t in tellings:
            if (v := value(t)) is not None:
                said[t.report].add(v)
        different = {frozenset(s) for s in said.values()}
        if any(not any(agree(x, y) for x in a for y in b) for a, b in combinations(different, 2)):
            values = sorted({v for s in said.values() for v in s})
            found.append(Disagreement(what=what, positions=tuple(Position(value=v, reports=tuple(sorted(r for r, s in said.items() if v in s))) for v in values)))
    return tuple(found)


def _codes_agree(a: str, b: str) -> bool:
    a, b = sorted((a.rstrip("0"), b.rstrip("0")), key=len)
    return b.startswith(a)
