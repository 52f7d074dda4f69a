from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.making import Wire

from dragoman.answers.ledger import Ledger

pytest.importorskip("altair", reason="plots need the extra: pip install 'dragoman[plot]'")
pytest.importorskip("vl_convert", reason="plots need the extra: pip install 'dragoman[plot]'")

from dragoman.exports import plot
from dragoman.exports.theme import DARK, LIGHT


@pytest.fixture
def rows(ledger: Ledger) -> list[plot.Measured]:
    made = [("2024-03-06", "AGREE"), ("2024-06-06", "SANCTION")]
    ledger.add([Wire("Peru refused Chile.", d).event(t, ("state:PER",), ("state:CHL",), "refused").record() for d, t in made])
    return ledger.measures("PER", "CHL")


def test_a_chart_says_what_it_shows(rows: list[plot.Measured]) -> None:
    told = json.dumps(plot.chart(rows).to_dict())
    for words in ("Peru and Chile: cooperation and conflict", "Goldstein", "Reports on", "Peru toward Chile", "Chile toward Peru", LIGHT.cooperation, LIGHT.conflict):
        assert words in told


def test_it_is_drawn_offline_in_every_form(rows: list[plot.Measured], tmp_path: Path) -> None:
    for suffix in plot.SUFFIXES:
        plot.save(rows, tmp_path / f"dyad{suffix}")
    svg = (tmp_path / "dyad.svg").read_text()
    assert svg.startswith("<svg")
    assert "cooperation and conflict" in svg
    assert (tmp_path / "dyad.png").read_bytes().startswith(b"\x89PNG")
    assert json.loads((tmp_path / "dyad.json").read_text())["$schema"].endswith(".json")
    page = (tmp_path / "dyad.html").read_text()
    assert 'src="http' not in page


def test_another_suffix_or_nothing_to_draw_is_refused(rows: list[plot.Measured], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="choose from"):
        plot.save(rows, tmp_path / "dyad.gif")
    with pytest.raises(ValueError, match="no dated period"):
        plot.save([], tmp_path / "dyad.svg")


def test_what_is_drawn_stands_in_it_once(rows: list[plot.Measured]) -> None:
    drawn = plot.specification(rows, theme=DARK, width=500)
    assert json.dumps(drawn).count('"period"') == len(rows) + 3  # once a row, and in what each panel says of the mark that is pointed at
    assert drawn["config"]["background"] == DARK.paper
