"""How much hangs on a finding, and so how much is gained where a person looks at it. Source of the weights: resources/ontology/review.yaml."""

from __future__ import annotations

from typing import Any

from dragoman.records import Affair, Condition, Event, Finding, Statement
from dragoman.resources import load

TABLE = "ontology/review.yaml"
HEAVIEST = 10.0  # Goldstein weights go from -10 to 10
DIGITS = 4  # as kept, so that both databases put findings in the same order


def weight_of(finding: Finding) -> float:
    """How much hangs on a finding, 0 to 1, by its kind and what it says."""
    told: dict[str, Any] = load(TABLE)
    match finding:
        case Event():
            of = told["event"]
            size = of["base"] + (1 - of["base"]) * abs(finding.intensity or 0.0) / HEAVIEST
            return float(size * of["status"][finding.status] * (of["background"] if finding.background else 1))
        case Statement():
            return float(told["statement"]["act"][finding.act] * told["statement"]["kind"][finding.kind])
        case Condition():
            return float(told["condition"][finding.polarity])
        case Affair():
            return float(told["affair"][finding.kind][finding.status])
    raise TypeError(f"not a finding that can be corrected: {finding!r}")


def pressing(finding: Finding) -> float:
    """How much is gained where a person looks at it: how unsure the reader is, times how much hangs on it; 0 for what a person said."""
    return round((1 - finding.confidence) * weight_of(finding), DIGITS)
