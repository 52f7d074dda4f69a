"""The pair coder: spans in, type and code and status out; clear errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marked import unmarked

from dragoman.events.model import TypeModel
from dragoman.events.pairs import code_pairs
from dragoman.pipeline import Reader

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/events/pairs.yaml").read_text(encoding="utf-8"))
TEXT = "ACCRA (Reuters) - Ghana urged Mali to free the soldiers. Togo's president met the Malian envoy."


def ask(text: str, source: tuple[int, int], target: tuple[int, int], ref: str = "r") -> dict[str, Any]:
    return {"ref": ref, "text": text, "source": list(source), "target": list(target)}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_types(case: dict[str, Any], reader: Reader) -> None:
    text, source, target = unmarked(case["text"])
    (answer,) = code_pairs([ask(text, source, target)], reader)
    assert answer["type"] in (case["type"], case.get("alternative")), case["why"]
    assert answer["cameo"][:2] == case["root"], case["why"]
    if case["status"] != "any":
        assert answer["status"] == case["status"]


def test_spans_are_of_the_text_as_it_came_in(reader: Reader) -> None:
    start = TEXT.index("Ghana")
    target = TEXT.index("Mali ")
    (answer,) = code_pairs([ask(TEXT, (start, start + 5), (target, target + 4))], reader)
    assert (answer["type"], answer["ref"]) == ("REQUEST", "r")


def test_a_source_in_the_dateline_is_coded_all_the_same(reader: Reader) -> None:
    target = TEXT.index("Mali ")
    (answer,) = code_pairs([ask(TEXT, (0, 5), (target, target + 4))], reader)
    assert "error" not in answer


@pytest.mark.parametrize("source", [(0, 500), (5, 5), (9, 3), (-1, 4)])
def test_a_span_outside_the_text_is_told(source: tuple[int, int], reader: Reader) -> None:
    (answer,) = code_pairs([ask(TEXT, source, (0, 5))], reader)
    assert answer["ref"] == "r"
    assert "'source'" in answer["error"]
    assert str(len(TEXT)) in answer["error"]


def test_a_span_of_blanks_is_told(reader: Reader) -> None:
    (answer,) = code_pairs([ask("Oslo   thanked Riga.", (4, 6), (15, 19))], reader)
    assert "holds no word" in answer["error"]


def test_one_bad_request_leaves_the_others(reader: Reader) -> None:
    good = ask("Oslo thanked Riga.", (0, 4), (13, 17))
    answers = list(code_pairs([{**good, "ref": "1"}, {**good, "ref": "2", "source": [0, 99]}, {**good, "ref": "3"}], reader))
    assert [a["ref"] for a in answers] == ["1", "2", "3"]
    assert ["error" in a for a in answers] == [False, True, False]
    assert answers[0]["cameo"] == answers[2]["cameo"]


def test_two_far_apart_are_told(reader: Reader) -> None:
    text = "Oslo thanked Riga.\n\n" + "It rained all day long in the valley.\n\n" * 1500 + "Kampala slept."
    at = text.index("Kampala")
    (answer,) = code_pairs([ask(text, (0, 4), (at, at + 7))], reader)
    assert "too far apart" in answer["error"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(a=st.integers(0, len(TEXT) - 1), b=st.integers(1, 30), c=st.integers(0, len(TEXT) - 1), d=st.integers(1, 30))
def test_any_spans_give_an_answer_or_an_error(a: int, b: int, c: int, d: int, reader: Reader) -> None:
    """Whatever words are marked, even overlapping ones, there is one answer: a type of the table and a probability, or an error."""
    (answer,) = code_pairs([ask(TEXT, (a, a + b), (c, c + d))], reader)
    if "error" not in answer:
        assert answer["type"] in TypeModel.load().types.labels
        assert answer["type"] != "NONE"
        assert 0 < answer["score"] <= 1
        assert answer["status"] in ("actual", "negated", "planned", "possible")
