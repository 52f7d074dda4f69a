from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings
from dragoman.web.tokens import end_token, make_token

PAGES = ("/", "/statements", "/coverage", "/find?q=talks+arica", "/reports/1", "/enter")


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[TestClient]:
    made = Wire("Peru refused talks with Chile until Chile leaves Arica.", "2024-06-06", headline="No <b>talks</b>", publisher="Test & Wire")
    ledger.add(made.statement("state:PER", "refused", "talks with Chile", act="refuse", to=("state:CHL",)).record())
    with TestClient(create_app(DeskSettings(), ledger), headers={"accept": "text/html"}, client=("127.0.0.1", 1)) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_every_page_stands_and_runs_nothing_inline(desk: TestClient, path: str) -> None:
    response = desk.get(path)
    assert response.status_code == 200
    policy = response.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "<b>talks</b>" not in response.text
    assert "onclick=" not in response.text
    assert "<style" not in response.text
    assert " style=" not in response.text


def test_a_page_has_its_twins(desk: TestClient) -> None:
    page = desk.get("/statements?by=peru")
    assert "/statements.csv?by=peru" in page.text
    (row,) = desk.get("/statements.json?by=peru").json()
    assert row["content"] == "talks with Chile"
    assert desk.get("/statements.csv?by=peru").text.startswith("day,speakers_names")
    assert desk.get("/statements.parquet?by=peru").content[:4] == b"PAR1"


def test_what_did_not_change_is_not_sent_again(desk: TestClient) -> None:
    tag = desk.get("/statements").headers["etag"]
    assert desk.get("/statements", headers={"if-none-match": tag}).status_code == 304


def test_the_search_box_understands_names_pairs_and_words(desk: TestClient) -> None:
    assert desk.get("/find?q=chile peru", follow_redirects=False).headers["location"] == "/dyads/CHL/PER"
    assert desk.get("/find?q=Lima", follow_redirects=False).headers["location"] == "/actors/state:PER"
    assert "1 findings" in desk.get("/find?q=refused+talks").text


def test_errors_are_pages_for_people_and_problems_for_programs(desk: TestClient) -> None:
    page = desk.get("/statements?by=Peruu")
    assert page.status_code == 404
    assert "Did you mean" in page.text
    told = desk.get("/statements.json?by=Peruu", headers={"accept": "application/json"})
    assert told.headers["content-type"] == "application/problem+json"
    assert "Peru" in told.json()["nearest"]
    assert desk.get("/reports/99").status_code == 404
    assert desk.get("/nowhere").status_code == 404
    assert desk.get("/statements?since=yesterday").status_code == 400


def test_signing_in_and_out(desk: TestClient, ledger: Ledger) -> None:
    token = make_token(ledger, "night desk", ["correct"])
    assert desk.post("/enter", data={"token": "drg_wrong"}).status_code == 403
    entered = desk.post("/enter", data={"token": token, "to": "https://elsewhere.test/"}, follow_redirects=False)
    assert entered.headers["location"] == "/"
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert token not in entered.headers["set-cookie"]
    assert "Signed in as night desk" in desk.get("/statements").text
    end_token(ledger, 1)
    assert "Reading only" in desk.get("/statements").text


def test_beyond_loopback_reading_asks_for_a_token(ledger: Ledger) -> None:
    token = make_token(ledger, "reader", ["read"])
    with TestClient(create_app(DeskSettings(host="0.0.0.0"), ledger)) as desk:
        assert desk.get("/statements.json").status_code == 401
        assert desk.get("/statements.json", headers={"authorization": f"Bearer {token}"}).status_code == 200
        assert desk.get("/health").status_code == 200


def test_who_comes_too_often_waits(ledger: Ledger) -> None:
    with TestClient(create_app(DeskSettings(requests_a_minute=5), ledger)) as desk:
        answers = [desk.get("/statements.json") for _ in range(7)]
    assert [a.status_code for a in answers[:5]] == [200] * 5
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
