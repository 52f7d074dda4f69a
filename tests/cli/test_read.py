from __future__ import annotations

import json
import os
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


def shell(command: str) -> subprocess.CompletedProcess[str]:
    command = command.replace("dragoman", f"{sys.executable} -m dragoman")
    return subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=90, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["read examples/ --to jsonl", "read examples/ --to jsonl -w 2", "read examples/ --to terminal", "explain examples/blue-nile.txt"])
def test_a_closed_pipe_is_no_fault(command: str) -> None:
    result = shell(f"dragoman {command} | head -c 0; exit ${{PIPESTATUS[0]}}")
    assert result.returncode == 141
    assert result.stderr == ""


@pytest.mark.slow
@pytest.mark.parametrize("command", ["read examples/ --to jsonl", "read examples/ --to terminal", "read examples/ -o /dev/full", "explain examples/blue-nile.txt", "schema"])
def test_a_full_disk_is_told_in_a_line(command: str) -> None:
    result = shell(f"dragoman {command} > {'/dev/full' if '-o' not in command else '/dev/null'}")
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == "What was found cannot be written: No space left on device."
    assert "Traceback" not in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("command", "says"), [("read - <&-", "Standard input is closed"), ("read examples/ >&-", "Standard output is closed")])
def test_a_closed_stream_is_told_with_the_remedy(command: str, says: str) -> None:
    result = shell(f"dragoman {command}")
    assert result.returncode == 2
    assert says in result.stderr


@pytest.mark.slow
def test_one_line_is_answered_before_the_next_is_sent() -> None:
    command = [sys.executable, "-m", "dragoman", "read", "--from", "jsonl", "--to", "jsonl", "-q", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for _ in range(2):
            process.stdin.write(GOOD.encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["ref"] == "a"
        process.stdin.close()
    assert process.returncode == 0


def test_a_name_that_is_no_text_stops_nothing(run: Run, tmp_path: Path) -> None:
    """File names are bytes: a folder may hold names in an old encoding, or with a line feed."""
    for name, held in ((b"\xffalt.txt", b"Peru thanked Chile on Tuesday."), (b"b\xe9.txt", b""), (b"c\nd.txt", b"Peru thanked Chile on Tuesday."), (b"[red]e[.txt", b"")):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(held)
    for form in ("jsonl", "json", "html", "terminal"):
        result = run("read", tmp_path, "--to", form)
        assert result.exit_code == 3
        assert result.stderr.splitlines()[-1] == "2 reports read, 2 set aside."
    refs = {json.loads(line)["ref"].removeprefix(f"{tmp_path}/") for line in lines_of(run("read", tmp_path))}
    assert refs == {"\ufffdalt.txt", "b\ufffd.txt", "c\nd.txt", "[red]e[.txt"}


def test_a_file_is_kept_where_nothing_could_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "old.html").write_text("old")
    assert run("read", tmp_path / "empty.txt", "-o", tmp_path / "old.html").exit_code == 1
    assert (tmp_path / "old.html").read_text() == "old"
    run("read", tmp_path / "empty.txt", "-o", tmp_path / "new.html")
    assert not (tmp_path / "new.html").exists()
    run("read", "examples/blue-nile.txt", "-o", tmp_path / "old.html")
    assert (tmp_path / "old.html").read_text().startswith("<!doctype html>")


def test_what_is_written_into_a_folder_is_not_read_from_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Peru rejected the demand of Chile for talks, its envoy said on Tuesday.")
    for _ in range(2):
        assert run("read", tmp_path, "-o", tmp_path / "records.jsonl").exit_code == 0
        assert len((tmp_path / "records.jsonl").read_text().splitlines()) == 1


def test_the_encoding_that_was_assumed_is_told(run: Run, tmp_path: Path) -> None:
    for n in range(7):
        (tmp_path / f"{n}.txt").write_bytes("“We won’t wait,” Peru’s president told reporters in Lima.".encode("windows-1252"))
    told = run("read", tmp_path).stderr.splitlines()
    assert [x for x in told if x.startswith("assumed: ")] == [f"assumed: {tmp_path}/{n}.txt: The encoding was not told: read as windows-1252." for n in range(5)]
    assert told[-1] == "7 reports read. Something was assumed of 7 reports; their notes say what."
    assert run("read", tmp_path, "-q").stderr == ""


def test_a_place_in_a_file_is_no_emoji(run: Run) -> None:
    result = run("read", "--from", "jsonl", "-", stdin="\n" * 1233 + BAD)
    assert "<stdin>:1234: " in result.stderr


def test_standard_input_is_one_object_or_an_array_by_what_comes(run: Run) -> None:
    assert isinstance(json.loads(run("read", "-", "--to", "json", stdin="Peru thanked Chile on Tuesday.").stdout), dict)
    assert isinstance(json.loads(run("read", "-", "--to", "json", stdin=GOOD).stdout), dict)
    assert len(json.loads(run("read", "-", "--to", "json", stdin=f"{GOOD}\n{GOOD}").stdout)) == 2


@pytest.mark.slow
def test_ten_megabytes_in_one_line_end_with_a_word(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("x" * 10_000_000)
    result = subprocess.run([sys.executable, "-m", "dragoman", "read", file, "-o", tmp_path / "o.jsonl"], capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in result.stderr
    assert result.returncode in (0, 1)
