"""What was added to a ledger since one looked last, as moments of a timeline."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from dragoman.answers.affair import find_affair
from dragoman.answers.timeline import Found, Kind, Moment, details_of, moments_of, parts_in, told_by
from dragoman.ledger import tables
from dragoman.ledger.names import Party
from dragoman.ledger.view import NOW


def last_finding(connection: Connection) -> int:
    """The number of the last finding; 0 where there is none. Numbers are given in the order in which findings came."""
    return connection.execute(select(func.max(tables.findings.c.id))).scalar() or 0


def added_since(connection: Connection, seen: int, a: Party | None = None, b: Party | None = None, *, kinds: Sequence[Kind], most: int = 200) -> tuple[list[Moment], int]:
    """Moments that were added after a finding, in the order in which they came: affairs whose status they move, conditions, events that are no history, statements.

    What a report that was looked at says in a newer reading, or after a correction, is nothing new.

    Args:
        connection: An open ledger.
        seen: Number of the last finding that was looked at.
        a: A side; None: everybody.
        b: Another.
        kinds: Kinds of findings.
        most: How many findings are looked at.

    Returns:
        The moments, and the number of the last finding that was looked at now.
    """
    f, e = tables.findings.c, tables.findings.alias().c
    upto = min(last_finding(connection), seen + most)
    looked_at = exists(select(e.id).where(e.report == f.report, e.id <= seen, or_(e.reading < f.reading, f.correction.is_not(None))))
    found: list[Found] = []
    for kind in kinds:
        query = details_of(kind).where(f.id > seen, f.id <= upto, ~looked_at, *_of_sides(kind, a, b))
        unique = {row.id: told_by(kind, row) for row in connection.execute(NOW.narrow(query))}
        found += [t for t in unique.values() if not t.background and not (t.by_saying and "statement" in kinds)]
    moved = [t for t in sorted(found, key=lambda t: t.finding) if t.kind != "affair" or _moves(connection, t)]
    return moments_of(connection, moved, dict.fromkeys((t.finding for t in moved), 1)), max(seen, upto)


def _moves(connection: Connection, told: Found) -> bool:
    """Whether an affair took a step by this finding."""
    return any(step.source.finding == told.finding for step in find_affair(connection, told.key[1]))


def _of_sides(kind: Kind, a: Party | None, b: Party | None) -> list[ColumnElement[bool]]:
    """Conditions on findings in which sides have a part: between the two, or of one."""
    f, d, o = tables.findings.c, tables.dyads.c, tables.roles.c
    sides = [x for x in (a, b) if x is not None]
    if len(sides) == 2:
        one, other = sides
        both = or_(and_(d.source.in_(one.sides), d.target.in_(other.sides)), and_(d.source.in_(other.sides), d.target.in_(one.sides)))
        return [exists(select(d.id).where(d.finding == f.id, both))]
    roles = parts_in(kind)
    return [exists(select(o.id).where(o.finding == f.id, o.role.in_(roles), x.plays(tables.roles))) for x in sides]
