from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from dragoman.answers.ledger import Ledger
from dragoman.pipeline import Reader
from dragoman.web.app import create_app
from dragoman.web.desk import Desk, DeskSettings
from dragoman.web.tokens import make_token
from dragoman.web.works import Works

TEXT = "LIMA (Test) – Peru on Monday refused talks with Chile until Chile leaves Arica, Foreign Minister Ana Rojas said in a statement."


@pytest.fixture
def app(ledger: Ledger, reader: Reader) -> FastAPI:
    made = create_app(DeskSettings(upload_bytes=20_000), ledger)
    made.state.desk._reader = reader
    return made


@pytest.fixture
def desk(app: FastAPI, ledger: Ledger) -> Iterator[TestClient]:
    with TestClient(app, headers={"accept": "text/html"}) as client:
        client.post("/enter", data={"token": make_token(ledger, "desk", ["add"])})
        yield client


def mark(desk: TestClient) -> str:
    return desk.get("/add").text.partition('name="mark" value="')[2].partition('"')[0]


def finished(desk: TestClient, address: str) -> dict:
    for _ in range(200):
        job = desk.get(f"{address}.json").json()
        if job["state"] == "done":
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def test_a_pasted_report_is_accepted_and_read(desk: TestClient, ledger: Ledger) -> None:
    posted = desk.post("/add", data={"text": TEXT, "published": "2024-06-06", "mark": mark(desk)}, follow_redirects=False)
    assert posted.status_code == 303
    job = finished(desk, posted.headers["location"])
    assert (job["done"], job["aside"]) == (1, 0)
    assert ledger.statements(by="Peru")
    assert f"/reports/{job['reports'][0]['report']}" in desk.get(posted.headers["location"]).text


def test_files_are_taken_and_what_is_no_report_is_told(desk: TestClient) -> None:
    files = [
        ("files", ("a.txt", TEXT.encode())),
        ("files", ("b.jsonl", b'{"text": ""}\n{"ref": "x", "text": "Chile agreed to talks with Peru on Friday, officials said.\xe2\x80\xa8 No day was set."}\n')),
    ]
    posted = desk.post("/add", data={"mark": mark(desk)}, files=files, follow_redirects=False)
    job = finished(desk, posted.headers["location"])
    assert (job["done"], job["aside"], job["total"]) == (2, 1, 3)


def test_a_form_from_elsewhere_and_a_visitor_without_a_token_change_nothing(desk: TestClient, app: FastAPI) -> None:
    assert desk.post("/add", data={"text": TEXT}).status_code == 403
    assert desk.post("/add", data={"text": TEXT, "mark": "0" * 64}).status_code == 403
    assert TestClient(app).post("/add", data={"text": TEXT}).status_code == 401


def test_nothing_given_and_addresses_of_this_machine(desk: TestClient) -> None:
    assert desk.post("/add", data={"mark": mark(desk)}).status_code == 400
    told = desk.post("/add", data={"url": "http://127.0.0.1:8710/", "mark": mark(desk)})
    assert told.status_code == 400
    assert "private network" in told.text


def test_what_is_too_large_is_refused(desk: TestClient) -> None:
    assert desk.post("/add", data={"text": "x" * 30_000, "mark": mark(desk)}).status_code == 413


def test_what_was_accepted_before_a_stop_is_read_at_the_next_start(ledger: Ledger, reader: Reader) -> None:
    desk = Desk(DeskSettings(), ledger, _reader=reader)
    job = Works(desk).accept("desk", [{"text": TEXT, "published": "2024-06-06"}])  # never started: as if it was killed
    works = Works(desk)
    works.start()
    for _ in range(200):
        if works.job(job.id).state == "done":
            break
        time.sleep(0.05)
    works.stop()
    assert works.job(job.id).done == 1
