"""The breadth of the lexicon: the common ways of telling each act, by sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.pipeline import Reader
from dragoman.records import Record, Report

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "events" / "predicates.yaml").read_text(encoding="utf-8"))
NORWAY, CHILE = "NOR", "CHL"
EITHER_WAY = ("AGREE", "CONSULT", "COOPERATE")


def sides(record: Record, kind: str) -> set[tuple[frozenset[str], frozenset[str]]]:
    """Sources and targets, by code, of all events of a type."""
    return {(frozenset(record.actor(i).acts_for or i for i in e.sources), frozenset(record.actor(i).acts_for or i for i in e.targets)) for e in record.events if e.type == kind}


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['type'].lower()}-{c['how']}")
def test_ways_of_telling_an_act(reader: Reader, case: dict[str, Any]) -> None:
    missed = []
    for text in case["sentences"]:
        found = sides(reader.read(Report(text=text, language="en")), case["type"])
        both = frozenset({NORWAY, CHILE})
        told = any(s | t == both for s, t in found) if case["how"] == "and" or case["type"] in EITHER_WAY else (frozenset({NORWAY}), frozenset({CHILE})) in found
        if not told:
            missed.append(text)
    assert not missed
