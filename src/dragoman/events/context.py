"""The side that a sentence leaves unsaid: `Oslo lifted the tariffs` in a report on Oslo and Copenhagen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.language.document import Document

BACK = 2  # sentences to look back
SHARE = 0.25  # of all mentions of states and bodies that the report's usual counterpart must have


@dataclass(frozen=True, slots=True)
class Context:
    """States and bodies in the order of their mentions.

    Attributes:
        cast: Who is who.
        heads: Token index of each mention of a state or body, ascending.
        actors: Actor ids, parallel to `heads`.
        sentence: Number of the sentence of each token.
        counts: How often each code is mentioned.
    """

    cast: Cast
    heads: tuple[int, ...]
    actors: tuple[str, ...]
    sentence: tuple[int, ...]
    counts: Counter[str]

    @classmethod
    def of(cls, document: Document, cast: Cast) -> Context:
        """The context of a report; one pass over tokens and mentions."""
        number, numbers = -1, []
        for token in document.doc:
            number += bool(token.is_sent_start)
            numbers.append(number)
        named = [(place.head, m.actor) for place, m in zip(cast.places, cast.mentions, strict=True) if cast.actors[m.actor].acts_for and m.how != "set"]
        named.sort()
        counts = Counter(cast.code(a) for _, a in named)
        return cls(cast, tuple(h for h, _ in named), tuple(a for _, a in named), tuple(numbers), counts)

    def other_side(self, token: Token, mine: Sequence[str]) -> tuple[str, ...]:
        """Id of the likeliest other side of an act: the nearest named before it in its sentence or the two before, then after it, then whom the report is about.

        Args:
            token: The predicate.
            mine: Ids on the side that is known.
        """
        codes = {self.cast.code(i) for i in mine}
        here = self.sentence[token.i]
        before: str | None = None
        after: str | None = None
        for head, actor in zip(self.heads, self.actors, strict=True):
            if self.cast.code(actor) in codes or not here - BACK <= self.sentence[head] <= here:
                continue
            if head < token.i:
                before = actor
            elif after is None:
                after = actor
        if before is not None or after is not None:
            return (before or after or "",)
        total = sum(self.counts.values())
        for code, count in self.counts.most_common(3):
            if code not in codes and count >= SHARE * total:
                return (next(a for a in self.actors if self.cast.code(a) == code),)
        return ()
