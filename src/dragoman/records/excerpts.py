"""The words of the report that are shown for a finding: which stretch, and what its words are to the finding."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.records import Affair, Condition, Event, Finding, Part, Record, Span, Statement

LONGEST = 320  # characters of a stretch; what reaches farther is cut
AROUND = 110  # characters shown on either side of a finding's words, if its sentence is too long to be shown whole
# A full stop after `St`, `Gen` or an initial ends no sentence ("talks in St. Petersburg").
SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\bGen)(?<!\bSen)[.!?][\"”’')]*(?=\s)|\n|$")

type Marks = Sequence[tuple[Span, str]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the report.

    Attributes:
        role: What they are to the finding: `who`, `cue`, `content`, `on`, `matter`; None where mere context.
        actor: Id of whom they name, where that is told.
    """

    text: str
    role: str | None = None
    actor: str | None = field(default=None, compare=False)


def key_span(finding: Finding) -> Span:
    """The words that a finding hangs on: cue, trigger, connective, first evidence."""
    match finding:
        case Statement():
            return finding.cue_span or finding.speaker_span or finding.content_spans[0]
        case Event():
            return finding.trigger_span
        case Condition():
            return finding.cue_span or finding.antecedent_span
        case Affair():
            return finding.evidence[0]
    span: Span = getattr(finding, "span")  # noqa: B009 - times, places and mentions have one span
    return span


def spans(finding: Finding) -> list[tuple[Span, str]]:
    """All words that a finding stands on, with their roles."""
    match finding:
        case Statement():
            marked = [(finding.speaker_span, "who"), (finding.cue_span, "cue"), *((s, "content") for s in finding.content_spans)]
        case Event():
            marked = [(finding.trigger_span, "cue")]
        case Condition():
            marked = [(finding.consequent_span, "content"), (finding.cue_span, "cue"), (finding.antecedent_span, "on")]
        case Affair():
            marked = [(s, "matter") for s in finding.evidence]
        case _:
            marked = [(key_span(finding), "cue")]
    return [(span, role) for span, role in marked if span is not None]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of one part of the report.

    Attributes:
        stretch: Where it is.
        marks: The words in it that findings stand on, with their roles.
    """

    part: Part
    stretch: Span
    marks: tuple[tuple[Span, str], ...]

    def pieces(self, record: Record) -> tuple[Piece, ...]:
        """Its words, cut where a mark begins or ends."""
        return tuple(_pieces(_text(record, self.part), *self.stretch, self.marks))

    def joined(self, other: Excerpt) -> Excerpt | None:
        """One excerpt for both, where they show the same words; None where they do not."""
        start, end = min(self.stretch.start, other.stretch.start), max(self.stretch.end, other.stretch.end)
        apart = self.part != other.part or self.stretch.end <= other.stretch.start or other.stretch.end <= self.stretch.start
        return None if apart or end - start > LONGEST + AROUND else Excerpt(self.part, Span(start, end), self.marks + other.marks)


def excerpt(record: Record, finding: Finding) -> Excerpt:
    """The sentence or sentences of a finding's words; of an affair, which may rest on words all over the report, those of the most telling."""
    text = _text(record, finding.part)
    marks = tuple(spans(finding))
    key = key_span(finding)
    shown = marks[:1] if isinstance(finding, Affair) else marks
    start, end = min(s.start for s, _ in shown), max(s.end for s, _ in shown)
    if end - start > LONGEST:
        start, end = (start, start + LONGEST) if key.end <= start + LONGEST else (max(start, key.end - LONGEST), key.end)
    return Excerpt(finding.part, _widened(text, start, end), marks)


def _text(record: Record, part: Part) -> str:
    return record.report.text if part == "text" else record.report.headline or ""


def _widened(text: str, start: int, end: int) -> Span:
    """The sentences around a stretch; where they are too long, whole words up to AROUND on either side."""
    first, last = _sentence_start(text, start), _sentence_end(text, end)
    if last - first <= LONGEST:
        return Span(first, last)
    if start - first > AROUND:
        first = start - len(text[start - AROUND : start].partition(" ")[2])
    if last - end > AROUND:
        last = end + len(text[end : end + AROUND].rpartition(" ")[0])
    return Span(first, last)


def _sentence_start(text: str, start: int) -> int:
    """Where the sentence begins in which a stretch begins; not looked for farther than a stretch may reach."""
    begun = max(0, start - LONGEST)
    before = text[begun:start]
    ends = [m.end() for m in SENTENCE_END.finditer(before) if m.end() < len(before)]
    return start - len(before[ends[-1] if ends else 0 :].lstrip())


def _sentence_end(text: str, end: int) -> int:
    if end > 0 and text[end - 1] in ".!?\n":
        return end
    found = SENTENCE_END.search(text, end, end + LONGEST)
    return end + len(text[end : found.end() if found else end + LONGEST].rstrip())


def _pieces(text: str, start: int, end: int, marks: Marks) -> Iterator[Piece]:
    """The stretch cut where a mark begins or ends; of marks on the same words the shortest counts."""
    if text[:start].rstrip(" \t\"“‘'")[-1:] not in ("", ".", "!", "?", "\n", "”"):
        yield Piece("… ")
    cuts = sorted({start, end, *(x for s, _ in marks for x in s if start < x < end)})
    by_length = sorted(marks, key=lambda m: m[0].end - m[0].start)
    for a, b in itertools.pairwise(cuts):
        role = next((r for s, r in by_length if s.start <= a and b <= s.end), None)
        yield Piece(" ".join(text[a:b].split("\n")).replace("\r", ""), role)
    if text[end : end + 1] not in ("", "\n", "\r") and text[start:end].rstrip("\"”’'")[-1:] not in (".", "!", "?"):
        yield Piece(" …")
