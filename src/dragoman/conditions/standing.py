"""For whom an actor of a condition stands: his movement, his state, himself."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.actors.cast import Cast
from dragoman.actors.lexicon import offices

UNNAMED = frozenset({"office:unplaced"})  # made of a common noun that belongs to no state or body
PEOPLE = frozenset({"office:private", "office:population", "office:business", "office:allies"})
FIGHTING = frozenset({"rebel", "rebels", "separatists", "militants", "militia", "insurgents", "guerrillas", "opposition", "fighters"})


def unique(ids: Iterable[str]) -> tuple[str, ...]:
    """Ids in order, no doubles."""
    return tuple(dict.fromkeys(ids))


def principals(cast: Cast, ids: Iterable[str]) -> tuple[str, ...]:
    """Whom several actors stand for, no doubles."""
    return unique(principal(cast, i) for i in ids)


def principal(cast: Cast, actor_id: str) -> str:
    """Whom somebody stands for who holds nothing himself: his state, of an envoy without a name; the movement whose spokesman or army he is. Himself where that is told of nobody."""
    actor = cast.actors[actor_id]
    if actor.office in offices().sent and actor.rule.startswith("office:") and f"state:{actor.acts_for}" in cast.actors:
        return f"state:{actor.acts_for}"
    if actor.acts_for is not None or actor.member_of not in cast.actors:
        return actor_id
    return actor_id if cast.actors[actor.member_of].kind in ("state", "population") else actor.member_of


def home_state(cast: Cast, actor_id: str) -> str:
    """The state for which people, firms, candidates and former officials stand, who act for none; the actor itself where it is another."""
    actor = cast.actors[actor_id]
    state = f"state:{actor.country}"
    of_a_land = actor.rule in PEOPLE or (actor.kind == "person" and actor.office is not None)
    return state if actor.acts_for is None and of_a_land and state in cast.actors and not _fights(actor.name) else actor_id


def is_political(cast: Cast, actor_id: str) -> bool:
    """Whether an actor can be a party: it acts for a state or a body, or it has a name and is no mere thing of the text (`Ships bound for Eilat`)."""
    actor = cast.actors[actor_id]
    if actor.acts_for is not None or _fights(actor.name):
        return actor.kind not in ("place", "media")
    return actor.kind not in ("place", "media", "person") and actor.name[:1].isupper() and actor.rule not in UNNAMED | PEOPLE


def _fights(name: str) -> bool:
    """`Syrian rebel commanders`: no name of their own, but a side."""
    return not FIGHTING.isdisjoint(name.lower().split())
