"""The examples in README, the tutorial and docs/how-to run, what they show is what comes out, links lead somewhere, and docs/reference is what the code says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dragoman.engines.reading as reading
from dragoman.pipeline import Reader

from .conftest import ROOT, Run

PAGES = [ROOT / "README.md", ROOT / "docs" / "tutorial.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
SET_UP = ("pip ", "pip install uv && ")
STANDS_FOR = {"report.txt": "examples/blue-nile.txt", "page.html": "examples/caribbean-envoys.html", "reports/": "examples/", "wire.jsonl": "examples/wire.jsonl"}


def blocks(language: str) -> list[tuple[str, str]]:
    return [(page.name, code) for page in PAGES for code in re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)]


def commands(code: str) -> list[str]:
    """The commands of a block, without comments; those that set up are run by CI as they stand, and setting up is not repeated here."""
    lines = [line.removeprefix("$ ").partition("  #")[0].strip() for line in code.splitlines()]
    return [line.removeprefix("uv run ") for line in lines if not line.startswith(SET_UP)]


def in_place(command: str) -> str:
    """A command of the pages on the files of `examples/`."""
    words = (STANDS_FOR.get(w, w) for w in command.replace("dragoman ", f"{sys.executable} -m dragoman ").split(" "))
    return " ".join(words)


@pytest.mark.parametrize(("page", "code"), blocks("python"), ids=lambda x: x[:24])
def test_python_in_the_pages_runs(page: str, code: str, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    if "frame" in code:
        pytest.importorskip("pandas")
        pytest.importorskip("pyarrow")
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(reading, "default_reader", lambda: reader)
    exec(compile(code, page, "exec"), {})


@pytest.mark.slow
@pytest.mark.parametrize(("page", "code"), blocks("console"), ids=lambda x: x[:24])
def test_commands_in_the_pages_run(page: str, code: str, tmp_path: Path) -> None:
    pair = {"ref": "1", "text": "Chile thanked Peru for its help.", "source": [0, 5], "target": [14, 18]}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(pair))
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for command in commands(code):
        subprocess.run(in_place(command), shell=True, cwd=tmp_path, check=True, capture_output=True, timeout=120)


def test_what_the_tutorial_shows_is_what_comes_out(run: Run) -> None:
    tutorial = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    read = run("read", "examples/blue-nile.txt", "--published", "2024-05-14", "--to", "terminal").stdout
    why = run("explain", "examples/blue-nile.txt", "c1", "--published", "2024-05-14").stdout
    told = set((read + why).splitlines())
    shown = [line for block in re.findall(r"```text\n(.*?)```", tutorial, re.DOTALL) for line in block.splitlines()]
    assert [line for line in shown if line not in told] == []


def test_readme_says_what_its_sentence_gives(run: Run) -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    sentence = re.search(r"^From \*(.+?)\*:", page, re.MULTILINE)
    assert sentence
    told = run("read", "-", "--to", "terminal", stdin=sentence[1]).stdout.splitlines()
    (shown,) = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    assert [line for line in shown.splitlines() if line not in told] == []
    assert [line for line in told if re.match(r" +[seca]\d", line) and line not in shown.splitlines()] == []


def test_the_two_commands_stand_as_they_are() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [code.strip() for code in re.findall(r"```console\n(pip .*?)```", page, re.DOTALL)] == [
        "pip install uv && uv run dragoman read examples/blue-nile.txt --published 2024-05-14 --to terminal",
        "pip install uv && uv run pytest",
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    gone = [t for t in targets if not t.startswith("http") and not (page.parent / t).exists()]
    assert [t for t in gone if not _is_left_out(page.parent / t)] == []


def _is_left_out(target: Path) -> bool:
    """Files beside the sources that are not taken along where the wheel alone is tested."""
    return not (ROOT / "src").exists() and target.resolve().is_relative_to(ROOT)


@pytest.mark.slow
def test_the_reference_is_what_the_code_says() -> None:
    subprocess.run([sys.executable, ROOT / "docs" / "generate.py", "--check"], check=True, capture_output=True)


def test_every_command_and_option_is_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    for name in ("read", "explain", "code-pairs", "schema", "--workers", "--actors", "--from", "--to"):
        assert name in page
