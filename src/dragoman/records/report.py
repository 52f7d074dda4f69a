"""The report as it came in, and what its furniture says: byline, dateline, captions, credits."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Literal

from pydantic import Field

from dragoman.records.evidence import Known, Span

FurnitureKind = Literal["byline", "dateline", "caption", "credit", "contributors", "navigation", "noise"]


class Dateline(Known):
    """`ISTANBUL (AA) –`, `BEIJING, March 8. /TASS/.`: where and when the report was filed, and by which agency."""

    span: Span
    place: str | None = Field(default=None, description="The place as printed.")
    agency: str | None = None
    day: str | None = Field(default=None, description="The day as printed, e.g. `March 8`.")


class Furniture(Known):
    """A stretch of the text that is no part of the story and is not read for findings."""

    kind: FurnitureKind
    span: Span


class Report(Known):
    """One report, verbatim; offsets of all findings are code points of `text` (or of `headline`)."""

    text: str
    headline: str | None = None
    publisher: str | None = None
    published: dt.date | None = Field(default=None, description="The report's day; relative dates are left open without it.")
    url: str | None = None
    language: str | None = Field(default=None, description="ISO 639-1 code as recognised.")
    byline: str | None = None
    dateline: Dateline | None = None
    furniture: tuple[Furniture, ...] = Field(default=(), description="What was set aside before reading, in text order.")

    @property
    def fingerprint(self) -> str:
        """SHA-256 over headline and text, each prefixed by its length; equal for equal reports."""
        pieces = ((self.headline or "").encode(), self.text.encode())
        return hashlib.sha256(b"".join(len(p).to_bytes(8, "big") + p for p in pieces)).hexdigest()

    def words(self, span: Span, part: str = "text") -> str:
        """The words at a span of one part."""
        return span.of(self.text if part == "text" else self.headline or "")
