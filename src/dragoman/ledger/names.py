"""Whom a name means: `japan`, `JPN`, `Tokyo`, `Russian Federation`, `Hayashi`, `person:yoshimasa-hayashi`. A wrong name gets the nearest ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, func, select

from dragoman import resources
from dragoman.errors import UnknownNameError
from dragoman.ledger import tables
from dragoman.ledger.gist import folded

if TYPE_CHECKING:
    from dragoman.actors.world import World

NEAR = 70  # of 100: how like a name must be to be offered
OFFERED = 5


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody that the ledger is asked about.

    Attributes:
        id: Actor id.
        name: Name to be shown.
        code: The side that it is (`JPN`), when it stands for all who act for it; None for a person or body asked for alone.
        actors: Ids under which the ledger holds it: its own, and those that people merged into it.
    """

    id: str
    name: str
    code: str | None
    actors: tuple[str, ...]

    @property
    def side(self) -> str:
        """Its code in a dyad."""
        return self.code or self.id


def party(connection: Connection, name: str) -> Party:
    """Who goes by a name, by the world's list and by what reports call people.

    Raises:
        UnknownNameError: If nobody does, or several do and none before the others; it offers the nearest or all of them.
    """
    asked = folded(name)
    known = _known()
    found = dict.fromkeys((*known.get(asked, ()), *_in_ledger(connection, asked, name)))
    if not found:
        nearest = _nearest(connection, asked)
        offered = f" Did you mean {_or(nearest)}?" if nearest else ""
        raise UnknownNameError(f"Nobody in the ledger is known as {name!r}.{offered}", name=name, nearest=nearest)
    ids = _best(list(found))
    if len(ids) > 1:
        raise UnknownNameError(f"{name!r} may be {_or(ids)}. Ask by one of these ids.", name=name, nearest=tuple(ids))
    return _party(connection, ids[0])


def _party(connection: Connection, id: str) -> Party:
    facts = _facts().get(id)
    row = connection.execute(select(tables.actors.c.name, tables.actors.c.acts_for, tables.actors.c.kind).where(tables.actors.c.id == id)).first()
    name = facts[0] if facts else row.name if row else id
    code = (facts[1] if facts else row.acts_for if row else None) if id.startswith(("state:", "igo:")) else None
    return Party(id, name, code, (id,))


def _in_ledger(connection: Connection, asked: str, name: str) -> list[str]:
    """Ids by the names that reports use: the whole name, or the last word of a person's name."""
    n = tables.names.c
    if connection.execute(select(tables.actors.c.id).where(tables.actors.c.id == name)).first():
        return [name]
    whole = list(connection.execute(select(n.actor).where(n.folded == asked)).scalars())
    return whole or list(connection.execute(select(n.actor).where(n.folded.like(f"% {_escaped(asked)}", escape="\\"), n.actor.like("person:%")).distinct().limit(20)).scalars())


def _best(ids: list[str]) -> list[str]:
    """Where a name may mean several, a state goes before a body, a body before all others (`Georgia`, `Washington`)."""
    for kind in ("state:", "igo:"):
        chosen = [i for i in ids if i.startswith(kind)]
        if chosen:
            return chosen
    return ids


def _nearest(connection: Connection, asked: str) -> tuple[str, ...]:
    called = set(connection.execute(select(tables.names.c.folded).limit(200_000)).scalars())
    found = process.extract(asked, [*_known(), *called], scorer=fuzz.WRatio, score_cutoff=NEAR, limit=OFFERED * 3)
    return tuple(dict.fromkeys(_shown(connection, name) for name, _, _ in found))[:OFFERED]


def _shown(connection: Connection, asked: str) -> str:
    ids = _known().get(asked)
    if ids:
        return _facts()[ids[0]][0]
    return connection.execute(select(tables.names.c.name).where(tables.names.c.folded == asked).order_by(func.length(tables.names.c.name))).scalar() or asked


def _or(names: Iterable[str]) -> str:
    *rest, last = names
    return f"{', '.join(rest)} or {last}" if rest else last


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


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
    return resources.kept("known-names", version("dragoman").encode() + files, _made)


def _files() -> tuple[str, ...]:
    from dragoman.actors.world import FILES

    return FILES


def _made() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, str | None]]]:
    from dragoman.actors.world import World

    world = World()
    names: dict[str, list[str]] = {}
    for name, id in _called(world):
        names.setdefault(folded(name), [])
        if id not in names[folded(name)]:
            names[folded(name)].append(id)
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
