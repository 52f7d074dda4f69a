"""Which clauses say the same, found by their words: a busy pair of sides has thousands of them, too many to compare each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

ALIKE = 0.5  # of all content words of two clauses: so many in both make them say the same


class Clauses:
    """Clauses as sets of stems, in the order in which they were put in.

    Two clauses that say the same share at least half of the words of each, and so at least one of any half and one more: only by these, the rarest, are others looked up.

    Args:
        clauses: The first of them.
    """

    def __init__(self, clauses: Iterable[frozenset[str]] = ()) -> None:
        self._put: list[frozenset[str]] = []
        self._with: dict[str, list[int]] = defaultdict(list)
        for words in clauses:
            self.put(words)

    def put(self, words: frozenset[str]) -> None:
        """One more."""
        for word in words:
            self._with[word].append(len(self._put))
        self._put.append(words)

    def like(self, words: frozenset[str]) -> list[int]:
        """Places of those that say the same, in order. Clauses without words are like no other."""
        known = [(len(self._with.get(word, ())), word) for word in words]
        few = sorted(known)[: len(words) + 1 + int(-ALIKE * len(words) // 1)]
        met = {place for often, word in few if often for place in self._with[word]}
        return sorted(place for place in met if are_alike(words, self._put[place])) if met else []


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two clauses say the same."""
    both = len(one & other)
    return both > 0 and both >= ALIKE * (len(one) + len(other) - both)
