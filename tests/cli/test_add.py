from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.cli import setup
from dragoman.cli.adding import Rate
from dragoman.ledger import tables
from dragoman.ledger.opening import writing
from dragoman.pipeline import Reader

from .conftest import Run, lines_of

REPORT = '{"ref": "a", "text": "Peru rejected the demand of Chile for talks, its envoy said on Tuesday.", "published": "2024-06-06"}'
RECORD = Wire("Peru refused talks with Chile.", ref="elsewhere").statement("state:PER", "refused", "talks with Chile", act="refuse").record().to_json()
BAD = '{"ref": "bad-1", "text": 5}'


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


def statements_in(kept: Path) -> int:
    with Ledger(kept, create=False) as ledger:
        return len(ledger.statements())


def test_reports_and_records_stand_in_one_file_and_a_bad_line_stops_nothing(run: Run, kept: Path, tmp_path: Path) -> None:
    file = tmp_path / "mixed.jsonl"
    broken = RECORD.replace('"text":"Peru refused', '"txt":"Peru refused')
    later = RECORD.replace('"schema_version":"1.0"', '"schema_version":"9.0"').replace('"notes"', '"remarks"')
    file.write_text("\n".join([RECORD, REPORT, BAD, broken, later, '{"ref": "c", "error": "x.pdf: no text"}', "no json"]))
    result = run("add", file, "--ledger", kept)
    assert result.exit_code == 3
    told = result.stderr.splitlines()
    assert f"set aside: {file}:3: The field 'text' must be a string. (ref bad-1)" in told
    assert any(t.startswith(f"set aside: {file}:4: The record is not whole: report.text: Field required.") for t in told)
    assert any(t.startswith(f"set aside: {file}:5: The record is of schema 9.0") for t in told)
    assert any("It was set aside when it was read: x.pdf: no text" in t for t in told)
    assert told[-1] == f"2 reports added, 5 set aside. Ledger: {kept}"
    assert statements_in(kept) == 2


def test_what_is_there_is_not_read_again(run: Run, kept: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("add", "examples/", "--ledger", kept).exit_code == 0

    def refuse(*_: object) -> None:
        raise AssertionError("it was read again")

    monkeypatch.setattr(Reader, "read_batch", refuse)
    again = run("add", "examples/", "--ledger", kept)
    assert again.exit_code == 0
    assert "0 reports added, 6 there already" in again.stderr


def test_records_need_no_reader(run: Run, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "reader_of", lambda *_: pytest.fail("a reader was built"))
    result = run("add", "--from", "jsonl", "-", "--ledger", kept, stdin=f"{RECORD}\n{BAD}\n{RECORD}\n")
    assert "1 report added, 1 there already, 1 set aside" in result.stderr


def test_what_read_writes_can_be_added(run: Run, kept: Path, tmp_path: Path) -> None:
    run("read", "examples/", "-o", tmp_path / "records.jsonl")
    assert run("add", tmp_path / "records.jsonl", "--ledger", kept).exit_code == 0
    assert "6 there already" in run("add", "examples/", "--ledger", kept).stderr


def test_a_new_text_at_an_address_is_told_as_a_new_version(run: Run, kept: Path) -> None:
    first = json.dumps({"text": "Peru rejected talks.", "url": "https://wire.test/1"})
    result = run("add", "--from", "jsonl", "-", "--ledger", kept, stdin=f"{first}\n{first.replace('rejected', 'agreed to')}\n")
    assert "2 reports added (1 of them a new version of an earlier one)" in result.stderr


@pytest.mark.parametrize("workers", [1, 2])
def test_a_report_deleted_on_demand_is_set_aside_and_the_rest_goes_on(run: Run, kept: Path, workers: int) -> None:
    other = REPORT.replace('"a"', '"z"').replace("Peru", "Bolivia")
    run("add", "--from", "jsonl", "-", "--ledger", kept, stdin=f"{REPORT}\n{RECORD}\n")
    with Ledger(kept) as ledger, writing(ledger.engine) as connection:
        r = tables.reports
        gone = [{"key": k, "at": ledger.clock(), "who": "editor", "why": None} for k in connection.scalars(select(r.c.key))]
        ledger.words.remove(connection, "reports", [1, 2])
        connection.execute(delete(r))
        connection.execute(insert(tables.forgotten), gone)
    result = run("add", "--from", "jsonl", "-", "--ledger", kept, "--workers", workers, stdin=f"{REPORT}\n{RECORD}\n{other}\n")
    assert result.exit_code == 3
    assert [t.split(" was deleted on demand")[0] for t in result.stderr.splitlines()[:2]] == ["set aside: <stdin>:1: This report", "set aside: <stdin>:2: This report"]
    assert "1 report added, 2 set aside" in result.stderr


def test_without_text_no_word_is_kept(run: Run, kept: Path) -> None:
    assert run("add", "--from", "jsonl", "-", "--no-text", "--ledger", kept, stdin=REPORT).exit_code == 0
    assert b"demand of Chile" not in kept.read_bytes()
    assert "1 report is kept without text and cannot be read again." in run("reread", "--all", "--ledger", kept).stderr


def test_what_another_reader_read_is_read_anew(run: Run, kept: Path) -> None:
    run("add", "--from", "jsonl", "-", "--ledger", kept, stdin=f"{RECORD}\n{REPORT}\n")
    assert "0 reports added, 1 read anew" in run("reread", "--ledger", kept).stderr
    assert "Nothing to read again" in run("reread", "--ledger", kept).stderr
    assert "0 reports added, 2 there already" in run("reread", "--all", "--ledger", kept).stderr


def test_exit_codes_tell_how_it_went(run: Run, kept: Path, tmp_path: Path) -> None:
    assert run("add", "--from", "jsonl", "-", "--ledger", kept, stdin=BAD).exit_code == 1
    assert run("add", "--from", "jsonl", "-", "--ledger", kept, stdin=REPORT).exit_code == 0
    assert run("add", "--from", "jsonl", "-", "--ledger", kept, stdin=f"{BAD}\n{REPORT}").exit_code == 3
    assert run("add", "examples/", "--published", "yesterday", "--ledger", kept).exit_code == 2
    assert run("add", "examples/", "--ledger", tmp_path).exit_code == 1
    assert run("reread", "--ledger", tmp_path / "none.db").exit_code == 1


def test_the_ledger_is_named_by_the_environment(run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_LEDGER", str(kept))
    assert run("add", "--from", "jsonl", "-", stdin=RECORD).exit_code == 0
    assert len(lines_of(run("statements", "--by", "PER"))) == 1


def test_the_running_count_tells_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("dragoman.cli.adding.time.monotonic", lambda: now[0])
    rate = Rate(1_000)
    for _ in range(100):
        now[0] += 0.6
        rate.count()
    assert rate.told() == "100 of 1,000 · 100 a minute · 9 min left"
