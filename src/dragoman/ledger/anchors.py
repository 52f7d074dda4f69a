"""By what a correction knows its finding again after another reading: the report, the kind of finding, its evidence, and what it said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.ledger.amending import actors_of, label_of
from dragoman.ledger.rows import KINDS, evidence
from dragoman.records import Finding, Span

SHARED = 0.5  # of the longer of two spans: how much of it must be shared for the evidence to be the same


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a finding stands within its report, and what it says.

    Attributes:
        kind: statement, event, condition, affair.
        part: Part of the report.
        span: Its evidence, in code points of that part.
        label: Its act, type or kind.
        actors: Who has a part in it, sorted.
    """

    kind: str
    part: str
    span: Span
    label: str
    actors: tuple[str, ...]

    @classmethod
    def of(cls, finding: Finding) -> Anchor:
        """The anchor of a finding."""
        return cls(KINDS[type(finding)], finding.part, evidence(finding), label_of(finding), actors_of(finding))

    @classmethod
    def kept(cls, row: Any) -> Anchor:
        """From the row of a correction."""
        was = json.loads(row.detail)["was"]
        return cls(row.kind, row.part, Span(row.start, row.end), was["label"], tuple(was["actors"]))

    def columns(self) -> dict[str, Any]:
        """Columns of a correction that hold where it stands."""
        return {"kind": self.kind, "part": self.part, "start": self.span.start, "end": self.span.end}

    def was(self) -> dict[str, Any]:
        """What it says, for the correction's detail."""
        return {"label": self.label, "actors": list(self.actors)}


def find_again(anchors: Iterable[Anchor], findings: Mapping[int, Anchor]) -> dict[Anchor, int]:
    """Which finding each anchor stands on; anchors that find none are left out.

    Exactly the same evidence goes before the greatest overlap; on the same evidence the same label and the most actors in common decide. No two anchors get one finding.

    Args:
        anchors: Of corrections.
        findings: Findings of the present reading.
    """
    pairs = [(_likeness(a, f), -number, a) for a in dict.fromkeys(anchors) for number, f in findings.items() if _is_near(a, f)]
    found: dict[Anchor, int] = {}
    taken: set[int] = set()
    for _, number, anchor in sorted(pairs, key=lambda p: (p[0], p[1]), reverse=True):
        if anchor not in found and -number not in taken:
            found[anchor] = -number
            taken.add(-number)
    return found


def _is_near(anchor: Anchor, finding: Anchor) -> bool:
    return (anchor.kind, anchor.part) == (finding.kind, finding.part) and _overlap(anchor.span, finding.span) >= SHARED


def _likeness(anchor: Anchor, finding: Anchor) -> tuple[float, bool, float]:
    return _overlap(anchor.span, finding.span), anchor.label == finding.label, _in_common(anchor.actors, finding.actors)


def _overlap(one: Span, other: Span) -> float:
    """Shared characters, of 1 for all of the longer."""
    if one == other:
        return 1.0
    longer = max(one.end - one.start, other.end - other.start)
    return max(0, min(one.end, other.end) - max(one.start, other.start)) / longer if longer else 0.0


def _in_common(one: Sequence[str], other: Sequence[str]) -> float:
    either = set(one) | set(other)
    return len(set(one) & set(other)) / len(either) if either else 1.0
