"""Time expressions, normalised as TIMEX3."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dragoman.records.evidence import Finding, Span


class TimeExpression(Finding):
    """A date, clock time, duration or set of times. Source of the value notation: TIMEX3 (ISO-TimeML)."""

    span: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None = Field(description="TIMEX3 value (`2024-06-05TNI`, `2022-02`, `P3D`, `PAST_REF`); None where the report leaves it open.")
