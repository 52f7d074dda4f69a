"""Events as FollowTheMoney entities, one a line: actors, reports, events, and a link for every two sides. Needs no package; a test has the `followthemoney` package check them.

An entity may come in several lines with one id, as when another report gives a person another office; `ftm aggregate` and whatever reads entities puts them together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from dragoman.answers.quads import quad_of
from dragoman.events.codes import table
from dragoman.exports.cameo import country
from dragoman.exports.sectors import is_state
from dragoman.exports.tellings import Doer, Happening, Telling, hashed, stories, together
from dragoman.ledger.view import NOW, View

SCHEMATA = {"person": "Person", "state": "PublicBody", "igo": "PublicBody", "organization": "Organization", "media": "Organization"}  # any other kind: LegalEntity
LANGUAGES = {"en": "eng"}  # FollowTheMoney has ISO 639-3
MEANINGS = {
    "Person, PublicBody, Organization, LegalEntity": "An actor: `name`, `country` for which he acts, `position`, `wikidataId`; PublicBody for states and bodies of states, LegalEntity for groups.",
    "Representation": "That a person acts for a state: `agent`, `client`.",
    "Article": "A report: `title`, `publisher`, `publishedAt`, `sourceUrl`, `language`. Its text stays in the ledger.",
    "Event": "An event: `name`, `date`, `involved` (whoever did it and to whom), `summary` (the sentence), `location`, `country` of the place, `proof` (its reports), `publisher`, `sourceUrl`; `recordId` is its id in our other exports; `keywords` are PLOVER type, CAMEO code, quad class, status and, where so, `background`; `notes` say on whose word alone it stands.",
    "UnknownLink": "Who did it to whom: `subject`, `object`, `role` (PLOVER type and name of the CAMEO code), `status`, `date`, `summary`, `proof`, `recordId`.",
}

type Entity = dict[str, Any]


def lines(connection: Connection, view: View = NOW, *, every: bool = False) -> Iterator[str]:
    """Entities as JSON Lines; an actor comes once with each office, a report once, before the first event that needs it."""
    known: set[tuple[str, ...]] = set()  # actors; what belongs to one story is forgotten with it
    for story in stories(connection, view):
        mine: set[str] = set()
        for happening in together(story, view, every=every):
            for doer in (*happening.sources, *happening.targets):
                if (doer.id, doer.office or "") not in known:
                    known.add((doer.id, doer.office or ""))
                    yield from map(_line, _actor(doer))
            for telling in happening.tellings:
                if telling.report.key not in mine:
                    mine.add(telling.report.key)
                    yield _line(_article(telling))
            yield from map(_line, entities(happening))


def entities(h: Happening) -> Iterator[Entity]:
    """The event and its links."""
    t = h.first
    e = t.event
    act = table()[e.cameo].name if e.cameo in table() else e.type
    proof = sorted({_id("report", x.report.key) for x in h.tellings})
    common: dict[str, Any] = {
        "date": [h.day and h.day.isoformat()],
        "summary": [t.sentence],
        "proof": proof,
        "publisher": sorted({x.report.publisher for x in h.tellings if x.report.publisher}),
    }
    common |= {"sourceUrl": sorted({x.report.url for x in h.tellings if _is_address(x.report.url)}), "recordId": [h.id]}
    sides = " → ".join(", ".join(d.name for d in doers) or "?" for doers in (h.sources, h.targets))
    keywords = [e.type, f"CAMEO {e.cameo}", quad_of(e.type), e.status, *(["background"] if e.background else [])]
    claimed = [f"On the word of {t.claimed_by.name} alone."] if t.claimed_by else []
    told: dict[str, Any] = {"name": [f"{e.type}: {sides}"], "involved": sorted({_id("actor", d.id) for d in (*h.sources, *h.targets)}), "location": [e.place], "keywords": keywords}
    yield _entity("Event", _id("event", h.id), {**told, "country": [e.country and e.country.lower()], "notes": claimed, **common})
    for source in h.sources:
        for target in h.targets:
            if source.id != target.id:
                ends = {"subject": [_id("actor", source.id)], "object": [_id("actor", target.id)], "role": [f"{e.type}: {act}"], "status": [e.status]}
                yield _entity("UnknownLink", _id("link", h.id, source.id, target.id), {**ends, **common})


def _actor(d: Doer) -> Iterator[Entity]:
    state = d.acts_for if d.acts_for and is_state(d.acts_for) else None
    told = {"name": [d.name], "country": [_alpha2(state)], "wikidataId": [d.wikidata], "position": [d.office if d.kind == "person" else None]}
    yield _entity(SCHEMATA.get(d.kind, "LegalEntity"), _id("actor", d.id), told)
    if d.kind == "person" and state:
        client = _id("actor", f"state:{state}")
        yield _entity("PublicBody", client, {"name": [country(state)], "country": [_alpha2(state)]})
        yield _entity("Representation", _id("acts for", d.id, state), {"agent": [_id("actor", d.id)], "client": [client], "role": [d.office]})


def _article(t: Telling) -> Entity:
    r = t.report
    told: dict[str, Any] = {
        "title": [r.headline],
        "publisher": [r.publisher],
        "publishedAt": [r.published and r.published.isoformat()],
        "language": [LANGUAGES.get(t.language or "")],
    }
    return _entity("Article", _id("report", r.key), {**told, "sourceUrl": [r.url if _is_address(r.url) else None]})


def _entity(schema: str, id: str, properties: Mapping[str, Any]) -> Entity:
    told = {name: [v for v in values if v] for name, values in properties.items()}
    return {"id": id, "schema": schema, "properties": {name: values for name, values in told.items() if values}}


def _id(*pieces: str) -> str:
    return f"drg-{hashed(pieces)}"


def _alpha2(code: str | None) -> str | None:
    if code is None:
        return None
    import pycountry

    found = pycountry.countries.get(alpha_3=code)
    return found.alpha_2.lower() if found else {"XKX": "xk"}.get(code)


def _is_address(url: str | None) -> bool:
    return bool(url) and str(url).startswith(("http://", "https://"))


def _line(entity: Entity) -> str:
    return json.dumps(entity, ensure_ascii=False) + "\n"
