"""Lengths of time, sets of times, and what lies a length away: what their expressions say."""

from __future__ import annotations

from dragoman.times import calendar
from dragoman.times.sight import Reading, Sight


class Lengths(Sight):
    """Readings of durations, offsets and sets; one method a shape."""

    __slots__ = ()

    def of_offset(self) -> Reading | None:
        """`two years ago` from the report's day; `a day later` from the last day told."""
        letters = self.shape.letters
        mark = letters[-1]
        unit = "Q" if "Q" in letters else str(self._says("Uu"))
        count = self._count()
        if mark == "B" and not self._clause_end():  # two days before the vote: how long, not when
            return Reading("DURATION", duration(count, unit, clock="u" in letters), 0.8, self.shape.end - 1) if count is not None and letters[0] != "a" else None
        if not isinstance(count, int):
            vague = count == "X" or (count is None and self._plural())
            return self._date("PAST_REF" if mark == "g" else None, 0.75) if vague else None  # days later: after what was told, open
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

    def of_stretch(self) -> Reading:
        """`the past three years`."""
        count, unit = self._count_inside(), str(self._says("Uu"))
        return Reading("DURATION", duration(count, unit, clock=self.shape.at("u") is not None), 0.85, self.shape.end)

    def of_duration(self) -> Reading | None:
        """`three months`, `a three-day visit`."""
        letters = self.shape.letters
        count = self._count_inside()
        unit = "Q" if "Q" in letters else str(self._says("Uu"))
        if self._after() in ("old", "-") and "old" in (self._after(), self._after(1)):
            return None  # a 35-year-old
        if count == 1 and unit == "D" and "-" not in letters:
            return None  # one day they will return
        if self._before() == "in" and isinstance(count, int) and self.clock.today and "U" in letters and self._ahead() > 0:
            return self._date(calendar.shifted(self.clock.today, count, unit), 0.6)  # will leave in two weeks
        start = self.shape.indices.start + (letters[0] == "a" and isinstance(count, int))  # a three-day visit
        return Reading("DURATION", duration(count, unit, clock="u" in letters), 0.85, self.shape.end, start)

    def of_one(self) -> Reading | None:
        """`for a week`, `within the hour`: a stretch only after a word that measures."""
        if self.doc[self.shape.indices.start].lower_ == "the" or self._plural():
            return None
        if self._before() not in ("for", "within", "over", "in", "after", "than", "about", "nearly", "almost", "least", "half", "under"):
            return None
        return Reading("DURATION", duration(1, str(self._says("Uu")), clock="u" in self.shape.letters), 0.75, self.shape.end)

    def of_every(self) -> Reading | None:
        """`every year`, `daily`, `on Mondays`."""
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
        return Reading("SET", duration(count, unit, clock="u" in letters), 0.85, self.shape.end)


def duration(count: int | str | None, unit: str, *, clock: bool = False) -> str:
    """A TIMEX3 duration: `P3D`, `PT2H`, `PXY` for an open number; a fortnight is two weeks."""
    if unit == "2W":
        return f"P{count * 2 if isinstance(count, int) else count}W"
    return f"P{'T' if clock else ''}{count}{unit}"
