"""The example ledger has something to show on every page, and takes no other ledger's place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.cli.demo import example_reports
from dragoman.pipeline import Reader

from .conftest import Run


@pytest.fixture(scope="module")
def example(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with Ledger(path) as ledger:
        ledger.add(example_reports(), reader=reader)
    return path


def test_it_says_where_it_is_made_and_that_it_is_invented(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "look.db"
    done = run("demo", path, "--no-serve")
    assert done.exit_code == 0
    assert str(path) in done.stderr
    assert "invented" in done.stderr
    with Ledger(path) as ledger:
        assert sum(c.reports for c in ledger.coverage(by="publisher")) == len(example_reports())


def test_one_that_is_there_is_opened_as_it_is(run: Run, example: Path) -> None:
    done = run("demo", example, "--no-serve")
    assert done.exit_code == 0
    assert "There already" in done.stderr


def test_the_desk_is_opened_over_it(run: Run, example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, int | None]] = []
    monkeypatch.setattr("dragoman.cli.serve.serve", lambda where, *, port=None: opened.append((where, port)))
    assert run("demo", example, "--port", "9000").exit_code == 0
    assert opened == [(str(example), 9000)]


def test_another_ledger_is_left_alone(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    with Ledger(path) as ledger:
        ledger.add(Wire("Peru refused talks.").record())
    done = run("demo", path, "--no-serve")
    assert done.exit_code == 2
    assert "another ledger" in done.stderr
    with Ledger(path) as ledger:
        assert [c.reports for c in ledger.coverage(by="publisher")] == [1]


def test_a_file_that_is_no_ledger_is_left_alone(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no ledger")
    assert run("demo", path, "--no-serve").exit_code == 1
    assert path.read_text() == "no ledger"


def test_the_examples_are_marked_and_short() -> None:
    reports = example_reports()
    assert len(reports) >= 25
    assert {r["publisher"] for r in reports} == {"Example Wire", "Pattern Press", "Sample Press"}
    assert all(60 <= len(r["text"].split()) <= 200 for r in reports)
    assert len({r["ref"] for r in reports}) == len(reports)


def test_every_page_has_something_to_show(example: Path) -> None:
    with Ledger(example) as ledger:
        fates = {c.fate for c in ledger.conditions(limit=200)}
        assert {"open", "met", "dropped"} <= fates
        assert {a.kind for a in ledger.affairs(limit=200)} == {"dispute", "agreement", "sanctions", "negotiation", "hostilities", "relations"}
        assert len(ledger.stories(least=2)) >= 5
        assert any(e.disagreements for e in ledger.events(limit=500))
        assert len({e.place for e in ledger.events(limit=500) if e.place}) >= 8
        stands = ledger.standing("bolivia", "chile")
        assert all((stands.affairs, stands.agreements, stands.sanctions, stands.last_words, stands.measures))
