"""The cast seen as political sides: people and things of a state stand for it, things and places are nobody, `UK and EU negotiators` are two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from dragoman.actors.cast import Cast
from dragoman.events.companions import named_members
from dragoman.events.context import is_side
from dragoman.events.frames import classes
from dragoman.events.words import word
from dragoman.language.grammar import prepositional
from dragoman.records import Actor

CLEARLY = 3  # how much more often than any other the group is named that `the rebels` are
CHAIN = 3  # the forces of a commander of a movement


def as_sides(cast: Cast, doc: Doc) -> Cast:
    """The cast with each phrase standing for the side that acts by it; actors and mentions stay as they are.

    Who acts apart from a state (`Syrian rebels`) stays who it is, and so does a person who acts for nobody.
    """
    inner = _inner(cast)
    party = parties(cast)
    heads: dict[int, tuple[str, ...]] = {}
    for i, ids in cast.heads.items():
        seen = _seen(doc[i], ids, cast, inner)
        if seen:
            heads[i] = tuple(dict.fromkeys(party.get(a, a) for a in seen)) if party else seen
    return replace(cast, heads=heads)


def parties(cast: Cast) -> dict[str, str]:
    """Who acts for no state but for a group or body: its leaders and fighters → the group; `the rebels` → the rebels that the report is about."""
    groups = {a.id for a in cast.actors.values() if is_side(a) and not a.acts_for and a.name not in classes()["unnamed"]}
    if not groups:
        return {}
    found: dict[str, str] = {}
    named = Counter(m.actor for m in cast.mentions)
    rebels = sorted((i for i in groups if cast.actors[i].sector == "rebels"), key=lambda i: -named[i])
    if len(rebels) > 1 and named[rebels[0]] >= CLEARLY * named[rebels[1]]:
        rebels = rebels[:1]  # the others are only mentioned
    for actor in cast.actors.values():
        if actor.acts_for or actor.id in groups:
            continue
        if (group := _group_of(actor, groups, cast)) is not None:
            found[actor.id] = group
        elif len(rebels) == 1 and actor.kind == "group" and actor.name in classes()["unnamed"] and actor.country in (None, cast.actors[rebels[0]].country):
            found[actor.id] = rebels[0]
    return found


def _group_of(actor: Actor, groups: set[str], cast: Cast) -> str | None:
    """The group to which somebody belongs, through those whom he serves; None where to none."""
    above = actor.member_of
    for _ in range(CHAIN):
        if above is None or above in groups:
            return above
        named = next((i for i in groups if cast.actors[i].name == above), None)
        if named is not None:
            return named
        above = cast.actors[above].member_of if above in cast.actors else None
    return None


def _seen(token: Token, ids: tuple[str, ...], cast: Cast, inner: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
    actors = [cast.actors[i] for i in ids]
    if any(a.acts_for for a in actors):
        return ids
    if all(a.kind in ("place", "media") for a in actors):
        return ()
    noun = word(token)
    if noun in classes()["thing"] or _is_spot(token, actors):
        return ()
    if members := tuple(dict.fromkeys(i for t in named_members(token) for i in cast.at(t) if cast.actors[i].acts_for)):
        return members
    if (any(a.kind == "person" for a in actors) and token.pos_ == "PROPN") or noun in classes()["apart"]:
        return ids
    if len(inner.get(token.i, ())) > 1:
        return inner[token.i]
    owners = tuple(i for i in cast.owners(token) if cast.actors[i].acts_for)
    return owners or _linked(token, cast) or ids


def _is_spot(token: Token, actors: Sequence[Actor]) -> bool:
    """Whether an unknown name is that of a place: `the Ambos crossing`, `the village of Ambos`."""
    if any(a.country or a.member_of or a.sector for a in actors) or token.pos_ != "PROPN":
        return False
    over = token.head if token.dep_ in ("compound", "nmod", "appos") else token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else None
    return over is not None and word(over) in classes()["land"]


def _linked(token: Token, cast: Cast) -> tuple[str, ...]:
    """To whose state people or firms are tied: `traders linked to Riga`, `a firm based in Oslo`, `officers of the Danish navy`."""
    found: dict[str, None] = {}
    for link in (token, *(c for c in token.children if c.dep_ == "acl" and c.lemma_.lower() in classes()["linked"])):
        for _, noun in prepositional(link, "with", "to", "in", "of"):
            found.update(dict.fromkeys(i for i in (cast.at(noun) or cast.owners(noun)) if cast.actors[i].acts_for))
    return tuple(found)


def _inner(cast: Cast) -> dict[int, tuple[str, ...]]:
    """Head of a phrase that stands for nobody's state → the states and bodies named before its head within it: `UK and EU negotiators`."""
    found: dict[int, tuple[str, ...]] = {}
    coded = [(p.head, m.actor) for p, m in zip(cast.places, cast.mentions, strict=True) if cast.actors[m.actor].acts_for]
    for place, mention in zip(cast.places, cast.mentions, strict=True):
        if cast.actors[mention.actor].acts_for or place.end - place.start < 4:
            continue
        within = tuple(dict.fromkeys(a for h, a in coded if place.start <= h < place.head))
        if len(within) > 1:
            found[place.head] = within
    return found
