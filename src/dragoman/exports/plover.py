"""Events as PLOVER records, one a line: the fields of the PLOVER manual under its names, and ours beside them.

Source of the names: "JSON Data Fields" of the PLOVER manual, draft 0.7b1 (2021), of the Open Event Data Alliance. That draft says `recipient` where earlier ones said `target`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from dragoman.answers.quads import QUADS, quad_of
from dragoman.exports.sectors import plover_code, plover_sector
from dragoman.exports.tellings import Doer, Happening, Telling, stories, together
from dragoman.ledger.view import NOW, View

# What PLOVER has names for …
FIELDS = {
    "id": "The event's id: stable, made of its first report, its type, its sides, its standing and its day.",
    "date": "The day of the event (ISO 8601); of the report that tells it where it has none of its own; empty where neither is known.",
    "source": "Who did it: a list of actors; empty where the report leaves it open.",
    "source[].code": "ISO 3166-1 alpha-3 of the state for which the actor acts; IGO for a body of states; empty for who acts for neither.",
    "source[].sector": "PLOVER's sector (GOV, MIL …), where the report tells it.",
    "source[].actor_text": "The actor's name.",
    "source[].identifier_id": "Wikidata item, where known.",
    "source[].identifier_text": "The actor's id in the ledger (`state:JPN`, `person:…`).",
    "source[].office": "The office by this report.",
    "recipient": "To whom it was done: a list of actors, as in source.",
    "event": "PLOVER types: a list of one.",
    "event_text": "The words that tell the act; empty list where the ledger keeps no text.",
    "event_loc": "Where, with the names of GeoNames: name, latitude, longitude, geonameid, country code; missing where not told.",
    "quad_code": "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
    "event_scale": "Goldstein weight of the CAMEO code, -10 (conflict) to 10 (cooperation).",
    "mode": "PLOVER modes: a list of one or none.",
    "context": "PLOVER contexts; `negation`, `future`, `hypothetical`, `historical` among them for events that are negated, planned, possible, background.",
    "link": "The story's first report: what is told of one happening has one link.",
    "text": "The sentence; missing where the ledger keeps no text.",
    "text_info": "`sequence`: number of the sentence in the report, from 1, 0 in the headline; `start`, `end`: code points of the words in their part.",
    "cite_info": "`url`, `title`, `publication`, `language` of the report; `coder`: the reader's fingerprint; `codebook`: version.",
    "coded_date": "The day on which the ledger came to know it.",
    # … and what it has not
    "cameo": "CAMEO code.",
    "status": "actual, negated, planned, possible.",
    "background": "Whether it is told as history.",
    "claimed_by": "The actor on whose word alone it stands; null where the report itself tells it.",
    "confidence": "How sure the reader is, 0 to 1.",
    "rule": "The rule or model that found it.",
    "reports": "How many reports of the story tell it.",
    "first_seen": "Day of the first report that tells it.",
    "last_seen": "Day of the last.",
    "sources": "Every report that tells it: number, reference, publisher, day, URL and the finding's number in the ledger.",
}
STANDING = {"negated": "negation", "planned": "future", "possible": "hypothetical"}


def lines(connection: Connection, view: View = NOW, *, every: bool = False, codebook: str = "") -> Iterator[str]:
    """PLOVER records as JSON Lines, one event a story."""
    for story in stories(connection, view):
        for happening in together(story, view, every=every):
            yield json.dumps(record(happening, codebook), ensure_ascii=False) + "\n"


def record(h: Happening, codebook: str = "") -> dict[str, Any]:
    """One event as a PLOVER record."""
    t = h.first
    e, r = t.event, t.report
    standing = [s for s in (STANDING.get(e.status), "historical" if e.background else None) if s]
    made = {
        "id": h.id, "date": _day(h.day), "source": [actor(d) for d in h.sources], "recipient": [actor(d) for d in h.targets], "event": [e.type],
        "event_text": [e.trigger] if e.trigger else [], "event_loc": location(t), "quad_code": QUADS.index(quad_of(e.type)) + 1, "event_scale": e.goldstein,
        "mode": [e.mode] if e.mode else [], "context": [*(c for c in e.context.split(",") if c), *standing], "link": r.story_key, "text": t.sentence,
        "text_info": {"sequence": t.sentence_number, "start": t.finding.start, "end": t.finding.end},
        "cite_info": _present({"url": r.url, "title": r.headline, "publication": r.publisher, "language": t.language, "coder": t.reader, "codebook": codebook or None}),
        "coded_date": t.finding.known_from.date().isoformat(),
        "cameo": e.cameo, "status": e.status, "background": bool(e.background), "claimed_by": actor(t.claimed_by) if t.claimed_by else None,
        "confidence": t.finding.confidence, "rule": t.finding.rule, "reports": h.reports, "first_seen": _day(h.seen[0]), "last_seen": _day(h.seen[1]),
        "sources": [source(x) for x in h.tellings],
    }  # fmt: skip
    return {k: v for k, v in made.items() if v is not None or k in ("date", "claimed_by")}


def actor(d: Doer) -> dict[str, Any]:
    """An actor as PLOVER's information object."""
    return _present({"code": plover_code(d), "sector": plover_sector(d), "actor_text": d.name, "identifier_id": d.wikidata, "identifier_text": d.id, "office": d.office})


def location(t: Telling) -> dict[str, Any] | None:
    """Where it happened, with the names of GeoNames."""
    e = t.event
    if e.place is None:
        return None
    return _present({"name": e.place, "latitude": e.lat, "longitude": e.lon, "geonameid": e.geonameid, "country code": e.country})


def source(t: Telling) -> dict[str, Any]:
    """One report that tells it."""
    r = t.report
    return _present({"report": r.id, "finding": t.finding.id, "ref": r.ref, "publisher": r.publisher, "published": _day(r.published), "url": r.url, "sentence": t.sentence})


def _present(told: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in told.items() if v is not None}


def _day(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())
