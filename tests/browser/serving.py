"""The desk on a port of its own, over a small ledger, for tests that come by browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from dragoman.answers.ledger import Ledger
from dragoman.intake.item import Told
from dragoman.intake.jsonl import jsonl_items
from dragoman.ledger.taking import take
from dragoman.pipeline import Reader
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings
from dragoman.web.tokens import make_token

ROOT = Path(__file__).parents[2]
REPORTS = (Path(__file__).with_name("reports.jsonl"), ROOT / "examples/wire.jsonl")
PATIENCE = 20.0  # seconds until a server must answer


@dataclass(frozen=True, slots=True)
class Served:
    """A desk that is open."""

    url: str
    token: str
    """Of somebody who may add, correct and watch."""
    app: FastAPI
    ledger: Ledger


def fill(where: Path, reader: Reader) -> None:
    """Read the project's own reports into a new ledger."""
    with Ledger(where) as ledger:
        for path in REPORTS:
            for added in take(ledger, jsonl_items(path.read_bytes().splitlines(), path.name, Told()), lambda: reader):
                assert added.fate == "new", added


@contextmanager
def serving(where: Path, reader: Reader) -> Iterator[Served]:
    """Open the desk over a ledger, on a free port of this machine; close it at the end."""
    with Ledger(where) as ledger:
        app = create_app(DeskSettings(ledger=str(where), requests_a_minute=1_000_000), ledger)
        app.state.desk._reader = reader  # so that pasting a text does not load the model once more
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", timeout_graceful_shutdown=2))
        thread = threading.Thread(target=server.run, name="desk under test", daemon=True)
        thread.start()
        until = time.monotonic() + PATIENCE
        while not server.started:
            assert thread.is_alive(), "the desk did not open"
            assert time.monotonic() < until, "the desk did not open in time"
            time.sleep(0.02)
        (listener,) = server.servers[0].sockets
        try:
            yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}", make_token(ledger, "Ana", ["add", "correct", "watch"]), app, ledger)
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
