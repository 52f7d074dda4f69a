"""What a reader of one expression can see: its words, what stands beside it, the report's day and the last date that was told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc

from dragoman.times import calendar
from dragoman.times.direction import direction
from dragoman.times.kinds import Kinds
from dragoman.times.shapes import Shape

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression says.

    Attributes:
        sure: The share of such readings expected to be right.
        end: Token index behind its last word; may lie before the end of its shape.
        start: Token index of its first word, None where that is the shape's.
    """

    type: TimeType
    value: str | None
    sure: float
    end: int
    start: int | None = None


@dataclass(slots=True)
class Clock:
    """What relative expressions are told against: the report's day, and the last day or month that the text named."""

    today: dt.date | None
    told: str | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """One expression in its place."""

    shape: Shape
    doc: Doc
    kinds: Kinds
    clock: Clock

    def _says(self, letters: str) -> int | str | tuple[int, int] | list[int | str] | None:
        index = self.shape.at(letters)
        return None if index is None else self.kinds.says[index]

    def _number(self, letters: str) -> int | None:
        said = self._says(letters)
        return said if isinstance(said, int) else None

    def _word(self, letters: str) -> str | None:
        index = self.shape.at(letters)
        return None if index is None else self.doc[index].lower_

    def _ahead(self) -> int:
        index = next(i for i in reversed(self.shape.indices) if self.doc[i].text not in ("-", ","))
        return direction(self.doc[index])

    def _step(self) -> int:
        """-1, 0, 1 for last, this, next."""
        letters = self.shape.letters
        return -1 if "l" in letters else 1 if "x" in letters else 0

    def _before(self) -> str:
        start = self.shape.indices.start
        return self.doc[start - 1].lower_ if start else ""

    def _after(self, steps: int = 0) -> str:
        return self.doc[self.shape.end + steps].lower_ if self.shape.end + steps < len(self.doc) else ""

    def _date(self, value: str | None, sure: float = 0.9) -> Reading:
        return Reading("DATE", value, sure, self.shape.end)

    @staticmethod
    def _shifted(day: dt.date | None, count: int, unit: str) -> str | None:
        return None if day is None else calendar.shifted(day, count, unit)

    def _plural(self) -> bool:
        word = self._word("Uu")
        return word is not None and word.endswith("s")

    def _count(self) -> int | str | None:
        number = self._says("nD")
        if number is None:
            return 1 if self.shape.letters[0] == "a" else None
        if isinstance(number, str) and not number.isdigit():
            try:
                return str(float(number))
            except ValueError:
                return "X"
        return int(number) if isinstance(number, (int, str)) else None

    def _count_inside(self) -> int | str:
        number = self._says("nD")
        return int(number) if isinstance(number, int) or (isinstance(number, str) and number.isdigit()) else "X"

    def _told(self, unit: str) -> dt.date | None:
        """The last day told that is fine enough for a unit; the report's day where none was."""
        told = self.clock.told
        if told is None:
            return self.clock.today
        fine = {"Y": 4, "M": 7}.get(unit, 10)
        if unit in ("DE", "CE") or len(told) >= fine:
            return calendar.day_of(told)
        return None
