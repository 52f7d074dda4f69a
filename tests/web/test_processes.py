from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from dragoman.answers.ledger import Ledger
from dragoman.web.desk import DeskSettings
from dragoman.web.processes import environment
from dragoman.web.tokens import make_token

TEXT = "LIMA (Test) – Peru on Monday refused talks with Chile until Chile leaves Arica, Foreign Minister Ana Rojas said in a statement."


def test_settings_pass_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    told = DeskSettings(ledger="a b.db", port=0, trusted_proxies=("10.0.0.1",), open_reading=True, workers=2, errands=False)
    for name, value in environment(told).items():
        monkeypatch.setenv(name, value)
    assert DeskSettings() == told


@pytest.mark.slow
def test_several_processes_answer_and_what_one_accepts_is_read(tmp_path: Path) -> None:
    where = tmp_path / "ledger.db"
    with Ledger(where) as ledger:
        token = make_token(ledger, "desk", ["add"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([sys.executable, "-m", "dragoman", "serve", "--ledger", str(where), "--port", str(port), "--workers", "2"], start_new_session=True) as desk:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"authorization": f"Bearer {token}"}, timeout=60) as client:
                until = time.monotonic() + 120
                while not answers(client):
                    assert time.monotonic() < until
                    time.sleep(0.2)
                given = client.post("/api/v1/reports", json={"text": TEXT, "published": "2024-06-10"})
                assert given.status_code == 202, given.text
                while client.get(f"/jobs/{given.json()['id']}.json").json()["state"] != "done":
                    assert time.monotonic() < until
                    time.sleep(0.2)
        finally:
            desk.send_signal(signal.SIGTERM)
            desk.wait(60)
    with Ledger(where) as ledger:
        assert [s.content for s in ledger.statements(by="Peru")]


def answers(client: httpx.Client) -> bool:
    try:
        return client.get("/health").status_code == 200
    except httpx.TransportError:
        return False
