"""Who acts toward whom: the busiest pairs of sides in a period, each with how much it cooperated and clashed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, Select, case, func, not_, or_, select

from dragoman.answers.actors import Named
from dragoman.answers.quads import quad_of, types_of
from dragoman.answers.row import Answered, day_of, where_of
from dragoman.answers.source import Source, sources_of
from dragoman.ledger import tables
from dragoman.ledger.counting import stands_ready
from dragoman.ledger.happenings import Facts, mean_weight, one_by_one, verdict
from dragoman.ledger.names import Party, label
from dragoman.ledger.people import Told, told_of_actors
from dragoman.ledger.view import NOW, View

MERGED = 4  # pairs fetched for every one that is wanted, where people merged actors: several may be one


class Edge(Answered):
    """What one side did toward another in a period."""

    wide = "Words"

    source: Named = Field(description="Who acts.")
    target: Named = Field(description="Toward whom.")
    events: int = Field(description="Events that came to pass and are told as news, however many reports tell each.")
    cooperation: float = Field(description="Sum of the Goldstein weights above 0.")
    conflict: float = Field(description="Sum of the Goldstein weights below 0; 0 or less.")
    net: float = Field(description="Their sum.")
    mean: float = Field(description="Mean weight of an event, from -10 (conflict) to 10 (cooperation).")
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    first: dt.date | None = Field(description="Day of the first of them; empty where nobody tells one.")
    last: dt.date | None = Field(description="Day of the last.")
    latest: Source = Field(description="A report that tells the last.")

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        weights = {"Cooperation": f"{self.cooperation:.1f}", "Conflict": f"{self.conflict:.1f}", "Mean": f"{self.mean:+.1f}"}
        words = self.latest.sentence or "[text not kept]"
        return {
            "Who": f"{self.source.name} → {self.target.name}", "Events": f"{self.events} event{'' if self.events == 1 else 's'}",
            **{name: f"{name.lower()} {told}" for name, told in weights.items()}, "Last": f"last {day_of(self.last)}", "Words": words, "Where": where_of(self.latest),
        }  # fmt: skip


def find_network(connection: Connection, *, of: Sequence[Party] = (), others: bool = False, view: View = NOW, limit: int = 60) -> list[Edge]:
    """Who acts toward whom, the busiest pairs first.

    Args:
        connection: An open ledger.
        of: Only pairs in which one of these sides is.
        others: Whether movements, groups and people who act for no state or body are sides too.
        view: As of when, since when, by which knowledge.
        limit: How many pairs at most.
    """
    told = told_of_actors(connection, view)
    wanted = limit if not told.into else limit * MERGED
    ready = stands_ready(connection, view)
    rows: list[dict[str, Any]] = (
        [dict(row) for row in connection.execute(_ready(of, others, view).limit(wanted)).mappings()] if ready else _worked_out(connection, of, others, view)
    )
    pairs = _joined(rows[:wanted], told)
    chosen = sorted(pairs.items(), key=lambda p: (-p[1]["events"], p[0]))[:limit]
    latest = {pair: _latest(connection, row["ways"], view) for pair, row in chosen}
    sources = sources_of(connection, [f for f in latest.values() if f is not None])
    names = {code: _named(connection, code) for pair, _ in chosen for code in pair}
    return [_edge(names[a], names[b], row, sources[found]) for (a, b), row in chosen if (found := latest[a, b]) is not None]


def _ready(of: Sequence[Party], others: bool, view: View) -> Select[Any]:
    """Events added up by pair of sides, as the ledger keeps them ready."""
    c = tables.counted.c
    w = c.weight
    sums: dict[str, ColumnElement[Any]] = {
        "cooperation": func.sum(case((w > 0, w), else_=0.0)),
        "conflict": func.sum(case((w < 0, w), else_=0.0)),
        "first": func.min(c.day),
        "last": func.max(c.day),
    }
    quads: dict[str, ColumnElement[Any]] = {quad: func.sum(case((c.type.in_(types), 1), else_=0)) for quad, types in types_of().items()}
    events = func.count().label("events")
    query: Select[Any] = select(c.source, c.target, events, *(column.label(name) for name, column in {**sums, **quads}.items())).where(
        *_sides(c.source, c.target, of, others), *view.held(c.day)
    )
    return query.group_by(c.source, c.target).order_by(events.desc(), c.source, c.target)


def _worked_out(connection: Connection, of: Sequence[Party], others: bool, view: View) -> list[dict[str, Any]]:
    """The same as a view of earlier knowledge, or without corrections, has them."""
    d, f, e, r = tables.dyads.c, tables.findings.c, tables.events.c, tables.reports.c
    story = (r.story_read if view.as_read else r.story).label("story")
    query = select(d.source, d.target, story, f.day, e.type, e.status, e.background, e.time, e.goldstein)
    query = query.select_from(tables.findings.join(tables.events, e.finding == f.id).join(tables.dyads, d.finding == f.id).join(tables.reports, r.id == f.report))
    query = view.narrow(query.where(f.kind == "event", *_sides(d.source, d.target, of, others)))
    told = [
        (Facts(x.story, x.type, (frozenset({x.source}), frozenset({x.target})), x.time, x.day, x.status, bool(x.background)), x.goldstein, (x.source, x.target))
        for x in connection.execute(query)
    ]
    pairs: dict[tuple[str, str], dict[str, Any]] = {}
    for same in one_by_one(told, lambda t: t[0]).values():
        judged = verdict([t[0] for t in same])
        if judged.is_news and judged.held(view.as_of, view.since):
            _count(pairs, same[0][2], same[0][0].type, judged.day, mean_weight([t[:2] for t in same], judged) or 0.0)
    return sorted(pairs.values(), key=lambda p: (-p["events"], p["source"], p["target"]))


def _count(pairs: dict[tuple[str, str], dict[str, Any]], pair: tuple[str, str], type_: str, day: dt.date | None, weight: float) -> None:
    """One event more between two sides."""
    empty: dict[str, Any] = {"source": pair[0], "target": pair[1], "events": 0, "cooperation": 0.0, "conflict": 0.0, "first": None, "last": None}
    for quad in types_of():
        empty[quad] = 0
    known = pairs.setdefault(pair, empty)
    known["events"] += 1
    known["cooperation" if weight > 0 else "conflict"] += weight
    known[quad_of(type_)] += 1
    known["first"] = min((x for x in (known["first"], day) if x), default=None)
    known["last"] = max((x for x in (known["last"], day) if x), default=None)


def _sides(source: ColumnElement[Any], target: ColumnElement[Any], of: Sequence[Party], others: bool) -> Iterator[ColumnElement[bool]]:
    """Conditions on who is in a pair."""
    if of:
        sides = [s for party in of for s in party.sides]
        yield or_(source.in_(sides), target.in_(sides))
    if not others:  # codes of states and bodies have no prefix; all others are an actor's id (`group:…`, `person:…`)
        for code in (source, target):
            yield or_(not_(code.contains(":")), code.startswith("igo:"))


def _joined(rows: Sequence[Mapping[str, Any]], told: Told) -> dict[tuple[str, str], dict[str, Any]]:
    """Rows by pair, those of sides that people merged added up; a side does nothing toward itself."""
    pairs: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        pair = (_root(row["source"], told), _root(row["target"], told))
        if pair[0] == pair[1]:
            continue
        known = pairs.get(pair)
        way = (row["source"], row["target"])
        if known is None:
            pairs[pair] = {**row, "ways": [way]}
            continue
        for name in ("events", "cooperation", "conflict", *types_of()):
            known[name] = (known[name] or 0) + (row[name] or 0)
        known["first"] = min((x for x in (known["first"], row["first"]) if x), default=None)
        known["last"] = max((x for x in (known["last"], row["last"]) if x), default=None)
        known["ways"].append(way)
    return pairs


def _root(code: str, told: Told) -> str:
    """The side that a code stands for after people's mergers."""
    if not told.into:
        return code
    ids = [code] if ":" in code else [f"state:{code}", f"igo:{code}"]
    roots = [told.root(i) for i in ids]
    moved = next((r for r, i in zip(roots, ids, strict=True) if r != i), None)
    return code if moved is None else moved.partition(":")[2] if moved.startswith(("state:", "igo:")) else moved


def _latest(connection: Connection, ways: Sequence[tuple[str, str]], view: View) -> int | None:
    """The finding that tells the last event of a pair; an index holds each direction in the order of days."""
    d, f, e = tables.dyads.c, tables.findings.c, tables.events.c
    found: list[tuple[dt.date, int]] = []
    for source, target in ways:
        query = select(f.id, d.day).select_from(tables.dyads.join(tables.findings, f.id == d.finding).join(tables.events, e.finding == d.finding))
        query = query.where(d.source == source, d.target == target, d.kind == "event", e.status == "actual", e.background.is_(False))
        row = connection.execute(view.narrow(query, day=d.day).order_by(d.day.desc().nulls_last()).limit(1)).first()
        if row is not None:
            found.append((row.day or dt.date.min, row.id))
    return max(found)[1] if found else None


def _named(connection: Connection, code: str) -> Named:
    """A side by its code."""
    if ":" in code:
        return Named(id=code, name=label(connection, code)[0], code=code)
    for id in (f"state:{code}", f"igo:{code}"):
        name, known = label(connection, id)
        if known is not None:
            return Named(id=id, name=name, code=code)
    return Named(id=f"state:{code}", name=code, code=code)


def _edge(source: Named, target: Named, row: Mapping[str, Any], latest: Source) -> Edge:
    up, down = row["cooperation"] or 0.0, row["conflict"] or 0.0
    return Edge(
        source=source, target=target, events=row["events"], cooperation=_round(up), conflict=_round(down), net=_round(up + down), mean=_round((up + down) / row["events"]),
        first=row["first"], last=row["last"], latest=latest, **{quad: row[quad] for quad in types_of()},
    )  # fmt: skip


def _round(number: float) -> float:
    """Four places: sums of floats differ between databases after them. No minus before a zero."""
    return round(number, 4) + 0.0
