"""The words around places, as `resources/en/places.yaml` lists them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from dragoman import resources
from dragoman.places.gazetteer import Feature, fold


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon.

    Attributes:
        kinds: Word beside a name → the feature that it tells of (`province`: region).
        no_places: Folded names that are no places in news.
    """

    locatives: frozenset[str]
    firm_locatives: frozenset[str]
    directions: frozenset[str]
    kinds: Mapping[str, Feature]
    no_places: frozenset[str]


@functools.cache
def words() -> Words:
    """The lexicon, read once a process."""
    data = resources.load("en/places.yaml")
    kinds: dict[str, Feature] = {word: feature for feature, listed in data["kinds"].items() for word in listed}
    return Words(
        locatives=frozenset(data["locatives"]),
        firm_locatives=frozenset(data["firm_locatives"]),
        directions=frozenset(data["directions"]),
        kinds=kinds,
        no_places=frozenset(fold(str(name)) for name in data["no_places"]),
    )
