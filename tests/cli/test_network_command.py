"""`dragoman network`: an answer, a drawing, a graph for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.making import Wire

from dragoman.answers.ledger import Ledger

from .conftest import Run


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add(Wire("Peru threatened Chile over fish.", "2024-03-01").event("THREATEN", ("state:PER",), ("state:CHL",), "threatened").record())
        ledger.add(Wire("Chile agreed with Peru on a pier.", "2024-05-01").event("AGREE", ("state:CHL",), ("state:PER",), "agreed").record())
    return tmp_path / "l.db"


def test_it_answers(run: Run, kept: Path) -> None:
    rows = [json.loads(line) for line in run("network", "--ledger", kept, "--to", "jsonl").stdout.splitlines()]
    assert {(r["source"]["code"], r["target"]["code"]) for r in rows} == {("PER", "CHL"), ("CHL", "PER")}
    assert "Peru → Chile" in run("network", "peru", "--ledger", kept, "--to", "table").stdout


@pytest.mark.parametrize(("name", "holds"), [("n.svg", "<svg"), ("n.json", "vega-lite"), ("n.graphml", "graphml")])
def test_it_draws(run: Run, kept: Path, tmp_path: Path, name: str, holds: str) -> None:
    assert run("network", "--ledger", kept, "--plot", tmp_path / name).exit_code == 0
    assert holds in (tmp_path / name).read_text()


def test_graphml_is_read_by_others(run: Run, kept: Path, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    run("network", "--ledger", kept, "--plot", tmp_path / "n.graphml")
    graph = networkx.read_graphml(tmp_path / "n.graphml")
    assert graph.nodes["PER"]["name"] == "Peru"
    assert graph.edges["PER", "CHL"]["net"] == pytest.approx(-4.4)


def test_what_cannot_be_drawn_is_said(run: Run, kept: Path, tmp_path: Path) -> None:
    assert run("network", "--ledger", kept, "--plot", tmp_path / "n.gif").exit_code == 2
    none = run("network", "--ledger", kept, "--since", "2030-01-01", "--plot", tmp_path / "n.svg")
    assert none.exit_code == 1
    assert "nothing to draw" in none.stderr
