"""Who has the floor: who is in mind at a point of the walk, and who spoke last."""

from __future__ import annotations

from dragoman.actors.drafts import Drafts
from dragoman.actors.lexicon import references
from dragoman.actors.salience import Salience


class Floor:
    """Whoever spoke last, by kind.

    Attributes:
        speaker: The person who spoke last.
        voice: Whoever spoke last.
        body: The institution that spoke last.
        bodies: The institution of a state that spoke last, by the state's code.
    """

    def __init__(self, drafts: Drafts, salience: Salience) -> None:
        self.drafts = drafts
        self.words = drafts.words
        self.salience = salience
        self.speaker: str | None = None
        self.voice: str | None = None
        self.body: str | None = None
        self.bodies: dict[str, str] = {}

    def seen(self, i: int, *, factor: float = 1.0) -> None:
        """Note in salience what token `i` stands for, alone and with those coordinated with it."""
        words, heads = self.words, self.drafts.heads
        ids = tuple(heads[i])
        if words.dep[i] == "amod" and len(ids) == 1 and self.drafts.actors[ids[0]].kind == "place":
            return
        self.salience.seen(ids, i, factor=factor)
        for id in ids if len(ids) > 1 else ():
            self.salience.seen((id,), i, factor=0.5)
        if words.dep[i] != "conj" and any(words.dep[c] == "conj" for c in words.kids[i]):
            together = tuple(dict.fromkeys(x for c in words.conjuncts(i) for x in heads.get(c, ())))
            if len(together) > 1:
                self.salience.seen(together, i)
        dep, verb = words.role(i)
        says = (dep == "nsubj" and words.lemma[verb] in references().saying) or (dep == "pobj" and words.lower[words.head[verb]] == "according")
        if dep == "nsubj" and words.dep[verb] == "ROOT" and len(ids) == 1 and self.drafts.actors[ids[0]].kind == "person":
            self.speaker = ids[0]
        if says and len(ids) == 1:
            self.voice = ids[0]
            actor = self.drafts.actors[ids[0]]
            if actor.kind == "organization":
                self.body = ids[0]
                if actor.acts_for:
                    self.bodies[actor.acts_for] = ids[0]
            if self.drafts.actors[ids[0]].kind == "person":
                self.speaker = ids[0]
