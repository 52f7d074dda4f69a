"""The stage: document and earlier findings → places."""

from __future__ import annotations

from dragoman.actors.cast import Cast
from dragoman.language.document import Document
from dragoman.records import Place


def find_places(document: Document, cast: Cast) -> tuple[Place, ...]:
    """Find places that stand as places, and put them on the map."""
    return ()
