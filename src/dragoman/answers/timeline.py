"""The timeline of two sides, or of one: what was said and done, what was made conditional, where matters moved, in order of days."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, Integer, Select, bindparam, or_, select

from dragoman.answers.actors import Named, named
from dragoman.answers.after import After
from dragoman.answers.row import Answered, day_of, names_of, where_of
from dragoman.answers.source import AT_ONCE, Source, sources_of
from dragoman.ledger import tables
from dragoman.ledger.happenings import Facts, verdict
from dragoman.ledger.names import Party
from dragoman.ledger.view import NOW, VIEWS, View

Kind = Literal["statement", "event", "condition", "affair"]
KINDS: tuple[Kind, ...] = ("statement", "event", "condition", "affair")
SPARE = 4  # findings fetched for every row that is wanted: many tell the same
LATELY = 64  # tellings of an affair that are looked at to see where it stood
DOING = {"statement": ("speaker",), "event": ("source",), "condition": ("holder",), "affair": ("party", "sender")}
SUFFERING = {"statement": ("about",), "event": ("target",), "condition": ("owes",), "affair": ("party", "target")}


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
class Found:
    """A finding on its way to be a moment; those of one `key` are one moment."""

    finding: int
    kind: Kind
    what: str
    status: str | None
    background: bool
    day: dt.date | None
    key: tuple[Any, ...]
    by_saying: bool = False  # an event that is a statement of the timeline seen as an act


def find_timeline(
    connection: Connection, a: Party, b: Party | None = None, *, kinds: Sequence[Kind] = KINDS, view: View = NOW, limit: int = 50, after: After | None = None
) -> list[Moment]:
    """The latest moments, in order of days. What several reports of one story tell is one moment, at its earliest telling; an affair is told only where its status moved.

    Args:
        connection: An open ledger.
        a: One side.
        b: The other; None: everybody.
        kinds: Kinds of findings.
        view: As of when.
        limit: How many at most.
        after: Only moments before this one, by its day and the number of its finding.
    """
    asked = _Asked(connection, a, b, view, after)
    spare = limit * SPARE
    while True:
        told, floor = _look(asked, kinds, spare)
        groups: dict[tuple[Any, ...], list[Found]] = {}
        for t in sorted(told, key=_place, reverse=True):
            groups.setdefault(t.key, []).append(t)
        chosen = _choose(asked, [group[-1] for group in groups.values()], floor, limit)
        if len(chosen) == limit or floor is None:
            return moments_of(connection, _judged(asked, chosen), {t.finding: len(groups[t.key]) for t in chosen})
        spare *= 4  # so many tell the same that too few moments were found among the latest


@dataclass(frozen=True, slots=True)
class _Asked:
    connection: Connection
    a: Party
    b: Party | None
    view: View
    after: After | None


def _look(asked: _Asked, kinds: Sequence[Kind], most: int) -> tuple[list[Found], dt.date | None]:
    """Look back through so many findings of each kind and direction.

    Returns:
        All findings of days after a floor; and the floor: of that day and earlier ones some were not looked at. None: all were.
    """
    found, floors = [], []
    for kind in kinds:
        for told in _latest(asked, kind, most):
            found += told
            if len(told) == most:
                floors.append(told[-1].day or dt.date.min)
    unique = {t.finding: t for t in found if not (t.by_saying and "statement" in kinds)}
    floor = max(floors, default=None)
    return [t for t in unique.values() if floor is None or (t.day or dt.date.min) > floor], floor


def _choose(asked: _Asked, first: Sequence[Found], floor: dt.date | None, limit: int) -> list[Found]:
    """The latest moments of a window. What was told up to its floor already has its place there, and an affair that stood there as it does now did not move: both are looked up for those chosen."""
    begun = {t.key[1]: t for t in sorted(first, key=_place, reverse=True) if t.kind == "affair"}  # the first step of each affair in the window
    stories: set[tuple[Kind, int]] = set()
    older: set[tuple[Any, ...]] = set()
    before: dict[int, Found | None] = {}
    while True:
        stood = [t for t in before.values() if t is not None]
        chosen = sorted((t for t in _moved([*(t for t in first if t.key not in older), *stood]) if t not in stood), key=_place)[-limit:]
        fresh = {(t.kind, t.key[1]) for t in chosen if t.kind != "affair"} - stories
        unknown = [number for number, t in begun.items() if t in chosen and number not in before]
        if floor is None or not (fresh or unknown):
            return chosen
        stories |= fresh
        older |= _older(asked, fresh, floor)
        before |= {number: _before(asked, number, floor) for number in unknown}


def _older(asked: _Asked, stories: Iterable[tuple[Kind, int]], floor: dt.date) -> set[tuple[Any, ...]]:
    """Keys of what an earlier report told up to a day: of statements and conditions by their stories, of events by their numbers."""
    r, f, e = tables.reports.c, tables.findings.c, tables.events.c
    early = or_(r.published <= floor, r.published.is_(None))  # a statement or a condition has the day of its report
    keys: set[tuple[Any, ...]] = set()
    for kind, pairs in itertools.groupby(sorted(stories), key=lambda s: s[0]):
        for some in _pieces([number for _, number in pairs]):
            if kind == "event":
                told = select(e.finding).join(tables.findings, f.id == e.finding).where(e.event.in_(some), or_(f.day <= floor, f.day.is_(None)))
                findings = list(asked.connection.scalars(told))
            else:
                reports = asked.connection.scalars(select(r.id).where(r.story.in_(some), early)).all()
                findings = [n for part in _pieces(reports) for n in asked.connection.scalars(select(f.id).where(f.report.in_(part)))]
            keys.update(t.key for part in _pieces(findings) for t in _among(asked, kind, part))
    return keys


def _before(asked: _Asked, affair: int, floor: dt.date) -> Found | None:
    """Where an affair stood up to a day, as far as it takes to see whether it moved; None where nothing told of it."""
    f, m, am = tables.findings.c, tables.matters.c, tables.affair_matters.c
    lately = select(am.finding).join(tables.matters, m.id == am.matter).where(m.affair == affair, or_(am.day <= floor, am.day.is_(None)))
    findings = asked.connection.scalars(lately.order_by(am.day.desc().nulls_last()).limit(LATELY)).all()
    steps = _among(asked, "affair", findings)
    if not steps and len(findings) == LATELY:  # all between others, or not seen in this view
        steps = [t for way in _latest(asked, "affair", LATELY, m.affair == affair, or_(f.day <= floor, f.day.is_(None))) for t in way]
    first = {t.key: t for t in sorted(steps, key=_place, reverse=True)}
    return max(first.values(), key=_place, default=None)


def _latest(asked: _Asked, kind: Kind, limit: int, *where: ColumnElement[bool]) -> Iterator[list[Found]]:
    """Findings of one kind, the latest first; each part or direction by itself, as an index holds it in that order."""
    a, b = asked.a, asked.b
    ways: list[tuple[Select[Any], ColumnElement[Any], dict[str, tuple[str, ...]]]]
    if b is None:
        ways = [(*_of_one(a, kind, role, asked.view.shape), {}) for role in parts_in(kind)]
    else:
        ways = [(*_from_one_to_other(kind, asked.view.shape), {"source": x.sides, "target": y.sides}) for x, y in ((a, b), (b, a))]
    for query, day, sides in ways:
        if asked.after is not None:
            query = query.where(asked.after.follows(day, tables.findings.c.id))
        query = query.where(*where) if where else query
        yield [told_by(kind, row) for row in asked.connection.execute(query, {**sides, "most": limit, **asked.view.values})]


def parts_in(kind: Kind) -> tuple[str, ...]:
    """Parts that somebody can have in a finding, as `roles` has them."""
    return tuple(dict.fromkeys((*DOING[kind], *SUFFERING[kind])))


@lru_cache(VIEWS)
def _of_one(a: Party, kind: Kind, role: str, view: View) -> tuple[Select[Any], ColumnElement[Any]]:
    """Findings of a kind in which somebody has a part; and the column of their days."""
    o = tables.roles.alias()
    query = details_of(kind).join(o, o.c.finding == tables.findings.c.id).where(o.c.kind == kind, o.c.role == role, a.plays(o))
    return _latest_first(query, o.c.day, view), o.c.day


@lru_cache(VIEWS)
def _from_one_to_other(kind: Kind, view: View) -> tuple[Select[Any], ColumnElement[Any]]:
    """Findings of a kind from one side (`source`) to another (`target`)."""
    d = tables.dyads.alias()
    sides = (d.c.source.in_(bindparam("source", expanding=True)), d.c.target.in_(bindparam("target", expanding=True)))
    query = details_of(kind).join(d, d.c.finding == tables.findings.c.id).where(*sides, d.c.kind == kind)
    return _latest_first(query, d.c.day, view), d.c.day


def _latest_first(query: Select[Any], day: ColumnElement[Any], view: View) -> Select[Any]:
    return view.narrow(query, day=day).order_by(day.desc().nulls_last()).limit(bindparam("most", type_=Integer))


def _among(asked: _Asked, kind: Kind, findings: Sequence[int]) -> list[Found]:
    """Those among some findings that are of a kind and of the sides asked for. Their sides are looked up first: a database that is asked for both at once goes through all findings of a side."""
    a, b, f, o, d = asked.a, asked.b, tables.findings.c, tables.roles.c, tables.dyads.c
    if b is None:
        parts = asked.connection.execute(select(o.finding, o.role, o.actor, o.code).where(o.finding.in_(findings)))
        mine = {finding for finding, role, actor, code in parts if role in parts_in(kind) and a.is_played_by(actor, code)}
    else:
        ways = {(x, y) for one, other in ((a, b), (b, a)) for x in one.sides for y in other.sides}
        mine = {finding for finding, source, target in asked.connection.execute(select(d.finding, d.source, d.target).where(d.finding.in_(findings))) if (source, target) in ways}
    if not mine:
        return []
    query = details_of(kind).where(f.id.in_(sorted(mine)))
    query = query if asked.after is None else query.where(asked.after.follows(f.day, f.id))
    return [told_by(kind, row) for row in asked.connection.execute(asked.view.narrow(query))]


def _judged(asked: _Asked, chosen: Sequence[Found]) -> list[Found]:
    """Events as their tellings together have them; what else there is as it is."""
    f, e = tables.findings.c, tables.events.c
    told: dict[int, list[Facts]] = defaultdict(list)
    for some in _pieces([t.key[1] for t in chosen if t.kind == "event"]):
        query = select(e.event, f.day, e.type, e.status, e.background, e.time).join(tables.findings, f.id == e.finding).where(e.event.in_(some), asked.view.shows())
        for x in asked.connection.execute(query):
            told[x.event].append(Facts(0, x.type, (frozenset(), frozenset()), x.time, x.day, x.status, bool(x.background)))
    judged = {number: verdict(facts) for number, facts in told.items()}
    return [replace(t, status=judged[t.key[1]].status, background=judged[t.key[1]].background) if t.kind == "event" else t for t in chosen]


def _place(told: Found) -> tuple[dt.date, int]:
    return told.day or dt.date.min, told.finding


def _pieces(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), AT_ONCE):
        yield numbers[start : start + AT_ONCE]


def details_of(kind: Kind) -> Select[Any]:
    """The query for findings of a kind with what a moment says of them."""
    f, r = tables.findings.c, tables.reports.c
    detail = {"statement": tables.statements, "event": tables.events, "condition": tables.conditions, "affair": tables.affairs}[kind]
    own: dict[Kind, tuple[Any, ...]] = {
        "statement": (tables.statements.c.act, tables.statements.c.speaker),
        "event": (tables.events.c.type, tables.events.c.status, tables.events.c.background, tables.events.c.statement, tables.events.c.claimed_by, tables.events.c.event),
        "condition": (tables.conditions.c.kind.label("connective"), tables.conditions.c.polarity, tables.conditions.c.holder),
        "affair": (tables.affairs.c.kind.label("affair"), tables.affairs.c.status, tables.affair_matters.c.matter, tables.matters.c.affair.label("number")),
    }
    query = select(f.id, f.day, r.story, *own[kind]).select_from(tables.findings).join(tables.reports, r.id == f.report).join(detail, detail.c.finding == f.id)
    if kind == "affair":
        query = query.join(tables.affair_matters, tables.affair_matters.c.finding == f.id).join(tables.matters, tables.matters.c.id == tables.affair_matters.c.matter)
    return query


def told_by(kind: Kind, row: Any) -> Found:
    """A row of that query."""
    match kind:
        case "statement":
            return Found(row.id, kind, row.act, None, False, row.day, (kind, row.story, row.act, row.speaker))
        case "event":
            return Found(
                row.id,
                kind,
                row.type,
                row.status,
                row.background,
                row.day,
                (kind, row.event),
                bool(row.statement and not row.claimed_by),
            )
        case "condition":
            return Found(row.id, kind, row.connective, row.polarity, False, row.day, (kind, row.story, row.connective, row.polarity, row.holder))
    return Found(row.id, kind, f"{row.affair}: {row.status}", row.status, False, row.day, (kind, row.number, row.status, row.day))


def _moved(told: Sequence[Found]) -> list[Found]:
    """All but affairs that stand as they stood at their last telling."""
    kept = [t for t in told if t.kind != "affair"]
    affairs = sorted((t for t in told if t.kind == "affair"), key=lambda t: (t.key[1], *_place(t)))
    for _, steps in itertools.groupby(affairs, key=lambda t: t.key[1]):
        kept += [next(same) for _, same in itertools.groupby(steps, key=lambda t: t.status)]
    return kept


def moments_of(connection: Connection, chosen: Sequence[Found], reports: dict[int, int]) -> list[Moment]:
    """Findings as moments, in the order given; `reports` says of each how many tell it."""
    ids = [t.finding for t in chosen]
    who, sources = named(connection, ids), sources_of(connection, ids)
    return [
        Moment(
            day=t.day, kind=t.kind, what=t.what, status=t.status, background=t.background, reports=reports[t.finding], source=sources[t.finding],
            sources=_roles(who[t.finding], *DOING[t.kind]), targets=_roles(who[t.finding], *SUFFERING[t.kind]),
        )
        for t in chosen
    ]  # fmt: skip


def _roles(roles: dict[str, tuple[Named, ...]], *names: str) -> tuple[Named, ...]:
    return next((roles[n] for n in names if roles.get(n)), ())
