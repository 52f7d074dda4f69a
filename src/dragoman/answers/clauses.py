"""Which clauses say the same, found by their words: a busy pair of sides has thousands of them, too many to compare each with each."""

from __future__ import annotations

from collections import Counter, defaultdict

ALIKE = 0.5  # of all content words of two clauses: so many in both make them say the same


class Clauses:
    """Clauses as sets of stems, in the order in which they were put in."""

    def __init__(self) -> None:
        self._sizes: list[int] = []
        self._with: dict[str, list[int]] = defaultdict(list)

    def put(self, words: frozenset[str]) -> None:
        """One more."""
        for word in words:
            self._with[word].append(len(self._sizes))
        self._sizes.append(len(words))

    def like(self, words: frozenset[str]) -> list[int]:
        """Places of those that say the same, in order. Clauses without words are like no other."""
        shared = Counter(place for word in words for place in self._with.get(word, ()))
        return sorted(place for place, both in shared.items() if both >= ALIKE * (len(words) + self._sizes[place] - both))
