"""Who is who in one report: the actors, their mentions, and the way from a token to an actor."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from dragoman.language.grammar import with_conjuncts
from dragoman.records import Actor, Mention


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands among the tokens: `[start, end)`, and the head of its phrase."""

    start: int
    end: int
    head: int


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of one report.

    Attributes:
        actors: By id, in order of appearance.
        mentions: In text order; a set (`the two countries`) gives one mention an actor.
        places: Token places of the mentions, parallel to `mentions`.
        heads: Token index of a phrase's head → ids of the actors that the phrase stands for (several for a set).
        covers: Token index → index of the first mention that covers it.
        genders: Actor id → `he` or `she`, where name, title or a pronoun tells it.
    """

    actors: dict[str, Actor]
    mentions: tuple[Mention, ...]
    places: tuple[Place, ...]
    heads: dict[int, tuple[str, ...]] = field(repr=False)
    covers: dict[int, int] = field(repr=False)
    genders: dict[str, str] = field(default_factory=dict, repr=False)

    def at(self, token: Token) -> tuple[str, ...]:
        """Who the phrase headed by this very token stands for; empty where it is nobody."""
        return self.heads.get(token.i, ())

    def of(self, token: Token) -> tuple[str, ...]:
        """Who a noun phrase stands for, with everybody coordinated in it: `Japan, the US and the G7` → three ids, no doubles."""
        found: dict[str, None] = {}
        for part in with_conjuncts(token):
            found.update(dict.fromkeys(self.at(part)))
        return tuple(found)

    def owners(self, token: Token) -> tuple[str, ...]:
        """Whose thing a noun is: `Russia's sovereignty`, `the Soviet sovereignty`, `the sovereignty of Russia`; empty where nobody's."""
        found: dict[str, None] = {}
        for child in token.children:
            if child.dep_ in ("poss", "amod", "compound", "nmod", "nummod"):
                found.update(dict.fromkeys(self.of(child)))
            elif child.dep_ == "prep" and child.lower_ in ("of", "by", "from"):
                for noun in child.children:
                    if noun.dep_ == "pobj":
                        found.update(dict.fromkeys(self.of(noun)))
        return tuple(found)

    def within(self, token: Token, *, clauses: bool = False) -> tuple[str, ...]:
        """Everybody named anywhere in a phrase, in text order; relative clauses and other clauses only with `clauses`."""
        found: dict[str, None] = {}
        stack, order = [token], []
        while stack:
            t = stack.pop()
            order.append(t)
            stack.extend(c for c in t.children if clauses or c.dep_ not in ("relcl", "acl", "advcl", "ccomp"))
        for t in sorted(order, key=lambda t: t.i):
            found.update(dict.fromkeys(self.at(t)))
        return tuple(found)

    def code(self, actor_id: str) -> str:
        """The state or body an actor acts for, else its id: two actors with the same code are one side of a dyad."""
        actor = self.actors[actor_id]
        return actor.acts_for or actor.id

    def codes(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Codes of several actors, no doubles."""
        return tuple(dict.fromkeys(self.code(i) for i in ids))

    def name(self, actor_id: str) -> str:
        """The fullest name of an actor in this report."""
        return self.actors[actor_id].name
