from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from dragoman.cli import setup
from dragoman.cli.app import app
from dragoman.pipeline import Reader

ROOT = Path(__file__).parents[2]
type Run = Callable[..., Result]


@pytest.fixture
def run(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in this process with the session's reader, from the project's root."""
    monkeypatch.setattr(setup, "reader_of", lambda *_: reader)
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)

    return run


def lines_of(result: Result) -> Sequence[str]:
    return result.stdout.splitlines()
