"""From the shape of an expression to its TIMEX3 value, against the report's day and the last date that was told."""

from __future__ import annotations

from spacy.tokens import Doc

from dragoman.times.dates import Dates
from dragoman.times.kinds import Kinds
from dragoman.times.lengths import Lengths
from dragoman.times.shapes import Shape
from dragoman.times.sight import Clock, Reading

LENGTHS = frozenset({"offset", "stretch", "duration", "one", "every"})  # the other shapes are points and periods


def read(shape: Shape, doc: Doc, kinds: Kinds, clock: Clock) -> tuple[Reading, ...]:
    """What a shape says in its place: nothing where it is no time after all, two readings for a range of days."""
    reader = (Lengths if shape.name in LENGTHS else Dates)(shape, doc, kinds, clock)
    found: Reading | tuple[Reading, ...] | None = getattr(reader, f"of_{shape.name}")()
    if found is None:
        return ()
    return found if isinstance(found, tuple) else (found,)
