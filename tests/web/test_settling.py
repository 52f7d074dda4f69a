from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.errors import LedgerError
from dragoman.web.desk import Desk, DeskSettings
from dragoman.web.pages import environment
from dragoman.web.settling import ROUNDS, settle


@pytest.fixture(autouse=True)
def _collector() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def refusal() -> Wire:
    made = Wire("Peru refused talks with Chile until Chile leaves Arica.").statement("state:PER", "refused", "talks with Chile", act="refuse", to=("state:CHL",))
    return made.condition("state:PER", "talks with Chile", "Chile leaves Arica", ("state:CHL",))


def test_what_is_asked_most_was_asked_before_anybody_comes(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.add([refusal().record()])
    asked = []
    monkeypatch.setattr(Ledger, "standing", lambda _self, a, b, **when: asked.append((a, b, when["as_of"] is None)))
    settle(Desk(DeskSettings(root_path="/settled"), ledger))
    assert asked == [("CHL", "PER", True), ("CHL", "PER", False)]
    assert any("dyad.html" in str(key) for key in dict(environment("/settled").cache or {}))
    assert gc.get_threshold() == ROUNDS


def test_an_empty_ledger_has_nothing_to_be_asked(ledger: Ledger) -> None:
    settle(Desk(DeskSettings(), ledger))
    assert gc.get_threshold() == ROUNDS


def test_a_ledger_that_does_not_answer_does_not_keep_the_desk_shut(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise LedgerError("the disk failed")

    ledger.add([refusal().record()])
    monkeypatch.setattr(Ledger, "standing", broken)
    settle(Desk(DeskSettings(), ledger))
    assert gc.get_threshold() == ROUNDS
