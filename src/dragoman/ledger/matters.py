"""What affairs are about across reports: matters between sides, joined where they are the same in other words (see `grouping`)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, exists, select, update

from dragoman.ledger import tables
from dragoman.ledger.grouping import ONE, Constraint, Put, constrain, group
from dragoman.ledger.rows import Ids, Rows
from dragoman.ledger.topics import MATTER, topic_of
from dragoman.records import Affair, Record

AT_ONCE = 500  # values in one query


@dataclass(frozen=True, slots=True)
class Matter:
    """A subject between sides.

    Attributes:
        kind: Kind of the affair.
        sides: Codes, sorted; of sanctions the sender and the target.
        gist: What tells it from other matters of these sides, see `topics.topic_of`; empty where a pair has but one.
    """

    kind: str
    sides: tuple[str, ...]
    gist: tuple[str, ...]

    @property
    def key(self) -> str:
        """SHA-256 over kind, sides and gist, each prefixed by its length."""
        pieces = [p.encode() for p in (self.kind, *self.sides, "/", *self.gist)]
        return hashlib.sha256(b"".join(len(p).to_bytes(8, "big") + p for p in pieces)).hexdigest()


def matters_of(record: Record, affair: Affair) -> Iterator[Matter]:
    """The matters that an affair as found is about: of sanctions one for every sender and target, else one."""
    codes = {a.id: a.acts_for or a.id for a in record.actors}
    sides = tuple(sorted({codes.get(p, p) for p in affair.parties}))
    if affair.kind == "sanctions" and affair.senders and affair.targets:
        for pair in sorted({(codes.get(s, s), codes.get(t, t)) for s in affair.senders for t in affair.targets}):
            yield Matter(affair.kind, pair, ())
    elif sides:
        topic = () if affair.kind in ONE else topic_of(affair.kind, affair.subject, sides)
        if affair.kind == "dispute" and affair.rule.startswith("event:"):
            topic = tuple(m for m in topic if m.startswith(MATTER) or m[0].isupper())  # of a quarrel that only its acts show, names alone tell it from another
        yield Matter(affair.kind, sides, topic)


def put_matters(connection: Connection, record: Record, findings: Mapping[str, int], rows: Rows, ids: Ids) -> None:
    """Rows of the matters of a record's affairs; a matter that is known keeps its number. `join_matters` has to follow once the rows are in."""
    known = {r["key"]: r["id"] for r in rows[tables.matters]}
    for affair in record.affairs:
        if affair.id not in findings:
            continue
        finding = findings[affair.id]
        for matter in {m.key: m for m in matters_of(record, affair)}.values():
            number = known.get(matter.key) or connection.execute(select(tables.matters.c.id).where(tables.matters.c.key == matter.key)).scalar()
            if number is None:
                number = known[matter.key] = ids.take(tables.matters)
                _put_matter(number, matter, rows)
            row = {"finding": finding, "matter": number, "day": record.report.published, "kind": affair.kind, "status": affair.status, "apart": _apart(record, affair)}
            rows.put(tables.affair_matters, row)


def join_matters(connection: Connection, fresh: Sequence[int]) -> None:
    """Join new matters with those that are the same in other words; the grouping of their blocks is made anew, and rows that it changes are updated.

    Args:
        connection: The writer's.
        fresh: Numbers of matters that were just inserted.
    """
    told = constraints(connection)
    m = tables.matters.c
    named = {k for c in told for k in _keys(c)}
    seeds = [r for some in _pieces(fresh) for r in connection.execute(select(m.key, m.kind, m.sides).where(m.id.in_(some)))]
    _regroup(connection, {(r.kind, r.sides) for r in seeds if r.kind not in ONE or r.key in named}, told)  # a pair of sides has one matter of such a kind


def settle_matters(connection: Connection, numbers: Collection[int]) -> None:
    """Group anew where people's words changed.

    Args:
        connection: The writer's.
        numbers: The matters that a correction names, or named before it was undone.
    """
    told = constraints(connection)
    m = tables.matters.c
    blocks = {(r.kind, r.sides) for some in _pieces(numbers) for r in connection.execute(select(m.kind, m.sides).where(m.id.in_(some)))}
    for block in sorted(blocks):  # each alone: what a correction tied together is, once undone, tied no longer
        _regroup(connection, {block}, told)


def rebuild_affairs(connection: Connection) -> None:
    """Group all matters anew; it changes nothing where the grouping was kept up."""
    m = tables.matters.c
    matters = [_put(r) for r in connection.execute(select(m.id, m.key, m.kind, m.sides, m.gist))]
    _write(connection, matters, constraints(connection))


def prune_matters(connection: Connection) -> None:
    """Delete matters of which no finding is left, as after a report was deleted on demand; their words go with them."""
    m = tables.matters.c
    gone = list(
        connection.execute(select(m.id, m.key, m.kind, m.sides, m.gist).where(~exists(select(tables.affair_matters.c.finding).where(tables.affair_matters.c.matter == m.id))))
    )
    for some in _pieces([r.id for r in gone]):
        connection.execute(delete(tables.matters).where(m.id.in_(some)))
    told = constraints(connection)
    for block in sorted({b for r in gone for b in ((r.kind, r.sides), *_beside(connection, _put(r)))}):
        _regroup(connection, {block}, told)


def constraints(connection: Connection) -> tuple[Constraint, ...]:
    """What people said of affairs and did not take back, in the order in which they said it.

    A correction `merge_affairs` holds in its detail `join`: keys of matters; `split_affairs` holds `part`: groups of keys.
    """
    c = tables.corrections.c
    found = connection.execute(select(c.detail).where(c.what.in_(("merge_affairs", "split_affairs")), c.undone.is_(None)).order_by(c.id)).scalars()
    details = [json.loads(d) for d in found]
    return tuple(Constraint(tuple(d.get("join", ())), tuple(tuple(g) for g in d.get("part", ()))) for d in details)


def _regroup(connection: Connection, blocks: Collection[tuple[str, str]], told: Sequence[Constraint]) -> None:
    if blocks:
        _write(connection, _around(connection, blocks, told), told)


def _around(connection: Connection, blocks: Collection[tuple[str, str]], told: Sequence[Constraint]) -> list[Put]:
    """The matters of blocks, and of all blocks that are tied to them by well-known matters or by people's words."""
    m = tables.matters.c
    found: list[Put] = []
    seen, waiting = set(blocks), list(blocks)
    while waiting:
        kind, sides = waiting.pop()
        fresh = [_put(r) for r in connection.execute(select(m.id, m.key, m.kind, m.sides, m.gist).where(m.sides == sides, m.kind == kind))]
        found += fresh
        keys = {p.key for p in fresh}
        tied = {k for c in told for k in _keys(c) if not keys.isdisjoint(_keys(c))} - keys
        beside = {b for p in {p.matter: p for p in fresh}.values() for b in _beside(connection, p)}
        beside |= {(r.kind, r.sides) for some in _pieces(tied) for r in connection.execute(select(m.kind, m.sides).where(m.key.in_(some)))}
        waiting += sorted(beside - seen)
        seen |= beside
    return found


def _beside(connection: Connection, put: Put) -> set[tuple[str, str]]:
    """Blocks in which the same well-known matter stands, between sides of which one at least is the same."""
    if put.matter is None:
        return set()
    m, n, s = tables.matters.c, tables.matter_names.c, tables.matter_sides.c
    joined = tables.matter_names.join(tables.matters, m.id == n.matter).join(tables.matter_sides, s.matter == m.id)
    query = select(m.kind, m.sides).select_from(joined).where(n.name == put.matter.removeprefix(MATTER), m.kind == put.kind, s.code.in_(put.codes)).distinct()
    return {(r.kind, r.sides) for r in connection.execute(query)}


def _write(connection: Connection, matters: Collection[Put], told: Sequence[Constraint]) -> None:
    """Group matters and update the rows that it changes."""
    m = tables.matters.c
    by_rules = group(matters)
    read = {p.number: by_rules.of(p.number) for p in matters}
    people = constrain(matters, by_rules, told) if told else by_rules
    for some in _pieces([p.number for p in matters]):
        for row in connection.execute(select(m.id, m.affair, m.affair_read).where(m.id.in_(some))).all():
            now = people.of(row.id), read[row.id]
            if (row.affair, row.affair_read) != now:
                connection.execute(update(tables.matters).where(m.id == row.id).values(affair=now[0], affair_read=now[1]))


def _put_matter(number: int, matter: Matter, rows: Rows) -> None:
    joint = " > " if matter.kind == "sanctions" else " "
    row: dict[str, Any] = {"id": number, "key": matter.key, "kind": matter.kind, "sides": joint.join(matter.sides), "gist": " ".join(matter.gist)}
    rows.put(tables.matters, {**row, "affair": number, "affair_read": number})
    for code in dict.fromkeys(matter.sides):
        rows.put(tables.matter_sides, {"matter": number, "code": code})
    for mark in matter.gist:
        if mark.startswith(MATTER):
            rows.put(tables.matter_names, {"matter": number, "name": mark.removeprefix(MATTER)})


def _put(row: Any) -> Put:
    return Put(row.id, row.key, row.kind, row.sides, tuple(row.gist.split()))


def _apart(record: Record, affair: Affair) -> str:
    codes = {a.id: a.acts_for or a.id for a in record.actors}
    told = {codes.get(p.party, p.party): p.status for p in affair.status_by_party}
    return json.dumps(told, sort_keys=True) if told else ""


def _keys(constraint: Constraint) -> set[str]:
    return {*constraint.join, *(k for g in constraint.part for k in g)}


def _pieces[T](values: Iterable[T]) -> Iterator[list[T]]:
    listed = list(values)
    for start in range(0, len(listed), AT_ONCE):
        yield listed[start : start + AT_ONCE]
