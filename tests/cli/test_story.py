from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.making import Wire
from typer.testing import CliRunner

from dragoman.answers.ledger import Ledger
from dragoman.cli.app import app

TEXT = "Peruvian patrol boats rammed the Chilean trawler Aurora off Ilo, and four fishermen from Arica were pulled from the water by the crew of a freighter."


@pytest.fixture
def path(tmp_path: Path) -> str:
    where = tmp_path / "ledger.db"
    with Ledger(where) as ledger:
        for n in range(2):
            made = Wire(f"{TEXT} Page{n}.", "2024-03-02", publisher=f"Wire {n}", headline="Boats ram trawler").event("ASSAULT", ("state:PER",), ("state:CHL",), "rammed")
            ledger.add(made.record())
    return str(where)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*arguments])
    return result.exit_code, result.output


def test_events_are_told_once_and_each(path: str) -> None:
    code, out = run("events", "peru", "chile", "--type", "assault", "--ledger", path, "--to", "jsonl")
    assert code == 0
    (event,) = [json.loads(line) for line in out.splitlines()]
    assert event["reports"] == 2
    code, out = run("events", "--each", "--ledger", path, "--to", "jsonl")
    assert len(out.splitlines()) == 2
    code, out = run("events", "--no-background", "--ledger", path, "--to", "table")
    assert "2 reports" in out


def test_wrong_choices_are_told(path: str) -> None:
    code, out = run("events", "--type", "ATTACK", "--ledger", path)
    assert code == 2
    assert "choose from" in out
    code, out = run("events", "--cameo", "x1", "--ledger", path)
    assert code == 2
    assert "CAMEO" in out


def test_a_story_and_stories(path: str) -> None:
    code, out = run("story", "r2", "--ledger", path, "--to", "json")
    assert code == 0
    assert [r["how"] for r in json.loads(out)] == ["first", "copy"]
    code, out = run("story", "--ledger", path, "--to", "table")
    assert "Boats ram trawler" in out
    code, out = run("story", "99", "--ledger", path)
    assert code != 0
    assert "holds no report 99" in out
    code, out = run("story", "x", "--ledger", path)
    assert code == 2
