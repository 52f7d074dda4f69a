"""The words that this stage knows, from resources/en/offices.yaml and resources/en/references.yaml."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, Literal

from dragoman import resources
from dragoman.records.actor import ActorKind

Family = Literal["person", "private", "body", "weak", "rebels", "opposition", "population", "business", "allies", "arms", "vessels"]
KINDS: dict[Family, ActorKind] = {"person": "person", "private": "person", "rebels": "group", "opposition": "group", "population": "population", "allies": "group"}
COLLECTIVES: tuple[Family, ...] = ("rebels", "opposition", "population", "business", "allies", "arms", "vessels")


@dataclass(frozen=True, slots=True)
class Office:
    """What a noun says of the phrase it heads."""

    noun: str
    family: Family
    sector: str | None

    @property
    def kind(self) -> ActorKind:
        """The kind of actor that it makes of its phrase."""
        return KINDS.get(self.family, "organization")

    @property
    def official(self) -> bool:
        """Whether it acts for the state that it belongs to."""
        return self.family in ("person", "body", "weak", "arms")

    @property
    def is_person(self) -> bool:
        """Whether one of it is one person."""
        return self.family in ("person", "private")


@dataclass(frozen=True, slots=True)
class Offices:
    """Nouns that make a phrase an actor, by their words; qualifiers that take the office away; what stands before names."""

    by_words: dict[str, Office]
    last_words: frozenset[str]
    heads_of_state: frozenset[str]
    leaders: frozenset[str]
    ambassadors: frozenset[str]
    former: frozenset[str]
    non_state: frozenset[str]
    honorifics: dict[str, str | None]
    short_titles: frozenset[str]
    portfolios: frozenset[str]
    ranks: frozenset[str]
    lower_titles: frozenset[str]
    of_office: frozenset[str]
    news_media: frozenset[str]
    firms: frozenset[str]
    women: tuple[str, ...]
    men: tuple[str, ...]
    sent: frozenset[str]


@dataclass(frozen=True, slots=True)
class Description:
    """What a definite noun such as `the kingdom` can stand for."""

    kinds: frozenset[str]
    only: frozenset[str]
    without: frozenset[str]
    default: str | None
    capital: bool = False


@dataclass(frozen=True, slots=True)
class References:
    """Words that stand for somebody named before."""

    set_states: frozenset[str]
    set_bodies: frozenset[str]
    set_persons: frozenset[str]
    bare_sets: frozenset[str]
    pairs: frozenset[str]
    fixed_sets: dict[str, tuple[str, ...]]
    descriptions: dict[str, Description]
    saying: frozenset[str]
    actor_objects: frozenset[str]
    agent_verbs: frozenset[str]
    expletive_verbs: frozenset[str]
    destinations: frozenset[str]
    reached: frozenset[str]
    place_nouns: frozenset[str]
    backing: frozenset[str]
    stances: frozenset[str]
    us_states: frozenset[str]
    documents: frozenset[str]
    epithets: frozenset[str]
    quantities: frozenset[str]
    name_particles: frozenset[str]
    family_first: frozenset[str]
    armed: frozenset[str]
    continents: dict[str, tuple[str, ...]]
    experts: frozenset[str]
    stand_for: dict[str, tuple[str, ...]]
    gender: dict[str, str]


@functools.cache
def offices() -> Offices:
    """The lexicon of offices."""
    data = resources.load("en/offices.yaml")
    found: dict[str, Office] = {}
    for family in reversed(COLLECTIVES):
        found |= {n: Office(n, family, family if family in ("rebels", "opposition", "business") else None) for n in data[family]}
    found |= {n: Office(n, "private", None) for n in data["private"]}
    found |= {n: Office(n, "weak", None) for n in data["weak_bodies"]}
    for sector, nouns in data["bodies"].items():
        found |= {n: Office(n, "body", sector) for n in nouns}
    for sector, nouns in data["persons"].items():
        found |= {n: Office(n, "person", sector) for n in nouns}
    for noun in ("observer", "private", "major", "fighter"):  # two readings: the commoner one alone, the other only with its words around it
        found.pop(noun, None)
    found["fighter"] = Office("fighter", "rebels", "rebels")
    return Offices(
        found,
        frozenset(n.rpartition(" ")[2] for n in found),
        frozenset(data["heads_of_state"]),
        frozenset(data["leaders"]),
        frozenset(data["ambassadors"]),
        frozenset(data["former"]),
        frozenset(data["non_state"]),
        data["honorifics"],
        frozenset(data["short_titles"]),
        frozenset(data["portfolios"]),
        frozenset(data["ranks"]),
        frozenset(data["lower_titles"]),
        frozenset(data["of_office"]),
        frozenset(data["news_media"]),
        frozenset(data["firms"]),
        tuple(data["women"]),
        tuple(data["men"]),
        frozenset(data["sent"]),
    )


@functools.cache
def references() -> References:
    """The lexicon of references."""
    data = resources.load("en/references.yaml")

    def words(name: str) -> frozenset[str]:
        return frozenset(data[name])

    def description(told: dict[str, Any]) -> Description:
        return Description(
            frozenset(told.get("kinds") or ("state",)), frozenset(told.get("only") or ()), frozenset(told.get("without") or ()), told.get("default"), bool(told.get("capital"))
        )

    return References(
        frozenset(data["set_nouns"]["states"]),
        frozenset(data["set_nouns"]["bodies"]),
        frozenset(data["set_nouns"]["persons"]),
        words("bare_sets"),
        words("pairs"),
        {k: tuple(v) for k, v in data["fixed_sets"].items()},
        {k: description(v) for k, v in data["descriptions"].items()},
        words("saying"),
        words("actor_objects"),
        words("agent_verbs"),
        words("expletive_verbs") | words("weather"),
        words("destinations"),
        words("reached"),
        words("place_nouns"),
        words("backing"),
        words("stances"),
        words("us_states"),
        words("documents"),
        words("epithets"),
        words("quantities"),
        words("name_particles"),
        words("family_first"),
        words("armed"),
        {k: tuple(v) for k, v in data["continents"].items()},
        words("experts"),
        {noun: tuple(meant) for noun, meant in data["stand_for"].items()},
        {name: gender for gender, names in data["first_names"].items() for name in names},
    )
