from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from tests.answers.test_placed import ARICA, at
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.exports.worldmap import map_chart, outlines
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[TestClient]:
    old = at(Wire("Peru met Chile in Arica.", "2021-05-01"), "Arica", **ARICA).event("CONSULT", ("state:PER",), ("state:CHL",), "met", place="l1")
    new = at(Wire("Peru threatened Chile in Arica.", "2024-05-02"), "Arica", **ARICA).event("THREATEN", ("state:PER",), ("state:CHL",), "threatened", place="l1")
    ledger.add([old.record(), new.record()])
    with TestClient(create_app(DeskSettings(), ledger), headers={"accept": "text/html"}) as client:
        yield client


def test_a_place_leads_to_what_happened_there(desk: TestClient) -> None:
    page = desk.get("/map").text
    (point,) = desk.get("/map/chart.json").json()["layer"][-1]["data"]["values"]
    assert point["name"] == "Arica"
    assert f'id="{point["url"].removeprefix("#")}"' in page
    assert "Peru threatened Chile in Arica." in page
    assert "/reports/2#f" in page


def test_it_begins_with_the_last_ninety_days_and_shows_all_when_asked(desk: TestClient) -> None:
    assert "Peru met Chile in Arica." not in desk.get("/map").text
    assert "Peru met Chile in Arica." in desk.get("/map?since=").text


def test_all_kinds_that_are_chosen_are_drawn(desk: TestClient) -> None:
    assert "kind=verbal_cooperation&amp;kind=dispute" in desk.get("/map?since=&kind=verbal_cooperation&kind=dispute").text
    assert len(desk.get("/map/chart.json?since=&kind=verbal_cooperation").json()["layer"][-1]["data"]["values"]) == 1
    assert not desk.get("/map/chart.json?since=&kind=dispute").json()["layer"][-1]["data"]["values"]


@pytest.mark.parametrize("path", ["/map.json", "/map.csv", "/map.parquet", "/map/world.json", "/map/chart.svg?theme=dark&near=true", "/map?of=peru,%20chile"])
def test_every_twin_of_the_map_stands(desk: TestClient, path: str) -> None:
    assert desk.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/map?kind=gossip", "/map/chart.json?width=0", "/map?of=atlantis"])
def test_what_cannot_be_asked_is_said(desk: TestClient, path: str) -> None:
    assert desk.get(path).status_code in (400, 404, 422)


def test_nothing_there_says_what_to_do(desk: TestClient) -> None:
    page = desk.get("/map?since=2030-01-01").text
    assert "Nothing that has a place is told of" in page
    assert "data-chart" not in page


def test_outlines_are_whole_and_a_map_without_places_can_be_drawn() -> None:
    assert outlines()["type"] == "Topology"
    assert set(outlines()["objects"]) == {"countries", "land"}
    assert map_chart([])["projection"]["type"] == "equalEarth"
