"""Who is in mind at a point of the text: each mention adds to an actor's weight, each sentence takes from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from dragoman.actors.words import Words

FADING = 0.5  # what is left of a weight after one sentence
WEIGHTS = {
    "nsubj": 1.0,
    "nsubjpass": 0.9,
    "agent": 0.7,
    "dobj": 0.65,
    "dative": 0.65,
    "pobj": 0.5,
    "poss": 0.5,
    "appos": 0.3,
    "attr": 0.5,
    "amod": 0.3,
    "compound": 0.3,
    "nmod": 0.3,
}

Referent = tuple[str, ...]


@dataclass(slots=True)
class Salience:
    """Weights of those named so far; a coordination (`Russia and Japan`) is one referent of several ids.

    Attributes:
        named: How often the whole report names each side, by code, or by id where it acts for no state.
        together: How often it names two of them together.
        pair: The two that were last spoken of as two: `the two countries`.
    """

    words: Words
    weight: dict[Referent, float] = field(default_factory=dict)
    sentence: dict[Referent, int] = field(default_factory=dict)
    subject: dict[Referent, int] = field(default_factory=dict)
    place: dict[Referent, int] = field(default_factory=dict)
    named: Counter[str] = field(default_factory=Counter)
    together: Counter[frozenset[str]] = field(default_factory=Counter)
    pair: Referent = ()

    def seen(self, ids: Referent, i: int, *, factor: float = 1.0) -> None:
        """Note a mention headed by token `i`."""
        dep, _ = self.words.role(i)
        now = self.words.sentence[i]
        self.weight[ids] = self.at(ids, now) + WEIGHTS.get(dep, 0.4) * factor
        self.sentence[ids] = max(now, self.sentence.get(ids, 0))
        self.place[ids] = max(i, self.place.get(ids, -1))
        if dep in ("nsubj", "nsubjpass"):
            self.subject[ids] = i

    def at(self, ids: Referent, sentence: int) -> float:
        """The weight of a referent as of a sentence."""
        if ids not in self.weight:
            return 0.0
        return self.weight[ids] * FADING ** max(sentence - self.sentence[ids], 0)

    def ranked(self, i: int, *, reach: int = 4) -> list[tuple[float, Referent]]:
        """Referents named in the last sentences before token `i`, heaviest first."""
        now = self.words.sentence[i]
        found = [(self.at(ids, now), ids) for ids, s in self.sentence.items() if now - s <= reach]
        found.sort(key=lambda f: (-f[0], -self.place[f[1]]))
        return found
