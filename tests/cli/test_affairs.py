"""The commands that ask for affairs and conditions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.making import Wire
from typer.testing import CliRunner

from dragoman.answers.ledger import Ledger
from dragoman.cli.app import app


@pytest.fixture
def where(tmp_path: Path) -> str:
    """A ledger with a treaty that is told of twice, and a condition that is met."""
    path = str(tmp_path / "some.db")
    peru, chile = "state:PER", "state:CHL"
    with Ledger(path) as ledger:
        first = Wire("Peru and Chile signed a water treaty.", "2023-01-05").affair("agreement", (peru, chile), "signed", "water treaty", "signed a water treaty")
        second = Wire("Peru and Chile have no water treaty.", "2023-03-05").affair("agreement", (peru, chile), "absent", "water treaty", "have no water treaty")
        third = Wire("No talks until Chile opens the road.", "2023-03-06").condition(peru, "No talks", "Chile opens the road", (chile,))
        fourth = Wire("Chile opened the road.", "2023-03-09").event("COOPERATE", (chile,), (), "opened")
        ledger.add(w.record() for w in (first, second, third, fourth))
    return path


def run(*told: str) -> str:
    result = CliRunner().invoke(app, list(told))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_affairs_and_the_history_of_one(where: str) -> None:
    (row,) = map(json.loads, run("affairs", "peru", "CHL", "--ledger", where).splitlines())
    assert (row["affair"], row["status"], row["against"]) == (1, "absent", ["signed"])
    assert run("affairs", "--kind", "sanctions", "--ledger", where) == ""
    steps = [json.loads(line) for line in run("affair", "a1", "--ledger", where).splitlines()]
    assert [s["status"] for s in steps] == ["signed", "absent"]
    shown = run("affair", "1", "--to", "table", "--ledger", where)
    assert "AGAINST IT signed (2023-01-05)" in shown


def test_conditions(where: str) -> None:
    (row,) = map(json.loads, run("conditions", "--by", "PER", "--ledger", where).splitlines())
    assert (row["fate"], row["ended"]["source"]["sentence"]) == ("met", "Chile opened the road.")
    assert run("conditions", "--open", "--ledger", where) == ""
    assert len(run("conditions", "--open", "--as-of", "2023-03-07", "--ledger", where).splitlines()) == 1


@pytest.mark.parametrize(
    "told",
    [
        ("affairs", "--status", "sunny"),
        ("affairs", "--kind", "sanctions", "--status", "open"),
        ("affair", "b1"),
        ("affair", "99"),
        ("conditions", "--open", "--fate", "met"),
        ("affairs", "Atlantis"),
    ],
)
def test_what_cannot_be_asked_ends_with_a_word(where: str, told: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*told, "--ledger", where])
    assert result.exit_code not in (0, 1) or "holds no affair" in result.output
    assert "Traceback" not in result.output
