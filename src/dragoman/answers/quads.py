"""The four classes of events: verbal and material cooperation, verbal and material conflict."""

from __future__ import annotations

import functools
from typing import Literal, get_args

from dragoman.errors import ResourceError
from dragoman.records.event import EventType
from dragoman.resources import load

TABLE = "ontology/quads.yaml"
Quad = Literal["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]
QUADS: tuple[Quad, ...] = get_args(Quad)  # in the order of their numbers, 1 to 4


@functools.cache
def types_of() -> dict[Quad, tuple[EventType, ...]]:
    """The PLOVER types of each class.

    Raises:
        ResourceError: If the table does not give every type one class.
    """
    told: dict[Quad, tuple[EventType, ...]] = {q: tuple(load(TABLE)[q]) for q in QUADS}
    if sorted(t for types in told.values() for t in types) != sorted(get_args(EventType)):
        raise ResourceError(f"{TABLE}: every PLOVER type needs one class, and one only.")
    return told


@functools.cache
def quad_of(type: str) -> Quad:
    """The class of a PLOVER type."""
    return next(quad for quad, types in types_of().items() if type in types)
