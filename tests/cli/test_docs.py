"""The examples in docs/how-to, the tutorial and README run, and docs/reference is what the code says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dragoman.engines.reading as reading
from dragoman.pipeline import Reader

from .conftest import ROOT

PAGES = [*sorted((ROOT / "docs" / "how-to").glob("*.md")), ROOT / "docs" / "tutorial.md", ROOT / "README.md"]


def blocks(language: str) -> list[tuple[str, str]]:
    return [(page.name, code) for page in PAGES for code in re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)]


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
    for line in code.splitlines():
        command = line.removeprefix("$ ")
        if command.startswith("pip ") or page == "README.md":  # README's commands stand for files of one's own; .ci/run tries its first two
            continue
        command = command.replace("dragoman ", f"{sys.executable} -m dragoman ")
        subprocess.run(command, shell=True, cwd=tmp_path, check=True, capture_output=True, timeout=120)


@pytest.mark.slow
def test_the_reference_is_what_the_code_says() -> None:
    subprocess.run([sys.executable, ROOT / "docs" / "generate.py", "--check"], check=True, capture_output=True)


def test_every_command_and_option_is_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    for name in ("read", "explain", "code-pairs", "schema", "--workers", "--actors", "--from", "--to"):
        assert name in page
