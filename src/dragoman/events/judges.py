"""Those before whom a quarrel is brought: whoever threatens with them does not threaten them."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.language.grammar import children, prepositional
from dragoman.statements.recourse import is_recourse


def judges(tokens: Iterable[Token], cast: Cast) -> tuple[str, ...]:
    """Ids of all who are named where verbs among some tokens take a quarrel: `would take the matter to the court`."""
    acts = [t for t in tokens if t.pos_ == "VERB" and is_recourse(t)]
    return tuple(i for act in acts for place in (act, *children(act, "dobj")) for _, t in prepositional(place, "to", "before") for i in cast.within(t))
