"""All of one actor on a page, whom reports tell of, and what people say of actors there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings
from dragoman.web.tokens import make_token

ANA = "person:ana-quispe"


def report(day: str, text: str = "Ana Quispe, Peru's foreign minister, refused talks with Chile until Chile leaves Arica.") -> Wire:
    made = Wire(text, day, url=f"https://wire.test/{day}").actor("state:PER", "Peru").actor("state:CHL", "Chile")
    made.actor(ANA, "Ana Quispe", "PER", office="foreign minister").statement(ANA, "refused", "talks with Chile", act="refuse", to=("state:CHL",))
    made.condition(ANA, "talks with Chile", "Chile leaves Arica", ("state:CHL",)).event("REJECT", (ANA,), ("state:CHL",), "refused")
    return made.affair("negotiation", ("state:PER", "state:CHL"), "ruled_out", "talks", "refused talks")


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[TestClient]:
    """A desk over two reports of one minister."""
    ledger.add([report("2024-03-01").record(), report("2024-05-01").record()])
    with TestClient(create_app(DeskSettings(requests_a_minute=10_000), ledger), headers={"accept": "text/html"}) as client:
        yield client


@pytest.fixture
def mark(desk: TestClient, ledger: Ledger) -> str:
    """The mark of somebody's forms who may correct; the desk is his from now on."""
    desk.post("/enter", data={"token": make_token(ledger, "Eva", ["correct"])})
    found = re.search(r'name="mark" value="([^"]+)"', desk.get(f"/actors/{ANA}").text)
    assert found is not None
    return found[1]


def test_a_person_is_told_whole(desk: TestClient) -> None:
    page = desk.get(f"/actors/{ANA}").text
    for words in (
        "Ana Quispe",
        "foreign minister",
        "2 reports name",
        "/dyads/PER/CHL",
        "refused talks with Chile",
        "/reports/2#f",
        "Open conditions that it holds",
        "/statements?by=person",
    ):
        assert words in page
    assert "Add the name" not in page


def test_a_state_is_told_with_its_people_and_affairs(desk: TestClient) -> None:
    told = desk.get("/actors/state:PER.json").json()
    assert [p["name"] for p in told["people"]] == ["Ana Quispe"]
    assert [t["name"] for t in told["actor"]["toward"]] == ["Chile"]
    assert [a["status"] for a in told["affairs"]] == ["ruled_out"]
    page = desk.get("/actors/state:PER").text
    assert f"/actors/{ANA}" in page
    assert "/affairs/1" in page
    owing = desk.get("/actors/state:CHL").text
    assert "Open conditions on which it must act" in owing
    assert "Said to or about it" in owing


def test_a_page_has_one_address(desk: TestClient) -> None:
    sent = desk.get("/actors/Lima?as_of=2024-04-01", follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, "/actors/state:PER?as_of=2024-04-01")
    assert desk.get("/actors/Lima.csv").text.startswith("id,name,kind")
    assert desk.get("/actors/Lima.parquet").content[:4] == b"PAR1"


@pytest.mark.parametrize(
    ("path", "status"), [("/actors/Peruu", 404), ("/actors/Peruu.json", 404), ("/actors/a/b/c", 404), ("/actors/Lima?as_of=soon", 400), ("/actors?kind=robot", 400)]
)
def test_nobody_of_that_name(desk: TestClient, path: str, status: int) -> None:
    assert desk.get(path).status_code == status


def test_it_is_of_a_day(desk: TestClient) -> None:
    assert desk.get(f"/actors/{ANA}.json?as_of=2024-04-01").json()["actor"]["reports"] == 1
    assert "No report names it by then" in desk.get(f"/actors/{ANA}?as_of=2023-01-01").text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=quispe", ["Ana Quispe"]),
        ("q=ana+quis", ["Ana Quispe"]),
        ("q=nobody", []),
        ("kind=person", ["Ana Quispe"]),
        ("of=Peru", ["Ana Quispe"]),
        ("kind=state", ["Chile", "Peru"]),
        ("as_of=2023-01-01", []),
    ],
)
def test_actors_are_found(desk: TestClient, query: str, names: list[str]) -> None:
    assert [r["name"] for r in desk.get(f"/actors.json?{query}").json()] == names
    assert desk.get(f"/actors?{query}").status_code == 200


def test_who_lately_had_a_part_in_most_comes_first(desk: TestClient) -> None:
    rows = desk.get("/actors.json").json()
    assert [(r["name"], r["lately"], r["office"]) for r in rows] == [("Ana Quispe", 4, "foreign minister"), ("Chile", 4, None), ("Peru", 0, None)]


def test_names_offices_and_mergers_are_given_by_who_may(desk: TestClient, ledger: Ledger, mark: str) -> None:
    named = desk.post(f"/actors/{ANA}/alias", data={"mark": mark, "called": "A. Q. Mamani", "why": "her passport"})
    assert "A. Q. Mamani" in named.text
    assert 'role="status"' in named.text
    held = desk.post(f"/actors/{ANA}/office", data={"mark": mark, "office": "envoy to <b>Lima</b>", "acts_for": "Peru", "begin": "2023-01", "end": ""})
    assert "envoy to &lt;b&gt;Lima&lt;/b&gt;" in held.text
    assert "2023-01 to …" in held.text
    assert "says Eva" in held.text
    assert desk.get("/actors.json?q=mamani").json()[0]["id"] == ANA
    ledger.add(Wire("A. Quispe met envoys.", "2024-05-02").actor("person:a-quispe", "A. Quispe", "PER").mention("person:a-quispe", "A. Quispe").record())
    merged = desk.post("/actors/person:a-quispe/merge", data={"mark": mark, "other": ANA})
    assert merged.url.path == f"/actors/{ANA}"


@pytest.mark.parametrize(
    ("way", "data"),
    [
        ("alias", {"called": "Chile"}),
        ("alias", {}),
        ("office", {"office": "envoy", "begin": "soon"}),
        ("office", {"office": "envoy", "acts_for": "Peruu"}),
        ("merge", {"other": ANA}),
    ],
)
def test_what_cannot_be_said_of_an_actor_is_a_problem(desk: TestClient, mark: str, way: str, data: dict[str, str]) -> None:
    assert 400 <= desk.post(f"/actors/{ANA}/{way}", data={"mark": mark, **data}).status_code < 500


def test_nobody_names_without_a_token(desk: TestClient) -> None:
    assert desk.post(f"/actors/{ANA}/alias", data={"called": "Somebody"}).status_code == 401
