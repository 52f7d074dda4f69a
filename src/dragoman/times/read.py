"""From the shape of an expression to its TIMEX3 value, against the report's day and the last date that was told."""

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
_DURATION_UNITS = {"2W": "W", "WE": "WE"}


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


def read(shape: Shape, doc: Doc, kinds: Kinds, clock: Clock) -> tuple[Reading, ...]:
    """What a shape says in its place: nothing where it is no time after all, two readings for a range of days."""
    return _Reader(shape, doc, kinds, clock).read()


@dataclass(frozen=True, slots=True)
class _Reader:
    shape: Shape
    doc: Doc
    kinds: Kinds
    clock: Clock

    def read(self) -> tuple[Reading, ...]:
        if self.shape.name == "range_day":
            return self._range()
        reading: Reading | None = getattr(self, f"_{self.shape.name}")()
        return () if reading is None else (reading,)

    # What the words say

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

    # Days

    def _point(self) -> str | None:
        """The day that the shape's weekday, day of the month or day word names."""
        if self.shape.at("I") is not None:
            return str(self._says("I"))
        if self.shape.at("M") is not None:
            return self._calendar_day()
        if (word := self._says("k")) is not None:
            offset = word[0] if isinstance(word, list) else 0
            return None if self.clock.today is None else calendar.shifted(self.clock.today, int(offset), "D")
        return self._weekday_value()

    def _calendar_day(self) -> str | None:
        month, day, year = self._number("M"), self._day_number(), self._number("Y")
        assert month is not None
        assert day is not None
        if year is None:
            year = self._year_for(month, day)
        return f"{year:04d}-{month:02d}-{day:02d}" if year is not None and calendar.is_date(year, month, day) else None

    def _day_number(self) -> int | None:
        """The day beside the month: `9 a.m. on May 5` has two numbers."""
        month = self.shape.at("M")
        assert month is not None
        near = sorted((i for letter, i in zip(self.shape.letters, self.shape.indices, strict=True) if letter in "Dd"), key=lambda i: (abs(i - month), i < month))
        said = self.kinds.says[near[0]] if near else None
        return said if isinstance(said, int) else None

    def _year_for(self, month: int, day: int | None) -> int | None:
        today = self.clock.today
        if today is None:
            return None
        if (weekday := self._number("W")) is not None and day:
            for year in (today.year, today.year - 1, today.year + 1):
                if calendar.is_date(year, month, day) and dt.date(year, month, day).isoweekday() == weekday:
                    return year
        return calendar.year_of(month, day, today, self._ahead())

    def _weekday_value(self) -> str | None:
        weekday, today = self._number("W"), self.clock.today
        if weekday is None or today is None:
            return None
        letters = self.shape.letters
        if "f" in letters:
            told = calendar.day_of(self.clock.told) or today
            return calendar.weekday_near(told + dt.timedelta(days=1), weekday, 1).isoformat()
        if "l" in letters:
            return calendar.weekday_near(today - dt.timedelta(days=1), weekday, -1).isoformat()
        if "x" in letters:
            return calendar.weekday_near(today + dt.timedelta(days=1), weekday, 1).isoformat()
        return calendar.weekday_near(today, weekday, self._ahead()).isoformat()

    def _day(self) -> Reading:
        reading = self._date(self._point(), 0.95)
        return Reading("DATE", reading.value, reading.sure if self.shape.at("YI") is not None else 0.88, reading.end)

    def _range(self) -> tuple[Reading, ...]:
        """`March 4-6` is two days: the second has the month and the year of the first, or gives it the year."""
        month, year = self._number("M"), self._number("Y")
        first, second = (i for letter, i in zip(self.shape.letters, self.shape.indices, strict=True) if letter in "Dd")
        start_day, end_day = self.kinds.says[first], self.kinds.says[second]
        assert month is not None
        if year is None:
            year = self._year_for(month, start_day)
        values = [f"{year:04d}-{month:02d}-{day:02d}" if year is not None and calendar.is_date(year, month, day) else None for day in (start_day, end_day)]
        return (Reading("DATE", values[0], 0.85, first + 1), Reading("DATE", values[1], 0.8, self.shape.end, second))

    def _weekday(self) -> Reading:
        return self._date(self._weekday_value(), 0.88)

    def _day_word(self) -> Reading:
        word = self._says("k")
        value = self._point()
        if isinstance(word, list) and len(word) > 1:
            return Reading("TIME", f"{value}T{word[1]}" if value else None, 0.85, self.shape.end)
        return self._date(value, 0.92)

    def _day_part(self) -> Reading:
        value, part = self._point(), self._says("P")
        return Reading("TIME", _with_part(value, part), 0.88, self.shape.end)

    _part_of_day = _day_part

    def _deictic_part(self) -> Reading:
        part = self._says("P")
        if "s" in self.shape.letters:
            value = self.clock.told if self.clock.told and len(self.clock.told) >= 10 else None
            return Reading("TIME", _with_part(value[:10] if value else None, part), 0.7, self.shape.end)
        today = self.clock.today
        day = None if today is None else calendar.shifted(today, self._step(), "D")
        return Reading("TIME", _with_part(day, part), 0.85, self.shape.end)

    # Clock times

    def _hour(self) -> str | None:
        said = self._says("c")
        half = self._says("m")
        if isinstance(said, tuple):
            hour, minute = said
        else:
            number = self._number("D")
            if number is None:
                return None
            hour, minute = number, 0
        if half is not None:
            hour = hour % 12 + (12 if half == "pm" else 0)
        return f"T{hour:02d}:{minute:02d}" if hour < 24 else None

    def _clock(self) -> Reading | None:
        hour = self._hour()
        if hour is None or (self.shape.letters == "c" and self._before() in ("-", "–")):
            return None
        today = self.clock.today
        return Reading("TIME", f"{today.isoformat()}{hour}" if today else None, 0.75, self.shape.end)

    def _clock_day(self) -> Reading | None:
        hour, day = self._hour(), self._point()
        return Reading("TIME", f"{day}{hour}" if day and hour else None, 0.88, self.shape.end)

    _day_clock = _clock_day

    # Months and longer

    def _month(self) -> Reading:
        month, year = self._number("M"), self._number("Y")
        assert month is not None
        sure = 0.95
        today = self.clock.today
        if year is None:
            sure = 0.85
            if today is None:
                return self._date(None)
            if self.shape.at("U") is not None:
                year = today.year + self._step()
            elif "l" in self.shape.letters:
                year = today.year - (month >= today.month)
            elif "x" in self.shape.letters:
                year = today.year + (month <= today.month)
            else:
                year = self._year_for(month, None)
        return self._date(f"{year:04d}-{month:02d}", sure)

    def _year(self) -> Reading:
        return self._date(f"{self._number('Y'):04d}", 0.9)

    def _decade(self) -> Reading:
        number = self._number("E")
        assert number is not None
        if number < 10:  # the nineties: of the century that is nearest
            number += 190 if self.clock.today is None or number * 10 > self.clock.today.year % 100 else 200
        return self._date(str(number), 0.88)

    def _century(self) -> Reading:
        number = self._number("d")
        assert number is not None
        return self._date(f"{number - 1:02d}", 0.85)

    def _season(self) -> Reading:
        season, year = self._says("S"), self._number("Y")
        if year is None:
            if self.clock.today is None:
                return self._date(None)
            year = self.clock.today.year + self._step()
        return self._date(f"{year:04d}-{season}", 0.8)

    def _quarter(self) -> Reading | None:
        number, year = self._number("d"), self._number("Y")
        if year is None and self.clock.today is not None:
            year = self.clock.today.year + self._step()
        half = self.shape.at("h") is not None
        if number is None or number > (2 if half else 4):
            return None
        return self._date(f"{year:04d}-{'H' if half else 'Q'}{number}" if year is not None else None, 0.85)

    def _edge(self) -> Reading | None:
        letters = self.shape.letters
        if letters == "Ub" and self._word("U") not in ("year", "month", "week"):
            return None
        if self.shape.at("M") is not None:
            inner = self._month().value
        elif (year := self._number("Y")) is not None:
            inner = f"{year:04d}"
        else:
            unit = str(self._says("U"))
            inner = self._shifted(self.clock.today, self._step(), unit)
        at_end = self._says("b") == "end"
        return self._date((calendar.last_day(inner) or inner) if inner and at_end else inner, 0.75)

    def _deictic(self) -> Reading | None:
        letters = self.shape.letters
        plural = self._plural()
        if plural:
            return self._vague_stretch()
        unit = "Q" if self.shape.at("Q") is not None else "CE" if self.shape.at("C") is not None else str(self._says("U"))
        if "j" in letters and self._word("j") not in ("calendar", "fiscal", "whole", "entire", "full"):
            return None
        if "s" in letters or "p" in letters or "f" in letters or ("a" in letters and "x" in letters):
            return self._anaphoric(unit)
        if "a" in letters and self._word("l") == "past":
            return Reading("DURATION", _duration(1, unit), 0.8, self.shape.end)
        today = self.clock.today
        return self._date(self._shifted(today, self._step(), unit), 0.88)

    def _anaphoric(self, unit: str) -> Reading | None:
        """`the previous day`, `that year`: against the last date told, else the report's day."""
        letters = self.shape.letters
        if "s" in letters and (self._word("s") == "same" or self._before() in ("that",)) and "a" not in letters:
            return None
        told = self._told(unit)
        step = -1 if "p" in letters else 1 if "f" in letters or "x" in letters else 0
        return self._date(self._shifted(told, step, unit), 0.65)

    def _told(self, unit: str) -> dt.date | None:
        """The last day told that is fine enough for a unit; the report's day where none was."""
        told = self.clock.told
        if told is None:
            return self.clock.today
        fine = {"Y": 4, "M": 7}.get(unit, 10)
        if unit in ("DE", "CE") or len(told) >= fine:
            return calendar.day_of(told)
        return None

    def _plural(self) -> bool:
        word = self._word("Uu")
        return word is not None and word.endswith("s")

    # Offsets and stretches

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

    def _offset(self) -> Reading | None:
        """`two years ago` from the report's day; `a day later` from the last day told."""
        letters = self.shape.letters
        mark = letters[-1]
        unit = "Q" if "Q" in letters else str(self._says("Uu"))
        count = self._count()
        if mark == "B" and not self._clause_end():  # two days before the vote: how long, not when
            return Reading("DURATION", _duration(count, unit, clock="u" in letters), 0.8, self.shape.end - 1) if count is not None and letters[0] != "a" else None
        if not isinstance(count, int):
            vague = count == "X" or (count is None and self._plural())
            return self._date("PAST_REF" if mark in "gGB" else "FUTURE_REF", 0.75) if vague else None
        if "u" in letters:
            return Reading("TIME", None, 0.7, self.shape.end)
        base = self.clock.today if mark == "g" else self._told(unit)
        if base is None:
            return self._date(None, 0.7)
        return self._date(calendar.shifted(base, -count if mark in "gGB" else count, unit), 0.85 if mark == "g" else 0.65)

    def _clause_end(self) -> bool:
        if self.shape.end >= len(self.doc):
            return True
        after = self.doc[self.shape.end]
        return after.is_punct or after.is_space or after.pos_ in ("VERB", "AUX", "CCONJ") or after.lower_ in ("when", "in", "that", "with") or after.is_sent_start is True

    def _stretch(self) -> Reading:
        count, unit = self._count_inside(), str(self._says("Uu"))
        return Reading("DURATION", _duration(count, unit, clock=self.shape.at("u") is not None), 0.85, self.shape.end)

    def _count_inside(self) -> int | str:
        number = self._says("nD")
        return int(number) if isinstance(number, int) or (isinstance(number, str) and number.isdigit()) else "X"

    def _vague_stretch(self) -> Reading | None:
        """`recent weeks`, `the coming days`; a single `recent year` is none."""
        if not self._plural():
            return self._deictic() if self.shape.at("lx") is not None and self.shape.at("U") is not None else None
        return self._date("FUTURE_REF" if self.shape.at("x") is not None else "PAST_REF", 0.8)

    def _duration(self) -> Reading | None:
        letters = self.shape.letters
        count = self._count_inside()
        unit = "Q" if "Q" in letters else str(self._says("Uu"))
        if self._after() in ("old", "-") and "old" in (self._after(), self._after(1)):
            return None  # a 35-year-old
        if count == 1 and unit == "D" and "-" not in letters:
            return None  # one day they will return
        if self._before() == "in" and isinstance(count, int) and self.clock.today and "U" in letters and self._ahead() > 0:
            return self._date(calendar.shifted(self.clock.today, count, unit), 0.6)  # will leave in two weeks
        return Reading("DURATION", _duration(count, unit, clock="u" in letters), 0.85, self.shape.end)

    def _one(self) -> Reading | None:
        """`for a week`, `within the hour`: a stretch only after a word that measures."""
        if self.doc[self.shape.indices.start].lower_ == "the" or self._plural():
            return None
        if self._before() not in ("for", "within", "over", "in", "after", "than", "about", "nearly", "almost", "least", "half", "under"):
            return None
        return Reading("DURATION", _duration(1, str(self._says("Uu")), clock="u" in self.shape.letters), 0.75, self.shape.end)

    def _every(self) -> Reading | None:
        letters = self.shape.letters
        if letters == "v":
            return Reading("SET", str(self._says("v")), 0.8, self.shape.end)
        if self.shape.at("Ww") is not None:
            number = self._says("Ww")
            return Reading("SET", f"XXXX-WXX-{number}" if number else "XXXX-WXX", 0.85, self.shape.end)
        if self.shape.at("P") is not None:
            return Reading("SET", f"XXXX-XX-XXT{self._says('P')}", 0.8, self.shape.end)
        count = self._count_inside() if self.shape.at("nD") is not None else 1
        unit = "Q" if "Q" in letters else str(self._says("Uu"))
        return Reading("SET", _duration(count, unit, clock="u" in letters), 0.85, self.shape.end)

    def _vague(self) -> Reading | None:
        return self._date(str(self._says("r")), 0.75)


def _with_part(day: str | None, part: object) -> str | None:
    if day is None:
        return None
    return {"MI": f"{day}T12:00", "MIDNIGHT": f"{day}T24:00", "DAWN": f"{day}TMO"}.get(str(part), f"{day}T{part}")


def _duration(count: int | str | None, unit: str, *, clock: bool = False) -> str:
    if unit == "2W":
        return f"P{count * 2 if isinstance(count, int) else count}W"
    return f"P{'T' if clock else ''}{count}{_DURATION_UNITS.get(unit, unit)}"
