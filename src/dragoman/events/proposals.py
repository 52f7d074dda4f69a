"""Predicates that the lexicon does not know but that stand between two sides: what a statistical model may decide."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.events.frames import VERB_TARGETS
from dragoman.events.roles import Roles
from dragoman.events.sides import as_sides
from dragoman.events.verbs import PARTICIPLE_BEFORE_NOUN
from dragoman.language.document import Document


@dataclass(frozen=True, slots=True)
class Proposal:
    """A predicate without a frame, and who stands on its sides.

    Attributes:
        token: The verb.
        sources: Actor ids, never empty.
        targets: Actor ids of another side, never empty.
    """

    token: Token
    sources: tuple[str, ...]
    targets: tuple[str, ...]


def propose(document: Document, cast: Cast, known: Collection[int]) -> Iterator[Proposal]:
    """Verbs between two sides that no frame has claimed, in text order.

    Args:
        document: The parsed report.
        cast: Who is who in it.
        known: Token indices of predicates that already have an event or a statement.
    """
    sides = as_sides(cast, document.doc)
    for token in document.doc:
        if token.pos_ != "VERB" or token.i in known or token.dep_ in PARTICIPLE_BEFORE_NOUN:
            continue
        roles = Roles(token, sides)
        sources = roles.sources(("subject",))
        if not sources:
            continue
        targets = roles.targets(VERB_TARGETS, sources)
        if targets:
            yield Proposal(token, sources, targets)
