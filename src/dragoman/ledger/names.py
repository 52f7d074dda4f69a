"""Whom a name means: `japan`, `JPN`, `jp`, `Tokyo`, `Russian Federation`, `Hayashi`, `person:yoshimasa-hayashi`. A wrong name gets the nearest ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, or_, select

from dragoman import resources
from dragoman.errors import UnknownNameError
from dragoman.ledger import tables
from dragoman.ledger.gist import folded
from dragoman.ledger.nearnames import OFFERED, near_names
from dragoman.ledger.people import Told, told_of_actors
from dragoman.ledger.view import NOW, View

if TYPE_CHECKING:
    from dragoman.actors.world import World


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody that the ledger is asked about.

    Attributes:
        id: Actor id.
        name: Name to be shown.
        code: The side that it is (`JPN`), when it stands for all who act for it; None for a person or body asked for alone.
        actors: Ids under which the ledger holds it: its own, and those that people merged into it.
        merged_codes: Codes of states and bodies that people merged into it.
    """

    id: str
    name: str
    code: str | None
    actors: tuple[str, ...]
    merged_codes: tuple[str, ...] = field(default=())

    @property
    def side(self) -> str:
        """Its code in a dyad."""
        return self.code or self.id

    @property
    def sides(self) -> tuple[str, ...]:
        """All codes under which it stands in dyads: its own, and those of whom people merged into it."""
        return tuple(dict.fromkeys((self.side, *self.merged_codes, *self.actors[1:])))

    def plays(self, roles: Any) -> ColumnElement[bool]:
        """Condition on `roles` or its alias: the part is played by it, by one who acts for it, or by one who was merged into it."""
        own: ColumnElement[bool] = roles.c.actor.in_(self.actors)
        if self.code is None:
            return own
        mine: ColumnElement[bool] = roles.c.code.in_((self.code, *self.merged_codes))
        return mine if len(self.actors) == 1 else or_(mine, own)

    def is_played_by(self, actor: str, code: str) -> bool:
        """Whether a part of this actor and code is its own, as `plays` has it."""
        if self.code is None:
            return actor in self.actors
        return code in (self.code, *self.merged_codes) or (len(self.actors) > 1 and actor in self.actors)


def party(connection: Connection, name: str, view: View = NOW) -> Party:
    """Who goes by a name: by people's word, by the world's list and by what reports call people.

    Args:
        connection: An open ledger.
        name: Name, code or id.
        view: Whether people's mergers and aliases count, and as of when.

    Raises:
        UnknownNameError: If nobody does, or several do and none before the others; it offers the nearest or all of them.
    """
    told = told_of_actors(connection, view)
    ids = list(dict.fromkeys(told.root(i) for i in _meant(connection, name, told)))
    if not ids:
        nearest = _nearest(connection, folded(name), told)
        offered = f" Did you mean {_or(nearest)}?" if nearest else ""
        raise UnknownNameError(f"Nobody in the ledger is known as {name!r}.{offered}", name=name, nearest=nearest)
    if len(ids) > 1:
        shown = ids if len(ids) <= OFFERED else [*ids[:OFFERED], f"one of {len(ids) - OFFERED} more"]
        raise UnknownNameError(f"{name!r} may be {_or(shown)}. Ask by one of these ids.", name=name, nearest=tuple(ids))
    root, *merged = told.members(ids[0])
    found = _party(connection, root)
    codes = tuple(dict.fromkeys(c for c in (_party(connection, m).code for m in merged) if c and c != found.code))
    return Party(found.id, found.name, found.code, (root, *merged), codes)


def actor_ids(connection: Connection, name: str) -> list[str]:
    """Ids of whoever goes by a name, mergers left aside; empty where nobody does."""
    return _meant(connection, name, Told())


def label(connection: Connection, id: str) -> tuple[str, str | None]:
    """Name of an actor, and the code of the state or body that it is or acts for."""
    facts = _facts().get(id)
    if facts is not None:
        return facts
    row = connection.execute(select(tables.actors.c.name, tables.actors.c.acts_for).where(tables.actors.c.id == id)).first()
    return (row.name, row.acts_for) if row else (id, None)


def _party(connection: Connection, id: str) -> Party:
    name, acts_for = label(connection, id)
    return Party(id, name, acts_for if id.startswith(("state:", "igo:")) else None, (id,))


def _meant(connection: Connection, name: str, told: Told) -> list[str]:
    asked = folded(name)
    known = _known().get(asked, ())
    return told.names.get(asked) or _states(known) or _best(list(dict.fromkeys((*known, *_in_ledger(connection, asked, name)))))


def _in_ledger(connection: Connection, asked: str, name: str) -> list[str]:
    """Ids by the names that reports use: the whole name, or the last word of a person's name."""
    n = tables.names.c
    if ":" in name and connection.execute(select(tables.actors.c.id).where(tables.actors.c.id == name)).first():
        return [name]
    whole = list(connection.execute(select(n.actor).where(n.folded == asked)).scalars())
    return whole or list(connection.execute(select(n.actor).where(n.last == asked).distinct().order_by(n.actor)).scalars())


def _best(ids: list[str]) -> list[str]:
    """Where a name may mean several, a state goes before a body, a body before all others (`Georgia`, `Washington`)."""
    return _states(ids) or [i for i in ids if i.startswith("igo:")] or ids


def _states(ids: Iterable[str]) -> list[str]:
    """Those of states; where the world knows one by a name, the ledger need not be asked."""
    return [i for i in ids if i.startswith("state:")]


def _nearest(connection: Connection, asked: str, told: Told) -> tuple[str, ...]:
    world = {name: 0 if ids[0].startswith("state:") else 1 for name, ids in _known().items()} | dict.fromkeys(told.names, 0)
    found = near_names(connection, asked, world)
    return tuple(dict.fromkeys(_shown(connection, name, told) for name in found))[:OFFERED]


def _shown(connection: Connection, asked: str, told: Told) -> str:
    if asked in told.names:
        return asked
    ids = _known().get(asked)
    if ids:
        return _facts()[_best(list(ids))[0]][0]
    return connection.execute(select(tables.names.c.name).where(tables.names.c.folded == asked)).scalar() or asked


def _or(names: Iterable[str]) -> str:
    *rest, last = names
    return f"{', '.join(rest)} or {last}" if rest else last


def _known() -> dict[str, tuple[str, ...]]:
    """Ids by folded name, code or id; of the world's list."""
    return _world()[0]


def _facts() -> dict[str, tuple[str, str | None]]:
    """Name and code by id; of the world's list."""
    return _world()[1]


@cache
def _world() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, str | None]]]:
    """Kept, as building the list takes longer than most questions."""
    files = b"".join(resources.raw(f"actors/{name}.yaml") for name in _files())
    return resources.kept("names-and-codes", version("dragoman").encode() + files, _made)


def _files() -> tuple[str, ...]:
    from dragoman.actors.world import FILES

    return FILES


def _made() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, str | None]]]:
    import pycountry

    from dragoman.actors.world import World

    world = World()
    names: dict[str, list[str]] = {}
    for name, id in _called(world):
        names.setdefault(folded(name), [])
        if id not in names[folded(name)]:
            names[folded(name)].append(id)
    for country in pycountry.countries:  # two letters (`jp`), where nobody is called so
        if f"state:{country.alpha_3}" in world.entries:
            names.setdefault(folded(country.alpha_2), [f"state:{country.alpha_3}"])
    return {n: tuple(i) for n, i in names.items()}, {e.id: (e.name, e.acts_for) for e in world.entries.values()}


def _called(world: World) -> Iterable[tuple[str, str]]:
    for entry in world.entries.values():
        if not entry.nobody:
            yield entry.id, entry.id
            if entry.acts_for and entry.id in (f"state:{entry.acts_for}", f"igo:{entry.acts_for}"):
                yield entry.acts_for, entry.id
    for name, meanings in world.names():
        for meaning in meanings:
            if not meaning.entry.nobody:
                yield name, meaning.entry.id
