from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[TestClient]:
    ledger.add(
        [
            Wire("Peru threatened Chile over fish.", "2024-03-01").event("THREATEN", ("state:PER",), ("state:CHL",), "threatened").record(),
            Wire("Chile agreed with Peru on a pier.", "2024-05-01").event("AGREE", ("state:CHL",), ("state:PER",), "agreed").record(),
            Wire("Rebels attacked Chile in the night.", "2024-05-02").event("ASSAULT", ("group:rebels",), ("state:CHL",), "attacked").record(),
        ]
    )
    with TestClient(create_app(DeskSettings(), ledger), headers={"accept": "text/html"}) as client:
        yield client


def test_the_drawing_and_the_list_hold_the_same(desk: TestClient) -> None:
    page = desk.get("/network").text
    drawn = desk.get("/network/chart.json").json()
    pairs = {(v["who"], v["whom"]) for v in drawn["layer"][0]["data"]["values"]}
    assert pairs == {("Peru", "Chile"), ("Chile", "Peru")}
    assert "Peru threatened Chile over fish." in page
    assert 'href="/dyads/PER/CHL"' in page
    assert {v["url"] for v in drawn["layer"][0]["data"]["values"]} == {"/dyads/PER/CHL", "/dyads/CHL/PER"}


def test_groups_are_shown_when_asked(desk: TestClient) -> None:
    assert "Rebels" not in desk.get("/network").text
    assert "Rebels" in desk.get("/network?others=true").text


@pytest.mark.parametrize("path", ["/network.json", "/network.csv", "/network.parquet", "/network.graphml", "/network/chart.svg?width=360", "/network?of=peru&limit=20"])
def test_every_twin_of_the_network_stands(desk: TestClient, path: str) -> None:
    assert desk.get(path).status_code == 200


def test_nothing_there_says_what_to_do(desk: TestClient) -> None:
    assert "The ledger tells of no event between two sides" in desk.get("/network?since=2030-01-01").text
    assert desk.get("/network/chart.json?since=2030-01-01").json() == {}
    assert desk.get("/network.graphml?since=2030-01-01").status_code == 200


def test_a_drawing_is_not_sent_again_to_who_holds_it(desk: TestClient) -> None:
    tag = desk.get("/network/chart.json").headers["etag"]
    assert desk.get("/network/chart.json", headers={"if-none-match": tag}).status_code == 304
