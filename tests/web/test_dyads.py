from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from tests.answers.test_standing import quarrel

from dragoman.answers.ledger import Ledger
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[TestClient]:
    ledger.add([quarrel("2024-03-01").record(), quarrel("2024-05-01", "under_way").record()])
    with TestClient(create_app(DeskSettings(), ledger), headers={"accept": "text/html"}) as client:
        yield client


def test_two_states_on_a_page(desk: TestClient) -> None:
    page = desk.get("/dyads/PER/CHL").text
    assert "under way" in page
    assert "Talks are under_way." in page
    assert "/reports/2#f" in page
    assert "Conditions still open" in page


def test_yesterdays_ledger_is_one_click_away(desk: TestClient) -> None:
    page = desk.get("/dyads/PER/CHL?as_of=2024-04-01").text
    assert "stalled" in page
    assert "as_of=2024-03-31" in page
    assert "under way" not in page


def test_nothing_read_is_told_from_peace(desk: TestClient) -> None:
    assert "No report that was read tells of both" in desk.get("/dyads/PER/ECU").text


@pytest.mark.parametrize(
    "path",
    [
        "/dyads/PER/CHL/timeline?kind=affair",
        "/dyads/PER/CHL/measures?by=year",
        "/dyads/PER/CHL/chart.json",
        "/dyads/PER/CHL/chart.svg",
        "/dyads/PER/CHL.csv",
        "/dyads/PER/CHL.json",
    ],
)
def test_every_twin_of_two_states_stands(desk: TestClient, path: str) -> None:
    assert desk.get(path).status_code == 200
