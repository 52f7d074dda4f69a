"""Where things happened: events, disputes and hostilities that have a place on the map. A capital that stands for a government is no place, and a whole country is no point."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, get_args

from pydantic import Field
from sqlalchemy import Connection, Select, or_, select

from dragoman.answers.actors import Named, named
from dragoman.answers.affairs import find_affairs
from dragoman.answers.quads import QUADS, Quad, quad_of, types_of
from dragoman.answers.row import Answered, day_of, names_of, where_of
from dragoman.answers.runs import affair_column
from dragoman.answers.source import Source, sources_of
from dragoman.ledger import tables
from dragoman.ledger.names import Party
from dragoman.ledger.view import NOW, View
from dragoman.places.gazetteer import countries_by_code
from dragoman.records import Known

Matter = Literal["dispute", "hostilities"]
type PlacedKind = Quad | Matter
MATTERS: tuple[Matter, ...] = get_args(Matter)
PLACED_KINDS: tuple[PlacedKind, ...] = (*QUADS, *MATTERS)
SPARE = 2  # tellings fetched for every event that is wanted
AFFAIRS = 40  # of a kind: those told of last
LATELY = 4  # tellings of an affair that are searched for its place


class Placed(Answered):
    """One event, dispute or hostilities at one place."""

    wide = "Words"

    kind: PlacedKind
    day: dt.date | None = Field(description="When it happened; of an affair when it was last told of.")
    what: str = Field(description="PLOVER type of an event; status of a dispute or of hostilities.")
    sources: tuple[Named, ...] = Field(description="Who acts; of an affair its parties.")
    targets: tuple[Named, ...]
    place: str
    lat: float = Field(description="Degrees north, WGS 84.")
    lon: float = Field(description="Degrees east.")
    country: str | None = Field(description="Where it lies, ISO 3166-1 alpha-2.")
    geonameid: int | None
    is_country: bool = Field(description="Whether no more than a whole country is told: its middle is no place where anything happened, and no point on the map.")
    weight: float | None = Field(description="Goldstein weight of an event.")
    affair: int | None = Field(description="Number of the affair; `dragoman affair` shows its history.")
    reports: int = Field(description="How many of the reports looked at tell it there.")
    source: Source

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        told = f"{names_of(self.sources)} → {names_of(self.targets)}" if self.targets else names_of(self.sources)
        words = self.source.sentence or "[text not kept]"
        return {"Day": day_of(self.day), "Place": self.place, "What": f"{self.kind.replace('_', ' ')}: {self.what}", "Who": told, "Words": words, "Where": where_of(self.source)}


class Spot(Known):
    """A place with all that happened there."""

    name: str
    lat: float
    lon: float
    country: str | None
    rows: tuple[Placed, ...] = Field(description="The latest first.")

    @property
    def events(self) -> int:
        """How many of them are events."""
        return sum(r.affair is None for r in self.rows)

    @property
    def mean(self) -> float:
        """Mean Goldstein weight of its events; a dispute without events counts as conflict."""
        weights = [r.weight for r in self.rows if r.weight is not None] or [-3.0 for r in self.rows if r.affair is not None] or [0.0]
        return round(sum(weights) / len(weights), 2) + 0.0


def spots(rows: Iterable[Placed]) -> list[Spot]:
    """Rows by the points of the map, those with most first."""
    at: dict[tuple[float, float], list[Placed]] = {}
    for row in rows:
        if not row.is_country:
            at.setdefault((row.lat, row.lon), []).append(row)
    made = [Spot(name=told[0].place, lat=lat, lon=lon, country=told[0].country, rows=tuple(told)) for (lat, lon), told in at.items()]
    return sorted(made, key=lambda s: (-len(s.rows), s.name))


def find_placed(connection: Connection, *, of: Sequence[Party] = (), kinds: Sequence[PlacedKind] = PLACED_KINDS, view: View = NOW, limit: int = 500) -> list[Placed]:
    """What has a place on the map, the latest first: events that came to pass and are told as news, each once; disputes and hostilities where they were last told to be.

    Args:
        connection: An open ledger.
        of: Only what one of these sides does, suffers or is a party of.
        kinds: Classes of events, and kinds of affairs.
        view: As of when, since when, by which knowledge.
        limit: How many at most.
    """
    rows = [*_events(connection, of, [k for k in kinds if k in QUADS], view, limit), *_affairs(connection, of, [k for k in MATTERS if k in kinds], view)]
    return sorted(rows, key=lambda r: (r.day or dt.date.min, r.source.finding), reverse=True)[:limit]


def _events(connection: Connection, of: Sequence[Party], quads: Sequence[Any], view: View, limit: int) -> Iterator[Placed]:
    types = [t for quad in quads for t in types_of()[quad]]
    if not types:
        return
    told: dict[int, list[Any]] = {}
    for row in connection.execute(_tellings(of, types, view).limit(limit * SPARE)):
        told.setdefault(row.event, []).append(row)
    first = [min(rows, key=lambda r: r.id) for rows in told.values()]
    who, sources = named(connection, (r.id for r in first)), sources_of(connection, (r.id for r in first))
    for row in first:
        yield Placed(
            kind=quad_of(row.type), day=row.day, what=row.type, sources=who[row.id].get("source", ()), targets=who[row.id].get("target", ()), **_where(row.place, row._mapping),
            weight=row.goldstein, affair=None, reports=len({r.report for r in told[row.event]}), source=sources[row.id],
        )  # fmt: skip


def _tellings(of: Sequence[Party], types: Sequence[str], view: View) -> Select[Any]:
    f, e = tables.findings.c, tables.events.c
    query = select(f.id, f.report, f.day, e.event, e.type, e.goldstein, e.place, e.lat, e.lon, e.country, e.geonameid).join(tables.events, e.finding == f.id)
    query = query.where(f.kind == "event", e.lat.is_not(None), e.status == "actual", e.background.is_(False))
    if len(types) < sum(len(t) for t in types_of().values()):
        query = query.where(e.type.in_(types))
    day = f.day
    if of:
        o = tables.roles
        query = query.join(o, o.c.finding == f.id).where(o.c.kind == "event", o.c.role.in_(("source", "target")), or_(*(who.plays(o) for who in of))).distinct()
        day = o.c.day
    return view.narrow(query.add_columns(day.label("held")), day=day).order_by(day.desc().nulls_last(), f.id.desc())


def _affairs(connection: Connection, of: Sequence[Party], kinds: Sequence[Matter], view: View) -> Iterator[Placed]:
    """Affairs at the places that their own words name, or else where their events happened."""
    several: list[tuple[Party, ...]] = [(who,) for who in of] or [()]
    affairs = {a.affair: a for kind in kinds for parties in several for a in find_affairs(connection, of=parties, kind=kind, view=view, limit=AFFAIRS)}
    placed = [(affair, *told) for affair in affairs.values() for told in _places_of(connection, affair.affair, view)]
    sources = sources_of(connection, (finding for _, finding, _, _ in placed))
    for a, finding, reports, place in placed:
        yield Placed(
            kind="dispute" if a.kind == "dispute" else "hostilities", day=a.day, what=a.status.replace("_", " "), sources=a.parties, targets=(), **_where(place["name"], place),
            weight=None, affair=a.affair, reports=reports, source=sources[finding],
        )  # fmt: skip


def _places_of(connection: Connection, affair: int, view: View) -> list[tuple[int, int, dict[str, Any]]]:
    """Places of an affair by its latest tellings: the finding that names each, and how many of the reports looked at do."""
    f, m, am, g = tables.findings.c, tables.matters.c, tables.affair_matters.c, tables.readings.c
    query = select(f.id, f.ref, f.report, g.record).join(tables.readings, g.id == f.reading).join(tables.affair_matters, am.finding == f.id).join(tables.matters, m.id == am.matter)
    rows = connection.execute(view.narrow(query.where(affair_column(view) == affair), day=am.day).order_by(am.day.desc().nulls_last(), f.id.desc()).limit(LATELY)).all()
    found: dict[tuple[float, float], list[tuple[int, int, dict[str, Any]]]] = {}
    for row in rows:
        for place in _named_in(json.loads(zlib.decompress(row.record)), row.ref):
            found.setdefault((place["lat"], place["lon"]), []).append((row.id, row.report, place))
    return [(told[0][0], len({report for _, report, _ in told}), told[0][2]) for told in found.values()]


def _named_in(record: dict[str, Any], ref: str) -> list[dict[str, Any]]:
    """Places with coordinates in the evidence of an affair; where there are none, those of its events."""
    affair = next((a for a in record["affairs"] if a["id"] == ref), None)
    if affair is None:  # a person amended it
        return []
    known = {p["id"]: p for p in record["places"] if p["lat"] is not None and p["feature"] != "country"}
    within = [p for p in known.values() if p["part"] == affair["part"] and any(begin <= p["span"][0] and p["span"][1] <= end for begin, end in affair["evidence"])]
    events = (e["place"] for e in record["events"] if e["id"] in affair["events"])
    return within or [known[p] for p in dict.fromkeys(events) if p in known]


def _where(name: str | None, place: Any) -> dict[str, Any]:
    country = countries_by_code().get(place["country"] or "")
    whole = country is not None and (place["lat"], place["lon"]) == (country.lat, country.lon)
    return {"place": name or "", "lat": place["lat"], "lon": place["lon"], "country": place["country"], "geonameid": place["geonameid"], "is_country": whole}
