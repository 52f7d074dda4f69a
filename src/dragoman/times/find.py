"""The stage: document and earlier findings → times."""

from __future__ import annotations

from dragoman.language.document import Document
from dragoman.records import TimeExpression


def find_times(document: Document) -> tuple[TimeExpression, ...]:
    """Find time expressions and normalise them against the report's day."""
    return ()
