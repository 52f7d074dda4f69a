"""The timeline of two sides, or of one: what was said and done, what was made conditional, where matters moved, in order of days."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Connection, Select, select

from dragoman.answers.actors import Named, named
from dragoman.answers.row import Answered, day_of, names_of, where_of
from dragoman.answers.source import Source, sources_of
from dragoman.ledger import tables
from dragoman.ledger.names import Party
from dragoman.ledger.view import NOW, View

Kind = Literal["statement", "event", "condition", "affair"]
KINDS: tuple[Kind, ...] = ("statement", "event", "condition", "affair")
SPARE = 4  # findings fetched for every row that is wanted: many tell the same
DOING = {"statement": "speaker", "event": "source", "condition": "holder", "affair": "party"}
SUFFERING = {"statement": "about", "event": "target", "condition": "owes", "affair": "party"}


class Moment(Answered):
    """One line of a timeline."""

    wide = "Words"

    day: dt.date | None
    kind: Kind
    what: str = Field(description="Event type, act of a statement, kind of a condition, kind and status of an affair.")
    status: str | None = Field(
        default=None, description="Of an event: actual, negated, planned, possible; of a condition: withheld, promised, threatened; of an affair its status."
    )
    background: bool = Field(default=False, description="Told as history rather than as news.")
    sources: tuple[Named, ...] = Field(description="Who acts, speaks, sets the condition; of an affair its parties or senders.")
    targets: tuple[Named, ...] = Field(description="Toward whom; of a condition who has to act; of sanctions whom they hit.")
    reports: int = Field(description="How many of the reports looked at tell it.")
    source: Source

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        what = self.what + (f" ({self.status})" if self.status not in (None, "actual") and self.kind != "affair" else "") + (", told as history" if self.background else "")
        words = self.source.sentence or "[text not kept]"
        return {"Day": day_of(self.day), "What": what, "Who": names_of(self.sources), "Toward": names_of(self.targets), "Words": words, "Where": where_of(self.source)}


@dataclass(frozen=True, slots=True)
class _Told:
    finding: int
    kind: Kind
    what: str
    status: str | None
    background: bool
    day: dt.date | None
    key: tuple[Any, ...]
    by_saying: bool = False  # an event that is a statement of the timeline seen as an act


def find_timeline(connection: Connection, a: Party, b: Party | None = None, *, kinds: Sequence[Kind] = KINDS, view: View = NOW, limit: int = 50) -> list[Moment]:
    """The latest moments, in order of days. What several reports of one story tell is one moment; an affair is told only where its status moved.

    Args:
        connection: An open ledger.
        a: One side.
        b: The other; None: everybody.
        kinds: Kinds of findings.
        view: As of when.
        limit: How many at most.
    """
    found = [t for kind in kinds for t in _latest(connection, kind, a, b, view, limit * SPARE) if not (t.by_saying and "statement" in kinds)]
    found.sort(key=lambda t: (t.day or dt.date.min, t.finding), reverse=True)
    groups: dict[tuple[Any, ...], list[_Told]] = {}
    for t in found:
        groups.setdefault(t.key, []).append(t)
    first = [group[-1] for group in groups.values()]  # the earliest telling stands for all
    chosen = sorted(_moved(first), key=lambda t: (t.day or dt.date.min, t.finding))[-limit:]
    return _moments(connection, chosen, {t.finding: len(groups[t.key]) for t in chosen})


def _latest(connection: Connection, kind: Kind, a: Party, b: Party | None, view: View, limit: int) -> Iterable[_Told]:
    """Findings of one kind, the latest first; each direction by itself, as an index holds it in that order."""
    seen: set[int] = set()
    for forth in (True, False):
        query = _details(kind)
        if b is None:
            o = tables.roles.alias()
            side = o.c.code == a.code if a.code else o.c.actor.in_(a.actors)
            role = DOING[kind] if forth else SUFFERING[kind]
            query = query.join(o, o.c.finding == tables.findings.c.id).where(o.c.kind == kind, o.c.role == role, side)
            day = o.c.day
        else:
            d = tables.dyads.alias()
            sides = (a.side, b.side) if forth else (b.side, a.side)
            query = query.join(d, d.c.finding == tables.findings.c.id).where(d.c.source == sides[0], d.c.target == sides[1], d.c.kind == kind)
            day = d.c.day
        for row in connection.execute(view.narrow(query, day=day).order_by(day.desc().nulls_last()).limit(limit)):
            if row.id not in seen:
                seen.add(row.id)
                yield _told(kind, row)


def _details(kind: Kind) -> Select[Any]:
    f, r = tables.findings.c, tables.reports.c
    detail = {"statement": tables.statements, "event": tables.events, "condition": tables.conditions, "affair": tables.affairs}[kind]
    own: dict[Kind, tuple[Any, ...]] = {
        "statement": (tables.statements.c.act, tables.statements.c.speaker),
        "event": (tables.events.c.type, tables.events.c.status, tables.events.c.background, tables.events.c.statement, tables.events.c.claimed_by),
        "condition": (tables.conditions.c.kind.label("connective"), tables.conditions.c.polarity, tables.conditions.c.holder),
        "affair": (tables.affairs.c.kind.label("affair"), tables.affairs.c.status, tables.affair_matters.c.matter, tables.matters.c.affair.label("number")),
    }
    query = select(f.id, f.day, r.story, *own[kind]).select_from(tables.findings).join(tables.reports, r.id == f.report).join(detail, detail.c.finding == f.id)
    if kind == "affair":
        query = query.join(tables.affair_matters, tables.affair_matters.c.finding == f.id).join(tables.matters, tables.matters.c.id == tables.affair_matters.c.matter)
    return query


def _told(kind: Kind, row: Any) -> _Told:
    match kind:
        case "statement":
            return _Told(row.id, kind, row.act, None, False, row.day, (kind, row.story, row.act, row.speaker))
        case "event":
            return _Told(
                row.id,
                kind,
                row.type,
                row.status,
                row.background,
                row.day,
                (kind, row.story, row.type, row.status, row.background, row.day),
                bool(row.statement and not row.claimed_by),
            )
        case "condition":
            return _Told(row.id, kind, row.connective, row.polarity, False, row.day, (kind, row.story, row.connective, row.polarity, row.holder))
    return _Told(row.id, kind, f"{row.affair}: {row.status}", row.status, False, row.day, (kind, row.number, row.status, row.day))


def _moved(told: Sequence[_Told]) -> list[_Told]:
    """All but affairs that stand as they stood at their last telling."""
    kept = [t for t in told if t.kind != "affair"]
    affairs = sorted((t for t in told if t.kind == "affair"), key=lambda t: (t.key[1], t.day or dt.date.min, t.finding))
    for _, steps in itertools.groupby(affairs, key=lambda t: t.key[1]):
        kept += [next(same) for _, same in itertools.groupby(steps, key=lambda t: t.status)]
    return kept


def _moments(connection: Connection, chosen: Sequence[_Told], reports: dict[int, int]) -> list[Moment]:
    ids = [t.finding for t in chosen]
    who, sources = named(connection, ids), sources_of(connection, ids)
    return [
        Moment(
            day=t.day, kind=t.kind, what=t.what, status=t.status, background=t.background, reports=reports[t.finding], source=sources[t.finding],
            sources=_roles(who[t.finding], DOING[t.kind], "sender"), targets=_roles(who[t.finding], SUFFERING[t.kind], "target"),
        )
        for t in chosen
    ]  # fmt: skip


def _roles(roles: dict[str, tuple[Named, ...]], *names: str) -> tuple[Named, ...]:
    return next((roles[n] for n in names if roles.get(n)), ())
