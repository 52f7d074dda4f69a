"""Answers in few words: a language model reads every one of them, so what is empty is left away and what is known by the field around it is said once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from dragoman.answers.actors import Named
from dragoman.answers.source import Source
from dragoman.records import Finding, Record
from dragoman.records.excerpts import excerpt

MOST_CHARACTERS = 40_000  # of one answer
TELLINGS = 3  # of one event or in one list within a row; how many there are is said


def answer(rows: Sequence[BaseModel], *, limit: int, **more: Any) -> str:
    """Rows as compact JSON, at most `MOST_CHARACTERS`; what was left away is said.

    Args:
        rows: One more than the limit shows that there are more.
        limit: How many were asked for.
        **more: What is said beside the rows.
    """
    shown: list[Any] = []
    size = 0
    for row in rows[:limit]:
        told = brief(row)
        size += len(json.dumps(told, ensure_ascii=False))
        if shown and size > MOST_CHARACTERS:
            break
        shown.append(told)
    if len(shown) < len(rows):
        more["more"] = f"These are the first {len(shown)}; there are more. Narrow the question (since, as_of, names, kinds) or raise limit."
    return compact({**{k: v for k, v in more.items() if v is not None}, "rows": shown})


def compact(told: Mapping[str, Any]) -> str:
    """JSON without blanks."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def brief(value: Any) -> Any:
    """A value of an answer in few words."""
    if isinstance(value, Named):
        return value.name if value.code in value.id else f"{value.name} ({value.code})"
    if isinstance(value, Source):
        return _source(value)
    if isinstance(value, BaseModel):
        told = {name: brief(getattr(value, name)) for name in type(value).model_fields}
        source = told.pop("source", None)
        kept = {k: v for k, v in told.items() if v not in (None, [], {}, "", False)}
        return kept if source is None else {**kept, **source}
    if isinstance(value, tuple | list):
        some = [brief(v) for v in value]
        return some if len(some) <= TELLINGS or isinstance(value[0], Named | str) else [*some[:TELLINGS], f"… {len(some) - TELLINGS} more"]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 2)
    return value


def _source(source: Source) -> dict[str, Any]:
    where = " ".join(x for x in (source.publisher, source.published.isoformat() if source.published else None, f"[r{source.report} f{source.finding}]") if x)
    told = {"sentence": source.sentence or "[text not kept]", "where": where, "url": source.url, "sure": round(source.confidence, 2), "verdict": source.verdict}
    return {k: v for k, v in told.items() if v is not None}


def brief_record(record: Record) -> str:
    """A record in few words: who, what, and the words it stands on."""
    names = {a.id: a.name for a in record.actors}

    def who(ids: Iterable[str | None]) -> list[str]:
        return [names.get(i, i) for i in ids if i is not None]

    def told(finding: Finding, **fields: Any) -> dict[str, Any]:
        words = "".join(p.text for p in excerpt(record, finding).pieces(record))
        kept = {k: v for k, v in fields.items() if v not in (None, [], "", False)}
        return {"id": finding.id, **kept, "sentence": " ".join(words.split()), "sure": round(finding.confidence, 2)}

    def said(part: str, spans: Sequence[Any]) -> str:
        return " … ".join(record.report.words(s, part) for s in spans)

    actors = [{"id": a.id, "name": a.name, "acts_for": a.acts_for} for a in record.actors]
    statements = [
        told(s, speaker=who((s.speaker, *s.co_speakers)), act=s.act, manner=s.manner, to=who(s.addressees), said=said(s.part, s.content_spans), within=s.within)
        for s in record.statements
    ]
    events = [
        told(
            e, type=e.type, mode=e.mode, cameo=e.cameo, status=e.status, history=e.background, who=who(e.sources), toward=who(e.targets), time=e.time and e.time.value,
            by_word_of=who((e.claimed_by,)),
        )
        for e in record.events
    ]  # fmt: skip
    conditions = [
        told(
            c, kind=c.kind, polarity=c.polarity, holder=who((c.holder,)), of=who(c.demanded_of), what=said(c.part, (c.consequent_span,)), on_what=said(c.part, (c.antecedent_span,))
        )
        for c in record.conditions
    ]  # fmt: skip
    affairs = [told(a, kind=a.kind, parties=who(a.parties), subject=a.subject, status=a.status) for a in record.affairs]
    whole = {"actors": actors, "statements": statements, "events": events, "conditions": conditions, "affairs": affairs, "notes": list(record.notes)}
    return compact({k: v for k, v in whole.items() if v})
