"""Which of several places of one name is meant: by what contains it, by the countries of the report, by size, by what lies near."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.places.gazetteer import Entry

NEAR = 300.0  # kilometres: a town is at most so far from the middle of the region that the text puts it in
CONTAINED, COUNTRY, REGION_KIND, CITY_KIND, NEIGHBOUR = 4.0, 2.5, 2.0, 1.0, 1.0
_EARTH = 12_742.0


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the report with the places that bear it.

    Attributes:
        container: Position of the name that the text gives as what contains it (`Pandi, Bulacan`), None where it gives none.
        kind: The feature that a word beside it tells, None where none does.
    """

    entries: tuple[Entry, ...]
    container: int | None
    kind: str | None


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
            chosen[n] = _best(names[n], chosen, weights)
        weights = Counter(told)
        for entry in chosen:
            if entry is not None and entry.country:
                weights[entry.country] += 1
    return chosen


def _best(name: Named, chosen: Sequence[Entry | None], weights: Counter[str]) -> Entry | None:
    if len(name.entries) <= 1:
        return name.entries[0] if name.entries else None
    container = chosen[name.container] if name.container is not None else None
    return max(name.entries, key=lambda entry: _score(entry, name, container, weights, chosen))


def _score(entry: Entry, name: Named, container: Entry | None, weights: Counter[str], chosen: Sequence[Entry | None]) -> float:
    score = entry.weight
    if container is not None and container.country and container.country == entry.country and container is not entry:
        if container.feature == "country":
            score += CONTAINED
        elif kilometres(entry, container) < NEAR * (3 if container.country in ("US", "CA", "AU", "RU", "CN", "BR") else 1):
            score += CONTAINED + 1
    if entry.country and (count := weights[entry.country]):
        score += COUNTRY * (1 + min(1.0, math.log10(count)))
    if name.kind == "region" and entry.feature == "region":
        score += REGION_KIND
    elif name.kind == "city" and entry.feature == "city":
        score += CITY_KIND
    if entry.feature == "city" and any(o is not None and o is not entry and o.feature == "city" and o.country == entry.country and 0 < kilometres(o, entry) < NEAR for o in chosen):
        score += NEIGHBOUR
    return score
