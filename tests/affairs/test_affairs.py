"""Affairs: sentences with their marks, and laws of the stage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.affairs.lexicon import KINDS, nouns, statuses
from dragoman.pipeline import Reader
from dragoman.records import Record
from dragoman.records.affair import STATUSES

FOLDER = Path(__file__).parents[1] / "cases" / "affairs"
CASES = [case for file in sorted(FOLDER.glob("*.yaml")) for case in yaml.safe_load(file.read_text(encoding="utf-8"))]
SENTENCES = [case["text"] for case in CASES]
SIDES = ("parties", "senders", "targets")


def as_marks(record: Record) -> list[dict[str, Any]]:
    """The affairs of a record as the cases write them."""
    found = []
    for affair in record.affairs:
        sides = ("senders", "targets") if affair.kind == "sanctions" else ("parties",)
        codes = {side: sorted(record.actor(i).acts_for or record.actor(i).name for i in getattr(affair, side)) for side in sides}
        found.append({"kind": affair.kind, **codes, "status": affair.status})
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_sentence(reader: Reader, case: dict[str, Any]) -> None:
    wanted = [{k: sorted(v) if k in SIDES else v for k, v in mark.items() if k != "subject"} for mark in case["marks"]]
    record = reader.read(case["text"])
    assert as_marks(record) == wanted, case["why"]
    assert all(mark.get("subject", affair.subject) == affair.subject for mark, affair in zip(case["marks"], record.affairs, strict=True)), case["why"]


def test_the_tables_hold_only_statuses_of_their_kind() -> None:
    for kind in KINDS:
        assert {s for line in statuses(kind).values() for s in line.values()} <= set(STATUSES[kind])
    assert {s for line in statuses("truce").values() for s in line.values()} <= set(STATUSES["hostilities"])
    assert all(n.status is None or n.status in STATUSES[n.kind] for n in nouns().values())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
def test_every_affair_has_parties_and_evidence_in_the_text(reader: Reader, chosen: list[str]) -> None:
    text = "\n".join(chosen)
    record = reader.read(text)
    actors = {a.id for a in record.actors}
    for affair in record.affairs:
        assert affair.evidence
        assert all(0 <= s.start < s.end <= len(text) for s in affair.evidence)
        assert {*affair.parties, *affair.senders, *affair.targets} <= actors
        assert (affair.senders and affair.targets) if affair.kind == "sanctions" else len(affair.parties) > 1


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sentence=st.sampled_from([c["text"] for c in CASES if c["marks"]]))
def test_a_matter_told_twice_is_one_affair(reader: Reader, sentence: str) -> None:
    once, twice = (as_marks(reader.read("\n".join([sentence] * n))) for n in (1, 2))
    assert all(twice.count(mark) == 1 for mark in once)


def test_who_alone_left_an_agreement_is_told_apart(reader: Reader) -> None:
    record = reader.read("Kenya, Uganda and Rwanda signed a fisheries treaty on Monday. Rwanda withdrew from the fisheries treaty with Kenya and Uganda on Friday.")
    (affair,) = [a for a in record.affairs if a.kind == "agreement"]
    assert [(record.actor(p.party).acts_for, p.status) for p in affair.status_by_party] == [("RWA", "ended")]
