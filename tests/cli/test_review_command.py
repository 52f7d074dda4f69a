from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.ledger.test_corrections import told

from dragoman.answers.ledger import Ledger

from .conftest import Run


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = tmp_path / "ledger.db"
    with Ledger(where) as ledger:
        ledger.add(told().record())
    monkeypatch.setenv("DRAGOMAN_LEDGER", str(where))


def test_the_queue_is_told_and_empties(run: Run) -> None:
    rows = [json.loads(line) for line in run("review").stdout.splitlines()]
    assert [r["pressing"] for r in rows] == sorted((r["pressing"] for r in rows), reverse=True)
    assert "70% sure, weight 0.6" in run("review", "--to", "table").stdout
    for row in rows:
        assert run("correct", "confirm", f"f{row['source']['finding']}").exit_code == 0
    assert "Nothing waits" in run("review", "--to", "table").stdout


def test_it_is_narrowed(run: Run) -> None:
    assert {json.loads(line)["kind"] for line in run("review", "--kind", "statement").stdout.splitlines()} == {"statement"}
    wrong = run("review", "--kind", "rumour")
    assert wrong.exit_code == 2
    assert "choose from statement, event, condition, affair" in wrong.stderr
