"""A report's words cut where marks begin and end: each stretch with what its words are, to which findings, and whose key words end there."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.answers.report import Found
from dragoman.records import Finding, Furniture, Part, Record
from dragoman.records.excerpts import key_span, spans

# What a mark looks like, by the kind of its finding and what the words are to it. The first tints the words, from the widest sort of mark to the narrowest: so they nest in this order.
LOOKS: dict[tuple[str, str], tuple[str, ...]] = {
    ("statement", "content"): ("m-said",),
    ("condition", "content"): ("m-held",),
    ("condition", "on"): ("m-awaited",),
    ("affair", "matter"): ("m-matter",),
    ("event", "cue"): ("m-done",),
    ("statement", "who"): ("m-who",),
    ("statement", "cue"): ("m-cue",),
    ("condition", "cue"): ("m-cue", "m-if"),
}
ORDER = list(LOOKS.values())
LIT = 400  # findings of a page that light up without a script; the stylesheet has a rule for each place


@dataclass(frozen=True, slots=True)
class Ref:
    """A small link behind a finding's key words."""

    finding: int
    ref: str
    place: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words between two ends of marks.

    Attributes:
        text: The words.
        looks: Classes of the spans around them, the outermost first.
        findings: Numbers of the findings that stand on them, the one with the fewest words first.
        places: Their places on the page, for classes by which they light up.
        refs: Findings whose key words end with them.
    """

    text: str
    looks: tuple[str, ...]
    findings: tuple[int, ...]
    places: tuple[int, ...]
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    looks: tuple[str, ...]
    finding: int | None
    place: int

    @property
    def length(self) -> int:
        return self.end - self.start


def stretches(record: Record, part: Part, found: Sequence[Found]) -> list[Stretch]:
    """One part of a report, marked.

    Args:
        record: The record, its findings as people left them.
        part: Which part.
        found: The same findings as the ledger counts them, in the order of their places on the page. What was rejected is tied to its words, and tints none.
    """
    text = record.report.text if part == "text" else record.report.headline or ""
    marks: list[_Mark] = [_of_furniture(f) for f in record.report.furniture] if part == "text" else []
    refs: dict[int, list[Ref]] = defaultdict(list)
    for place, told in enumerate(found, start=1):
        finding = record.finding(told.ref)
        if finding.part == part:
            marks += _of(finding, told, place)
            refs[key_span(finding).end].append(Ref(told.finding, told.ref, place))
    return list(_cut(text, marks, refs))


def _of_furniture(furniture: Furniture) -> _Mark:
    return _Mark(*furniture.span, ("m-furniture",), None, 0)


def _of(finding: Finding, told: Found, place: int) -> Iterator[_Mark]:
    for span, role in spans(finding):
        yield _Mark(*span, () if told.verdict == "rejected" else LOOKS[told.kind, role], told.finding, place)


def _cut(text: str, marks: Sequence[_Mark], refs: dict[int, list[Ref]]) -> Iterator[Stretch]:
    opens, closes = defaultdict[int, list[_Mark]](list), defaultdict[int, list[_Mark]](list)
    for mark in marks:
        opens[mark.start].append(mark)
        closes[mark.end].append(mark)
    current: list[_Mark] = []
    for start, end in itertools.pairwise(sorted({0, len(text), *opens, *closes, *refs})):
        current = [m for m in current if m not in closes[start]] + opens[start]
        looks = [" ".join(x) for x in [("m-furniture",), *ORDER] if any(m.looks == x for m in current)]
        by_length = sorted((m for m in current if m.finding is not None), key=lambda m: m.length)
        findings = dict.fromkeys((m.finding, m.place) for m in by_length if m.finding is not None)
        yield Stretch(text[start:end], tuple(looks), tuple(f for f, _ in findings), tuple(p for _, p in findings), tuple(refs.get(end, ())))


def lights() -> str:
    """Rules by which a finding's words light up where an address leads to it or to them, without a script."""
    return ",\n".join(f".reading:has(.on-{n}:target, .on-{n} :target) :is(.in-{n}, .in-{n} *)" for n in range(1, LIT + 1)) + " { background: var(--lit); color: var(--lit-ink); }\n"
