from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings
from dragoman.web.kept import Kept
from dragoman.web.tokens import make_token


def quarrel(day: str, status: str, until: str) -> Wire:
    text = f"On {day} Peru refused talks with Chile until Chile {until}. Talks are {status}. Chile shelled a post of Peru."
    made = Wire(text, day, url=day).statement("state:PER", "refused", "talks with Chile", act="refuse", to=("state:CHL",))
    made.condition("state:PER", "talks with Chile", f"Chile {until}", ("state:CHL",))
    made.affair("negotiation", ("state:PER", "state:CHL"), status, "talks over <Arica>", f"Talks are {status}")
    return made.event("ASSAULT", ("state:CHL",), ("state:PER",), "shelled a post")


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[TestClient]:
    ledger.add([quarrel("2024-03-01", "stalled", "leaves Arica").record(), quarrel("2024-05-01", "under_way", "pays for the bridges").record()])
    with TestClient(create_app(DeskSettings(), ledger), headers={"accept": "text/html"}) as client:
        yield client


def test_what_moved_in_the_week_before_the_newest_report(desk: TestClient) -> None:
    told = desk.get("/home.json").json()
    assert (told["since"], told["newest"]) == ("2024-04-24", "2024-05-01")
    assert [(c["kind"], c["before"], c["after"]) for c in told["moved"]] == [
        ("affair", "stalled", "under_way"), ("condition", None, "withheld"), ("statement", None, None), ("event", None, "actual"),
    ]  # fmt: skip
    assert [(b["a"]["code"], b["b"]["code"], b["reports"]) for b in told["busiest"]] == [("CHL", "PER", 1)]
    assert told["holds"]["reports"] == 2


def test_the_page_links_every_line_to_its_sentence(desk: TestClient) -> None:
    page = desk.get("/").text
    assert "talks over &lt;Arica&gt;" in page
    assert 'href="/dyads/CHL/PER"' in page
    assert page.count('class="where" href="/reports/2#f') == 4
    assert 'href="/?since=2024-04-30"' in page  # a day before
    assert 'rel="alternate" type="application/atom+xml"' in page


def test_a_day_of_ones_own_and_an_earlier_one(desk: TestClient) -> None:
    assert len(desk.get("/home.json?since=2024-02-01").json()["moved"]) > 4
    earlier = desk.get("/home.json?as_of=2024-03-31").json()
    assert (earlier["newest"], earlier["since"]) == ("2024-03-01", "2024-02-23")
    assert [(c["before"], c["after"]) for c in earlier["moved"] if c["kind"] == "affair"] == [(None, "stalled")]
    assert "Nothing moved since 1 June 2024" in desk.get("/?since=2024-06-01").text
    assert desk.get("/?since=soon").status_code == 400


def test_the_twins(desk: TestClient) -> None:
    assert desk.get("/home.csv").text.startswith("day,kind,what,before,after")
    assert desk.get("/home.parquet").content[:4] == b"PAR1"
    assert 'href="/home.csv?since=2024-02-01"' in desk.get("/?since=2024-02-01").text


def test_who_may_add_has_the_box_on_the_first_page(desk: TestClient, ledger: Ledger) -> None:
    assert "<textarea" not in desk.get("/").text
    desk.post("/enter", data={"token": make_token(ledger, "desk", ["add"])})
    page = desk.get("/").text
    assert "<textarea" in page
    mark = page.partition('name="mark" value="')[2].partition('"')[0]
    assert desk.post("/add", data={"text": "Peru agreed to talks with Chile.", "mark": mark}, follow_redirects=False).headers["location"] == "/jobs/1"
    desk.post("/enter", data={"token": make_token(ledger, "editor", ["correct"])})
    assert "<textarea" not in desk.get("/").text


def test_an_empty_ledger_says_what_to_do_next(ledger: Ledger) -> None:
    with TestClient(create_app(DeskSettings(), ledger), headers={"accept": "text/html"}) as desk:
        page = desk.get("/").text
        told = desk.get("/home.json").json()
    assert "dragoman demo" in page
    assert "dragoman add reports/" in page
    assert "/enter?to=/" in page
    assert (told["since"], told["moved"], told["holds"]["reports"]) == (None, [], 0)


def test_the_search_box_keeps_the_day_that_is_looked_at(desk: TestClient) -> None:
    assert desk.get("/find?q=peru+chile&as_of=2024-04-01", follow_redirects=False).headers["location"] == "/dyads/PER/CHL?as_of=2024-04-01"


def test_what_was_worked_out_slowly_is_kept_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("dragoman.web.kept.time", SimpleNamespace(monotonic=lambda: now[0]))
    made: list[int] = []

    def make() -> int:
        made.append(1)
        now[0] += 0.2
        return len(made)

    kept = Kept()
    assert [kept.get("q", 1, make), kept.get("q", 1, make), kept.get("q", 2, make)] == [1, 1, 1]
    now[0] += 5.0
    assert [kept.get("q", 1, make), kept.get("q", 2, make)] == [1, 2]  # the same state is good for ever
    monkeypatch.setattr("dragoman.web.kept.QUICK", 1.0)
    assert [kept.get("quick", n, make) for n in (1, 1, 2)] == [3, 3, 4]
