"""Questions about who has which part in a finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select

from dragoman.ledger import tables
from dragoman.ledger.names import Party


def with_roles(query: Select[Any], kind: str, roles: Mapping[str, Party | None]) -> tuple[Select[Any], ColumnElement[Any]]:
    """Narrow a query over findings to those in which parties have roles.

    Args:
        query: A query over `findings`.
        kind: Kind of the findings.
        roles: Who is asked for, by role, the one from whom it comes first; None: anybody.

    Returns:
        The query, each finding once, with the column of days to order it by, which an index holds in that order, as its last column; and that column.
    """
    f, d = tables.findings.c, tables.dyads.c
    asked = [(role, who) for role, who in roles.items() if who is not None]
    query = query.where(f.kind == kind)
    if len(asked) == 2 and are_sides(asked[0][1], asked[1][1]):  # a pair of sides has an index of its own, in the order of days
        (_, one), (_, other) = asked
        query = query.join(tables.dyads, d.finding == f.id).where(d.kind == kind, d.source.in_(one.sides), d.target.in_(other.sides))
        return query.add_columns(d.day).distinct(), d.day
    day: ColumnElement[Any] = f.day
    for number, (role, who) in enumerate(asked):
        o = tables.roles.alias(f"role{number}")
        query = query.join(o, o.c.finding == f.id).where(o.c.kind == kind, o.c.role == role, who.plays(o))
        day = o.c.day if number == 0 else day
    return query.add_columns(day).distinct(), day  # PostgreSQL orders what is distinct only by what is selected


def are_sides(one: Party, other: Party) -> bool:
    """Whether both stand for all who act for them, and for nobody else; a side is in no dyad with itself."""
    return all(p.code is not None and len(p.actors) == 1 for p in (one, other)) and not set(one.sides) & set(other.sides)
