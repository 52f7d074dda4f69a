"""Times: extents and values of the cases, and what holds of every text."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.language.document import Document, tokenise
from dragoman.pipeline import Reader
from dragoman.records import Report, TimeExpression
from dragoman.times import calendar
from dragoman.times.find import find_times

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/times/expressions.yaml").read_text(encoding="utf-8"))
VALUE = re.compile(
    r"\d{2,4}|\d{4}-\d\d(-\d\d)?(T\d\d:\d\d|T[A-Z]{2})?|\d{4}-W\d\d(-WE)?|\d{4}-(SP|SU|FA|WI|Q[1-4]|H[12])|P(T?\d+|T?X|T?\d+\.\d+)(D|W|M|Y|H|S|Q|DE|CE|WE)"
    r"|(PAST|PRESENT|FUTURE)_REF|XXXX-WXX(-\d)?|XXXX-XX-XXT[A-Z]+"
)


def times_of(reader: Reader, text: str, published: dt.date | None) -> tuple[TimeExpression, ...]:
    report = Report(text=text, published=published, language="en")
    found = []
    for number, piece in enumerate(reader._prepare(report)):
        found += find_times(Document.of(piece, reader.nlp(tokenise(piece, reader.nlp)), number))
    return tuple(found)


def plain(value: object) -> str | None:
    return None if value is None else str(value)


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(reader: Reader, case: dict[str, Any]) -> None:
    published = case.get("published", "2024-06-05")
    found = times_of(reader, case["text"], published and dt.date.fromisoformat(str(published)))
    assert [(t.span.of(case["text"]), t.type, t.value) for t in found] == [(words, kind, plain(value)) for words, kind, value in case["marks"]], case["why"]


PHRASES = [
    "Monday",
    "last week",
    "in 2014",
    "June 5",
    "two years ago",
    "the end of the year",
    "9 a.m.",
    "every day",
    "the early 1990s",
    "troops left",
    "said",
    ",",
    "May",
    "the following day",
    "20",
    "will meet",
    "on",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(PHRASES), min_size=1, max_size=9), day=st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_findings_stand_in_the_text_apart_and_in_order(reader: Reader, words: list[str], day: dt.date | None) -> None:
    text = "The envoys " + " ".join(words) + "."
    found = times_of(reader, text, day)
    assert all(0 <= t.span.start < t.span.end <= len(text) and t.span.of(text).strip() == t.span.of(text) for t in found)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert len({t.id for t in found}) == len(found)
    assert all(t.value is None or VALUE.fullmatch(t.value) for t in found), [t.value for t in found]


@given(day=st.dates(dt.date(1000, 1, 1), dt.date(3000, 1, 1)), weekday=st.integers(1, 7), direction=st.sampled_from([-1, 1]))
def test_the_weekday_is_within_a_week_on_the_right_side(day: dt.date, weekday: int, direction: int) -> None:
    found = calendar.weekday_near(day, weekday, direction)
    assert found.isoweekday() == weekday
    assert 0 <= (found - day).days * direction < 7


@given(day=st.dates(dt.date(1000, 1, 1), dt.date(3000, 1, 1)), count=st.integers(-200, 200), unit=st.sampled_from(["D", "W", "M", "Q", "Y", "DE", "CE", "WE"]))
def test_a_step_forth_and_back_leads_home(day: dt.date, count: int, unit: str) -> None:
    assert calendar.shifted(day, 0, unit) is not None
    if unit == "D":
        forth = calendar.day_of(calendar.shifted(day, count, unit))
        assert forth is not None
        assert calendar.shifted(forth, -count, unit) == day.isoformat()


def test_no_value_is_made_without_a_day(reader: Reader) -> None:
    found = times_of(reader, "They met on Friday, last week, yesterday, in June and two years ago.", None)
    assert len(found) == 5
    assert all(t.value is None for t in found)
