"""Wire text: what is furniture, what is story."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.wire import lay_out, paragraphs
from dragoman.records import Report

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "language" / "wire.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_furniture_is_told_from_story(case: dict) -> None:
    layout = lay_out(Report(text=case["text"], headline=case.get("headline")))
    read = [s.span.of(case["text"] if s.part == "text" else case["headline"]) for s in layout.segments]
    assert read == case["read"]
    furniture = {f.kind: f.span.of(case["text"]) for f in layout.report.furniture}
    assert furniture == case.get("furniture", {})
    dateline = layout.report.dateline
    assert [dateline.place, dateline.agency, dateline.day] == case["dateline"] if "dateline" in case else dateline is None
    assert layout.report.byline == case.get("byline")


@given(st.text(alphabet="AB (R).,–-:\n \tmé😀", max_size=80))
def test_every_letter_is_read_or_set_aside_once(text: str) -> None:
    layout = lay_out(Report(text=text))
    covered = sorted([*(s.span for s in layout.segments), *(f.span for f in layout.report.furniture)])
    for before, after in itertools.pairwise(covered):
        assert before.end <= after.start
    inside = {i for s, e in covered for i in range(s, e)}
    assert all(i in inside for i, c in enumerate(text) if c.isalnum())


@given(st.lists(st.text(alphabet="abc. ", min_size=1).filter(str.strip), max_size=6))
def test_paragraphs_are_the_lines_that_hold_something(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    assert [p.of(text) for p in paragraphs(text)] == [line.strip() for line in lines]
