"""A record as the ledger's rows: one finding, one row, with who has which part in it and between which sides it stands."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table

from dragoman.ledger import tables
from dragoman.ledger.gist import content_words, stem
from dragoman.ledger.topics import names_one_of
from dragoman.ledger.weighing import pressing
from dragoman.records import Actor, Affair, Condition, Event, Finding, Record, Report, Span, Statement
from dragoman.records.excerpts import excerpt, key_span

type Row = dict[str, Any]

KINDS = {Statement: "statement", Event: "event", Condition: "condition", Affair: "affair"}
NO_SIDE = ("office:private",)  # rules that make an actor of people who have no part in politics: "reporters", "Russian citizens"
GROUPS = ("statements", "events", "conditions", "affairs")  # fields of a record whose findings the ledger answers from


@dataclass(slots=True)
class Ids:
    """The next free id of every table; the writer alone gives them, so they are counted in memory."""

    free: dict[str, int]

    def take(self, table: Table) -> int:
        """A fresh id."""
        number = self.free[table.name]
        self.free[table.name] = number + 1
        return number


@dataclass(slots=True)
class Rows:
    """Rows to be inserted, by table, in an order that keeps references whole."""

    by_table: dict[Table, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def put(self, table: Table, row: Row) -> None:
        """Add a row."""
        self.by_table[table].append(row)

    def __getitem__(self, table: Table) -> list[Row]:
        return self.by_table.get(table, [])

    def ordered(self) -> Iterator[tuple[Table, list[Row]]]:
        """Tables with their rows, a table after those that it refers to."""
        for table in tables.metadata.sorted_tables:
            if table in self.by_table:
                yield table, self.by_table[table]


@dataclass(frozen=True, slots=True)
class Kept:
    """Where findings go.

    Attributes:
        report: Id of the report's row.
        reading: Id of the reading's row.
        at: From when on it is known.
        keep_text: Whether words of the report are kept.
        correction: The correction that made the findings; None for what the reader found.
    """

    report: int
    reading: int
    at: dt.datetime
    keep_text: bool = True
    correction: int | None = None


def reading_row(record: Record, kept: Kept) -> Row:
    """The row of a reading."""
    return {"id": kept.reading, "report": kept.report, "reader": record.reader, "known_from": kept.at, "known_to": None, "record": packed(record)}


def packed(record: Record) -> bytes:
    """A record without its report, as compressed JSON."""
    return zlib.compress(record.model_dump_json(exclude={"report", "ref"}).encode(), 6)


def unpacked(blob: bytes, report: Report, ref: str | None) -> Record:
    """The record again, from `packed` and its report."""
    return Record.model_validate({**json.loads(zlib.decompress(blob)), "report": report, "ref": ref})


def put_appearances(record: Record, kept: Kept, rows: Rows, ids: Ids) -> None:
    """Rows of who stands in a report."""
    for a in record.actors:
        row = {"id": ids.take(tables.appearances), "reading": kept.reading, "report": kept.report, "actor": a.id, "name": a.name, "office": a.office}
        rows.put(tables.appearances, {**row, "sector": a.sector, "acts_for": a.acts_for, "day": record.report.published})


def put_findings(record: Record, kept: Kept, rows: Rows, ids: Ids, *, only: Iterable[Finding] | None = None) -> dict[str, int]:
    """Rows of the findings of a record; gives the row id of each by its id within the record.

    Args:
        record: The record that they stand in.
        kept: Where they go.
        rows: Takes the rows.
        ids: Gives ids.
        only: These findings instead of all of the record.
    """
    maker = _Maker(record, kept, rows, ids)
    chosen = only if only is not None else (f for g in GROUPS for f in getattr(record, g))
    return {f.id: maker.put(f) for f in chosen}


def evidence(finding: Finding) -> Span:
    """The words by which a finding is known again after another reading."""
    match finding:
        case Statement():
            return Span(finding.content_spans[0].start, finding.content_spans[-1].end)
        case Condition():
            return finding.consequent_span
        case _:
            return key_span(finding)


def held_on(event: Event, published: dt.date | None) -> dt.date | None:
    """The day of an event: its own if it came to pass and has one, else the report's; None for history without a date."""
    if event.time is None or event.status not in ("actual", "negated"):
        return None if event.background else published
    own = first_day(event.time.value)
    return published if own is None or (published is not None and own > published) else own


def first_day(value: str) -> dt.date | None:
    """The first day of a span of time given as an ISO 8601 prefix (`2022`, `2022-02`, `2022-02-24T08`); None where it is none."""
    pieces = value[:10].split("-")
    try:
        year, month, day = (int(pieces[i]) if i < len(pieces) else 1 for i in range(3))
        return dt.date(year, month, day)
    except ValueError:
        return None


class _Maker:
    """Makes the rows of one record's findings."""

    def __init__(self, record: Record, kept: Kept, rows: Rows, ids: Ids) -> None:
        self.record, self.kept, self.rows, self.ids = record, kept, rows, ids
        self.actors: Mapping[str, Actor] = {a.id: a for a in record.actors}
        self.places = {p.id: p for p in record.places}

    def put(self, finding: Finding) -> int:
        """The rows of one finding; gives its row id."""
        kind = KINDS[type(finding)]
        number = self.ids.take(tables.findings)
        day = self._day(finding)
        span = evidence(finding)
        sentence = excerpt(self.record, finding).stretch
        row = {"id": number, "reading": self.kept.reading, "report": self.kept.report, "kind": kind, "ref": finding.id, "part": finding.part}
        row |= {"start": span.start, "end": span.end, "sentence_start": sentence.start, "sentence_end": sentence.end, "rule": finding.rule[:120]}
        row |= {"confidence": finding.confidence, "pressing": pressing(finding), "day": day, "correction": self.kept.correction, "known_from": self.kept.at, "known_to": None}
        self.rows.put(tables.findings, row)
        getattr(self, f"_put_{kind}")(finding, number, day)
        return number

    def _day(self, finding: Finding) -> dt.date | None:
        """When it held. What was said long ago ("In 1956 Moscow offered …") has the day of the act that it is."""
        published = self.record.report.published
        acts = [e for e in self.record.events if e is finding or (e.statement == finding.id and e.claimed_by is None)]
        return held_on(acts[0], published) if acts else published

    def _put_statement(self, s: Statement, number: int, day: dt.date | None) -> None:
        content = self._words(s, *s.content_spans)
        row = {"finding": number, "kind": s.kind, "manner": s.manner, "act": s.act, "speaker": s.speaker, "cue": self._words(s, s.cue_span), "content": content}
        self.rows.put(tables.statements, {**row, "within": s.within})
        speakers = tuple(x for x in (s.speaker, *s.co_speakers) if x)
        about = tuple(dict.fromkeys((*s.addressees, *self._within(s))))
        self._parts(number, "statement", day, speaker=speakers, about=about)
        self._pairs(number, "statement", day, s.act, self._sides(speakers), self._sides(about))

    def _put_event(self, e: Event, number: int, day: dt.date | None) -> None:
        place = self.places.get(e.place or "")
        row: Row = {"finding": number, "type": e.type, "mode": e.mode, "context": ",".join(e.context), "cameo": e.cameo, "status": e.status, "polarity": e.polarity}
        row |= {"modality": e.modality, "background": e.background, "time": e.time.value if e.time else None, "goldstein": e.intensity, "event": number}
        row |= {"claimed_by": e.claimed_by, "statement": e.statement, "trigger": self._words(e, e.trigger_span)}
        row |= {"place": place and place.name, "lat": place and place.lat, "lon": place and place.lon, "country": place and place.country}
        self.rows.put(tables.events, {**row, "geonameid": place and place.geonameid})
        self._parts(number, "event", day, source=e.sources, target=e.targets)
        self._pairs(number, "event", day, e.type, self._sides(e.sources), self._sides(e.targets))

    def _put_condition(self, c: Condition, number: int, day: dt.date | None) -> None:
        on, of = self._type_in(c, c.antecedent_span), self._type_in(c, c.consequent_span)
        holder = (c.holder,) if c.holder else ()
        owes = sorted(set(self._codes(c.demanded_of)))
        row = {"finding": number, "kind": c.kind, "polarity": c.polarity, "holder": c.holder, "consequent": self._words(c, c.consequent_span)}
        row |= {"antecedent": self._words(c, c.antecedent_span), "awaited": on, "withheld": of, "statement": c.statement}
        row |= {"sides": " ".join((*self._codes(holder), ">", *owes))}
        row |= {f"{name}_gist": self._gist(c, span, {*self._codes(holder), *owes}) for name, span in (("withheld", c.consequent_span), ("awaited", c.antecedent_span))}
        self.rows.put(tables.conditions, row)
        self._parts(number, "condition", day, holder=holder, owes=c.demanded_of)
        self._pairs(number, "condition", day, c.kind, self._sides(holder), self._sides(c.demanded_of))

    def _put_affair(self, a: Affair, number: int, day: dt.date | None) -> None:
        apart = json.dumps({p.party: p.status for p in a.status_by_party}) if a.status_by_party else None
        self.rows.put(tables.affairs, {"finding": number, "kind": a.kind, "status": a.status, "by_party": apart, "subject": a.subject})
        if a.senders and a.targets:
            self._parts(number, "affair", day, sender=a.senders, target=a.targets)
            self._pairs(number, "affair", day, a.kind, self._codes(a.senders), self._codes(a.targets))
        else:
            parties = self._codes(a.parties)
            self._parts(number, "affair", day, party=a.parties)
            self._pairs(number, "affair", day, a.kind, parties, parties)

    def _parts(self, number: int, kind: str, day: dt.date | None, **roles: tuple[str, ...]) -> None:
        for role, actors in roles.items():
            for actor in dict.fromkeys(actors):
                row = {"id": self.ids.take(tables.roles), "finding": number, "kind": kind, "role": role, "actor": actor, "code": self._code(actor), "day": day}
                self.rows.put(tables.roles, row)

    def _pairs(self, number: int, kind: str, day: dt.date | None, type_: str, sources: tuple[str, ...], targets: tuple[str, ...]) -> None:
        for source, target in dict.fromkeys((s, t) for s in sources for t in targets if s != t):
            row = {"id": self.ids.take(tables.dyads), "finding": number, "kind": kind, "source": source, "target": target, "day": day, "type": type_}
            self.rows.put(tables.dyads, row)

    def _code(self, actor: str) -> str:
        known = self.actors.get(actor)
        return (known.acts_for or known.id) if known else actor

    def _codes(self, actors: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._code(a) for a in actors))

    def _sides(self, actors: Iterable[str]) -> tuple[str, ...]:
        """Codes of those who can be a side: neither reporters nor papers, nor people without a part in politics."""
        known = ((a, self.actors.get(a)) for a in actors)
        return self._codes(a for a, k in known if k is None or k.acts_for or (k.kind != "media" and k.rule not in NO_SIDE))

    def _within(self, s: Statement) -> Iterator[str]:
        """Who is named in what was said, but for the speaker's own side."""
        own = {self._code(x) for x in (s.speaker, *s.co_speakers) if x}
        for mention in self.record.mentions:
            if mention.part == s.part and any(c.start <= mention.span.start and mention.span.end <= c.end for c in s.content_spans) and self._code(mention.actor) not in own:
                yield mention.actor

    def _type_in(self, c: Condition, span: Span) -> str | None:
        """The type of the event that a clause of a condition tells."""
        for e in self.record.events:
            if e.part == c.part and span.start <= e.trigger_span.start and e.trigger_span.end <= span.end:
                return e.type
        return None

    def _words(self, finding: Finding, *spans: Span | None) -> str | None:
        there = [s for s in spans if s is not None]
        return " … ".join(self._said(finding, s) for s in there) if there and self.kept.keep_text else None

    def _gist(self, finding: Finding, span: Span, sides: Collection[str]) -> str:
        """Stems of a clause, without the names of the sides."""
        return " ".join(sorted({stem(w) for w in content_words(self._words(finding, span) or "") if not names_one_of(w, sides)}))

    def _said(self, finding: Finding, span: Span) -> str:
        return self.record.report.words(span, finding.part)
