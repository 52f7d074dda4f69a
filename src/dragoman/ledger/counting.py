"""What is counted often and so kept ready: which tellings are one event, which events count between two sides, which reports tell of whom.

All of it is derived: a function of what is kept, whatever order it came in, that `rebuild` makes anew. It is kept up as reports come, are read again, corrected or deleted, and as stories change.
It holds what the ledger goes by now; what it knew before, and what it knows without corrections, is worked out when it is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select, union, update

from dragoman.ledger import tables
from dragoman.ledger.happenings import Facts, mean_weight, one_by_one, verdict
from dragoman.ledger.latest import latest
from dragoman.ledger.view import NOW, View

AT_ONCE = 500  # numbers in one query: SQLite takes no more than some thousand


@dataclass(frozen=True, slots=True)
class _Telling:
    finding: int
    facts: Facts
    weight: float | None
    event: int
    stands: bool  # neither of an earlier reading nor rejected or replaced by a person


def stands_ready(connection: Connection, view: View) -> bool:
    """Whether what is kept here answers for a view: by all that is known now, and with people's corrections, where there are any."""
    if view.known is not None:
        last = latest(connection)
        if last is not None and view.known < last:
            return False
    return not view.as_read or connection.execute(select(tables.corrections.c.id).limit(1)).first() is None


def settle_events(connection: Connection, reports: Collection[int]) -> None:
    """Make anew which tellings are one event in the stories of reports, and which of these events count between two sides."""
    r = tables.reports.c
    stories = {n for some in _pieces(sorted(reports)) for n in connection.scalars(select(r.story).where(r.id.in_(some)).distinct())}
    for some in _pieces(sorted(stories)):
        _settle(connection, some)


def settle_reports(connection: Connection, reports: Collection[int]) -> None:
    """Make anew of which sides reports tell."""
    t, f, d, o = tables.told_of, tables.findings.c, tables.dyads.c, tables.roles.c
    for some in _pieces(sorted(reports)):
        connection.execute(delete(t).where(t.c.report.in_(some)))
        stands = [f.report.in_(some), NOW.shows()]
        parts = union(
            select(d.source.label("one"), d.target.label("other"), f.report, f.day).join(tables.findings, f.id == d.finding).where(*stands),
            select(d.target, d.source, f.report, f.day).join(tables.findings, f.id == d.finding).where(*stands),
            select(o.code, literal("").label("other"), f.report, f.day).join(tables.findings, f.id == o.finding).where(*stands),
        ).subquery()
        p, r = parts.c, tables.reports.c
        found = select(p.one, p.other, r.id, r.published, func.min(p.day), func.max(p.day)).join(parts, p.report == r.id).group_by(p.one, p.other, r.id, r.published)
        connection.execute(insert(t).from_select(["one", "other", "report", "published", "first", "last"], found))


def rebuild_counts(connection: Connection) -> None:
    """Make all of it anew; it changes nothing where it was kept up."""
    last = 0
    while page := list(connection.scalars(select(tables.reports.c.id).where(tables.reports.c.id > last).order_by(tables.reports.c.id).limit(AT_ONCE))):
        settle_reports(connection, page)
        settle_events(connection, page)
        last = page[-1]


def _settle(connection: Connection, stories: Sequence[int]) -> None:
    e, c = tables.events, tables.counted
    tellings = list(_tellings(connection, stories))
    standing = one_by_one((t for t in tellings if t.stands), lambda t: t.facts)
    gone = one_by_one((t for t in tellings if not t.stands), lambda t: t.facts)
    number = {key: min(t.finding for t in told) for key, told in (*gone.items(), *standing.items())}
    moved = [{"told": t.finding, "by": number[key]} for told in (standing, gone) for key, ts in told.items() for t in ts if t.event != number[key]]
    if moved:
        connection.execute(update(e).where(e.c.finding == bindparam("told")).values(event=bindparam("by")), moved)
    before: dict[tuple[int, str, str], tuple[Any, ...]] = {}
    for some in _pieces(sorted({t.event for t in tellings} | set(number.values()))):
        before |= {(x.event, x.source, x.target): (x.day, x.type, x.weight) for x in connection.execute(select(c).where(c.c.event.in_(some)))}
    now = _counted(connection, {number[key]: told for key, told in standing.items()})
    stale = [{"of": k[0], "by": k[1], "to": k[2]} for k, told in before.items() if now.get(k) != told]
    if stale:
        connection.execute(delete(c).where(c.c.event == bindparam("of"), c.c.source == bindparam("by"), c.c.target == bindparam("to")), stale)
    fresh = [{"event": k[0], "source": k[1], "target": k[2], "day": v[0], "type": v[1], "weight": v[2]} for k, v in now.items() if before.get(k) != v]
    if fresh:
        connection.execute(insert(c), fresh)


def _tellings(connection: Connection, stories: Sequence[int]) -> Iterator[_Telling]:
    """All that was ever told in stories."""
    f, e, r, o = tables.findings.c, tables.events.c, tables.reports.c, tables.roles.c
    query = select(f.id, r.story, f.day, e.type, e.status, e.background, e.time, e.goldstein, e.event, NOW.shows().label("stands"))
    query = query.select_from(tables.reports.join(tables.findings, f.report == r.id).join(tables.events, e.finding == f.id))
    rows = connection.execute(query.where(r.story.in_(stories)).order_by(f.id)).all()
    codes: dict[tuple[int, str], set[str]] = defaultdict(set)
    for some in _pieces([row.id for row in rows]):
        for x in connection.execute(select(o.finding, o.role, o.code).where(o.finding.in_(some))):
            codes[x.finding, x.role].add(x.code)
    for x in rows:
        sides = frozenset(codes.get((x.id, "source"), ())), frozenset(codes.get((x.id, "target"), ()))
        yield _Telling(x.id, Facts(x.story, x.type, sides, x.time, x.day, x.status, bool(x.background)), x.goldstein, x.event, bool(x.stands))


def _counted(connection: Connection, events: dict[int, list[_Telling]]) -> dict[tuple[int, str, str], tuple[Any, ...]]:
    """Day, type and weight of the events that count, by their number and the two sides."""
    d = tables.dyads.c
    of = {t.finding: number for number, told in events.items() for t in told}
    judged = {number: verdict([t.facts for t in told]) for number, told in events.items()}
    found: dict[tuple[int, str, str], tuple[Any, ...]] = {}
    for some in _pieces([finding for finding, number in of.items() if judged[number].is_news]):
        for x in connection.execute(select(d.finding, d.source, d.target).where(d.finding.in_(some))):
            number = of[x.finding]
            if (number, x.source, x.target) not in found:
                told = events[number]
                found[number, x.source, x.target] = judged[number].day, told[0].facts.type, mean_weight(((t.facts, t.weight) for t in told), judged[number])
    return found


def _pieces(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), AT_ONCE):
        yield numbers[start : start + AT_ONCE]
