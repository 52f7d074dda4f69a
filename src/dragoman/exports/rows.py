"""Findings of a ledger as flat rows, one a finding, each with its source; drawn page by page, however many there are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from sqlalchemy import Connection, select

from dragoman.answers.actors import Named, named
from dragoman.answers.quads import quad_of
from dragoman.answers.source import Source, sources_of
from dragoman.ledger import tables
from dragoman.ledger.view import NOW, View

Kind = Literal["statement", "event", "condition", "affair"]
ColumnKind = Literal["text", "texts", "day", "real", "whole", "truth"]
AT_ONCE = 500  # findings in one page

_OWN: dict[Kind, dict[str, tuple[ColumnKind, str]]] = {
    "statement": {
        "act": ("text", "What the speaker does by saying it."),
        "kind": ("text", "Said, thought, or passed on."),
        "manner": ("text", "In whose words."),
        "cue": ("text", "The words of saying; empty where there are none, or no text is kept."),
        "content": ("text", "What is said; pieces that stand apart are joined by an ellipsis; empty where no text is kept."),
        "within": ("text", "Id, within its report, of the statement on whose word it stands."),
    },
    "event": {
        "type": ("text", "PLOVER type."),
        "mode": ("text", "PLOVER mode."),
        "context": ("texts", "PLOVER contexts."),
        "cameo": ("text", "CAMEO code, with its leading zero."),
        "goldstein": ("real", "Goldstein weight of the CAMEO code, -10 (conflict) to 10 (cooperation)."),
        "quad": ("text", "Quad class of the type."),
        "status": ("text", "Whether it came to pass."),
        "polarity": ("text", "Affirmed or negated."),
        "modality": ("text", "Asserted, planned, possible."),
        "background": ("truth", "Told as history rather than as news."),
        "time": ("text", "When, as an ISO 8601 prefix: its length is its precision; empty where the report gives none."),
        "claimed_by": ("text", "Id of the actor on whose word alone it stands; empty where the report itself tells it."),
        "trigger": ("text", "The words that tell the act; empty where no text is kept."),
        "place": ("text", "Where, by name."),
        "lat": ("real", "Latitude of the place, degrees, WGS 84."),
        "lon": ("real", "Longitude of the place, degrees, WGS 84."),
        "country": ("text", "ISO 3166-1 alpha-2 of the country in which the place lies."),
        "geonameid": ("whole", "GeoNames id of the place."),
    },
    "condition": {
        "kind": ("text", "How what depends hangs on the other."),
        "polarity": ("text", "Whether what depends is withheld, promised or threatened."),
        "consequent": ("text", "What depends; empty where no text is kept."),
        "antecedent": ("text", "On what it depends."),
        "withheld": ("text", "PLOVER type of the event that depends, where one was found in the words."),
        "awaited": ("text", "PLOVER type of the event that would fulfil it, where one was found in the words."),
    },
    "affair": {
        "kind": ("text", "Kind of matter."),
        "status": ("text", "Where it stands by this report."),
        "by_party": ("text", "Where parties stand apart: JSON, actor id to status."),
        "subject": ("text", "What it is about, in the report's words."),
        "affairs": ("texts", "Numbers of the affairs through time of which it is a step; of sanctions one for every sender and target."),
    },
}
_ROLES: dict[Kind, dict[str, str]] = {
    "statement": {"speaker": "who says it", "about": "to whom it is said and who is named in it"},
    "event": {"source": "who does it", "target": "to whom it is done"},
    "condition": {"holder": "who sets it", "owes": "who would bring the antecedent about"},
    "affair": {"party": "its parties", "sender": "who imposes sanctions", "target": "on whom they are imposed"},
}
_EVERY: dict[str, tuple[ColumnKind, str]] = {
    "finding": ("whole", "The finding's number in the ledger."),
    "day": ("day", "When it held: an event's own day where it has one, else the report's; empty for background without a day of its own."),
    "story": ("whole", "The story of its report: equal numbers tell of one happening."),
    "known_from": ("text", "Since when the ledger goes by it (ISO 8601, UTC)."),
    "reader": ("text", "Fingerprint of the reader."),
}
_SOURCE: dict[str, tuple[ColumnKind, str]] = {
    "report": ("whole", "The report's number in the ledger."),
    "ref": ("text", "The report's name as it was given."),
    "publisher": ("text", "Who brought the report."),
    "published": ("day", "The report's day."),
    "url": ("text", "The report's address."),
    "headline": ("text", "The report's headline; empty where no text is kept."),
    "part": ("text", "Whether it stands in the text or the headline."),
    "start": ("whole", "Where its evidence begins: code points from the beginning of the part."),
    "end": ("whole", "Where its evidence ends, exclusive."),
    "sentence": ("text", "The sentence around it; empty where no text is kept."),
    "rule": ("text", "The rule or model that found it."),
    "confidence": ("real", "How sure the reader is, 0 to 1."),
    "verdict": ("text", "What a person said of it."),
}


def columns(kind: Kind) -> dict[str, tuple[ColumnKind, str]]:
    """Columns of a kind of finding with what they hold and what they mean, in order."""
    sides: dict[str, tuple[ColumnKind, str]] = {}
    for role, who in _ROLES[kind].items():
        sides |= {
            f"{role}_names": ("texts", f"Names: {who}."),
            f"{role}_codes": ("texts", f"For whom each of them acts: {who}; his own id where for none."),
            f"{role}_ids": ("texts", f"Actor ids: {who}."),
        }
    finding, day = ({k: _EVERY[k]} for k in ("finding", "day"))
    rest = {k: v for k, v in _EVERY.items() if k not in ("finding", "day")}
    return {**finding, **day, **sides, **_OWN[kind], **{f"source_{k}": v for k, v in _SOURCE.items()}, **rest}


def pages(connection: Connection, kind: Kind, view: View = NOW, *, every: bool = True) -> Iterator[list[dict[str, Any]]]:
    """The rows of a kind of finding, a page at a time, in the order in which the ledger came to know them.

    Args:
        connection: An open ledger.
        kind: Which findings.
        view: As of when.
        every: Of events, also what is negated, planned, possible or background.
    """
    f, g, r = tables.findings.c, tables.readings.c, tables.reports.c
    own = tables.metadata.tables[{"statement": "statements", "event": "events", "condition": "conditions", "affair": "affairs"}[kind]]
    story = r.story_read if view.as_read else r.story
    joined = own.join(tables.findings, own.c.finding == f.id).join(tables.readings, g.id == f.reading).join(tables.reports, r.id == f.report)
    query = select(f.id, f.day, f.known_from, g.reader, story.label("story"), *own.c).select_from(joined)
    if not every:
        query = query.where(tables.events.c.status == "actual", tables.events.c.background.is_(False))
    query = view.narrow(query).order_by(own.c.finding).limit(AT_ONCE)
    last = 0
    while rows := connection.execute(query.where(own.c.finding > last)).all():
        ids = [row.id for row in rows]
        who, sources = named(connection, ids), sources_of(connection, ids)
        threads = _threads(connection, ids, view) if kind == "affair" else {}
        yield [_row(kind, row, who[row.id], sources[row.id], threads.get(row.id, [])) for row in rows]
        last = ids[-1]


def _row(kind: Kind, row: Any, who: dict[str, tuple[Named, ...]], source: Source, threads: list[str]) -> dict[str, Any]:
    told: dict[str, Any] = {"finding": row.id, "day": row.day, "story": row.story, "known_from": row.known_from.isoformat(), "reader": row.reader, "affairs": threads}
    told |= {"quad": quad_of(row.type), "context": [c for c in row.context.split(",") if c]} if kind == "event" else {}
    for role in _ROLES[kind]:
        actors = who.get(role, ())
        told |= {f"{role}_names": [a.name for a in actors], f"{role}_codes": [a.code for a in actors], f"{role}_ids": [a.id for a in actors]}
    told |= {f"source_{name}": getattr(source, name) for name in _SOURCE}
    return {name: told[name] if name in told else getattr(row, name) for name in columns(kind)}


def _threads(connection: Connection, ids: Sequence[int], view: View) -> dict[int, list[str]]:
    m, x = tables.matters.c, tables.affair_matters.c
    affair = m.affair_read if view.as_read else m.affair
    found: dict[int, list[str]] = {}
    for row in connection.execute(select(x.finding, affair.label("affair")).join(tables.matters, m.id == x.matter).where(x.finding.in_(ids)).order_by(x.finding, affair)):
        told = found.setdefault(row.finding, [])
        if str(row.affair) not in told:
            told.append(str(row.affair))
    return found


def as_json(row: dict[str, Any]) -> str:
    """A row as a line of JSON."""
    return json.dumps(row, ensure_ascii=False, default=str) + "\n"
