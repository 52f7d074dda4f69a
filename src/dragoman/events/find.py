"""The stage: document and earlier findings → events."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.actors.cast import Cast
from dragoman.language.document import Document
from dragoman.records import Event, Place, Statement, TimeExpression


def find_events(document: Document, cast: Cast, times: Sequence[TimeExpression], places: Sequence[Place], statements: Sequence[Statement]) -> tuple[Event, ...]:
    """Find who did what to whom, in text order."""
    return ()
