"""Events: who did what to whom. What many reports tell is one event, with all who tell it and what they disagree on."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from dragoman.answers.actors import Named
from dragoman.answers.row import Answered, day_of, names_of, where_of
from dragoman.answers.source import Source, sources_of
from dragoman.answers.told import Disagreement, Telling, Told, claimants_of, disagreements, events_of, in_events, standing, tellings_in, told
from dragoman.ledger import tables
from dragoman.ledger.counting import stands_ready
from dragoman.ledger.happenings import verdict
from dragoman.ledger.names import Party
from dragoman.ledger.view import NOW, View
from dragoman.records import Known
from dragoman.records.event import EventType, Status

SPARE = 4  # tellings fetched for every event that is wanted


class Teller(Known):
    """A report that tells an event."""

    finding: int
    report: int
    publisher: str | None
    published: dt.date | None
    day: dt.date | None
    status: Status
    cameo: str


class Happened(Answered):
    """One event, with all reports that tell it."""

    wide = "Words"

    day: dt.date | None = Field(description="The day that reports give it, else that of the first report.")
    type: EventType
    cameo: str = Field(description="As most tellings have it.")
    status: Status = Field(description="As most tellings have it.")
    background: bool = Field(description="Told as history wherever it is told.")
    sources: tuple[Named, ...]
    targets: tuple[Named, ...]
    place: str | None
    claimed_by: tuple[Named, ...] = Field(description="On whose word alone it stands; empty where a report itself tells it.")
    first_seen: dt.date | None = Field(description="Day of the first report that tells it.")
    last_seen: dt.date | None
    reports: int = Field(description="How many reports tell it.")
    story: int = Field(description="Number of the story: `dragoman story` takes it.")
    disagreements: tuple[Disagreement, ...] = Field(description="What the reports do not agree on.")
    tellings: tuple[Teller, ...] = Field(description="Every telling, the first report first.")
    source: Source = Field(description="The first telling.")

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        what = f"{self.type} {self.cameo}" + standing(self.status, self.background)
        claimed = f"by word of {names_of(self.claimed_by)}" if self.claimed_by else ""
        spread = f"{self.reports} reports" + (f", {self.first_seen} to {self.last_seen}" if self.first_seen != self.last_seen else "") if self.reports > 1 else ""
        differ = "; ".join(f"not agreed on {d}" for d in self.disagreements)
        sides = {"Who": names_of(self.sources), "Toward": names_of(self.targets)}
        words, where = self.source.sentence or "[text not kept]", f"{where_of(self.source)} story {self.story}"
        return {"Day": day_of(self.day), "What": what, **sides, "By word of": claimed, "Told by": spread, "Differ": differ, "Words": words, "Where": where}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which events are asked for; None: whichever.

    Attributes:
        a: A side: who does it or to whom it is done.
        b: The other side.
        directed: Only what `a` does toward `b`, or toward anybody.
        type: PLOVER type.
        cameo: Beginning of a CAMEO code.
        status: Whether it came to pass.
        background: Whether it is told as history.
        by_word_of: On whose word alone it stands; a state or body stands for all who act for it.
    """

    a: Party | None = None
    b: Party | None = None
    directed: bool = False
    type: EventType | None = None
    cameo: str | None = None
    status: Status | None = None
    background: bool | None = None
    by_word_of: Party | None = None


def find_events(connection: Connection, asked: Asked, *, view: View = NOW, limit: int = 50) -> list[Happened]:
    """Events, the latest first. An event is found by any of its tellings, and comes with all that the view shows."""
    wanted, before = limit * SPARE, -1
    while True:
        found = _latest(connection, asked, view, wanted)
        groups = _groups(connection, view, found)
        if len(groups) >= limit or len(found) < wanted or len(found) == before:
            return _happened(connection, groups[:limit])
        wanted, before = wanted * SPARE, len(found)  # many tell the same


def find_told(connection: Connection, asked: Asked, *, view: View = NOW, limit: int = 50) -> list[Told]:
    """Every telling by itself, the latest first."""
    return told(connection, view, [row.id for row in _latest(connection, asked, view, limit)])


def happened_in(connection: Connection, view: View, story: int) -> list[Happened]:
    """All events of a story."""
    return _happened(connection, [g for g in events_of(tellings_in(connection, view, [story])) if _held(g, view)])


def _latest(connection: Connection, asked: Asked, view: View, limit: int) -> list[Any]:
    """The latest tellings that meet what is asked; each direction by itself, as an index holds it in that order."""
    f, e, r = tables.findings.c, tables.events.c, tables.reports.c
    story = (r.story_read if view.as_read else r.story).label("story")
    found: dict[int, Any] = {}
    for query, day in _ways(asked, select(f.id, story, e.type, e.event).join(tables.events, e.finding == f.id).join(tables.reports, r.id == f.report).where(f.kind == "event")):
        for row in connection.execute(view.narrow(query.add_columns(day.label("held")), day=day).where(*_met(asked)).order_by(day.desc().nulls_last(), f.id.desc()).limit(limit)):
            found.setdefault(row.id, row)
    return sorted(found.values(), key=lambda row: (row.held or dt.date.min, row.id), reverse=True)[:limit]


def _ways(asked: Asked, query: Select[Any]) -> Iterator[tuple[Select[Any], ColumnElement[Any]]]:
    """The query narrowed to the sides asked for, once for each direction; with the column of days that an index holds in order."""
    f = tables.findings.c
    a, b = asked.a, asked.b
    ways = [(a, b)] if asked.directed or (a is None and b is None) else [(a, b), (b, a)]
    for source, target in ways:
        if source is not None and target is not None and source.code and target.code:
            d = tables.dyads.alias()
            sides = query.join(d, d.c.finding == f.id).where(d.c.source.in_(source.sides), d.c.target.in_(target.sides), d.c.kind == "event")
            yield sides if asked.type is None else sides.where(d.c.type == asked.type), d.c.day
            continue
        day: ColumnElement[Any] = f.day
        narrowed = query
        for role, who in (("source", source), ("target", target)):
            if who is not None:
                o = tables.roles.alias()
                narrowed = narrowed.join(o, o.c.finding == f.id).where(o.c.kind == "event", o.c.role == role, who.plays(o))
                day = o.c.day
        yield narrowed, day


def _met(asked: Asked) -> Iterator[ColumnElement[bool]]:
    e, a = tables.events.c, tables.actors.c
    if asked.type is not None:
        yield func.coalesce(e.type, "") == asked.type  # not by the index of types, which would walk all events of a type
    if asked.cameo is not None:
        yield e.cameo.startswith(asked.cameo, autoescape=True)
    if asked.status is not None:
        yield e.status == asked.status
    if asked.background is not None:
        yield e.background.is_(asked.background)
    if asked.by_word_of is not None:
        who = asked.by_word_of
        yield or_(e.claimed_by.in_(who.actors), e.claimed_by.in_(select(a.id).where(a.acts_for.in_(who.sides)))) if who.code else e.claimed_by.in_(who.actors)


def _groups(connection: Connection, view: View, found: Sequence[Any]) -> list[list[Telling]]:
    """The events that tellings belong to, whole, in the order in which the tellings were found."""
    if not found:
        return []
    place = {row.id: n for n, row in enumerate(found)}
    if stands_ready(connection, view):
        numbers = {row.event for row in found}
        told: dict[int, list[Telling]] = defaultdict(list)
        for t in in_events(connection, view, numbers):
            told[t.event.event].append(t)
        whole = list(told.values())
    else:
        whole = events_of(tellings_in(connection, view, {row.story for row in found}, {row.type for row in found}))
    met = [(min(place[t.finding] for t in g if t.finding in place), g) for g in whole if any(t.finding in place for t in g) and _held(g, view)]
    return [g for _, g in sorted(met, key=lambda m: m[0])]


def _held(tellings: Sequence[Telling], view: View) -> bool:
    return verdict([t.facts for t in tellings]).held(view.as_of, view.since)


def _happened(connection: Connection, groups: Sequence[Sequence[Telling]]) -> list[Happened]:
    sources = sources_of(connection, [g[0].finding for g in groups])
    claimants = claimants_of(connection, (t for g in groups for t in g))
    return [_event(g, sources[g[0].finding], claimants) for g in groups]


def _event(tellings: Sequence[Telling], source: Source, claimants: dict[str | None, Named]) -> Happened:
    facts = [t.facts for t in tellings]
    first, judged = tellings[0], verdict(facts)
    seen = [t.published for t in tellings if t.published]
    claimed = [claimants.get(t.event.claimed_by) for t in tellings]
    own = [f.own_day for f in facts if f.own_day]  # of what is planned a day to come
    return Happened(
        day=min(own) if own and judged.status == "planned" else judged.day, type=first.event.type, cameo=_most(t.event.cameo for t in tellings), status=judged.status,
        background=judged.background, sources=first.roles.get("source", ()), targets=first.roles.get("target", ()),
        place=next((t.event.place for t in tellings if t.event.place), None), claimed_by=() if None in claimed else tuple(dict.fromkeys(c for c in claimed if c)),
        first_seen=min(seen, default=None), last_seen=max(seen, default=None), reports=len({t.report for t in tellings}), story=first.story,
        disagreements=disagreements(tellings), source=source,
        tellings=tuple(
            Teller(finding=t.finding, report=t.report, publisher=t.publisher, published=t.published, day=t.day, status=t.event.status, cameo=t.event.cameo) for t in tellings
        ),
    )  # fmt: skip


def _most(values: Iterable[Any]) -> Any:
    """The most frequent; of equals the first."""
    return Counter(values).most_common(1)[0][0]
