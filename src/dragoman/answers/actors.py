"""Actors as answers name them: an id, a name, the side for which somebody acts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, Select, bindparam, select

from dragoman.answers.source import AT_ONCE
from dragoman.ledger import tables
from dragoman.records import Known


class Named(Known):
    """Somebody in an answer."""

    id: str
    name: str
    code: str = Field(description="The state or body for which it acts (ISO 3166-1 alpha-3, `EUR`, `UNO` …), else its own id.")


def named(connection: Connection, findings: Iterable[int]) -> dict[int, dict[str, tuple[Named, ...]]]:
    """Who has which role in findings: by finding, then by role, in the order in which the reader gave them."""
    wanted = list(dict.fromkeys(findings))
    found: dict[int, dict[str, tuple[Named, ...]]] = {f: {} for f in wanted}
    for start in range(0, len(wanted), AT_ONCE):
        for finding, role, actor, code, name in connection.execute(_parts(), {"findings": wanted[start : start + AT_ONCE]}):
            roles = found[finding]
            roles[role] = (*roles.get(role, ()), Named(id=actor, name=name or actor, code=code))
    return found


@cache
def _parts() -> Select[Any]:
    """Who has which part in `findings`."""
    o, a = tables.roles.c, tables.actors.c
    query = select(o.finding, o.role, o.actor, o.code, a.name).select_from(tables.roles.outerjoin(tables.actors, a.id == o.actor))
    return query.where(o.finding.in_(bindparam("findings", expanding=True))).order_by(o.id)
