"""What people said of actors: who is whom, by which further names, in which offices. Read off the corrections that stand; nothing is copied from them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, or_, select

from dragoman.ledger import tables
from dragoman.ledger.gist import folded
from dragoman.ledger.view import NOW, VIEWS, View


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """An office that a person says somebody held.

    Attributes:
        actor: Who held it.
        office: The office.
        acts_for: Code of the state or body for which it acts; None where that was not said.
        begin: ISO 8601 prefix of the first day; None where open.
        end: Of the last day.
        correction: Number of the correction that says so.
        who: The person who said so.
    """

    actor: str
    office: str
    acts_for: str | None
    begin: str | None
    end: str | None
    correction: int
    who: str


@dataclass(slots=True)
class Told:
    """What people said of actors, in one view.

    Attributes:
        into: To whom an actor was merged.
        names: Actors by the folded names that people gave them.
        called: Names that people gave, by actor.
        offices: Offices that people gave.
    """

    into: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    called: dict[str, list[str]] = field(default_factory=dict)
    offices: list[OfficeHeld] = field(default_factory=list)

    def root(self, actor: str) -> str:
        """Who an actor is after all mergers."""
        while actor in self.into:
            actor = self.into[actor]
        return actor

    def members(self, root: str) -> tuple[str, ...]:
        """An actor and everybody who was merged into it."""
        return (root, *(x for x in self.into if self.root(x) == root))

    def merge(self, actor: str, other: str) -> None:
        """An actor is another."""
        one, two = self.root(actor), self.root(other)
        if one != two:
            self.into[one] = two

    def split(self, actor: str) -> None:
        """An actor stands for itself again, apart from all with whom it was merged."""
        self.into = {x: y for x, y in self.into.items() if actor not in (x, y)}


def standing(view: View) -> ColumnElement[bool]:
    """Condition on corrections: made and not undone in this view."""
    c = tables.corrections.c
    if view.as_read:
        return false()
    if view.known is None:
        return c.undone.is_(None)
    return and_(c.made <= view.known, or_(c.undone.is_(None), c.undone > view.known))


def told_of_actors(connection: Connection, view: View = NOW) -> Told:
    """What people said of actors, one correction after the other."""
    told = Told()
    for row in connection.execute(_of_actors(view.shape), view.values):
        _take(told, row.what, json.loads(row.detail), row)
    return told


@lru_cache(VIEWS)
def _of_actors(view: View) -> Select[Any]:
    """Corrections of actors that stand, in order."""
    c = tables.corrections.c
    return select(c.id, c.what, c.who, c.detail).where(c.what.in_(("merge_actors", "split_actors", "alias", "office")), standing(view)).order_by(c.id)


def aliases_of(connection: Connection, actors: Iterable[str], view: View = NOW) -> tuple[str, ...]:
    """Further names that people gave to actors."""
    told = told_of_actors(connection, view)
    return tuple(dict.fromkeys(name for actor in actors for name in told.called.get(actor, ())))


def offices_of(connection: Connection, actors: Iterable[str], view: View = NOW) -> tuple[OfficeHeld, ...]:
    """Offices that people say actors held, the earliest first; `as_of` and `since` of the view leave out what lies beyond them."""
    mine = set(actors)
    held = [o for o in told_of_actors(connection, view).offices if o.actor in mine and _within(o, view)]
    return tuple(sorted(held, key=lambda o: (o.begin or "", o.correction)))


def _take(told: Told, what: str, detail: dict[str, Any], row: Any) -> None:
    match what:
        case "merge_actors":
            told.merge(detail["actor"], detail["is"])
        case "split_actors":
            told.split(detail["actor"])
        case "alias":
            told.names.setdefault(folded(detail["name"]), []).append(detail["actor"])
            told.called.setdefault(detail["actor"], []).append(detail["name"])
        case "office":
            told.offices.append(OfficeHeld(detail["actor"], detail["office"], detail["acts_for"], detail["begin"], detail["end"], row.id, row.who))


def _within(office: OfficeHeld, view: View) -> bool:
    return _not_after(office.begin, view.as_of) and _not_before(office.end, view.since)


def _not_after(prefix: str | None, day: dt.date | None) -> bool:
    return prefix is None or day is None or prefix <= day.isoformat()[: len(prefix)]


def _not_before(prefix: str | None, day: dt.date | None) -> bool:
    return prefix is None or day is None or prefix >= day.isoformat()[: len(prefix)]
