"""All of one affair on a page, and merging and splitting it there."""

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

SIDES = ("state:PER", "state:CHL")


def treaty(day: str, status: str, words: str, *, publisher: str = "Test Wire", subject: str = "fishing treaty") -> Wire:
    made = Wire(words, day, url=f"https://wire.test/{publisher}/{day}", publisher=publisher).actor("state:PER", "Peru").actor("state:CHL", "Chile")
    return made.affair("agreement", SIDES, status, subject, words)


REPORTS = (
    treaty("2024-03-01", "negotiated", "Lima and Santiago have the text of a fishing treaty ready."),
    treaty("2024-04-01", "signed", "Two ministers put their names under the fishing treaty on Monday."),
    treaty("2024-05-01", "absent", "There is no fishing treaty, whatever the papers say, a deputy told reporters.", publisher="Other Wire"),
)


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[TestClient]:
    """A desk whose ledger holds one affair of three reports, and a condition of its sides."""
    held = Wire("Peru will not ratify the fishing treaty until Chile withdraws its trawlers.", "2024-04-20", url="https://wire.test/held")
    held.actor("state:PER", "Peru").condition("state:PER", "ratify the fishing treaty", "Chile withdraws its trawlers", ("state:CHL",))
    other = Wire("Peru will not buy Chilean wine until Chile buys Peruvian coffee.", "2024-04-21", url="https://wire.test/other")
    other.actor("state:PER", "Peru").condition("state:PER", "buy Chilean wine", "Chile buys Peruvian coffee", ("state:CHL",))
    ledger.add([*(r.record() for r in REPORTS), held.record(), other.record()])
    with TestClient(create_app(DeskSettings(), ledger), headers={"accept": "text/html"}) as client:
        yield client


@pytest.fixture
def mark(desk: TestClient, ledger: Ledger) -> str:
    """The mark of somebody's forms who may correct; the desk is his from now on."""
    desk.post("/enter", data={"token": make_token(ledger, "Ana", ["correct"])})
    found = re.search(r'name="mark" value="([^"]+)"', desk.get("/affairs/1").text)
    assert found is not None
    return found[1]


def test_an_affair_is_told_whole(desk: TestClient) -> None:
    page = desk.get("/affairs/1").text
    for words in (
        "fishing treaty",
        "Two ministers put their names",
        "Against it:",
        "whatever the papers say",
        "until Chile withdraws its trawlers",
        "/dyads/CHL/PER",
        "/actors/state:PER",
    ):
        assert words in page
    assert "coffee" not in page
    assert page.index("whatever the papers") < page.index("Two ministers") < page.index("have the text")
    assert "Merge" not in page
    assert "sign in with a token" in page


def test_its_table_is_its_history(desk: TestClient) -> None:
    told = desk.get("/affairs/1.json").json()
    assert [s["status"] for s in told["steps"]] == ["negotiated", "signed", "absent"]
    assert told["stands"]["status"] == "absent"
    assert [(w["subject"], w["reports"]) for w in told["wordings"]] == [("fishing treaty", 3)]
    assert [c["antecedent"] for c in told["conditions"]] == ["Chile withdraws its trawlers"]
    rows = list(csv.DictReader(io.StringIO(desk.get("/affairs/1.csv").text)))
    assert [r["status"] for r in rows] == ["negotiated", "signed", "absent"]
    assert desk.get("/affairs/1.parquet").content[:4] == b"PAR1"


def test_it_is_of_a_day(desk: TestClient) -> None:
    assert [s["status"] for s in desk.get("/affairs/1.json?as_of=2024-04-02").json()["steps"]] == ["negotiated", "signed"]
    assert "whatever the papers say" not in desk.get("/affairs/1?as_of=2024-04-02").text
    before = desk.get("/affairs/1?as_of=2024-02-01")
    assert before.status_code == 200
    assert "Nothing was told of this affair by then" in before.text
    assert "did not move in that time" in desk.get("/affairs/1?since=2025-01-01").text


@pytest.mark.parametrize(
    ("path", "status"), [("/affairs/99", 404), ("/affairs/99.json", 404), ("/affairs/99999999999999999999", 404), ("/affairs/x", 404), ("/affairs/1?as_of=soon", 400)]
)
def test_no_such_affair(desk: TestClient, path: str, status: int) -> None:
    assert desk.get(path).status_code == status


def test_two_affairs_are_merged_and_parted_by_who_may(desk: TestClient, ledger: Ledger, mark: str) -> None:
    ledger.add(treaty("2024-06-01", "signed", "The two navies signed a search-and-rescue accord.", subject="search-and-rescue accord").record())
    (other,) = (a.affair for a in ledger.affairs() if a.subject == "search-and-rescue accord")
    assert f'value="a{other}"' in desk.get("/affairs/1").text
    merged = desk.post("/affairs/1/merge", data={"mark": mark, "other": f"a{other}", "why": "one text"})
    assert "Merge affairs" in merged.text
    assert len(ledger.affairs()) == 1
    assert ledger.corrections()[0].why == "one text"
    assert "search-and-rescue accord" in merged.text
    leaving = next(w["source"]["finding"] for w in desk.get("/affairs/1.json").json()["wordings"] if w["subject"] == "search-and-rescue accord")
    desk.post("/affairs/1/split", data={"mark": mark, "leaving": f"f{leaving}"})
    assert len(ledger.affairs()) == 2


@pytest.mark.parametrize(("way", "data"), [("merge", {"other": "a1"}), ("merge", {"other": "nonsense"}), ("merge", {}), ("split", {"leaving": "f99"}), ("split", {})])
def test_what_cannot_be_joined_is_a_problem(desk: TestClient, mark: str, way: str, data: dict[str, str]) -> None:
    assert 400 <= desk.post(f"/affairs/1/{way}", data={"mark": mark, **data}).status_code < 500


def test_nobody_joins_without_a_token_or_from_another_site(desk: TestClient, mark: str) -> None:
    assert desk.post("/affairs/1/merge", data={"other": "a2"}).status_code == 403
    desk.cookies.clear()
    assert desk.post("/affairs/1/merge", data={"mark": mark, "other": "a2"}).status_code == 401
