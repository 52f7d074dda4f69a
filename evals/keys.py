"""The answer keys and how one record is held against them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import DragomanError
from dragoman.records import Affair, Condition, Event, Record, Report, Span, Statement
from evals import matching

NEAR = 150  # characters between the triggers of one act
MUTUAL = {"AGREE", "CONSULT", "COOPERATE"}  # both sides do it: either may be written first


@dataclass(frozen=True)
class Said:
    """A statement of the key or of the record, quotations that go on joined to it."""

    spans: tuple[Span, ...]
    label: Any


@dataclass(frozen=True)
class ReportKey:
    """A report and what a careful reader takes from it."""

    id: str
    text: str
    published: str | None
    headline: str | None
    statements: list[dict[str, Any]]
    events: list[dict[str, Any]]
    conditions: list[dict[str, Any]]
    affairs: list[dict[str, Any]]

    def report(self) -> Report:
        """The report as it comes in."""
        return Report(text=self.text, headline=self.headline, published=dt.date.fromisoformat(self.published) if self.published else None)


@dataclass(frozen=True)
class SentenceKey:
    """A sentence and its marks."""

    id: str
    text: str
    published: str | None
    label: dict[str, Any] = field(repr=False)

    def report(self) -> Report:
        """The sentence as a report."""
        return Report(text=self.text, published=dt.date.fromisoformat(self.published) if self.published else None)


def reports(folder: Path) -> list[ReportKey]:
    """The keys of a folder, by id; KeyError where a report has no entry in a meta file."""
    meta = {m["id"]: m for path in sorted(folder.glob("meta*.json")) for m in json.loads(path.read_text(encoding="utf-8"))}
    found = []
    for path in sorted(folder.glob("*.txt")):
        key = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        told = meta[path.stem]
        found.append(
            ReportKey(
                path.stem, path.read_text(encoding="utf-8"), told.get("published"), told.get("headline"), *(key[k] for k in ("statements", "events", "conditions", "affairs"))
            )
        )
    return found


def sentences(path: Path) -> list[SentenceKey]:
    """The sentences of a JSON Lines file."""
    lines = [json.loads(x) for x in path.read_text(encoding="utf-8").splitlines()]
    return [SentenceKey(x["ref"], x["text"], x.get("published"), x) for x in lines]


def read_or_raise(outcome: Record | DragomanError) -> Record:
    """The record; the error, raised, where there is none."""
    if isinstance(outcome, DragomanError):
        raise outcome
    return outcome


def located(text: str, value: Any, nth: int = 1) -> tuple[Span, ...]:
    """Spans of words of the key: exact words or a span, one or several; `nth` counts for the words of an entry that stand so often."""
    if value is None:
        return ()
    if isinstance(value, str):
        at = -1
        for _ in range(min(nth, text.count(value))):
            at = text.index(value, at + 1)
        if at < 0:
            raise ValueError(f"not in the text: {value!r}")
        return (Span(at, at + len(value)),)
    if value and isinstance(value[0], int):
        return (Span(*value),)
    return tuple(span for v in value for span in located(text, v, nth))


def joined_gold(key: ReportKey) -> list[Said]:
    """Statements of a key; a quotation that goes on without a cue is joined to the statement before."""
    out: list[Said] = []
    for s in key.statements:
        spans = located(key.text, s["content"], s.get("nth", 1))
        if out and not s.get("cue") and s["speaker"] == out[-1].label["speaker"] and s["manner"] == "direct":
            out[-1] = Said(out[-1].spans + spans, out[-1].label)
        else:
            out.append(Said(spans, s))
    return out


def joined_found(record: Record) -> list[Said]:
    """Speech of a record's text, joined the same way."""
    out: list[Said] = []
    for s in record.statements:
        if s.kind != "speech" or s.part != "text":
            continue
        if out and s.cue_span is None and s.speaker == out[-1].label.speaker and s.manner == "direct":
            out[-1] = Said(out[-1].spans + s.content_spans, out[-1].label)
        else:
            out.append(Said(s.content_spans, s))
    return out


class Cast:
    """Who is who in a record, as the keys name them."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.actors = {a.id: a for a in record.actors}

    def codes(self, ids: Iterable[str]) -> set[str]:
        """Codes of actors: whom they act for, else their names."""
        return {self.actors[i].acts_for or " ".join(matching.folded(self.actors[i].name)) for i in ids}

    def is_speaker(self, gold: dict[str, Any], found: Statement) -> bool:
        """A person is known by the surname, anybody else also by whom it acts for."""
        if found.speaker is None:
            return False
        surname = matching.folded(self.actors[found.speaker].name)[-1:]
        if surname and surname[0] in matching.folded(gold["speaker"]):
            return True
        person = len(re.findall(r"\b[A-Z][\w’'-]+", gold["speaker"])) >= 2 and gold["speaker"].istitle()
        return not person and any(matching.same_actor(g, c) for g in (gold.get("actor") or "").split(",") if g for c in self.codes([found.speaker]))

    def same_event(self, key: ReportKey, gold: dict[str, Any], found: Event) -> float:
        """How near the triggers are, where type and dyad agree."""
        if gold["type"] != found.type:
            return 0.0
        by, to = self.codes(found.sources), self.codes(found.targets)
        straight = matching.same_side(gold["sources"], by) and matching.same_side(gold["targets"], to)
        either = sorted({*gold["sources"], *gold["targets"]})
        if not straight and not (gold["type"] in MUTUAL and len(either) > 1 and matching.same_side(either, by | to)):
            return 0.0
        (span,) = located(key.text, gold["trigger"], gold.get("nth", 1))
        gap = max(found.trigger_span.start - span.end, span.start - found.trigger_span.end, 0)
        return 1 / (1 + gap) if gap <= NEAR else 0.0

    def same_condition(self, text: str, gold: dict[str, Any], found: Condition) -> float:
        """How well both spans agree, where each does by half."""
        consequent = matching.overlap(text, located(text, gold["consequent"], gold.get("nth", 1)), [found.consequent_span])
        antecedent = matching.overlap(text, located(text, gold["antecedent"], gold.get("nth", 1)), [found.antecedent_span])
        return consequent + antecedent if min(consequent, antecedent) >= 0.5 else 0.0

    def is_bound(self, gold: dict[str, Any], found: Condition) -> bool:
        """Whether holder, who owes and polarity agree; what waits may be told as a promise or as a refusal."""
        holder = not gold.get("holder") or (found.holder is not None and any(matching.same_actor(gold["holder"], c) for c in self.codes([found.holder])))
        owed = not gold["demanded_of"] or any(matching.same_actor(g, c) for g in gold["demanded_of"] for c in self.codes(found.demanded_of))
        either = {"withheld", "promised"}
        polarity = gold["polarity"] == found.polarity or (gold["kind"] in ("only_if", "in_return", "before") and {gold["polarity"], found.polarity} <= either)
        return holder and owed and polarity

    def same_affair(self, key: ReportKey, gold: dict[str, Any], found: Affair) -> float:
        """Shared words of the subject and nearness of the evidence, where kind and parties agree."""
        if gold["kind"] != found.kind:
            return 0.0
        sides: Sequence[tuple[Any, tuple[str, ...]]]
        if found.kind == "sanctions":
            sides = ((gold.get("senders") or [], found.senders), (gold.get("targets") or [], found.targets))
        else:
            sides = ((gold.get("parties") or [], found.parties),)
        if not all(matching.same_side(g, self.codes(f)) for g, f in sides):
            return 0.0
        (anchor, *_) = located(key.text, gold["anchor"], gold.get("nth", 1))
        gap = min(abs(s.start - anchor.start) for s in found.evidence)
        return 1 + len(set(matching.folded(gold["subject"])) & set(matching.folded(found.subject))) + 1 / (1 + gap)

    def told(self, event: Event) -> str:
        """An event in one line."""
        return f"{event.type} {sorted(self.codes(event.sources))}→{sorted(self.codes(event.targets))} {self.record.report.words(event.trigger_span, event.part)!r}"
