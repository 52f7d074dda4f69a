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
        motions: Verbs and nouns of motion, after which `to` and `from` lead to a place.
        visits: Verbs whose object is the place itself.
        kinds: Word beside a name → the feature that it tells of (`province`: region).
        no_places: Folded names that are no places in news.
        homonyms: Folded name of a country → ISO 3166-2 codes of regions of other countries that bear it too.
    """

    locatives: frozenset[str]
    firm_locatives: frozenset[str]
    directions: frozenset[str]
    motions: frozenset[str]
    visits: frozenset[str]
    kinds: Mapping[str, Feature]
    no_places: frozenset[str]
    homonyms: Mapping[str, frozenset[str]]


@functools.cache
def words() -> Words:
    """The lexicon, read once a process."""
    data = resources.load("en/places.yaml")
    kinds: dict[str, Feature] = {word: feature for feature, listed in data["kinds"].items() for word in listed}
    return Words(
        locatives=frozenset(data["locatives"]),
        firm_locatives=frozenset(data["firm_locatives"]),
        directions=frozenset(data["directions"]),
        motions=frozenset(data["motions"]),
        visits=frozenset(data["visits"]),
        kinds=kinds,
        no_places=frozenset(fold(str(name)) for name in data["no_places"]),
        homonyms={name: frozenset(codes) for name, codes in data["homonyms"].items()},
    )
