"""What moves, one thing after another, for whoever watches: each by an id that it keeps when its report is read again, and with the moment from which on it was known."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Sequence

from pydantic import Field
from sqlalchemy import Connection, and_, func, select

from dragoman.answers.actors import Named
from dragoman.answers.affair import Step, find_affair
from dragoman.answers.affairs import of_numbers
from dragoman.answers.changes import find_changes
from dragoman.answers.fresh import added_since
from dragoman.answers.row import Answered, day_of, names_of, where_of
from dragoman.answers.source import AT_ONCE, Source
from dragoman.answers.timeline import Kind, Moment, find_timeline
from dragoman.ledger import tables
from dragoman.ledger.names import Party
from dragoman.ledger.view import NOW

MOVES: tuple[Kind, ...] = ("affair", "condition", "event")  # what is told of where nothing is said of kinds
MOST = 3_000  # statements and events among which the sharpest are looked for, where everything is watched
LONG = 100  # steps of an affair


class Moved(Answered):
    """One thing that moved."""

    wide = "Words"

    id: str = Field(description="A URN; the same for the same words of a report, however often it is read.")
    known: dt.datetime = Field(description="From when on the ledger knew it (UTC).")
    day: dt.date | None = Field(description="When it held.")
    kind: Kind
    what: str = Field(description="Event type, act of a statement, kind of a condition, kind of an affair and what it is about or where it stands.")
    before: str | None = Field(default=None, description="Where an affair stood before, as far as it is looked up.")
    status: str | None = Field(
        default=None, description="Of an event: actual, negated, planned, possible; of a condition: withheld, promised, threatened; of an affair its status."
    )
    sources: tuple[Named, ...]
    targets: tuple[Named, ...]
    source: Source

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        words = self.source.sentence or "[text not kept]"
        return {"Known": f"{self.known:%Y-%m-%d %H:%M}", "Day": day_of(self.day), "What": self.headline(), "Words": words, "Where": where_of(self.source)}

    def headline(self) -> str:
        """It in one line."""
        who, whom = names_of(self.sources), names_of(self.targets)
        match self.kind:
            case "affair":
                became = f"{self.before.replace('_', ' ')} → " if self.before else ""
                between = f"{who} → {whom}" if self.targets else " – ".join(a.name for a in self.sources)
                told = (self.status or "").replace("_", " ")
                return f"{between}: {self.what}" if not self.before and self.what.endswith(told) else f"{between}: {self.what}: {became}{told}"
            case "condition":
                verb = {"withheld": "withholds", "promised": "promises", "threatened": "threatens"}.get(self.status or "", "sets a condition")
                return f"{who} {verb} {self.what.replace('_', ' ')}" + (f" {whom} acts" if self.targets else "")
            case "statement":
                return f"{who}: {self.what}" + (f", about {whom}" if self.targets else "")
        return f"{who} → {whom}: {self.what}" + (f" ({self.status})" if self.status != "actual" else "")


def find_moved(
    connection: Connection,
    a: Party | None = None,
    b: Party | None = None,
    *,
    affair: int | None = None,
    kinds: Sequence[Kind] = MOVES,
    since: dt.date | None = None,
    limit: int = 50,
) -> list[Moved]:
    """The latest that moved, what was known last first.

    Args:
        connection: An open ledger.
        a: A side; its latest moments. None: of all sides statuses, new conditions, the sharpest words and deeds.
        b: Another: only what is between the two.
        affair: An affair's number: only its steps.
        kinds: Kinds of findings, where sides are told.
        since: Where neither sides nor an affair are told: the first day looked at; None: nothing.
        limit: How many at most; of all sides of each kind.

    Raises:
        NotInLedgerError: If there is no such affair.
    """
    if affair is not None:
        found = _steps(connection, affair, find_affair(connection, affair, limit=limit))
    elif a is not None:
        found = [_of_moment(m) for m in find_timeline(connection, a, b, kinds=kinds, limit=limit) if not m.background]
    elif since is not None:
        changes = find_changes(connection, since, view=NOW, limit=limit, most=MOST)
        found = [_draft(c.day, c.kind, c.what, c.before, c.after, c.sources, c.targets, c.source) for c in changes]
    else:
        found = []
    return sorted(_identified(connection, found), key=lambda m: (m.known, m.source.finding), reverse=True)


def moved_since(
    connection: Connection, seen: int, a: Party | None = None, b: Party | None = None, *, affair: int | None = None, kinds: Sequence[Kind] = MOVES, most: int = 200
) -> tuple[list[Moved], int]:
    """What moved by findings that were added after one, in the order in which they came; and the number of the last finding that was looked at.

    Args:
        connection: An open ledger.
        seen: Number of the last finding that was looked at.
        a: A side.
        b: Another.
        affair: An affair's number: only its steps.
        kinds: Kinds of findings, where sides are told.
        most: How many findings are looked at.

    Raises:
        NotInLedgerError: If there is no such affair.
    """
    if affair is None:
        moments, upto = added_since(connection, seen, a, b, kinds=kinds, most=most)
        return _identified(connection, [_of_moment(m) for m in moments]), upto
    last = connection.execute(select(func.max(tables.findings.c.id))).scalar() or 0
    upto = max(seen, min(last, seen + most))
    am, m = tables.affair_matters.c, tables.matters.c
    told = select(am.finding).join(tables.matters, m.id == am.matter).where(m.affair == affair, am.finding > seen, am.finding <= upto).limit(1)
    if connection.execute(told).first() is None:
        return [], upto
    steps = find_affair(connection, affair, limit=LONG)
    fresh = [s for s in _steps(connection, affair, steps) if seen < s.source.finding <= upto]
    return _identified(connection, sorted(fresh, key=lambda s: s.source.finding)), upto


def _of_moment(m: Moment) -> Moved:
    return _draft(m.day, m.kind, m.what.replace("_", " ") if m.kind == "affair" else m.what, None, m.status, m.sources, m.targets, m.source)


def _steps(connection: Connection, affair: int, steps: Sequence[Step]) -> list[Moved]:
    """Steps of an affair with those between whom it is; of sanctions who imposes them comes first."""
    (stands,) = of_numbers(connection, [steps[-1].affair]) if steps else (None,)
    if stands is None:
        return []
    sources, targets = (stands.parties[:1], stands.parties[1:]) if stands.kind == "sanctions" else (stands.parties, ())
    before = [None, *(s.status for s in steps)]
    what = f"{stands.kind}, {stands.subject}"
    return [_draft(s.day, "affair", what, was, s.status, sources, targets, s.source) for s, was in zip(steps, before, strict=False)]


def _draft(
    day: dt.date | None, kind: Kind, what: str, before: str | None, status: str | None, sources: tuple[Named, ...], targets: tuple[Named, ...], source: Source
) -> Moved:  # fmt: skip
    """Something that moved, its id and the moment still open."""
    return Moved(id="", known=dt.datetime.min, day=day, kind=kind, what=what, before=before, status=status, sources=sources, targets=targets, source=source)


def _identified(connection: Connection, drafts: Iterable[Moved]) -> list[Moved]:
    """The same with id and moment: both by the words on which it stands, not by the number that it has in this reading."""
    told = list(drafts)
    f, r, other = tables.findings.c, tables.reports.c, tables.findings.alias()
    o = other.c
    ledger = connection.execute(select(tables.facts.c.value).where(tables.facts.c.name == "ledger")).scalar() or ""
    same = and_(o.report == f.report, o.kind == f.kind, o.part == f.part, o.start == f.start, o.end == f.end)
    places: dict[int, tuple[object, ...]] = {}
    ids = sorted({m.source.finding for m in told})
    for start in range(0, len(ids), AT_ONCE):
        query = select(f.id, r.key, f.kind, f.part, f.start, f.end, func.min(o.known_from)).join(tables.reports, r.id == f.report).join(other, same)
        for row in connection.execute(query.where(f.id.in_(ids[start : start + AT_ONCE])).group_by(f.id, r.key, f.kind, f.part, f.start, f.end)):
            places[row[0]] = tuple(row[1:])
    found: dict[str, Moved] = {}
    for m in told:
        *place, known = places[m.source.finding]
        sides = [[a.code for a in of] for of in (m.sources, m.targets)]
        name = json.dumps([ledger, *place, m.kind, m.what, m.status, *sides])
        urn = uuid.uuid5(uuid.NAMESPACE_OID, name).urn
        found.setdefault(urn, m.model_copy(update={"id": urn, "known": known}))
    return list(found.values())
