"""What affairs are about across reports: matters between sides, joined where they are the same in other words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from dragoman.ledger import tables
from dragoman.ledger.gist import content_words
from dragoman.ledger.rows import Ids, Rows
from dragoman.records import Affair, Record


@dataclass(frozen=True, slots=True)
class Matter:
    """A subject between sides.

    Attributes:
        kind: Kind of the affair.
        sides: Codes, sorted; of sanctions the sender and the target.
        gist: What tells it from other matters of these sides.
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
    gist = content_words(affair.subject)
    if affair.kind == "sanctions" and affair.senders and affair.targets:
        for pair in sorted({(codes.get(s, s), codes.get(t, t)) for s in affair.senders for t in affair.targets}):
            yield Matter(affair.kind, pair, ())
    elif sides:
        yield Matter(affair.kind, sides, gist)


def put_matters(connection: Connection, record: Record, findings: Mapping[str, int], rows: Rows, ids: Ids) -> None:
    """Rows of the matters of a record's affairs; a matter that is known keeps its number."""
    known = {r["key"]: r["id"] for r in rows[tables.matters]}
    for affair in record.affairs:
        if affair.id not in findings:
            continue
        for matter in matters_of(record, affair):
            number = known.get(matter.key) or connection.execute(select(tables.matters.c.id).where(tables.matters.c.key == matter.key)).scalar()
            if number is None:
                number = known[matter.key] = ids.take(tables.matters)
                rows.put(tables.matters, _row(number, matter))
                for code in dict.fromkeys(matter.sides):
                    rows.put(tables.matter_sides, {"matter": number, "code": code})
            row = {"finding": findings[affair.id], "matter": number, "day": record.report.published, "kind": affair.kind, "status": affair.status, "apart": _apart(record, affair)}
            if row not in rows[tables.affair_matters]:
                rows.put(tables.affair_matters, row)


def join_matters(connection: Connection, fresh: Sequence[int]) -> None:
    """Join new matters with those that are the same in other words."""
    m = tables.matters.c
    for number in fresh:
        row = connection.execute(select(m.kind, m.sides).where(m.id == number)).one()
        if row.kind in ("relations", "sanctions"):
            first = connection.execute(select(m.affair).where(m.kind == row.kind, m.sides == row.sides).order_by(m.id)).scalar()
            connection.execute(update(tables.matters).where(m.id == number).values(affair=first, affair_read=first))


def _apart(record: Record, affair: Affair) -> str:
    codes = {a.id: a.acts_for or a.id for a in record.actors}
    told = {codes.get(p.party, p.party): p.status for p in affair.status_by_party}
    return json.dumps(told, sort_keys=True) if told else ""


def _row(number: int, matter: Matter) -> dict[str, Any]:
    joint = " > " if matter.kind == "sanctions" else " "
    return {"id": number, "key": matter.key, "kind": matter.kind, "sides": joint.join(matter.sides), "gist": " ".join(matter.gist), "affair": number, "affair_read": number}
