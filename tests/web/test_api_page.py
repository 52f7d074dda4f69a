"""What docs/how-to/http-api.md shows runs against a server of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.pipeline import Reader
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings
from dragoman.web.tokens import make_token

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "http-api.md").read_text(encoding="utf-8")
HOST = "http://127.0.0.1:8710"
SHELL = [line.removeprefix("$ ") for block in re.findall(r"```sh-session\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines() if line.startswith("$ curl")]

pytestmark = pytest.mark.slow


@pytest.fixture
def address(ledger: Ledger, reader: Reader) -> Iterator[tuple[str, str]]:
    made = Wire("Japan demanded, Hayashi said, that Russia return to talks.", "2024-06-06", url="https://wire.test/1").actor("person:hayashi", "Yoshimasa Hayashi", "JPN")
    ledger.add(
        made.statement("person:hayashi", "demanded", "Russia return to talks", act="demand", to=("state:RUS",)).statement("state:PER", "said", "talks", to=("state:CHL",)).record()
    )
    app = create_app(DeskSettings(port=0), ledger)
    app.state.desk._reader = reader
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", make_token(ledger, "page", ["add"])
    app.state.streams.closing.begun = True
    server.should_exit = True
    thread.join()


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
def test_commands_of_the_page_are_answered(address: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "wire.jsonl").write_bytes((ROOT / "examples" / "wire.jsonl").read_bytes())
    assert len(SHELL) >= 6
    for command in SHELL:
        most = "--max-time 1" if " -N " in command else "--fail --max-time 30"
        run = subprocess.run(
            command.replace("curl", f"curl -sS {most}", 1).replace(HOST, address[0]),
            shell=True,
            cwd=tmp_path,
            env={**os.environ, "TOKEN": address[1]},
            capture_output=True,
            text=True,
        )
        assert run.returncode == (28 if " -N " in command else 0), (command, run.stderr)  # 28: a stream stands until it is cut
        assert ("retry: 3000" if " -N " in command else "{") in run.stdout


def test_the_python_of_the_page_walks_through_all_pages(address: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```py\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(code.replace(HOST, address[0]), "http-api.md", "exec"), {})
    assert capsys.readouterr().out == "2024-06-06 demand Russia return to talks https://wire.test/1\n"
