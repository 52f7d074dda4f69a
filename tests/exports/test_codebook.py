from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from dragoman.answers.quads import QUADS
from dragoman.exports.codebook import SUBJECTS, as_json, labels, meanings, page, whole
from dragoman.exports.files import write_codebook
from dragoman.ledger.store import CODEBOOK
from dragoman.records.actor import ActorKind
from dragoman.records.affair import STATUSES, AffairKind
from dragoman.records.condition import Condition, ConditionKind
from dragoman.records.event import EventType, Modality, Polarity, Status
from dragoman.records.evidence import Part
from dragoman.records.statement import Act, Manner, StatementKind
from dragoman.resources import load

LABELS = {
    "event type": get_args(EventType),
    "event status": get_args(Status),
    "event polarity": get_args(Polarity),
    "event modality": get_args(Modality),
    "quad class": QUADS,
    "statement kind": get_args(StatementKind),
    "statement manner": get_args(Manner),
    "statement act": get_args(Act),
    "condition kind": get_args(ConditionKind),
    "condition polarity": get_args(Condition.model_fields["polarity"].annotation),
    "affair kind": get_args(AffairKind),
    "affair status": tuple(f"{kind} {status}" for kind, told in STATUSES.items() for status in told),
    "actor kind": get_args(ActorKind),
    "part": get_args(Part),
}


@pytest.mark.parametrize("group", LABELS)
def test_every_label_has_its_line_and_no_line_lacks_a_label(group: str) -> None:
    assert sorted(load("ontology/labels.yaml")[group]) == sorted(LABELS[group])


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_export_has_its_codebook(subject) -> None:
    told = page(subject)
    assert f"Codebook version {CODEBOOK}" in told
    assert all(f"| `{name}` |" in told for name in meanings(subject))
    assert all(f"| `{label}` |" in told for group in labels(subject).values() for label in group)
    assert all(meaning.strip() for meaning in meanings(subject).values())
    assert json.loads(as_json(subject))["codebook"] == CODEBOOK
    assert all(f"`{name}`" in whole() for name in meanings(subject))


def test_it_is_written_beside_the_export(tmp_path: Path) -> None:
    beside = write_codebook("cameo", tmp_path / "events.tab")
    assert beside == tmp_path / "events.tab.codebook.md"
    assert beside.read_text().startswith("# Codebook")
    assert write_codebook("cameo", None) is None
