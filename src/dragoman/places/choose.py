"""Which of several places of one name is meant: by what contains it, by the countries of the report, by size, by what lies near."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.places.gazetteer import Entry

NEAR = 300.0  # kilometres: towns so near to each other speak for each other
REACH = 1000.0  # kilometres: a town is at most so far from the middle of the region that the text puts it in
SMALL = 5.0  # weight of a town that is taken only where the report names its country or something in it
KNOWN, LESSER, OVERSHADOWED = 5.2, 0.5, 0.4  # a town with a much greater namesake of some 150,000 people is seldom named without its state or country: Athens, Georgia
CONTAINED, COUNTRY, INSIDE, NEIGHBOUR, LISTED = 4.0, 1.2, 1.2, 1.0, 2.0
NAMESAKE, STATES = 1.0, ("US", "CA", "AU")  # a region named after its chief town is told by its word (Geneva canton); states of federations stand without one (New York)
KIND = {"region": 2.0, "city": 1.0}
_EARTH = 12_742.0


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the report with the places that bear it.

    Attributes:
        container: Position of the name that the text gives as what contains it (`Pandi, Bulacan`), None where it gives none.
        kind: The feature that a word beside it tells, None where none does.
        listed: Whether the next name follows in a list (`Oregon, Ohio and Texas`).
    """

    entries: tuple[Entry, ...]
    container: int | None
    kind: str | None
    listed: bool = False


def kilometres(a: Entry, b: Entry) -> float:
    """Great-circle distance of two places."""
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return _EARTH * math.asin(math.sqrt(min(1.0, h)))


def choose(names: Sequence[Named], told: Counter[str]) -> list[Entry | None]:
    """The place that each name means, in two rounds: the second knows what the first chose.

    Args:
        names: The names of a report, in text order.
        told: How often the report names each country (alpha-2), by name, demonym or dateline.

    Returns:
        An entry for each name, None where it has none.
    """
    chosen: list[Entry | None] = [None] * len(names)
    weights = Counter(told)
    for _ in range(2):
        order = sorted(range(len(names)), key=lambda n: (names[n].container is not None, len(names[n].entries)))
        for n in order:
            chosen[n] = _best(n, names, chosen, weights)
        weights = Counter(told)
        for name, entry in zip(names, chosen, strict=True):
            if entry is not None and entry.country and len(name.entries) == 1:  # what was doubtful does not speak for itself
                weights[entry.country] += 1
    return chosen


def _best(n: int, names: Sequence[Named], chosen: Sequence[Entry | None], weights: Counter[str]) -> Entry | None:
    name = names[n]
    if not name.entries:
        return None
    container = chosen[name.container] if name.container is not None else None
    best = name.entries[0] if len(name.entries) == 1 else max(name.entries, key=lambda entry: _score(entry, n, names, container, weights, chosen))
    if best.feature == "city":
        if container is not None and container.code and container.country != best.country:
            return None  # Stroud, Ontario is not the one in England
        if best.weight < SMALL and best.country not in weights:
            return None
    return best


def _score(entry: Entry, n: int, names: Sequence[Named], container: Entry | None, weights: Counter[str], chosen: Sequence[Entry | None]) -> float:
    name = names[n]
    others = [(m, o) for m, o in enumerate(chosen) if m != n and o is not None and o.country == entry.country is not None]
    score = entry.weight + _contained(entry, container)
    if name.kind == entry.feature:
        score += KIND.get(entry.feature, 0.0)
    if entry.code and name.kind != "region" and any(e.feature == "city" and e.country == entry.country not in STATES and kilometres(e, entry) < NEAR for e in name.entries):
        score -= NAMESAKE
    if entry.code and any(abs(m - n) == 1 and o.code and names[min(m, n)].listed for m, o in others):
        score += LISTED
    return score + _context(entry, name, others, weights)


def _contained(entry: Entry, container: Entry | None) -> float:
    """Whether a place lies in what the text gives as containing it."""
    if container is None or container is entry or container.country is None or container.country != entry.country:
        return 0.0
    if container.feature == "country":
        return CONTAINED
    return (CONTAINED + 1) * max(0.0, 1 - kilometres(entry, container) / REACH) if entry.feature == "city" else 0.0


def _context(entry: Entry, name: Named, others: Sequence[tuple[int, Entry]], weights: Counter[str]) -> float:
    """What the countries and the other places of the report say for a place."""
    if any(e.feature == "country" for e in name.entries):
        # Georgia is the American state only where the report names Atlanta or Alabama
        return CONTAINED if entry.feature == "region" and any(o.feature in ("region", "city") for _, o in others) else 0.0
    score = 0.0
    if entry.country and (count := weights[entry.country]):
        score += COUNTRY * (1 + min(1.0, math.log10(count)))
    if any(o.feature in ("region", "city") and o.name != entry.name for _, o in others):
        score += INSIDE
    if entry.feature == "city":
        greatest = max(e.weight for e in name.entries)
        if entry.weight < greatest - LESSER and greatest >= KNOWN:
            score *= OVERSHADOWED
        if any(o.feature == "city" and 0 < kilometres(o, entry) < NEAR for _, o in others):
            score += NEIGHBOUR
    return score
