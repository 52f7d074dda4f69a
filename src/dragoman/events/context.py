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
    """States and bodies as the report names them.

    Attributes:
        cast: Who is who.
        sentence: Number of the sentence of each token.
        named: Number of a sentence → (token index, actor id) of each mention of a state or body in it, ascending.
        counts: How often each code is mentioned.
        first: The actor by which each code is first named.
    """

    cast: Cast
    sentence: tuple[int, ...]
    named: dict[int, list[tuple[int, str]]]
    counts: Counter[str]
    first: dict[str, str]

    @classmethod
    def of(cls, document: Document, cast: Cast) -> Context:
        """The context of a report; one pass over tokens and mentions."""
        number, numbers = -1, []
        for token in document.doc:
            number += bool(token.is_sent_start)
            numbers.append(number)
        named: dict[int, list[tuple[int, str]]] = {}
        counts: Counter[str] = Counter()
        first: dict[str, str] = {}
        for place, mention in zip(cast.places, cast.mentions, strict=True):
            if cast.actors[mention.actor].acts_for and mention.how != "set":
                named.setdefault(numbers[place.head], []).append((place.head, mention.actor))
                code = cast.code(mention.actor)
                counts[code] += 1
                first.setdefault(code, mention.actor)
        for mentions in named.values():
            mentions.sort()
        return cls(cast, tuple(numbers), named, counts, first)

    def other_side(self, token: Token, mine: Sequence[str], *, near: bool = False) -> tuple[str, ...]:
        """Id of the likeliest other side of an act; empty where nobody comes into question.

        The nearest named before it in its sentence, else the next after it, else whom the report is mostly about, else the last named shortly before.

        Args:
            token: The predicate.
            mine: Ids on the side that is known.
            near: Look in the sentence only.
        """
        codes = {self.cast.code(i) for i in mine}
        here = self.sentence[token.i]
        others = [(head, actor) for head, actor in self.named.get(here, ()) if self.cast.code(actor) not in codes]
        before = [actor for head, actor in others if head < token.i]
        if before:
            return (before[-1],)
        if others:
            return (others[0][1],)
        if near:
            return ()
        total = sum(self.counts.values())
        for code, count in self.counts.most_common(4):
            if code not in codes and count >= SHARE * total:
                return (self.first[code],)
        for number in range(here - 1, here - 1 - BACK, -1):
            for _, actor in reversed(self.named.get(number, [])):
                if self.cast.code(actor) not in codes:
                    return (actor,)
        return ()
