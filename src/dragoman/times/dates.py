"""Points and periods on the calendar and the clock: what their expressions say."""

from __future__ import annotations

import datetime as dt

from dragoman.times import calendar
from dragoman.times.lengths import duration
from dragoman.times.sight import Reading, Sight


class Dates(Sight):
    """Readings of days, clock times, months, years and longer; one method a shape."""

    __slots__ = ()

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

    def of_day(self) -> Reading:
        """`June 4, 2024`, `the 21st of May`."""
        reading = self._date(self._point(), 0.95)
        return Reading("DATE", reading.value, reading.sure if self.shape.at("YI") is not None else 0.88, reading.end)

    def of_iso(self) -> Reading | None:
        """`2024-06-05`."""
        year, month, day = (self.kinds.says[i] for letter, i in zip(self.shape.letters, self.shape.indices, strict=True) if letter in "YD")
        return self._date(f"{year:04d}-{month:02d}-{day:02d}", 0.97) if calendar.is_date(year, month, day) else None

    def of_range_day(self) -> tuple[Reading, ...]:
        """`March 4-6` is two days: the second has the month and the year of the first, or gives it the year."""
        month, year = self._number("M"), self._number("Y")
        first, second = (i for letter, i in zip(self.shape.letters, self.shape.indices, strict=True) if letter in "Dd")
        start_day, end_day = self.kinds.says[first], self.kinds.says[second]
        assert month is not None
        if year is None:
            year = self._year_for(month, start_day)
        values = [f"{year:04d}-{month:02d}-{day:02d}" if year is not None and calendar.is_date(year, month, day) else None for day in (start_day, end_day)]
        return (Reading("DATE", values[0], 0.85, first + 1), Reading("DATE", values[1], 0.8, self.shape.end, second))

    def of_weekday(self) -> Reading | None:
        """`Friday`, `next Tuesday`."""
        weekday = self.doc[self.shape.indices[-1]]
        if self._before() == "a" and weekday.dep_ == "pobj":
            return None  # on a Monday: any; but a Monday deadline
        return self._date(self._weekday_value(), 0.88)

    def of_day_word(self) -> Reading:
        """`yesterday`, `tonight`."""
        word = self._says("k")
        value = self._point()
        if isinstance(word, list) and len(word) > 1:
            return Reading("TIME", f"{value}T{word[1]}" if value else None, 0.85, self.shape.end)
        return self._date(value, 0.92)

    def of_day_part(self) -> Reading:
        """`late on Monday night`, `the morning of June 5`."""
        value, part = self._point(), self._says("P")
        return Reading("TIME", _with_part(value, part), 0.88, self.shape.end)

    of_part_of_day = of_day_part

    def of_deictic_part(self) -> Reading:
        """`this morning`, `that night`."""
        part = self._says("P")
        if "s" in self.shape.letters:
            value = self.clock.told if self.clock.told and len(self.clock.told) >= 10 else None
            return Reading("TIME", _with_part(value[:10] if value else None, part), 0.7, self.shape.end)
        today = self.clock.today
        day = None if today is None else calendar.shifted(today, self._step(), "D")
        return Reading("TIME", _with_part(day, part), 0.85, self.shape.end)

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

    def of_clock(self) -> Reading | None:
        """`10:40 p.m. GMT`: of the report's day."""
        hour = self._hour()
        if hour is None or (self.shape.letters == "c" and self._before() in ("-", "–")):
            return None
        today = self.clock.today
        return Reading("TIME", f"{today.isoformat()}{hour}" if today else None, 0.75, self.shape.end)

    def of_clock_day(self) -> Reading | None:
        """`9 a.m. on Wednesday`, `Wednesday at 9 a.m.`."""
        hour, day = self._hour(), self._point()
        return Reading("TIME", f"{day}{hour}" if day and hour else None, 0.88, self.shape.end)

    of_day_clock = of_clock_day

    def of_month(self) -> Reading:
        """`May 2022`, `mid-June`, `April last year`."""
        month, year = self._number("M"), self._number("Y")
        assert month is not None
        sure = 0.95
        today = self.clock.today
        if year is None:
            sure = 0.85
            if today is None:
                return self._date(None)
            if self.shape.at("s") is not None:
                told = self._told("Y")  # in November of that year
                return self._date(f"{told.year:04d}-{month:02d}" if told else None, 0.7)
            if self.shape.at("U") is not None:
                year = today.year + self._step()
            elif "l" in self.shape.letters:
                year = today.year - (month >= today.month)
            elif "x" in self.shape.letters:
                year = today.year + (month <= today.month)
            else:
                year = self._year_for(month, None)
        return self._date(f"{year:04d}-{month:02d}", sure)

    def of_year(self) -> Reading:
        """`2015`, `early 2015`."""
        return self._date(f"{self._number('Y'):04d}", 0.9)

    def of_decade(self) -> Reading | None:
        """`the 1990s`, `the nineties`."""
        number = self._number("E")
        assert number is not None
        start = self.shape.indices.start
        if start and self.doc[start - 1].tag_ == "PRP$":
            return None  # in his twenties
        if number < 10:  # the nineties: of the century that is nearest
            number += 190 if self.clock.today is None or number * 10 > self.clock.today.year % 100 else 200
        return self._date(str(number), 0.88)

    def of_century(self) -> Reading:
        """`the 19th century`."""
        number = self._number("d")
        assert number is not None
        return self._date(f"{number - 1:02d}", 0.85)

    def of_season(self) -> Reading:
        """`last summer`, `the spring of 2019`."""
        season, year = self._says("S"), self._number("Y")
        if year is None:
            if self.clock.today is None:
                return self._date(None)
            year = self.clock.today.year + self._step()
        return self._date(f"{year:04d}-{season}", 0.8)

    def of_quarter(self) -> Reading | None:
        """`the first quarter of 2023`, `the second half of 2023`."""
        number, year = self._number("d"), self._number("Y")
        if year is None and self.clock.today is not None:
            year = self.clock.today.year + self._step()
        half = self.shape.at("h") is not None
        if number is None or number > (2 if half else 4):
            return None
        return self._date(f"{year:04d}-{'H' if half else 'Q'}{number}" if year is not None else None, 0.85)

    def of_edge(self) -> Reading | None:
        """`the end of the month`: its last day."""
        letters = self.shape.letters
        if letters == "Ub" and self._word("U") not in ("year", "month", "week"):
            return None
        if self.shape.at("M") is not None:
            inner = self.of_month().value
        elif (year := self._number("Y")) is not None:
            inner = f"{year:04d}"
        else:
            unit = str(self._says("U"))
            inner = self._shifted(self.clock.today, self._step(), unit)
        at_end = self._says("b") == "end"
        return self._date((calendar.last_day(inner) or inner) if inner and at_end else inner, 0.75)

    def of_deictic(self) -> Reading | None:
        """`last week`, `earlier this year`, `the previous day`."""
        letters = self.shape.letters
        plural = self._plural()
        if plural:
            return self.of_vague_stretch()
        unit = "Q" if self.shape.at("Q") is not None else "CE" if self.shape.at("C") is not None else str(self._says("U"))
        if "j" in letters and self._word("j") not in ("calendar", "fiscal", "whole", "entire", "full"):
            return None
        if "s" in letters or "p" in letters or "f" in letters or ("a" in letters and "x" in letters):
            return self._anaphoric(unit)
        if "a" in letters and self._word("l") == "past":
            return Reading("DURATION", duration(1, unit), 0.8, self.shape.end)
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

    def of_vague_stretch(self) -> Reading | None:
        """`recent weeks`, `the coming days`; a single `recent year` is none."""
        if not self._plural():
            return self.of_deictic() if self.shape.at("lx") is not None and self.shape.at("U") is not None else None
        return self._date("FUTURE_REF" if self.shape.at("x") is not None else "PAST_REF", 0.8)

    def of_vague(self) -> Reading | None:
        """`now`, `in the past`."""
        return self._date(str(self._says("r")), 0.75)


def _with_part(day: str | None, part: object) -> str | None:
    if day is None:
        return None
    return {"MI": f"{day}T12:00", "MIDNIGHT": f"{day}T24:00", "DAWN": f"{day}TMO"}.get(str(part), f"{day}T{part}")
