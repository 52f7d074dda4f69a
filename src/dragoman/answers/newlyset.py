"""Conditions that were first set in a time: those that nobody set before to the same effect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from dragoman.answers.clauses import Clauses
from dragoman.ledger import tables
from dragoman.ledger.gist import stem
from dragoman.ledger.names import Party
from dragoman.ledger.view import View

SPARE = 6  # sayings fetched for every condition that is wanted: many say the same
EARLIER = 100  # earlier sayings of a holder to those who owe that a condition is compared with, the latest of them


@dataclass(frozen=True, slots=True)
class NewlySet:
    """A condition at its first saying."""

    finding: int
    day: dt.date
    kind: str
    polarity: str
    holder: str | None
    words: frozenset[str]


def newly_set(connection: Connection, since: dt.date, sides: Sequence[Party], view: View, limit: int) -> list[NewlySet]:
    """Conditions set since a day and not in the sayings before it, those set last first.

    Args:
        connection: An open ledger.
        since: The first day.
        sides: All of them must set it or owe something by it.
        view: By which knowledge, up to when.
        limit: How many at most.
    """
    said = _said_since(connection, sides, view, limit * SPARE)
    first: list[NewlySet] = []
    alike: dict[tuple[str | None, str], tuple[Clauses, list[int]]] = {}  # by holder and polarity, with places in `first`
    for one in said:  # the latest first: an earlier saying of the same takes its place
        clauses, places = alike.setdefault((one.holder, one.polarity), (Clauses(), []))
        same = clauses.like(one.words) if one.holder else ()
        if same:
            first[places[same[0]]] = one
            continue
        clauses.put(one.words)
        places.append(len(first))
        first.append(one)
    found: list[NewlySet] = []
    for one in first:
        if len(found) == limit:
            break
        if not _was_said(connection, one, since, view):
            found.append(one)
    return found


def _said_since(connection: Connection, sides: Sequence[Party], view: View, most: int) -> list[NewlySet]:
    f, c, o = tables.findings.c, tables.conditions.c, tables.roles.c
    query: Select[Any] = select(f.id, f.day, c.kind, c.polarity, c.holder, c.gist).join(tables.conditions, c.finding == f.id).where(f.kind == "condition")
    for side in sides:
        query = query.where(f.id.in_(select(o.finding).where(o.kind == "condition", side.plays(tables.roles))))
    rows = connection.execute(view.narrow(query).order_by(f.day.desc(), f.id.desc()).limit(most))
    return [NewlySet(r.id, r.day, r.kind, r.polarity, r.holder, _stems(r.gist)) for r in rows]


def _was_said(connection: Connection, one: NewlySet, since: dt.date, view: View) -> bool:
    """Whether its holder said the same to the same before a day."""
    d, f, c = tables.dyads.c, tables.findings.c, tables.conditions.c
    pairs = connection.execute(select(d.source, d.target).where(d.finding == one.finding).distinct()).all()
    for pair in pairs:
        query = select(c.gist).select_from(tables.dyads.join(tables.findings, f.id == d.finding).join(tables.conditions, c.finding == d.finding))
        query = query.where(d.source == pair.source, d.target == pair.target, d.kind == "condition", d.day < since, c.polarity == one.polarity)
        earlier = connection.scalars(query.where(view.shows()).order_by(d.day.desc()).limit(EARLIER)).all()
        told = Clauses()
        for gist in earlier:
            told.put(_stems(gist))
        if told.like(one.words):
            return True
    return False


def _stems(gist: str) -> frozenset[str]:
    return frozenset(stem(word) for word in gist.split())
