"""The stage: document and earlier findings → statements."""

from __future__ import annotations

from dragoman.actors.cast import Cast
from dragoman.language.document import Document
from dragoman.records import Statement


def find_statements(document: Document, cast: Cast) -> tuple[Statement, ...]:
    """Find attributed speech and who is speaking, in text order."""
    return ()
