"""On whose ground an act falls: `fired missiles at Odesa`, `killed 12 people in Gaza`, `left southern Lebanon`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.events.drafts import Draft
from dragoman.language.document import Document
from dragoman.language.grammar import ancestors
from dragoman.places.gazetteer import alpha2
from dragoman.records import Place

FALLING = frozenset({"ASSAULT", "COERCE", "RETREAT", "MOBILIZE", "AID"})  # acts that are done to whoever's ground they fall on
HITTING = frozenset({"at", "on", "into", "in", "near", "from", "over", "across", "outside", "against", "to", "inside", "around", "of", "through"})
REACH = 15  # tokens from an act to the place on which it falls


@dataclass(frozen=True, slots=True)
class Ground:
    """The places of a report that lie in a state which acts in it.

    Attributes:
        cast: Who is who.
        places: Token index at which a sentence begins → head token of each place in it, with the id of the state in which that lies.
    """

    cast: Cast
    places: dict[int, list[tuple[Token, str]]]

    @classmethod
    def of(cls, document: Document, cast: Cast, places: Sequence[Place]) -> Ground:
        """The ground that a report names."""
        states: dict[str, str] = {}
        for actor in cast.actors.values():
            if actor.kind == "state" and actor.acts_for and (short := alpha2().get(actor.acts_for)) is not None:
                states.setdefault(short, actor.id)
        found: dict[int, list[tuple[Token, str]]] = {}
        for place in places:
            if place.country in states and (tokens := document.tokens(place.span, place.part)) is not None:
                found.setdefault(tokens.root.sent.start, []).append((tokens.root, states[place.country]))
        return cls(cast, found)

    def under(self, draft: Draft) -> tuple[str, ...]:
        """Id of the state on whose ground an act falls, by its object or a phrase of its own; empty where none is told, or only the doer's."""
        if draft.frame.type not in FALLING or not (here := self.places.get(draft.token.sent.start)):
            return ()
        mine = set(self.cast.codes(draft.sources))
        near = [
            (abs(head.i - draft.token.i), state)
            for head, state in here
            if 0 < abs(head.i - draft.token.i) <= REACH and self.cast.code(state) not in mine and any(t.i == draft.token.i for t in _above(head))
        ]
        return (min(near)[1],) if near else ()


def _above(head: Token) -> Iterator[Token]:
    """What governs a place, up to the first clause; nothing where a preposition that tells no ground stands over it."""
    if head.dep_ == "pobj" and head.head.lower_ not in HITTING:
        return
    if head.dep_ not in ("pobj", "dobj", "nsubjpass", "compound", "conj"):
        return
    for token in ancestors(head):
        yield token
        if token.pos_ == "VERB":
            return
