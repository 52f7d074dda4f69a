from __future__ import annotations

from pathlib import Path

import pytest
from tests.ledger.test_corrections import told

from dragoman.answers.ledger import Ledger
from dragoman.records import Record

from .conftest import Run


def report(**more: str) -> Record:
    return told().record(**more)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger with one report."""
    where = tmp_path / "ledger.db"
    with Ledger(where) as ledger:
        ledger.add(report())
    monkeypatch.setenv("DRAGOMAN_LEDGER", str(where))
    monkeypatch.setenv("DRAGOMAN_WHO", "Ana")
    return where


def refusal(kept: Path) -> str:
    with Ledger(kept, create=False) as ledger:
        return f"f{ledger.statements(by='Peru')[0].source.finding}"


def test_a_correction_is_made_listed_and_undone(run: Run, kept: Path) -> None:
    made = run("correct", "amend", refusal(kept), "act=demand", "speaker=Santiago", "--why", "It was Chile")
    assert made.exit_code == 0
    assert made.stdout == f"Correction 1: amend f1. It now stands as {run_finding(kept)}. To undo it: dragoman undo 1\n"
    listed = run("correct", "list", "--to", "table").stdout
    assert "amend act=demand, speaker=state:CHL" in listed
    assert "Ana" in listed
    assert "It was Chile" in listed
    assert "talks with Chile until Chile leaves Arica" in " ".join(listed.split())
    assert run("undo", "--who", "Ben").stdout == "Correction 1 is undone.\n"
    assert "by Ben" in run("correct", "list", "--to", "table").stdout
    assert run("undo").exit_code == 1


def run_finding(kept: Path) -> str:
    with Ledger(kept, create=False) as ledger:
        return f"f{ledger.statements(by='Chile')[0].source.finding}"


def test_orphans_are_listed_with_their_old_words(run: Run, kept: Path) -> None:
    assert run("correct", "reject", refusal(kept)).exit_code == 0
    with Ledger(kept, create=False) as ledger:
        ledger.add(told(refusal="talks").record(reader="dragoman-test+2"))
    listed = run("correct", "--orphans", "--to", "table")
    assert listed.exit_code == 0
    assert "waits for its finding" in listed.stdout
    assert "talks with Chile until Chile leaves Arica" in " ".join(listed.stdout.split())
    assert run("correct", "list", "--orphans").stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("told_", "says"),
    [
        (["confirm", "f99"], "The ledger holds no finding f99"),
        (["amend", "f1", "act"], "act: write it as FIELD=VALUE"),
        (["amend", "f1", "act=shout"], "act=shout: choose from assert"),
        (["amend", "f1", "speaker=Perru"], "Did you mean Peru"),
        (["split-actors", "Peru"], "was not merged with anybody"),
        (["merge-stories", "1", "9"], "The ledger holds no story 9"),
        (["merge-affairs", "a1", "a9"], "The ledger holds no affair a9"),
        (["office", "Peru", "x", "--from", "soon"], "from soon: write it as"),
        (["--ledger", "other.db", "confirm", "f1"], "--ledger stands before confirm"),
        (["list", "--what", "praise"], "choose from confirm, reject"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(run: Run, kept: Path, told_: list[str], says: str) -> None:
    result = run("correct", *told_)
    assert result.exit_code in (1, 2)
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_each_kind_of_correction_has_its_command(run: Run, kept: Path) -> None:
    for command in (
        ["confirm", "f1"], ["merge-actors", "Bolivia", "Chile"], ["split-actors", "Bolivia"], ["alias", "Peru", "Land of the Condor"],
        ["office", "Peru", "chair", "--for", "Peru", "--from", "2024", "--to", "2025-06"],
    ):  # fmt: skip
        result = run("correct", *command)
        assert result.exit_code == 0, result.stderr
    assert "by Peru" not in run("statements", "--by", "land of the condor").stderr
    assert run("correct", "list").stdout.count("\n") == 5


def test_without_a_command_it_says_what_there_is(run: Run, kept: Path) -> None:
    result = run("correct")
    assert result.exit_code == 2
    assert "merge-actors" in result.stdout


def test_forgetting_asks_first_and_is_lifted(run: Run, kept: Path) -> None:
    asked = run("forget", "r1")
    assert asked.exit_code == 2
    assert "would be deleted for good" in asked.stderr
    assert "--yes" in asked.stderr
    assert run("forget").exit_code == 2
    assert run("forget", "r9", "--yes").exit_code == 1
    done = run("forget", "r1", "--yes", "--why", "asked to")
    assert done.stdout == "r1 is deleted; no word of it is left in the ledger's files.\n"
    assert b"Arica" not in kept.read_bytes()
    with Ledger(kept, create=False) as ledger:
        (again,) = ledger.add([report()])
    key = str(again.error).rpartition(" ")[2]
    assert run("forget", "--undo", key).stdout == f"A report with the hash {key} may be added again.\n"
