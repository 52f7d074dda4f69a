"""The stage: document and earlier findings → times."""

from __future__ import annotations

import datetime as dt
import re

from dragoman.language.document import Document
from dragoman.records import TimeExpression
from dragoman.times.calendar import is_date, year_of
from dragoman.times.kinds import tell_kinds
from dragoman.times.read import read
from dragoman.times.shapes import find_shapes
from dragoman.times.sight import Clock
from dragoman.times.words import words

_FINE = re.compile(r"\d{4}(?:-\d\d)?(?:-\d\d)?(?:T.*)?$")  # what later expressions may be told against
_NEAR = dt.timedelta(days=7)  # a dateline further from the publishing day is not of this report


def find_times(document: Document) -> tuple[TimeExpression, ...]:
    """Find time expressions and normalise them against the report's day.

    Args:
        document: One parsed report; its dateline's day, else its publishing day, is what relative dates are told against.

    Returns:
        Expressions in text order, none overlapping another. A value is None where the report leaves it open.

    Source: resources/en/times.yaml; the notation is TIMEX3.
    """
    kinds = tell_kinds(document)
    clock = Clock(report_day(document))
    found: list[TimeExpression] = []
    for shape in find_shapes(kinds):
        for reading in read(shape, document.doc, kinds, clock):
            start = shape.indices.start if reading.start is None else reading.start
            if reading.type in ("DATE", "TIME") and reading.value and _FINE.match(reading.value):
                clock.told = reading.value
            found.append(
                TimeExpression(
                    id=document.id("t", len(found) + 1),
                    part=document.part(document.doc[start]),
                    rule=f"time:{shape.name}",
                    confidence=reading.sure,
                    span=document.span(start, reading.end),
                    type=reading.type,
                    value=reading.value,
                )
            )
    return tuple(found)


def report_day(document: Document) -> dt.date | None:
    """The day that the report was written on: its dateline's where that is near the publishing day, else the publishing day."""
    published, dateline = document.report.published, document.report.dateline
    if dateline is None or dateline.day is None:
        return published
    lexicon = words()
    month = day = year = None
    for word in dateline.day.replace(",", " ").split():
        lower = word.lower()
        if word.isdigit():
            year, day = (int(word), day) if len(word) == 4 else (year, int(word))
        elif (entry := lexicon.kinds.get(lower) or lexicon.short.get(lower)) and isinstance(entry[1], int):
            month = entry[1]
    if month is None or day is None:
        return published
    if year is None:
        if published is None:
            return None
        year = min((year_of(month, day, published, way) for way in (-1, 1)), key=lambda y: abs(dt.date(y, month, min(day, 28)) - published))
    if not is_date(year, month, day):
        return published
    told = dt.date(year, month, day)
    return told if published is None or abs(told - published) <= _NEAR else published
