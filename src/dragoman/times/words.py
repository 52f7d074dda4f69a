"""The words of time: what each says, as `resources/en/times.yaml` lists them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman import resources

# One letter a kind: the shapes of expressions are patterns over these letters (shapes.py).
WEEKDAY, WEEKDAYS, MONTH, DAY, ORDINAL, YEAR, DECADE, NUMBER = "W", "w", "M", "D", "d", "Y", "E", "n"
UNIT, CLOCK_UNIT, QUARTER, CENTURY, HALF, SEASON, PART = "U", "u", "Q", "C", "h", "S", "P"
LAST, NEXT, THIS, PREVIOUS, FOLLOWING, SAME, RECENT = "l", "x", "t", "p", "f", "s", "R"
AGO, EARLIER, BEFORE, LATER, ROUGH, EDGE, EVERY, FILLING = "g", "G", "B", "L", "e", "b", "q", "j"
DAY_WORD, VAGUE, SET, ARTICLE, OF, ON, AT, IN = "k", "r", "v", "a", "o", "O", "A", "i"
CLOCK, HALF_DAY, ZONE, FULL, COMMA, DASH, LINK = "c", "m", "z", "I", ",", "-", "&"
NONE, BREAK = ".", "|"

_SIMPLE = {
    "a": ARTICLE,
    "an": ARTICLE,
    "the": ARTICLE,
    "of": OF,
    "on": ON,
    "at": AT,
    "in": IN,
    ",": COMMA,
    "-": DASH,
    "–": DASH,
    "and": LINK,
    "or": LINK,
    "to": LINK,
    "through": LINK,
    "quarter": QUARTER,
    "century": CENTURY,
    "half": HALF,
}
_SECTIONS = (
    ("weekdays", WEEKDAY),
    ("weekdays_plural", WEEKDAYS),
    ("months", MONTH),
    ("seasons", SEASON),
    ("units", UNIT),
    ("clock_units", CLOCK_UNIT),
    ("numbers", NUMBER),
    ("ordinals", ORDINAL),
    ("decades", DECADE),
    ("day_words", DAY_WORD),
    ("day_parts", PART),
    ("last", LAST),
    ("next", NEXT),
    ("this", THIS),
    ("previous", PREVIOUS),
    ("following", FOLLOWING),
    ("same", SAME),
    ("recent", RECENT),
    ("ago", AGO),
    ("earlier", EARLIER),
    ("before", BEFORE),
    ("later", LATER),
    ("rough", ROUGH),
    ("edges", EDGE),
    ("every", EVERY),
    ("filling", FILLING),
    ("half_day", HALF_DAY),
    ("zones", ZONE),
    ("sets", SET),
    ("vague", VAGUE),
)


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon.

    Attributes:
        kinds: Lower-case word → (kind, what it says).
        short: Abbreviations of weekdays and months, read only where capitalised.
        nouns: Words that are vague only as nouns (`the past`).
    """

    kinds: Mapping[str, tuple[str, Any]]
    short: Mapping[str, tuple[str, int]]
    nouns: Mapping[str, str]
    months: frozenset[str]
    year_openers: frozenset[str]
    number_openers: frozenset[str]
    number_closers: frozenset[str]
    future_verbs: frozenset[str]
    future_adjectives: frozenset[str]
    future_auxiliaries: frozenset[str]
    future_modifiers: frozenset[str]


@functools.cache
def words() -> Words:
    """The lexicon, read once a process. Source: resources/en/times.yaml."""
    data = resources.load("en/times.yaml")
    kinds: dict[str, tuple[str, Any]] = {w: (k, w) for w, k in _SIMPLE.items()}
    for section, kind in _SECTIONS:
        entries = data[section]
        for word in entries:
            kinds[word] = (kind, entries[word] if isinstance(entries, dict) else word)
    short = {w: (WEEKDAY, n) for w, n in data["weekdays_short"].items()} | {w: (MONTH, n) for w, n in data["months_short"].items()}
    sets = {
        name: frozenset(map(str, data[name]))
        for name in ("year_openers", "number_openers", "number_closers", "future_verbs", "future_adjectives", "future_auxiliaries", "future_modifiers")
    }
    return Words(kinds=kinds, short=short, nouns=data["vague_nouns"], months=frozenset((*data["months"], *data["months_short"])), **sets)
