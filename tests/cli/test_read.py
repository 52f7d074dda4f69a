from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from dragoman.records import Record

from .conftest import ROOT, Run, lines_of

GOOD = '{"ref": "a", "text": "Peru rejected the demand of Chile for talks, its envoy said on Tuesday."}'
BAD = '{"ref": "b", "text": 5}'


def test_json_lines_in_and_out_in_order(run: Run) -> None:
    result = run("read", "--from", "jsonl", "--to", "jsonl", "-", stdin=f"{GOOD}\n{BAD}\nno json\n\n{GOOD.replace('a', 'z', 1)}\n")
    out = [json.loads(x) for x in lines_of(result)]
    assert [x["ref"] for x in out[:3]] == ["a", "b", None]
    assert out[1] == {"ref": "b", "error": "<stdin>:2: The field 'text' must be a string."}
    assert out[2]["error"].startswith("<stdin>:3: The line is not JSON")
    assert Record.from_json(lines_of(result)[0]).report.text == json.loads(GOOD)["text"]


def test_exit_codes_tell_how_it_went(run: Run, tmp_path: Path) -> None:
    assert run("read", "--from", "jsonl", "-", stdin=GOOD).exit_code == 0
    assert run("read", "--from", "jsonl", "-", stdin=f"{GOOD}\n{BAD}").exit_code == 3
    assert run("read", "--from", "jsonl", "-", stdin=BAD).exit_code == 1
    assert run("read", tmp_path).exit_code == 1
    assert run("read", "examples/blue-nile.txt", "--to", "pdf").exit_code == 2
    assert run("read").exit_code == 2


def test_what_was_set_aside_is_told_with_file_line_and_reason(run: Run, snapshot: SnapshotAssertion) -> None:
    result = run("read", "--from", "jsonl", "-", stdin=f"{GOOD}\n{BAD}\nno json\n")
    assert result.stderr == snapshot


@pytest.mark.parametrize(
    "arguments",
    [
        ("none.txt",),
        ("examples/blue-nile.txt", "--published", "yesterday"),
        ("examples/", "--headline", "One for many"),
        ("examples/blue-nile.txt", "-o", "examples"),
        ("examples/blue-nile.txt", "-o", "examples/blue-nile.txt"),
        ("examples/blue-nile.txt", "-o", "/nowhere/x.jsonl"),
        ("evals/reports/none.json",),
    ],
    ids=lambda a: " ".join(a),
)
def test_what_the_command_line_says_when_it_cannot(run: Run, arguments: tuple[str, ...], snapshot: SnapshotAssertion) -> None:
    result = run("read", *arguments)
    assert result.exit_code in (1, 2)
    assert "Traceback" not in result.output
    assert result.stderr == snapshot


def test_a_text_in_another_language_is_not_read_as_english(run: Run) -> None:
    text = "Le ministre des affaires étrangères a déclaré mardi que son pays ne participerait pas aux négociations avec le Chili."
    result = run("read", "-", stdin=text)
    assert result.exit_code == 1
    assert "not English (recognised: fr)" in result.stderr


def test_the_encoding_that_was_assumed_is_in_the_record(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes("“We won’t wait,” Peru’s president told reporters in Lima – and left for São Paulo.".encode("windows-1252"))
    record = Record.from_json(run("read", file).stdout)
    assert "The encoding was not told: read as windows-1252." in record.notes
    assert record.report.text.startswith("“We won’t wait,”")


def test_one_report_is_an_object_and_many_are_an_array(run: Run) -> None:
    assert isinstance(json.loads(run("read", "examples/blue-nile.txt", "--to", "json").stdout), dict)
    assert isinstance(json.loads(run("read", "examples/", "--to", "json").stdout), list)
    assert json.loads(run("read", "--from", "jsonl", "--to", "json", "-", stdin="\n").stdout)[0]["error"]


def test_options_fill_in_what_reports_do_not_say(run: Run) -> None:
    result = run("read", "examples/blue-nile.txt", "--published", "2024-05-14", "--publisher", "Wire", "--headline", "Egypt says no")
    report = Record.from_json(result.stdout).report
    assert (str(report.published), report.publisher, report.headline) == ("2024-05-14", "Wire", "Egypt says no")


@pytest.mark.parametrize(("name", "start"), [("x.html", b"<!doctype html>"), ("x.jsonl", b'{"schema_version"'), ("x.json", b"{\n"), ("x.txt", b"Egypt")])
def test_the_form_follows_the_output_file(run: Run, tmp_path: Path, name: str, start: bytes) -> None:
    assert run("read", "examples/blue-nile.txt", "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_the_closing_line_counts_and_quiet_leaves_it_out(run: Run, tmp_path: Path) -> None:
    assert run("read", "examples/blue-nile.txt", "-o", tmp_path / "x.jsonl").stderr.strip().endswith("x.jsonl.")
    assert run("read", "examples/blue-nile.txt").stderr == "1 report read.\n"
    assert run("read", "examples/blue-nile.txt", "-q").stderr == ""


def test_two_workers_write_what_one_writes(run: Run) -> None:
    assert run("read", "examples/", "-w", "2").stdout == run("read", "examples/").stdout


@pytest.mark.slow
def test_a_closed_pipe_is_no_fault() -> None:
    command = f"{sys.executable} -m dragoman read --to jsonl examples/ | head -c 10"
    result = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_ten_megabytes_in_one_line_end_with_a_word(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("x" * 10_000_000)
    result = subprocess.run([sys.executable, "-m", "dragoman", "read", file, "-o", tmp_path / "o.jsonl"], capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in result.stderr
    assert result.returncode in (0, 1)
