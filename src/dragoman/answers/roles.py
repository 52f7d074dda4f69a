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
        roles: Who is asked for, by role; None: anybody.

    Returns:
        The query, each finding once, with the column of days to order it by, which an index holds in that order, as its last column; and that column.
    """
    f = tables.findings.c
    day: ColumnElement[Any] = f.day
    query = query.where(f.kind == kind)
    for number, (role, who) in enumerate((r, w) for r, w in roles.items() if w is not None):
        o = tables.roles.alias(f"role{number}")
        query = query.join(o, o.c.finding == f.id).where(o.c.kind == kind, o.c.role == role, who.plays(o))
        day = o.c.day if number == 0 else day
    return query.add_columns(day).distinct(), day  # PostgreSQL orders what is distinct only by what is selected
