"""Conditions: sentences with their marks, and laws of the stage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.pipeline import Reader
from dragoman.records import Record

FOLDER = Path(__file__).parents[1] / "cases" / "conditions"
CASES = [case for file in sorted(FOLDER.glob("*.yaml")) for case in yaml.safe_load(file.read_text(encoding="utf-8"))]
SENTENCES = [case["text"] for case in CASES]


def as_marks(record: Record) -> list[dict[str, Any]]:
    """The conditions of a record as the cases write them."""
    text = record.report.text

    def code(actor_id: str | None) -> str | None:
        if actor_id is None:
            return None
        actor = record.actor(actor_id)
        return actor.acts_for or actor.name.lower().removeprefix("the ")

    return [
        {
            "kind": c.kind,
            "consequent": c.consequent_span.of(text),
            "antecedent": c.antecedent_span.of(text),
            "polarity": c.polarity,
            "holder": code(c.holder),
            "demanded_of": [code(i) for i in c.demanded_of],
        }
        for c in record.conditions
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_sentence(reader: Reader, case: dict[str, Any]) -> None:
    assert as_marks(reader.read(case["text"])) == case["marks"], case["why"]


def test_ids_are_unique() -> None:
    assert len({c["id"] for c in CASES}) == len(CASES)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
def test_the_sides_lie_in_the_text_and_apart(reader: Reader, chosen: list[str]) -> None:
    text = "\n".join(chosen)
    record = reader.read(text)
    actors = {a.id for a in record.actors}
    for condition in record.conditions:
        for span in (condition.consequent_span, condition.antecedent_span):
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text) == span.of(text).strip(" ,;")
        assert not condition.consequent_span.overlaps(condition.antecedent_span)
        assert {*condition.demanded_of, *([condition.holder] if condition.holder else [])} <= actors


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sentence=st.sampled_from(SENTENCES))
def test_reading_twice_gives_the_same(reader: Reader, sentence: str) -> None:
    assert reader.read(sentence).conditions == reader.read(sentence).conditions
