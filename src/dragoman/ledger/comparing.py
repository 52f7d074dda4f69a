"""Whether two ledgers hold the same, by content: numbers, order and database do not matter."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, case, or_, select, type_coerce

from dragoman.ledger import tables
from dragoman.ledger.moments import Moment

SHOWN = 5  # differences told of one kind

type Content = dict[str, Counter[Hashable]]

_NUMBERED = ("id", "reading", "report", "finding", "correction", "matter", "story", "story_read", "affair", "affair_read", "revises", "event")


def content(connection: Connection) -> Content:
    """All that a ledger holds, in words that another ledger would use too: reports by their keys, findings by report, time and place, groups by their members."""
    keys: dict[int, str] = {row.id: row.key for row in connection.execute(select(tables.reports.c.id, tables.reports.c.key))}
    findings = dict(_findings(connection, keys))
    matters = {row.id: row for row in connection.execute(select(tables.matters))}
    made: Content = {
        "reports": Counter(_reports(connection, keys)),
        "readings": Counter((keys[x.report], x.reader, x.known_from, x.known_to, x.record) for x in connection.execute(_known(tables.readings))),
        "findings": Counter(findings.values()),
        "stories": _groups(connection, tables.reports, "story", keys),
        "stories as read": _groups(connection, tables.reports, "story_read", keys),
        "affairs": _groups(connection, tables.matters, "affair", {n: m.key for n, m in matters.items()}),
        "affairs as read": _groups(connection, tables.matters, "affair_read", {n: m.key for n, m in matters.items()}),
        "corrections": Counter(_plain(x) for x in connection.execute(select(tables.corrections))),
        "forgotten": Counter(_plain(x) for x in connection.execute(select(tables.forgotten))),
        "actors": Counter(_plain(x, ids=True) for x in connection.execute(select(tables.actors))),
        "names": Counter(_plain(x, ids=True) for x in connection.execute(select(tables.names))),
        "bands": Counter((keys[x.report], x.week, x.hash) for x in connection.execute(select(tables.bands))),
    }
    for table in (tables.statements, tables.events, tables.conditions, tables.affairs, tables.roles, tables.dyads):
        made[table.name] = Counter((findings[x.finding], _plain(x)) for x in connection.execute(select(table)) if x.finding in findings)
    for table in (tables.struck, tables.confirmed):
        made[table.name] = Counter((findings[x.finding], x.known_from, x.until) for x in connection.execute(_laid(table)) if x.finding in findings)
    made["told_of"] = Counter((keys[x.report], _plain(x)) for x in connection.execute(select(tables.told_of)))
    made["counted"] = Counter(_plain(x) for x in connection.execute(select(tables.counted)))
    of = tables.affair_matters
    made["affair_matters"] = Counter((findings[x.finding], matters[x.matter].key, _plain(x)) for x in connection.execute(select(of)) if x.finding in findings)
    return made


def differences(one: Content, other: Content) -> list[str]:
    """What one ledger holds and the other does not; empty where they hold the same."""
    told = []
    for kind in sorted({*one, *other}):
        for name, more in (("first", one[kind] - other[kind]), ("second", other[kind] - one[kind])):
            told += [f"only the {name} holds, of {kind}: {x}" for x in sorted(map(str, more))[:SHOWN]]
    return told


def _known(table: Table) -> Any:
    """Rows that were ever seen: what was taken back in the moment in which it was made shows in no view."""
    return select(table).where(or_(table.c.known_to.is_(None), table.c.known_to > table.c.known_from))


def _laid(table: Table) -> Any:
    """What was laid over findings, for as long as they stood themselves: beyond that it shows in no view."""
    f, c = tables.findings.c, table.c
    until = case((c.known_to.is_(None), f.known_to), (f.known_to.is_(None), c.known_to), (c.known_to < f.known_to, c.known_to), else_=f.known_to)
    query = select(c.finding, c.known_from, type_coerce(until, Moment).label("until")).join(tables.findings, f.id == c.finding)
    return query.where(or_(until.is_(None), until > c.known_from))


def _findings(connection: Connection, keys: dict[int, str]) -> Iterator[tuple[int, Hashable]]:
    for x in connection.execute(_known(tables.findings)):
        yield x.id, (keys[x.report], x.correction is not None, _plain(x))


def _reports(connection: Connection, keys: dict[int, str]) -> Iterator[Hashable]:
    for x in connection.execute(select(tables.reports)):
        yield (keys.get(x.revises or 0), _plain(x))


def _groups(connection: Connection, table: Table, column: str, keys: dict[int, str]) -> Counter[Hashable]:
    """Members of each group, by their keys."""
    members: dict[int, list[str]] = defaultdict(list)
    for x in connection.execute(select(table.c.id, table.c[column].label("group"))):
        members[x.group].append(keys[x.id])
    return Counter(tuple(sorted(m)) for m in members.values())


def _plain(row: Any, *, ids: bool = False) -> Hashable:
    """The values of a row that mean the same in every ledger."""
    told: Sequence[tuple[str, Any]] = [(n, v) for n, v in row._mapping.items() if ids or n not in _NUMBERED]
    return tuple((n, json.dumps(json.loads(v), sort_keys=True) if n == "detail" else v) for n, v in told)
