"""The shapes of time expressions: patterns over the kinds of words. One letter a token, so that one scan finds them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.times.kinds import Kinds

_DAY = r"(?:(?:[WI],?)?(?:M[Dd](?:,?Y)?|a?[Dd]o?M(?:,?Y)?)|I)"  # Tuesday, June 4, 2024 · 4 June · the 4th of June
_CLOCK = r"(?:cm?|Dm)z?"
_POINT = rf"(?:{_DAY}|[tlx]?W|k)"
_COUNT = r"[nD]"

# In order: at one place the first that fits is taken.
SHAPES = (
    ("iso", r"Y-D-D"),  # 2024-06-05, which the tokenizer takes apart
    ("range_day", r"M[Dd][-&][Dd](?:,?Y)?"),  # March 4-6 · June 5 and 6
    ("clock_day", rf"{_CLOCK},?(?:O|i)?{_POINT}"),  # 9 a.m. on Wednesday
    ("day_clock", rf"{_POINT},?A{_CLOCK}"),  # Wednesday at 9 a.m.
    ("clock", _CLOCK),
    ("part_of_day", rf"a?Po{_POINT}"),  # the morning of June 5
    ("day_part", rf"(?:[eGL]O?)?{_POINT}P"),  # late on Wednesday night
    ("day", rf"[eGL]?{_DAY}"),
    ("weekday", r"[eGL]?[tlxf]?W"),
    ("day_word", r"[eGL]?k"),
    ("month", r"(?:[eGL]-?)?[tlx]?M(?:,?Y|oY|o?[tlxs]U)?"),
    ("edge", r"abo(?:[tlx]U|aU|U?Y|M,?Y?)|Ub"),  # the end of the month · year end
    ("quarter", r"a?d(?:Q|h)(?:oY|o[tlx]U|Y)"),  # the first quarter of 2015
    ("century", r"a?(?:[eGL]-?)?d-?C"),
    ("season", r"a?[eGL]?(?:[tlx]S(?:o?Y)?|So?(?:Y|[tlx]U))"),
    ("decade", r"a?(?:[eGL]-?)?E"),
    ("year", r"(?:[eGL]-?)?Y"),
    ("every", rf"q{_COUNT}?[UuQP]|q[Ww]|w|v"),
    ("stretch", rf"a?[lxpftR]{_COUNT}j?[Uu]"),  # the past three years
    ("vague_stretch", r"a?[Rlx][Uu]"),  # recent weeks (plural is checked)
    ("offset", rf"(?:a|{_COUNT}|ano?)?j?[UuQ][gGBL]"),  # two years ago · a day later
    ("deictic", r"[eGL]?a?[tlxpfs]j?[UQC]"),  # earlier this year · the previous day
    ("deictic_part", r"[eGL]?[tls]P"),
    ("duration", rf"(?:{_COUNT}|ano?)-?j?-?[UuQ]"),
    ("one", r"aj?[Uu]"),
    ("vague", r"a?r"),
)
_PATTERN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in SHAPES))


@dataclass(frozen=True, slots=True)
class Shape:
    """An expression as found: the name of its shape, its letters, its token indices."""

    name: str
    letters: str
    indices: range

    @property
    def end(self) -> int:
        """Index behind the last token."""
        return self.indices.stop

    def at(self, letters: str) -> int | None:
        """Index of the first token of one of the kinds, None where there is none."""
        for letter, index in zip(self.letters, self.indices, strict=True):
            if letter in letters:
                return index
        return None


def find_shapes(kinds: Kinds) -> Iterator[Shape]:
    """All expressions by shape, in text order, none overlapping another."""
    for found in _PATTERN.finditer(kinds.letters):
        start = kinds.tokens[found.start()]
        yield Shape(found.lastgroup or "", found[0], range(start, start + len(found[0])))
