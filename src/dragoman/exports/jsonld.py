"""Events as linked data: JSON-LD 1.1 with the vocabularies schema.org (who, what, where, when) and PROV-O (which report, which reader), and a few terms of our own.

The context stands in the document itself, so that it is understood without a network.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection

from dragoman.answers.quads import quad_of
from dragoman.exports.tellings import Doer, Happening, Telling, stories, together
from dragoman.ledger.view import NOW, View

OURS = "https://dragoman.invalid/ns#"  # a name, not an address: nothing is to be fetched there
CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "schema": "https://schema.org/", "prov": "http://www.w3.org/ns/prov#", "xsd": "http://www.w3.org/2001/XMLSchema#", "drg": OURS,
    "id": "@id", "type": "@type", "name": "schema:name", "url": {"@id": "schema:url", "@type": "@id"}, "sameAs": {"@id": "schema:sameAs", "@type": "@id"},
    "agent": {"@id": "schema:agent", "@type": "@id", "@container": "@set"}, "recipient": {"@id": "schema:recipient", "@type": "@id", "@container": "@set"},
    "startTime": {"@id": "schema:startTime", "@type": "xsd:date"}, "location": "schema:location", "latitude": {"@id": "schema:latitude", "@type": "xsd:double"},
    "longitude": {"@id": "schema:longitude", "@type": "xsd:double"}, "addressCountry": "schema:addressCountry", "jobTitle": "schema:jobTitle",
    "headline": "schema:headline", "publisher": "schema:publisher", "datePublished": {"@id": "schema:datePublished", "@type": "xsd:date"}, "inLanguage": "schema:inLanguage",
    "derivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id", "@container": "@set"}, "quotedFrom": {"@id": "prov:wasQuotedFrom", "@type": "@id"},
    "generatedAt": {"@id": "prov:generatedAtTime", "@type": "xsd:dateTime"}, "attributedTo": {"@id": "prov:wasAttributedTo", "@type": "@id"},
    "actsFor": "drg:actsFor", "plover": "drg:ploverType", "cameo": "drg:cameoCode", "goldstein": {"@id": "drg:goldstein", "@type": "xsd:double"}, "quad": "drg:quadClass",
    "mode": "drg:mode", "context": {"@id": "drg:context", "@container": "@set"}, "status": "drg:status", "background": {"@id": "drg:background", "@type": "xsd:boolean"},
    "claimedBy": {"@id": "drg:claimedBy", "@type": "@id"}, "sentence": "drg:sentence", "words": "drg:words", "start": {"@id": "drg:start", "@type": "xsd:integer"},
    "end": {"@id": "drg:end", "@type": "xsd:integer"}, "part": "drg:part", "rule": "drg:rule", "confidence": {"@id": "drg:confidence", "@type": "xsd:double"},
}  # fmt: skip
LASTING = ("urn:dragoman:actor:", "urn:dragoman:reader:")
KINDS = {"person": "schema:Person", "state": "schema:Country", "organization": "schema:Organization", "igo": "schema:Organization", "media": "schema:NewsMediaOrganization"}
MEANINGS = {
    "schema:Action": "An event: `agent` did it, `recipient` is to whom, `startTime` its day, `location` where.",
    "prov:Entity": "What one report tells of an event (a finding): `sentence`, `words`, where they stand, the rule, how sure; `quotedFrom` the report, `attributedTo` the reader.",
    "schema:NewsArticle": "A report.",
    "prov:SoftwareAgent": "A reader, by its fingerprint.",
    "schema:Person, schema:Country, schema:Organization, schema:NewsMediaOrganization, schema:Thing": "An actor; `actsFor` is the code of the state or body for which he acts.",
    "plover, cameo, goldstein, quad, mode, context": "Type and codes of an event; see the labels below.",
    "status, background, claimedBy": "Whether it came to pass, whether it is history, on whose word alone it stands.",
    "derivedFrom": "The findings that tell an event.",
    "generatedAt": "When the ledger came to know a finding.",
}


def pieces(connection: Connection, view: View = NOW, *, every: bool = False) -> Iterator[str]:
    """The document piece by piece, a node a line; every actor, report and reader once."""
    yield '{"@context": ' + json.dumps(CONTEXT) + ',\n "@graph": ['
    known: set[str] = set()  # actors and readers; what belongs to one story is forgotten with it
    between = "\n"
    for story in stories(connection, view):
        mine: set[str] = set()
        for happening in together(story, view, every=every):
            for node in nodes(happening):
                told = known if node["id"].startswith(LASTING) else mine
                if node["id"] not in told:
                    told.add(node["id"])
                    yield between + json.dumps(node, ensure_ascii=False)
                    between = ",\n"
    yield "\n]}\n"


def nodes(h: Happening) -> Iterator[dict[str, Any]]:
    """The event, its findings, its reports, readers and actors."""
    t = h.first
    e = t.event
    where = _present({"type": "schema:Place", "name": e.place, "latitude": e.lat, "longitude": e.lon, "addressCountry": e.country}) if e.place else None
    told = {
        "id": f"urn:dragoman:event:{h.id}", "type": ["schema:Action", "prov:Entity"], "agent": [_actor_id(d) for d in h.sources], "recipient": [_actor_id(d) for d in h.targets],
        "startTime": _day(h.day), "location": where, "plover": e.type, "cameo": e.cameo, "goldstein": e.goldstein, "quad": quad_of(e.type), "mode": e.mode,
        "context": [c for c in e.context.split(",") if c], "status": e.status, "background": bool(e.background), "claimedBy": t.claimed_by and _actor_id(t.claimed_by),
        "derivedFrom": [_finding_id(x) for x in h.tellings],
    }  # fmt: skip
    yield _present(told)
    for doer in (*h.sources, *h.targets, *([t.claimed_by] if t.claimed_by else [])):
        yield _actor(doer)
    for x in h.tellings:
        yield from _evidence(x)


def _evidence(t: Telling) -> Iterator[dict[str, Any]]:
    f, r = t.finding, t.report
    report, reader = f"urn:dragoman:report:{r.key}", f"urn:dragoman:reader:{t.reader}"
    told = {"id": _finding_id(t), "type": "prov:Entity", "quotedFrom": report, "attributedTo": reader, "sentence": t.sentence, "words": t.event.trigger, "part": f.part}
    told |= {"start": f.start, "end": f.end, "rule": f.rule, "confidence": f.confidence, "generatedAt": f.known_from.isoformat()}
    yield _present(told)
    about = {"headline": r.headline, "publisher": r.publisher, "datePublished": _day(r.published), "inLanguage": t.language, "url": r.url}
    yield _present({"id": report, "type": "schema:NewsArticle", **about})
    yield {"id": reader, "type": "prov:SoftwareAgent", "name": t.reader}


def _actor(d: Doer) -> dict[str, Any]:
    same = f"http://www.wikidata.org/entity/{d.wikidata}" if d.wikidata else None
    return _present({"id": _actor_id(d), "type": KINDS.get(d.kind, "schema:Thing"), "name": d.name, "actsFor": d.acts_for, "sameAs": same})


def _actor_id(d: Doer) -> str:
    return f"urn:dragoman:actor:{quote(d.id, safe=':')}"


def _finding_id(t: Telling) -> str:
    f = t.finding
    return f"urn:dragoman:finding:{t.report.key}:{f.part}:{f.start}-{f.end}:{t.event.type}:{f.ref}"


def _present(told: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in told.items() if v is not None}


def _day(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())
