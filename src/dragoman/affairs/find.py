"""The stage: document and earlier findings → affairs."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.actors.cast import Cast
from dragoman.language.document import Document
from dragoman.records import Affair, Condition, Event, Statement


def find_affairs(document: Document, cast: Cast, statements: Sequence[Statement], events: Sequence[Event], conditions: Sequence[Condition]) -> tuple[Affair, ...]:
    """Find standing matters and where they stand by this report."""
    return ()
