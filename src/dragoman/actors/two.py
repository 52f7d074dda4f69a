"""Which two `both sides` are: those in mind whom the report sets against each other; who speaks of them is seldom one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations

from dragoman.actors.drafts import Drafts
from dragoman.actors.salience import Salience
from dragoman.actors.words import Words

TOGETHER = 1.2  # weight of being the two that the report names together most of all
STAYS = 0.7  # of being the two that were last spoken of as two
SPEAKING = 0.6  # taken from a pair of which one speaks of the two
MOST = 6  # how many in mind are looked at


def named_together(drafts: Drafts) -> Counter[frozenset[str]]:
    """How often the report names two sides in one sentence (twice) or in neighbouring ones, by codes; ids where they act for no state."""
    named: dict[int, set[str]] = {}
    for mention in drafts.mentions:
        actor = drafts.actors[mention.actor]
        if actor.acts_for or actor.kind == "group":
            named.setdefault(drafts.words.sentence[mention.place.head], set()).add(actor.acts_for or actor.id)
    found: Counter[frozenset[str]] = Counter()
    for number, here in named.items():
        for pair in combinations(sorted(here), 2):
            found[frozenset(pair)] += 2
        for one in here:
            for other in named.get(number + 1, ()):
                if one != other:
                    found[frozenset((one, other))] += 1
    return found


def main_two(drafts: Drafts, salience: Salience, *, states: bool) -> list[str]:
    """Ids of the two that the report names together most of all, whether in mind or not; only `states`, or groups too, but no international bodies."""
    for codes, _ in salience.together.most_common(MOST):
        ids = [known for code in sorted(codes) if (known := code if code in drafts.actors else drafts.state(code))]
        if len(ids) == len(codes) and all(drafts.actors[x].kind == "state" or (not states and drafts.actors[x].kind == "group") for x in ids):
            return ids
    return []


def likeliest_two(drafts: Drafts, salience: Salience, i: int, weights: Mapping[str, float]) -> tuple[str, ...]:
    """Ids of the two whom a set of two headed by token `i` stands for.

    Args:
        drafts: The cast so far.
        salience: Who is in mind, and who is named together.
        i: Token index of the set's head.
        weights: Who comes into question, by id.

    Returns:
        Empty where fewer than two come into question.
    """
    ranked = sorted(weights, key=lambda x: -weights[x])[:MOST]
    ranked += [x for x in main_two(drafts, salience, states=all(drafts.actors[x].acts_for for x in ranked)) if x in weights and x not in ranked]
    if len(ranked) < 2:
        return ()
    code = {x: drafts.actors[x].acts_for or x for x in ranked}
    top, most = weights[ranked[0]] or 1.0, max(salience.together[frozenset(pair)] for pair in combinations(code.values(), 2)) or 1
    speaking = _speakers(drafts, i)

    def weight(pair: tuple[str, str]) -> float:
        codes = {code[x] for x in pair}
        whole = sum(weights[x] for x in pair) / top + TOGETHER * salience.together[frozenset(codes)] / most
        return whole + STAYS * (set(pair) == set(salience.pair)) - SPEAKING * bool(codes & speaking)

    return max(combinations(ranked, 2), key=weight)


def _speakers(drafts: Drafts, i: int) -> set[str]:
    """Codes of the subjects of the clauses above that of a token: `Doha said both sides had agreed`."""
    words: Words = drafts.words
    found: set[str] = set()
    verb, seen = words.verb(i), 0
    while verb is not None and seen < 6:
        for c in words.kids[verb]:
            if words.dep[c] in ("nsubj", "nsubjpass") and c < i:
                found.update(drafts.actors[x].acts_for or x for x in drafts.heads.get(c, ()))
        verb, seen = (words.verb(words.head[verb]) if words.head[verb] != verb else None), seen + 1
    return found
