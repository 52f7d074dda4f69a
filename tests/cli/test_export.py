from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.exports.filled import fill

from dragoman.answers.ledger import Ledger
from dragoman.ledger.comparing import content, differences
from dragoman.ledger.transfer import one_state

from .conftest import Run


@pytest.fixture
def filled(tmp_path: Path) -> str:
    with Ledger(tmp_path / "ledger.db") as made:
        fill(made)
    return str(tmp_path / "ledger.db")


@pytest.mark.parametrize(
    ("what", "file"),
    [
        ("events", "e.plover.jsonl"), ("events", "e.tab"), ("events", "e.csv"), ("events", "e.parquet"), ("events", "e.jsonld"), ("events --to ftm", "e.ftm.jsonl"),
        ("statements", "s.csv"), ("conditions", "c.jsonl"), ("affairs", "a.parquet"), ("ledger", "l.jsonl.gz"),
    ],
)  # fmt: skip
def test_an_export_comes_with_its_codebook(run: Run, filled: str, tmp_path: Path, what: str, file: str) -> None:
    done = run("export", *what.split(), "--ledger", filled, "-o", str(tmp_path / file))
    assert done.exit_code == 0, done.output
    assert (tmp_path / file).stat().st_size > 0
    assert (tmp_path / f"{file}.codebook.md").read_text().startswith("# Codebook")
    assert "What they mean" in done.stderr
    assert [p for p in tmp_path.iterdir() if p.name.endswith(".part")] == []


def test_to_standard_output_nothing_is_written_beside(run: Run, filled: str) -> None:
    done = run("export", "events", "--ledger", filled)
    assert [json.loads(line)["event"] for line in done.stdout.splitlines()]
    assert done.exit_code == 0


def test_only_what_came_to_pass_unless_asked(run: Run, filled: str) -> None:
    counts = [len(run("export", "events", "--to", "cameo", *more, "--ledger", filled).stdout.splitlines()) - 1 for more in ((), ("--all",), ("--all", "--since", "2024-06-10"))]
    assert counts == [5, 7, 4]


def test_a_ledger_goes_round(run: Run, filled: str, tmp_path: Path) -> None:
    run("export", "ledger", "--ledger", filled, "-o", str(tmp_path / "l.jsonl.gz"))
    done = run("add", str(tmp_path / "l.jsonl.gz"), "--ledger", str(tmp_path / "copy.db"))
    assert done.exit_code == 0, done.output
    assert "3 reports added" in done.stderr
    assert "3 there already" in run("add", str(tmp_path / "l.jsonl.gz"), "--ledger", str(tmp_path / "copy.db")).stderr
    with Ledger(filled) as one, Ledger(tmp_path / "copy.db") as other, one_state(one.engine) as a, one_state(other.engine) as b:
        assert differences(content(a), content(b)) == []


def test_what_cannot_be_written_says_so_and_leaves_what_was_there(run: Run, filled: str, tmp_path: Path) -> None:
    done = run("export", "events", "--ledger", filled, "-o", str(tmp_path / "no" / "e.csv"))
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr
    done = run("export", "events", "--ledger", filled, "--since", "soon", "-o", str(tmp_path / "e.csv"))
    assert done.exit_code == 2
    assert "no day" in done.stderr
    assert not (tmp_path / "e.csv").exists()
    assert run("export", "events", "--ledger", str(tmp_path / "none.db")).exit_code == 1


def test_the_codebook_of_all(run: Run, tmp_path: Path) -> None:
    assert "## CAMEO codes" in run("export", "codebook").stdout
    run("export", "codebook", "-o", str(tmp_path / "book.md"))
    assert (tmp_path / "book.md").read_text() == run("export", "codebook").stdout


def test_a_snapshot_is_made_and_checked(run: Run, filled: str, tmp_path: Path) -> None:
    made = run("snapshot", "--ledger", filled, "-o", str(tmp_path / "state.zip"))
    assert "SHA-256" in made.stdout
    checked = run("snapshot", "--verify", str(tmp_path / "state.zip"))
    assert checked.exit_code == 0
    assert "is whole" in checked.stdout
    raw = bytearray((tmp_path / "state.zip").read_bytes())
    raw[400] ^= 1
    (tmp_path / "state.zip").write_bytes(raw)
    assert run("snapshot", "--verify", str(tmp_path / "state.zip")).exit_code == 1
    assert run("snapshot", "--ledger", filled).exit_code == 2
    assert run("snapshot", "--ledger", filled, "-o", str(tmp_path / "state.zip")).exit_code == 2


def test_measures_are_told_and_drawn(run: Run, filled: str, tmp_path: Path) -> None:
    done = run("measures", "PER", "CHL", "--ledger", filled, "--to", "json")
    assert [r["events"] for r in json.loads(done.stdout) if r["direction"] == "both"] == [1]
    assert run("measures", "PER", "CHL", "--by", "hour", "--ledger", filled).exit_code == 2
    assert run("measures", "PER", "CHL", "--plot", str(tmp_path / "p.gif"), "--ledger", filled).exit_code == 2
    pytest.importorskip("vl_convert")
    pytest.importorskip("altair")
    assert run("measures", "PER", "CHL", "--plot", str(tmp_path / "p.svg"), "--ledger", filled).exit_code == 0
    assert (tmp_path / "p.svg").read_text().startswith("<svg")
