"""What a person should look at first: findings that are both doubtful and consequential, which nobody has confirmed, amended or rejected so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal, get_args

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, exists, literal_column, select

from dragoman.answers.actors import Named, named
from dragoman.answers.row import Answered, day_of, names_of, where_of
from dragoman.answers.saying import sayings, sides
from dragoman.answers.source import Source, sources_of
from dragoman.ledger import tables
from dragoman.ledger.names import Party
from dragoman.ledger.weighing import DIGITS

Kind = Literal["statement", "event", "condition", "affair"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MANY = 50_000  # parts in findings: who has as many is often named


class Doubted(Answered):
    """A finding that waits for a person's look."""

    wide = "Words"

    kind: Kind
    what: str = Field(description="What it says in a few words: the act of a statement, type, code and status of an event, kind of a condition, subject and status of an affair.")
    who: tuple[Named, ...] = Field(description="Who speaks, acts or sets the condition; of an affair its parties.")
    whom: tuple[Named, ...] = Field(description="Toward whom.")
    day: dt.date | None
    pressing: float = Field(description="How much is gained by a look at it: (1 - confidence) x weight.")
    weight: float = Field(description="How much hangs on it, 0 to 1, by its kind and what it says.")
    source: Source

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        sides = {"Who": names_of(self.who), "Toward": names_of(self.whom) if self.whom else ""}
        reckoned = f"{self.pressing:.2f}  ({self.source.confidence:.0%} sure, weight {self.weight:.1f})"
        return {
            "Day": day_of(self.day), "Pressing": reckoned, "What": f"{self.kind}: {self.what}", **sides, "Words": self.source.sentence or "[text not kept]",
            "Where": where_of(self.source),
        }  # fmt: skip


def find_review(connection: Connection, *, kinds: Sequence[Kind] = KINDS, of: Party | None = None, limit: int = 50) -> list[Doubted]:
    """The review queue: what the reader found and nobody looked at so far, the most pressing first; of equals what came last.

    Pressing is `(1 - confidence) x weight`, with weights by kind, status and act (resources/ontology/review.yaml); what is certain waits for nobody.

    Args:
        connection: An open ledger.
        kinds: Only findings of these kinds.
        of: Only those in which somebody has a part.
        limit: How many at most.
    """
    f = tables.findings.c
    often = of is not None and _is_often_named(connection, of)
    rows: list[Any] = []
    for kind in dict.fromkeys(kinds):  # each kind has its own stretch of the index, in this order
        query = select(f.id, f.kind, f.day, f.pressing).where(f.kind == kind, f.pressing > literal_column("0"), _waits())  # written out: the index holds these only
        query = query if of is None else query.where(_plays(of, kind, often))
        rows += connection.execute(query.order_by(f.pressing.desc(), f.id.desc()).limit(limit))
    rows = sorted(rows, key=lambda r: (-r.pressing, -r.id))[:limit]
    ids = [r.id for r in rows]
    who, sources, said = named(connection, ids), sources_of(connection, ids), sayings(connection, {r.id: r.kind for r in rows})
    return [_doubted(row, who[row.id], sources[row.id], said[row.id]) for row in rows]


def _waits() -> ColumnElement[bool]:
    """Found by the reader, and neither confirmed nor replaced nor rejected."""
    f, s, y = tables.findings.c, tables.struck.c, tables.confirmed.c
    seen = (exists(select(t.id).where(t.finding == f.id, t.known_to.is_(None))) for t in (s, y))
    return f.known_to.is_(None) & f.correction.is_(None) & ~next(seen) & ~next(seen)


def _is_often_named(connection: Connection, of: Party) -> bool:
    return len(connection.execute(select(tables.roles.c.id).where(of.plays(tables.roles)).limit(MANY)).all()) == MANY


def _plays(of: Party, kind: str, often: bool) -> ColumnElement[bool]:
    """Has a part in the finding. Findings of one who is often named are soon met on the way through the queue; those of others are listed first, which is quicker than to look each up."""
    f, o = tables.findings.c, tables.roles.c
    if often:
        return exists(select(o.id).where(o.finding == f.id, of.plays(tables.roles)))
    return f.id.in_(select(o.finding).where(of.plays(tables.roles), o.kind == kind))


def _doubted(row: Any, roles: dict[str, tuple[Named, ...]], source: Source, said: str) -> Doubted:
    who, whom = sides(row.kind, roles)
    weight = row.pressing / (1 - source.confidence)
    return Doubted(kind=row.kind, what=said, who=who, whom=whom, day=row.day, pressing=row.pressing, weight=round(weight, DIGITS), source=source)
