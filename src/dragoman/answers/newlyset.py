"""Conditions that were first set in a time: those that nobody set before to the same effect."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from dragoman.answers.clauses import Clauses, are_alike
from dragoman.answers.source import AT_ONCE
from dragoman.ledger import tables
from dragoman.ledger.names import Party
from dragoman.ledger.view import VIEWS, View

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
    before = _Before(connection, since, view, [one.finding for one in first])
    return list(itertools.islice((one for one in first if not before.said(one)), limit))


def _said_since(connection: Connection, sides: Sequence[Party], view: View, most: int) -> list[NewlySet]:
    f, c, o = tables.findings.c, tables.conditions.c, tables.roles.c
    query: Select[Any] = select(f.id, f.day, c.kind, c.polarity, c.holder, c.withheld_gist, c.awaited_gist).join(tables.conditions, c.finding == f.id).where(f.kind == "condition")
    for side in sides:
        query = query.where(f.id.in_(select(o.finding).where(o.kind == "condition", side.plays(tables.roles))))
    rows = connection.execute(view.narrow(query).order_by(f.day.desc(), f.id.desc()).limit(most))
    return [NewlySet(r.id, r.day, r.kind, r.polarity, r.holder, _words(r.withheld_gist, r.awaited_gist)) for r in rows]


class _Before:
    """What was said before a day, looked up once for each pair of sides.

    Args:
        connection: An open ledger.
        since: That day.
        view: By which knowledge.
        findings: Conditions that will be asked for.
    """

    def __init__(self, connection: Connection, since: dt.date, view: View, findings: Sequence[int]) -> None:
        self.connection, self.since, self.view = connection, since, view
        self._pairs: dict[int, set[tuple[str, str]]] = defaultdict(set)
        self._earlier: dict[tuple[str, str, str], list[frozenset[str]]] = {}
        d = tables.dyads.c
        for start in range(0, len(findings), AT_ONCE):
            for finding, source, target in connection.execute(select(d.finding, d.source, d.target).where(d.finding.in_(findings[start : start + AT_ONCE]))):
                self._pairs[finding].add((source, target))

    def said(self, one: NewlySet) -> bool:
        """Whether a condition's holder said the same to the same before."""
        return any(are_alike(one.words, words) for pair in sorted(self._pairs[one.finding]) for words in self._told(*pair, one.polarity))

    def _told(self, source: str, target: str, polarity: str) -> list[frozenset[str]]:
        key = source, target, polarity
        if key not in self._earlier:
            told = {"by": source, "to": target, "polarity": polarity, "since": self.since, **self.view.values}
            self._earlier[key] = [_words(*gists) for gists in self.connection.execute(_told_before(self.view.shape), told)]
        return self._earlier[key]


@lru_cache(VIEWS)
def _told_before(view: View) -> Select[Any]:
    """Words of the latest conditions from one side (`by`) to another (`to`) before a day (`since`)."""
    d, f, c = tables.dyads.c, tables.findings.c, tables.conditions.c
    query = select(c.withheld_gist, c.awaited_gist).select_from(tables.dyads.join(tables.findings, f.id == d.finding).join(tables.conditions, c.finding == d.finding))
    query = query.where(d.source == bindparam("by"), d.target == bindparam("to"), d.kind == "condition", d.day < bindparam("since"), c.polarity == bindparam("polarity"))
    return query.where(view.shows()).order_by(d.day.desc()).limit(EARLIER)


def _words(*gists: str) -> frozenset[str]:
    return frozenset(word for gist in gists for word in gist.split())
