"""Which clauses say the same, found by their words: a busy pair of sides has thousands of them, too many to compare each with each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain

ALIKE = 0.5  # of all content words of two clauses: so many in both make them say the same


class Clauses:
    """Clauses as sets of stems, in the order in which they were put in.

    Two clauses that say the same share at least half of the words of each, and so, whatever the order of the words, one of the first few of each: only by these are they looked up. Rare words
    come first in that order, as few clauses have them.

    Args:
        coming: Clauses that will be put in or asked for; they say which words are rare.
    """

    def __init__(self, coming: Iterable[frozenset[str]] = ()) -> None:
        often = Counter(chain.from_iterable(coming))
        self._place = {word: place for place, (_, word) in enumerate(sorted((n, word) for word, n in often.items()))}
        self._put: list[frozenset[str]] = []
        self._with: dict[str, list[int]] = defaultdict(list)
        self._firsts: dict[frozenset[str], list[str]] = {}

    def put(self, words: frozenset[str]) -> None:
        """One more."""
        for word in self._first(words):
            self._with[word].append(len(self._put))
        self._put.append(words)

    def like(self, words: frozenset[str]) -> list[int]:
        """Places of those that say the same, in order. Clauses without words are like no other."""
        met = {place for word in self._first(words) for place in self._with.get(word, ())}
        return sorted(place for place in met if are_alike(words, self._put[place])) if met else []

    def _first(self, words: frozenset[str]) -> list[str]:
        """The rarest words of a clause: as many as no clause that says the same can do without all."""
        known = self._firsts.get(words)
        if known is not None:
            return known
        place = self._place
        if not words <= place.keys():
            for word in sorted(words):
                place.setdefault(word, -1 - len(place))  # any order does, as long as it is one for all clauses
        known = self._firsts[words] = sorted(words, key=place.__getitem__)[: len(words) + 1 + int(-ALIKE * len(words) // 1)]
        return known


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two clauses say the same."""
    both = len(one & other)
    return both > 0 and both >= ALIKE * (len(one) + len(other) - both)
