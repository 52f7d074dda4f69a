"""The reports of a story side by side on a page, and joining and parting stories there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings
from dragoman.web.tokens import make_token

WORDS = "Peru rejected talks with Chile on the port of Arica after two days of meetings in Lima, and its envoys flew home on Friday evening."
FIRST, SECOND, OTHER = 1, 2, 3


def report(publisher: str, headline: str, *, status: str = "actual", text: str = WORDS, day: str = "2024-03-01") -> Wire:
    made = Wire(text, day, url=f"https://wire.test/{publisher}/{day}", publisher=publisher, headline=headline).actor("state:PER", "Peru").actor("state:CHL", "Chile")
    return made.event("REJECT", ("state:PER",), ("state:CHL",), "rejected", status=status, modality="asserted" if status == "actual" else "planned")


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[TestClient]:
    """A desk over a story of two reports that disagree, and a report of another."""
    lone = report("C", "Trawlers", text="A deputy in Quito rejected a fishing treaty as a gift to foreign fleets.", day="2024-05-01")
    ledger.add([report("A", "No <b>talks</b>").record(), report("B", "Talks off", status="planned").record(), lone.record()])
    with TestClient(create_app(DeskSettings(), ledger), headers={"accept": "text/html"}) as client:
        yield client


@pytest.fixture
def mark(desk: TestClient, ledger: Ledger) -> str:
    """The mark of somebody's forms who may correct; the desk is his from now on."""
    desk.post("/enter", data={"token": make_token(ledger, "Eva", ["correct"])})
    found = re.search(r'name="mark" value="([^"]+)"', desk.get("/stories/1").text)
    assert found is not None
    return found[1]


def test_stories_of_several_reports_are_listed(desk: TestClient) -> None:
    assert [(s["story"], s["reports"]) for s in desk.get("/stories.json").json()] == [(1, 2)]
    assert len(desk.get("/stories.json?least=1").json()) == 2
    assert desk.get("/stories.json?about=Bolivia").json() == []
    page = desk.get("/stories?about=Peru").text
    assert "No &lt;b&gt;talks&lt;/b&gt;" in page
    assert 'href="/stories/1?' not in page
    assert desk.get("/stories?least=0").status_code == 422


def test_reports_stand_side_by_side(desk: TestClient) -> None:
    page = desk.get("/stories/1").text
    for words in ("No &lt;b&gt;talks&lt;/b&gt;", "Talks off", "a copy of", "not agreed on status", "Told differently", "/reports/1#f", "/reports/2#f", "planned"):
        assert words in page
    assert "<b>talks</b>" not in page
    told = desk.get("/stories/1.json").json()
    assert ([r["report"] for r in told["reports"]], [e["reports"] for e in told["events"]]) == ([1, 2], [2])
    assert [r["report"] for r in csv.DictReader(io.StringIO(desk.get("/stories/1.csv").text))] == ["1", "2"]
    assert desk.get("/stories/1.parquet").content[:4] == b"PAR1"
    assert desk.get("/stories/2.json").json()["story"] == 1  # the number of any of its reports


def test_a_report_alone_and_a_story_cut_short(desk: TestClient) -> None:
    assert "1 report," in desk.get(f"/stories/{OTHER}").text
    assert "All reports" in desk.get("/stories/1?limit=1").text


@pytest.mark.parametrize(("path", "status"), [("/stories/99", 404), ("/stories/x", 404), ("/stories/1?as_of=2023-01-01", 404), ("/stories/1?known=soon", 400)])
def test_no_such_story(desk: TestClient, path: str, status: int) -> None:
    assert desk.get(path).status_code == status


def test_stories_are_joined_and_parted_by_who_may(desk: TestClient, ledger: Ledger, mark: str) -> None:
    joined = desk.post("/stories/1/merge", data={"mark": mark, "other": str(OTHER)})
    assert "3 reports" in joined.text
    assert "joined by a person" in joined.text
    parted = desk.post("/stories/1/split", data={"mark": mark, "leaving": [f"r{SECOND}", f"r{OTHER}"], "why": "another day"})
    assert "1 report," in parted.text
    assert ledger.corrections()[0].why == "another day"
    assert desk.post("/stories/1/merge", data={"mark": mark, "other": "nonsense"}).status_code == 400
    assert desk.post("/stories/1/split", data={"mark": mark, "leaving": f"r{FIRST}"}).status_code == 400
    assert desk.post("/stories/1/merge", data={"other": "3"}).status_code == 403
