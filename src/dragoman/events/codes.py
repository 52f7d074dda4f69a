"""From a CAMEO code to what it means: PLOVER type, mode, contexts, weight. Source: resources/ontology/plover.yaml."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import cast, get_args

from dragoman.errors import ResourceError
from dragoman.records.event import EventType
from dragoman.resources import load

TABLE = "ontology/plover.yaml"
TYPES = frozenset(get_args(EventType))


@dataclass(frozen=True, slots=True)
class Code:
    """One line of the table.

    Attributes:
        cameo: The CAMEO code, three or four digits.
        name: Its name.
        goldstein: Weight from -10 (conflict) to 10 (cooperation).
        published: PLOVER type of the published table; None where it has no line.
        house: The type this project gives; None for mere statements (01x).
        mode: PLOVER mode, None where the table gives none.
        context: PLOVER contexts.
    """

    cameo: str
    name: str
    goldstein: float
    published: EventType | None
    house: EventType | None
    mode: str | None
    context: tuple[str, ...]


@functools.cache
def table() -> dict[str, Code]:
    """All codes by their digits.

    Raises:
        ResourceError: If a line names a type that PLOVER does not have.
    """
    found: dict[str, Code] = {}
    for cameo, line in load(TABLE).items():
        for field in ("plover", "house"):
            if line.get(field) not in {None, *TYPES}:
                raise ResourceError(f"{TABLE}: {cameo}: {field}: no PLOVER type {line[field]!r}")
        published = line.get("plover")
        house = line.get("house", published)
        found[cameo] = Code(
            cameo,
            line["name"],
            float(line["goldstein"]),
            cast(EventType | None, published),
            cast(EventType | None, house),
            line.get("mode"),
            tuple(line.get("context", ())),
        )
    return found


def code(cameo: str) -> Code:
    """The line of a code; KeyError where the table has none."""
    return table()[cameo]


def type_of(cameo: str) -> EventType | None:
    """The type that this project gives a code; None for mere statements. KeyError where the table has no such code."""
    return table()[cameo].house


def published_type(cameo: str) -> EventType | None:
    """The type that the published table gives a code; None where it has no line."""
    return table()[cameo].published


def goldstein(cameo: str) -> float:
    """The Goldstein weight of a code."""
    return table()[cameo].goldstein
