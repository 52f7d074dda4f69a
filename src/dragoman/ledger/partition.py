"""Numbers put together in groups, with pairs that must stay apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Partition:
    """Groups of numbers that grow together (union-find); joining never brings together what was parted before."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._above = {n: n for n in numbers}
        self._apart: dict[int, set[int]] = {}  # of a group's first: firsts of groups that must stay apart from it

    @property
    def is_parted(self) -> bool:
        """Whether anything must stay apart."""
        return bool(self._apart)

    def first(self, number: int) -> int:
        """The smallest number of a number's group."""
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def are_one(self, a: int, b: int) -> bool:
        """Whether two are in one group."""
        return self.first(a) == self.first(b)

    def join(self, a: int, b: int) -> bool:
        """Put the groups of two together unless they must stay apart; whether they are one now."""
        low, high = sorted((self.first(a), self.first(b)))
        if low == high:
            return True
        if high in self._apart.get(low, ()):
            return False
        self._above[high] = low
        for other in self._apart.pop(high, ()):
            self._apart[other].discard(high)
            self.part(low, other)
        return True

    def part(self, a: int, b: int) -> bool:
        """Keep the groups of two apart from now on; False where they are one already."""
        a, b = self.first(a), self.first(b)
        if a == b:
            return False
        self._apart.setdefault(a, set()).add(b)
        self._apart.setdefault(b, set()).add(a)
        return True

    def groups(self) -> Iterator[tuple[int, list[int]]]:
        """Each group's smallest number and all its numbers, in order."""
        found: dict[int, list[int]] = {}
        for number in sorted(self._above):
            found.setdefault(self.first(number), []).append(number)
        yield from found.items()
