"""The side that a sentence leaves unsaid: `Oslo lifted the tariffs` in a report on Oslo and Copenhagen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.events.frames import classes
from dragoman.language.document import Document
from dragoman.records import Actor

BEFORE, AFTER, EARLIER = 1.4, 1.2, (0.7, 0.4)  # weight of being named before the act in its sentence, after it, one and two sentences earlier
PARTNER, KNOWN = 1.0, 0.1  # weight of the share in what is told of the known side, and of the share in the whole report
ENOUGH = 0.3  # weight that the likeliest other side must have
OFTEN = 4  # how often two must be named together to be taken for the report's two sides
AHEAD = 1  # how many sentences lie between two mentions that still belong together


@dataclass(frozen=True, slots=True)
class Context:
    """Political sides as the report names them: states, bodies, and groups with a name of their own.

    Attributes:
        cast: Who is who.
        sentence: Number of a sentence by the token index at which it begins.
        named: Number of a sentence → (token index, actor id) of each mention of a side in it, ascending.
        counts: How often each code is mentioned.
        first: The actor by which each code is first named.
        partners: Code → how often each other code is named in the same sentence (twice) or in the next.
    """

    cast: Cast
    sentence: dict[int, int]
    named: dict[int, list[tuple[int, str]]]
    counts: Counter[str]
    first: dict[str, str]
    partners: dict[str, Counter[str]]

    @classmethod
    def of(cls, document: Document, cast: Cast) -> Context:
        """The context of a report; one pass over tokens and mentions."""
        doc = document.doc
        numbers: dict[int, int] = {}
        at = 0
        while at < len(doc):
            numbers[at] = len(numbers)
            at = doc[at].sent.end
        sides = {a.id for a in cast.actors.values() if is_side(a)}
        named: dict[int, list[tuple[int, str]]] = {}
        counts: Counter[str] = Counter()
        first: dict[str, str] = {}
        for place, mention in zip(cast.places, cast.mentions, strict=True):
            if mention.actor in sides and mention.how != "set":
                named.setdefault(numbers[doc[place.head].sent.start], []).append((place.head, mention.actor))
                code = cast.code(mention.actor)
                counts[code] += 1
                first.setdefault(code, mention.actor)
        for mentions in named.values():
            mentions.sort()
        return cls(cast, numbers, named, counts, first, _partners(cast, named))

    def other_side(self, token: Token, mine: Sequence[str], *, besides: Sequence[str] = (), near: bool = False, described: bool = False) -> tuple[str, ...]:
        """Id of the likeliest other side of an act; empty where nobody comes into question.

        What counts: being named in the sentence (before the act more than after it) or shortly before, and being whom the report sets against the side that is known.

        Args:
            token: The predicate.
            mine: Ids on the side that is known.
            besides: Ids of who else is not the other side.
            near: Look in the sentence only.
            described: That side is described (`nine soldiers`): only whom the report sets against the known side again and again goes before the description.
        """
        codes = {self.cast.code(i) for i in mine}
        mine_only, codes = codes, codes | {self.cast.code(i) for i in besides}
        here = self.sentence[token.sent.start]
        weights: dict[str, float] = {}
        actors: dict[str, str] = {}
        for head, actor in self.named.get(here, ()):
            code = self.cast.code(actor)
            if code not in codes:
                weights[code] = max(weights.get(code, 0.0), BEFORE if head < token.i else AFTER)
                actors[code] = actor
        if near and not weights:
            return ()
        if not near:
            for back, weight in enumerate(EARLIER, start=1):
                for _, actor in self.named.get(here - back, ()):
                    code = self.cast.code(actor)
                    if code not in codes:
                        weights.setdefault(code, weight)
                        actors.setdefault(code, actor)
            for code, actor in self.first.items():
                if code not in codes:
                    weights.setdefault(code, 0.0)
                    actors.setdefault(code, actor)
        if not weights:
            return ()
        together: Counter[str] = Counter()
        for code in mine_only:
            together.update(self.partners.get(code, {}))
        most, total = max(together.values(), default=0) or 1, max((c for k, c in self.counts.items() if k not in codes), default=0) or 1
        best = max(weights, key=lambda c: weights[c] + PARTNER * together[c] / most + KNOWN * self.counts[c] / total)
        whole = weights[best] + PARTNER * together[best] / most + KNOWN * self.counts[best] / total
        return (actors[best],) if whole >= ENOUGH and not (described and together[best] < OFTEN * len(mine_only)) else ()

    def both_sides(self, token: Token) -> tuple[str, ...]:
        """Ids of the two between whom something passes where the sentence names neither (`The talks resumed`): those that the report mostly sets against each other."""
        best = self._best_pair()
        if best[0] < OFTEN:
            return ()
        here = {self.cast.code(actor) for _, actor in self.named.get(self.sentence[token.sent.start], ())}
        if here - {best[1], best[2]}:
            return ()
        return self.first[best[1]], self.first[best[2]]

    def rivals(self, besides: Sequence[str] = ()) -> tuple[str, ...]:
        """Ids of the two whom the report sets against each other, whoever is named in the sentence; empty where it has no such two or one of `besides` is among them."""
        number, one, two = self._best_pair({self.cast.code(i) for i in besides})
        return (self.first[one], self.first[two]) if number >= OFTEN else ()

    @property
    def has_two_sides(self) -> bool:
        """Whether the report sets two sides against each other."""
        return self._best_pair()[0] >= OFTEN

    def _best_pair(self, besides: Collection[str] = ()) -> tuple[int, str, str]:
        pairs = ((n, a, b) for a, others in self.partners.items() if a not in besides for b, n in others.items() if b not in besides)
        return max(pairs, default=(0, "", ""))


def is_side(actor: Actor) -> bool:
    """Whether an actor is a side in politics: it acts for a state or body, or is a group that goes by a name of its own (`the Polisario Front`)."""
    if actor.acts_for:
        return True
    return actor.kind in ("group", "igo") and actor.member_of is None and actor.sector not in ("opposition", "business") and not is_faceless(actor)


def is_faceless(actor: Actor) -> bool:
    """Whether a report only describes somebody (`two soldiers`, `the crew`, `its neighbour`): no state, no name."""
    if actor.acts_for is not None or actor.country is not None or actor.name != actor.name.lower():
        return False
    noun = actor.name.split()[-1]
    return not {noun, noun.removesuffix("s")} & classes()["apart"]


def _partners(cast: Cast, named: dict[int, list[tuple[int, str]]]) -> dict[str, Counter[str]]:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    codes = {number: {cast.code(a) for _, a in mentions} for number, mentions in named.items()}
    for number, here in codes.items():
        after = codes.get(number + AHEAD, ())
        for mine in here:
            mates = found[mine]
            for other in here:
                if other != mine:
                    mates[other] += 2
            for other in after:
                if other != mine:
                    mates[other] += 1
                    found[other][mine] += 1
    return dict(found)
