"""The stage: document and earlier findings → conditions."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.actors.cast import Cast
from dragoman.language.document import Document
from dragoman.records import Condition, Event, Statement


def find_conditions(document: Document, cast: Cast, statements: Sequence[Statement], events: Sequence[Event]) -> tuple[Condition, ...]:
    """Find conditions between political actors, in text order."""
    return ()
