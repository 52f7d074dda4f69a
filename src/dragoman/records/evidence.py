"""Where a finding stands in the report, by which rule it was found, and how sure the reader is."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

Part = Literal["text", "headline"]
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]


class Span(NamedTuple):
    """A stretch of one part of a report: `[start, end)` in code points of that part as it came in. JSON: `[start, end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character (both must be of the same part)."""
        return self.start < other.end and other.start < self.end


class Known(BaseModel):
    """Base of all records: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Finding(Known):
    """Something read off a report. Every finding names its part, its rule and its confidence."""

    id: str = Field(description="Unique within the record.")
    part: Part = Field(default="text", description="Which part of the report all spans of this finding refer to.")
    rule: str = Field(description="The rule or model that made the finding, as `dragoman explain` shows it.")
    confidence: Confidence = Field(description="How sure the reader is: of findings at .9, nine in ten are right.")
