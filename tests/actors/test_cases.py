"""Who is who, sentence by sentence: the cases of tests/cases/actors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.pipeline import Reader
from dragoman.records import Actor, Mention, Record, Span

CASES = [
    pytest.param(case, id=f"{path.stem}:{case['id']}")
    for path in sorted((Path(__file__).parents[1] / "cases" / "actors").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_marks(case: dict[str, Any], reader: Reader) -> None:
    record = reader.read(case["text"])
    for mark in case["marks"]:
        span = place(case["text"], mark["words"], mark.get("nth", 1))
        if mark.get("nobody"):
            assert not [m for m in record.mentions if span.start <= m.span.start and m.span.end <= span.end], case["why"]
            continue
        found = [m for m in record.mentions if m.span == span] or [m for m in record.mentions if span.start <= m.span.start and m.span.end <= span.end and m.span.end == span.end]
        found = found or [m for m in record.mentions if m.span.start == span.start and m.span.overlaps(span)]
        assert found, f"nobody at {mark['words']!r}: {case['why']}"
        check(mark, found, record, case["why"])


def check(mark: dict[str, Any], found: list[Mention], record: Record, why: str) -> None:
    actors = [record.actor(m.actor) for m in found]
    if "codes" in mark:
        assert sorted({a.acts_for or a.name for a in actors}) == sorted(mark["codes"]), why
    if "names" in mark:
        assert sorted(a.name for a in actors) == mark["names"], why
    if "how" in mark:
        assert {m.how for m in found} == {mark["how"]}, why
    for field in ("kind", "name", "country", "acts_for", "office"):
        if field in mark:
            assert value(actors[0], field) == mark[field], f"{field}: {why}"


def value(actor: Actor, field: str) -> str | None:
    got: str | None = getattr(actor, field)
    return got


def place(text: str, words: str, nth: int) -> Span:
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))
