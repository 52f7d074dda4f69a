"""Records to tables: one row a finding, with what it refers to written out, for Arrow, pandas, R."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dragoman.errors import MissingExtraError
from dragoman.exports.columns import TABLES, TableName, columns, kind, meaning
from dragoman.records import Actor, Affair, Condition, Event, Finding, Mention, Place, Record, Statement, TimeExpression

if TYPE_CHECKING:
    import pandas
    import pyarrow

type Row = dict[str, Any]


def table(records: Record | Iterable[Record], name: TableName) -> pyarrow.Table:
    """One kind of finding of one or many records as an Arrow table.

    Args:
        records: Records; drawn one by one.
        name: `actors`, `mentions`, `statements`, `events`, `conditions`, `affairs`, `times` or `places`.

    Returns:
        One row a finding. Beside the fields of the record: `ref`, `published`, `publisher` of the report, the words at its spans, and of
        every actor its name and whom it acts for (`source_codes`: ISO 3166-1 alpha-3 or body; empty text where it acts for none). What a column means stands
        in its field's metadata, and in docs/reference/tables.md.

    Raises:
        MissingExtraError: If pyarrow is not installed.
        ValueError: If there is no such table.
    """
    pa = _pyarrow()
    if name not in TABLES:
        raise ValueError(f"no table {name!r}; choose from {', '.join(TABLES)}")
    schema = _schema(pa, name)
    return pa.Table.from_pylist([row for record in _many(records) for row in rows(record, name)], schema=schema)


def frame(records: Record | Iterable[Record], name: TableName) -> pandas.DataFrame:
    """The same as `table`, as a pandas data frame: days as datetimes, whole numbers as `Int64`, which may be missing.

    Raises:
        MissingExtraError: If pandas or pyarrow is not installed.
    """
    try:
        import pandas
    except ImportError:
        raise MissingExtraError("Data frames need pandas. Install it with: pip install 'dragoman[tables]'") from None
    made = table(records, name)
    return made.to_pandas(date_as_object=False, types_mapper={_pyarrow().int64(): pandas.Int64Dtype()}.get)


def rows(record: Record, name: TableName) -> Iterator[Row]:
    """The rows of one record, as plain values; needs no further package."""
    report = record.report
    common = {"ref": record.ref, "published": report.published, "publisher": report.publisher}
    view = _View(record)
    make: Callable[[Any], Row] = getattr(view, name.removesuffix("s"))
    for finding in getattr(record, name):
        yield {**common, **make(finding)}


class _View:
    """Rows of one record; a method a table. The names of its methods are the tables' names in the singular."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.actors = {a.id: a for a in record.actors}

    def actor(self, a: Actor) -> Row:
        return a.model_dump()

    def mention(self, m: Mention) -> Row:
        return {**_finding(m), "actor": m.actor, "how": m.how, "start": m.span.start, "end": m.span.end, "words": self._words(m, m.span)}

    def statement(self, s: Statement) -> Row:
        row = {**_finding(s), "kind": s.kind, **self._one("speaker", s.speaker), "co_speakers": list(s.co_speakers), "on_behalf_of": s.on_behalf_of}
        row |= {"act": s.act, "manner": s.manner, "cue": self._words(s, s.cue_span), "content": " … ".join(self._words(s, x) or "" for x in s.content_spans)}
        row |= {**self._many("addressee", s.addressees), "reply_to": self._words(s, s.reply_to.span) if s.reply_to else None, "within": s.within}
        return row | {"start": min(x.start for x in s.content_spans), "end": max(x.end for x in s.content_spans)}

    def event(self, e: Event) -> Row:
        place = next((p for p in self.record.places if p.id == e.place), None)
        row = {**_finding(e), "type": e.type, "mode": e.mode, "context": list(e.context), "cameo": e.cameo}
        row |= {**self._many("source", e.sources), **self._many("target", e.targets), "status": e.status, "polarity": e.polarity, "modality": e.modality}
        row |= {
            "background": e.background,
            "time": e.time.value if e.time else None,
            "place": place.name if place else None,
            "geonameid": place.geonameid if place else None,
        }
        row |= {"intensity": e.intensity, **self._one("claimed_by", e.claimed_by), "statement": e.statement, "trigger": self._words(e, e.trigger_span)}
        return row | {"start": e.trigger_span.start, "end": e.trigger_span.end}

    def condition(self, c: Condition) -> Row:
        row = {**_finding(c), "kind": c.kind, "polarity": c.polarity, **self._one("holder", c.holder), **self._many("demanded_of", c.demanded_of)}
        row |= {"consequent": self._words(c, c.consequent_span), "antecedent": self._words(c, c.antecedent_span), "statement": c.statement}
        return row | {"start": min(c.consequent_span.start, c.antecedent_span.start), "end": max(c.consequent_span.end, c.antecedent_span.end)}

    def affair(self, a: Affair) -> Row:
        row = {**_finding(a), "kind": a.kind, "status": a.status, "subject": a.subject, **self._many("party", a.parties)}
        row |= {**self._many("sender", a.senders), **self._many("target", a.targets), "events": list(a.events), "statements": list(a.statements)}
        return row | {"evidence": self._words(a, a.evidence[0]), "start": a.evidence[0].start, "end": a.evidence[0].end}

    def time(self, t: TimeExpression) -> Row:
        return {**_finding(t), "type": t.type, "value": t.value, "words": self._words(t, t.span), "start": t.span.start, "end": t.span.end}

    def place(self, p: Place) -> Row:
        row = {**_finding(p), "name": p.name, "lat": p.lat, "lon": p.lon, "country": p.country, "geonameid": p.geonameid, "feature": p.feature}
        return row | {"words": self._words(p, p.span), "start": p.span.start, "end": p.span.end}

    def _one(self, role: str, id: str | None) -> Row:
        actor = self.actors.get(id or "")
        return {role: id, f"{role}_name": actor.name if actor else None, f"{role}_code": actor.acts_for if actor else None}

    def _many(self, role: str, ids: Iterable[str]) -> Row:
        known = [self.actors[x] for x in ids if x in self.actors]
        return {f"{role}_ids": [a.id for a in known], f"{role}_names": [a.name for a in known], f"{role}_codes": [a.acts_for or "" for a in known]}

    def _words(self, finding: Finding, span: Any) -> str | None:
        return None if span is None else self.record.report.words(span, finding.part)


def _finding(f: Finding) -> Row:
    return {"id": f.id, "part": f.part, "rule": f.rule, "confidence": f.confidence}


def _schema(pa: Any, name: TableName) -> Any:
    types = {"day": pa.date32(), "real": pa.float64(), "truth": pa.bool_(), "whole": pa.int64(), "texts": pa.list_(pa.string()), "text": pa.string()}
    return pa.schema([pa.field(c, types[kind(c)], metadata={"description": meaning(name, c)}) for c in columns(name)])


def _many(records: Record | Iterable[Record]) -> Iterable[Record]:
    return (records,) if isinstance(records, Record) else records


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise MissingExtraError("Tables need pyarrow. Install it with: pip install 'dragoman[tables]'") from None
    return pyarrow
