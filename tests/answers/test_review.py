"""The review queue: its order is a law, and what somebody looked at leaves it."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.errors import UnknownNameError
from dragoman.ledger.weighing import pressing, weight_of
from dragoman.records import Finding, Record
from dragoman.records.affair import STATUSES
from dragoman.records.event import Status
from dragoman.records.statement import Act, StatementKind

PERU, CHILE, KENYA = "state:PER", "state:CHL", "state:KEN"


def findings(record: Record) -> list[Finding]:
    return [*record.statements, *record.events, *record.conditions, *record.affairs]


def wire(day: str = "2024-06-06", **confidence: float) -> Wire:
    made = Wire("Peru said it would not talk until Chile left. Peru bombed a port of Chile. Kenya met Peru. Their border quarrel goes on.", day)
    made.statement(PERU, "said", "would not talk until Chile left", act="refuse", to=(CHILE,), confidence=confidence.get("s", 0.9))
    made.event("ASSAULT", (PERU,), (CHILE,), "bombed", confidence=confidence.get("e", 0.9))
    made.event("CONSULT", (KENYA,), (PERU,), "met", confidence=confidence.get("visit", 0.9))
    made.condition(PERU, "talk", "Chile left", (CHILE,), confidence=confidence.get("c", 0.9))
    return made.affair("dispute", (PERU, CHILE), "open", "border quarrel", "border quarrel", confidence=confidence.get("a", 0.9))


def test_what_weighs_more_comes_first_where_all_is_equally_sure(any_ledger: Ledger) -> None:
    any_ledger.add(wire().record())
    rows = any_ledger.review()
    assert [(r.kind, r.weight) for r in rows] == [("event", 1.0), ("condition", 0.9), ("statement", 0.9), ("affair", 0.6), ("event", 0.28)]
    first = rows[0]
    assert (first.what, [a.code for a in first.who], [a.code for a in first.whom], first.pressing) == ("ASSAULT 190", ["PER"], ["CHL"], 0.1)
    assert first.source.sentence == "Peru bombed a port of Chile."


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["s", "e", "visit", "c", "a"]), st.floats(0, 1)), st.integers(1, 6))
def test_the_order_is_doubt_times_weight(confidence: dict[str, float], limit: int) -> None:
    record = wire(**confidence).record()
    with Ledger(":memory:") as ledger:
        ledger.add(record)
        rows = ledger.review(limit=limit)
    expected = sorted((pressing(f) for f in findings(record) if pressing(f) > 0), reverse=True)
    assert [r.pressing for r in rows] == expected[:limit]
    assert all(r.pressing == pytest.approx((1 - r.source.confidence) * r.weight, abs=1e-4) for r in rows)


def test_what_somebody_looked_at_leaves_and_comes_back_when_that_is_undone(any_ledger: Ledger) -> None:
    any_ledger.add(wire().record())
    before = [r.source.finding for r in any_ledger.review()]
    numbers = [any_ledger.correct("confirm", f"f{before[0]}"), any_ledger.correct("reject", f"f{before[1]}"), any_ledger.correct("amend", f"f{before[2]}", act="demand")]
    assert [r.source.finding for r in any_ledger.review()] == before[3:]
    for number in numbers:
        any_ledger.undo(number)
    assert [r.source.finding for r in any_ledger.review()] == before


def test_it_is_narrowed_by_kind_and_by_who_has_a_part(any_ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    any_ledger.add(wire().record())
    assert {r.kind for r in any_ledger.review(kinds=("statement", "affair"))} == {"statement", "affair"}
    seldom = [r.what for r in any_ledger.review(of="Kenya")]
    assert seldom == ["CONSULT 040"]
    monkeypatch.setattr("dragoman.answers.review.MANY", 1)  # as of somebody who is often named
    assert [r.what for r in any_ledger.review(of="Kenya")] == seldom
    with pytest.raises(UnknownNameError):
        any_ledger.review(of="Atlantis")


def test_a_new_reading_takes_the_place_of_the_old(ledger: Ledger) -> None:
    ledger.add(wire(e=0.5).record())
    ledger.add(wire(e=1.0).record(reader="dragoman-test+2"))
    assert [r.what for r in ledger.review(kinds=("event",))] == ["CONSULT 040"]


def test_every_finding_has_a_weight() -> None:
    base = wire().record()
    statement, event, affair = base.statements[0], base.events[0], base.affairs[0]
    made: list[Finding] = [statement.model_copy(update={"act": a, "kind": k}) for a in get_args(Act) for k in get_args(StatementKind)]
    made += [event.model_copy(update={"status": s, "background": b, "intensity": i}) for s in get_args(Status) for b in (True, False) for i in (None, -10.0, 0.0, 8.5)]
    made += [base.conditions[0].model_copy(update={"polarity": p}) for p in ("withheld", "promised", "threatened")]
    made += [affair.model_copy(update={"kind": k, "status": s}) for k, told in STATUSES.items() for s in told]
    assert all(0 < weight_of(f) <= 1 for f in made)
