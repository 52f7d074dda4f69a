"""What counts between two sides: events that came to pass and are told as news, and reports that tell of both."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, or_, select

from dragoman.ledger import tables
from dragoman.ledger.counting import AT_ONCE, stands_ready
from dragoman.ledger.happenings import Facts, mean_weight, one_by_one, verdict
from dragoman.ledger.names import Party
from dragoman.ledger.view import View


class Counted(NamedTuple):
    """An event that counts, once for every two sides."""

    day: dt.date | None
    type: str
    weight: float | None


def ready_events(several: bool, view: View) -> Select[Any]:
    """Events of one direction, from `source` to `target`, as the ledger keeps them ready; several sides stand for one where people merged them."""
    c = tables.counted.c
    where = (c.source.in_(bindparam("source", expanding=True)), c.target.in_(bindparam("target", expanding=True)), *view.held(c.day))
    if not several:
        return select(c.day, c.type, c.weight).where(*where)
    return select(func.min(c.day).label("day"), func.min(c.type).label("type"), func.min(c.weight).label("weight")).where(*where).group_by(c.event)


def worked_out_events(connection: Connection, source: Sequence[str], target: Sequence[str], view: View) -> Iterator[Counted]:
    """The same as a view of earlier knowledge, or without corrections, has them."""
    d, f, e, r = tables.dyads.c, tables.findings.c, tables.events.c, tables.reports.c
    story = (r.story_read if view.as_read else r.story).label("story")
    query = select(f.id, story, f.day, e.type, e.status, e.background, e.time, e.goldstein).select_from(
        tables.dyads.join(tables.findings, f.id == d.finding).join(tables.events, e.finding == f.id).join(tables.reports, r.id == f.report)
    )
    query = query.where(d.source.in_(source), d.target.in_(target), d.kind == "event", view.shows()).distinct()
    rows = connection.execute(query).all()
    sides = _sides(connection, [x.id for x in rows])
    told = [(Facts(x.story, x.type, sides[x.id], x.time, x.day, x.status, bool(x.background)), x.goldstein) for x in rows]
    for same in one_by_one(told, lambda t: t[0]).values():
        judged = verdict([f for f, _ in same])
        if judged.is_news and judged.held(view.as_of, view.since):
            yield Counted(judged.day, same[0][0].type, mean_weight(same, judged))


def reports_of(connection: Connection, a: Party, b: Party | None, view: View) -> Select[Any]:
    """Reports that tell of two sides together, or of one: `report`, each once, and `published`."""
    alone = b is None and not (a.code and len(a.actors) == 1)  # by a person or by several, which is not kept ready
    whole = view.as_of is None or view.since is None  # the first and the last day of which a report tells say nothing of those between
    return _ready_reports(a, b, view) if whole and not alone and stands_ready(connection, view) else _worked_out_reports(a, b, view)


def _ready_reports(a: Party, b: Party | None, view: View) -> Select[Any]:
    t = tables.told_of.c
    held: list[ColumnElement[bool]] = []
    if view.as_of is not None:
        held.append(t.first <= view.as_of)
    if view.since is not None:
        held.append(t.last >= view.since)
    query = select(t.report, t.published).where(t.one.in_(a.sides), t.other.in_(b.sides if b else ("",)), *held)
    return query if len(a.sides) == 1 and (b is None or len(b.sides) == 1) else query.distinct()


def _worked_out_reports(a: Party, b: Party | None, view: View) -> Select[Any]:
    f, d, r = tables.findings.c, tables.dyads.c, tables.reports.c
    query = select(f.report, r.published).distinct().join(tables.reports, r.id == f.report)
    if b is None:
        return view.narrow(query.join(tables.roles, tables.roles.c.finding == f.id).where(a.plays(tables.roles)))
    ways = [d.source.in_(one.sides) & d.target.in_(other.sides) for one, other in ((a, b), (b, a))]
    return view.narrow(query.join(tables.dyads, d.finding == f.id).where(or_(*ways)))


def _sides(connection: Connection, findings: Sequence[int]) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    o = tables.roles.c
    codes: dict[tuple[int, str], set[str]] = defaultdict(set)
    for start in range(0, len(findings), AT_ONCE):
        for x in connection.execute(select(o.finding, o.role, o.code).where(o.finding.in_(findings[start : start + AT_ONCE]))):
            codes[x.finding, x.role].add(x.code)
    return {n: (frozenset(codes.get((n, "source"), ())), frozenset(codes.get((n, "target"), ()))) for n in findings}
