"""The names nearest to one that nobody goes by: what a hand may have mistyped, then what has the same words, then what begins alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, func, select

from dragoman.ledger import tables

OFFERED = 5
SAME_WORDS = 90  # of 100: how far the words of two names must agree, in whatever order


def near_names(connection: Connection, asked: str, world: Mapping[str, int]) -> tuple[str, ...]:
    """Folded names near a folded name, the nearest first; none where all are far.

    Args:
        connection: An open ledger.
        asked: The name.
        world: Names that are known whether or not a report used them; of two that are equally near the one with the lower number goes first.
    """
    n = tables.names.c
    if len(asked) < 2:
        return ()
    slips = _slips(asked)
    called = list(connection.execute(select(n.folded).where(func.length(n.folded).between(len(asked) - slips, len(asked) + slips)).distinct()).scalars())
    mistyped = _mistyped(asked, (*world, *called), slips)
    surnames = list(connection.execute(select(n.last).where(func.length(n.last).between(len(asked) - slips, len(asked) + slips)).distinct()).scalars())
    found = dict(_of_surnames(connection, _mistyped(asked, surnames, slips))) | dict(mistyped)
    if found:
        best = min(found.values())
        close = [name for name, distance in found.items() if distance == best]
        return tuple(sorted(close, key=lambda name: (name[0] != asked[0], world.get(name, 0), abs(len(name) - len(asked)), name)))
    if " " in asked:
        everything = (*world, *connection.execute(select(n.folded).where(n.folded.like("% %")).distinct()).scalars())
        alike = process.extract(asked, everything, scorer=fuzz.token_sort_ratio, score_cutoff=SAME_WORDS, limit=OFFERED)
        return tuple(name for name, _, _ in alike)
    if len(asked) < 3:
        return ()
    begun = connection.execute(select(n.folded).where(n.folded >= asked, n.folded < asked + "\U0010ffff").order_by(n.folded).limit(OFFERED)).scalars()
    return tuple(dict.fromkeys((*(w for w in world if w.startswith(asked)), *begun)))


def _slips(asked: str) -> int:
    """How many letters of a name may be wrong: one of a short name, three of a long one."""
    return 1 if len(asked) <= 4 else 2 if len(asked) <= 9 else 3


def _mistyped(asked: str, names: Iterable[str], slips: int) -> list[tuple[str, int]]:
    """Names by how many letters are wrong, left out, put in or turned round; a name of two letters is near only to itself."""
    found = process.extract(asked, list(names), scorer=OSA.distance, score_cutoff=slips, limit=OFFERED * 4)
    return [(name, int(distance)) for name, distance, _ in found if len(name) > 2]


def _of_surnames(connection: Connection, surnames: Sequence[tuple[str, int]]) -> Iterable[tuple[str, int]]:
    """Whole names of people by their surnames, with the distance of the surname."""
    n = tables.names.c
    for surname, distance in surnames[:OFFERED]:
        for name in connection.execute(select(n.folded).where(n.last == surname).order_by(func.length(n.folded).desc()).limit(OFFERED)).scalars():
            yield name, distance
