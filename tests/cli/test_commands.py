from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.records import Record, json_schema

from .conftest import ROOT, Run

COMMANDS = ("read", "explain", "code-pairs", "schema")


def test_help_answers_at_once() -> None:
    """In a few times what Typer takes to be imported (it is three times that), in processor time; the best of three. Other work may share the machine."""

    def seconds(*command: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    alone = min(seconds("-c", "import typer, rich.console, rich.table, rich.panel") for _ in range(3))
    assert min(seconds("-m", "dragoman", "--help") for _ in range(3)) < 5 * alone


def test_help_loads_no_parser() -> None:
    code = "import sys, dragoman.cli.app; heavy = {'spacy', 'pydantic', 'numpy', 'trafilatura'} & set(sys.modules); sys.exit(', '.join(heavy) or None)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches_with_an_example(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"dragoman {command}" in result.stdout


def test_version(run: Run) -> None:
    assert run("--version").stdout.startswith("dragoman 0.")


def test_schema_is_the_records(run: Run) -> None:
    assert json.loads(run("schema").stdout) == json_schema()


def test_explain_reads_a_record_or_a_report(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    run("read", "examples/blue-nile.txt", "--published", "2024-05-14", "-o", file)
    first = Record.from_json(file.read_bytes()).statements[0]
    told = run("explain", file, first.id)
    assert told.exit_code == 0
    assert first.rule in told.stdout
    assert told.stdout == run("explain", "examples/blue-nile.txt", first.id, "--published", "2024-05-14").stdout


def test_explain_lists_what_there_is(run: Run) -> None:
    assert "saying:" in run("explain", "examples/blue-nile.txt").stdout


def test_explain_takes_records_whose_text_holds_other_line_ends(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    lines = [json.dumps({"ref": r, "text": "Peru thanked Chile\u2028on Tuesday.\x85"}) for r in "ab"]
    run("read", "--from", "jsonl", "-", "-o", file, stdin="\n".join(lines))
    assert run("explain", file, "e1", "--ref", "b").exit_code == 0


def test_explain_reads_with_your_own_actors(run: Run) -> None:
    assert run("explain", "examples/blue-nile.txt", "s2", "--actors", "examples/own-actors").exit_code == 0


def test_explain_asks_which_of_many_records(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    run("read", "examples/wire.jsonl", "-o", file)
    asked = run("explain", file, "s1")
    assert asked.exit_code == 2
    assert "--ref" in asked.stderr
    assert run("explain", file, "s1", "--ref", "la-paz-1").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("none.json", "s1"), 1, "No such file"),
        (("examples/blue-nile.txt", "x9"), 2, "no finding 'x9'"),
        (("examples/wire.jsonl", "s1"), 1, "this is no record"),
    ],
)
def test_explain_says_what_is_wrong(run: Run, arguments: tuple[str, ...], code: int, words: str) -> None:
    result = run("explain", *arguments)
    assert result.exit_code == code
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_code_pairs_answers_line_by_line(run: Run) -> None:
    pytest.importorskip("dragoman.events.pairs")
    good = {"ref": "1", "text": "Chile thanked Peru for its help.", "source": [0, 5], "target": [14, 18]}
    lines = [good, {**good, "ref": "2", "target": [14, 99]}, {**good, "ref": "3", "source": "Chile"}, {**good, "ref": "4"}]
    result = run("code-pairs", "-", stdin="\n".join(map(json.dumps, lines)))
    answers = [json.loads(x) for x in result.stdout.splitlines()]
    assert [a["ref"] for a in answers] == ["1", "2", "3", "4"]
    assert set(answers[0]) >= {"ref", "type", "cameo", "status", "score"}
    assert "lies outside the text" in answers[1]["error"]
    assert "must be a span" in answers[2]["error"]
    assert {**answers[3], "ref": "1"} == answers[0]
    assert result.exit_code == 3


def test_a_wrong_setting_names_itself() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "dragoman", "read", "examples/blue-nile.txt"],
        cwd=ROOT,
        env={"DRAGOMAN_BATCH_CHARACTERS": "few", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert "DRAGOMAN_BATCH_CHARACTERS" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_model_says_what_to_install() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "dragoman", "read", "examples/blue-nile.txt", "--model", "en_core_web_none"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "en_core_web_none" in result.stderr
    assert "Traceback" not in result.stderr
