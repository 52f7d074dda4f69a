"""How sure a finding is: what its rule claims, corrected by how often the rule was right on the project's own texts."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dragoman import resources
from dragoman.records import Finding

NAME = "calibration.yaml"
PATH = Path(resources.__file__).parent / NAME


@functools.cache
def confidences(kind: str) -> dict[str, float]:
    """Measured confidence by rule, for one kind of finding."""
    table: dict[str, dict[str, Any]] = resources.load(NAME).get(kind) or {}
    return {rule: row["confidence"] for rule, row in table.items()}


def calibrated[F: Finding](kind: str, findings: Iterable[F]) -> tuple[F, ...]:
    """Findings with the confidence measured for their rule; a rule that was not seen keeps what it claims.

    Args:
        kind: `statements`, `events`, `conditions` or `affairs`.
        findings: Findings of that kind.

    Source: resources/calibration.yaml, written by `make calibrate`.
    """
    known = confidences(kind)
    return tuple(f.model_copy(update={"confidence": known[f.rule]}) if f.rule in known else f for f in findings)
