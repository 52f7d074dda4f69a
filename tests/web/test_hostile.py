"""Who means ill: pages of other sites, numbers without end, texts that would run, addresses that lead inside."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings
from dragoman.web.tokens import make_token

ELSEWHERE = ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://elsewhere.test"}, {"origin": "null"})
AT_HOME = ({"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": "http://testserver"}, {})


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[TestClient]:
    ledger.add(Wire("Peru refused talks with Chile.", "2024-06-06").statement("state:PER", "refused", "talks with Chile", act="refuse", to=("state:CHL",)).record())
    with TestClient(create_app(DeskSettings(), ledger), headers={"accept": "text/html"}) as client:
        yield client


def form_mark(desk: TestClient) -> str:
    return desk.get("/add").text.partition('name="mark" value="')[2].partition('"')[0]


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_a_page_of_another_site_signs_nobody_in(desk: TestClient, ledger: Ledger, headers: dict[str, str]) -> None:
    token = make_token(ledger, "somebody else", ["add"])
    told = desk.post("/enter", data={"token": token}, headers=headers, follow_redirects=False)
    assert told.status_code == 403
    assert "set-cookie" not in told.headers


@pytest.mark.parametrize("headers", AT_HOME)
def test_the_desk_itself_does(desk: TestClient, ledger: Ledger, headers: dict[str, str]) -> None:
    token = make_token(ledger, "night desk", ["add"])
    assert desk.post("/enter", data={"token": token}, headers=headers, follow_redirects=False).status_code == 303


@pytest.mark.parametrize("to", ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "/\t/elsewhere.test", "/a\\b", "javascript:1", ""])
def test_signing_in_leads_nowhere_else(desk: TestClient, ledger: Ledger, to: str) -> None:
    entered = desk.post("/enter", data={"token": make_token(ledger, "n", ["add"]), "to": to}, follow_redirects=False)
    assert entered.headers["location"] == "/"


def test_under_a_path_of_its_own_the_session_stays_there(ledger: Ledger) -> None:
    with TestClient(create_app(DeskSettings(root_path="/desk"), ledger)) as desk:
        entered = desk.post("/enter", data={"token": make_token(ledger, "n", ["add"]), "to": "/add"}, follow_redirects=False)
    assert entered.headers["location"] == "/desk/add"
    assert "Path=/desk" in entered.headers["set-cookie"]


def test_nobody_is_signed_out_by_a_link(desk: TestClient, ledger: Ledger) -> None:
    desk.post("/enter", data={"token": make_token(ledger, "night desk", ["add"])})
    assert desk.get("/leave").status_code == 405
    assert desk.post("/leave").status_code == 403
    assert "Signed in as night desk" in desk.get("/add").text
    assert desk.post("/leave", data={"mark": form_mark(desk)}, follow_redirects=False).headers["location"] == "/"
    assert "Reading only" in desk.get("/add").text


@pytest.mark.parametrize("digits", [str(2**63), "1" + "0" * 30, "9" * 5001], ids=["beyond a database", "long", "endless"])
@pytest.mark.parametrize("path", ["/reports/{}", "/reports/{}.json", "/jobs/{}", "/api/v1/reports/{}", "/api/v1/jobs/{}", "/api/v1/affairs/{}"])
def test_a_number_without_end_is_not_found(desk: TestClient, path: str, digits: str) -> None:
    assert desk.get(path.format(digits)).status_code in (404, 422)


def test_a_head_without_its_body(desk: TestClient) -> None:
    for path in ("/", "/statements", "/statements.csv", "/reports/1.json", "/static/desk.css", "/health", "/api/v1/statements"):
        whole, head = desk.get(path), desk.head(path)
        assert (head.status_code, head.content) == (200, b""), path
        assert head.headers["content-length"] == str(len(whole.content)), path
    assert desk.head("/nowhere").status_code == 404
    assert desk.head("/api/v1/changes/stream").status_code == 405


def test_behind_a_trusted_proxy_each_client_has_his_own_pace(ledger: Ledger) -> None:
    settings = DeskSettings(requests_a_minute=3, trusted_proxies=("10.0.0.2",))
    with TestClient(create_app(settings, ledger), client=("10.0.0.2", 1)) as desk:
        one = [desk.get("/statements.json", headers={"x-forwarded-for": "203.0.113.7"}).status_code for _ in range(4)]
        other = desk.get("/statements.json", headers={"x-forwarded-for": "198.51.100.9, 10.0.0.2"}).status_code
        # an address that the client made up himself stands before the one that the proxy saw
        feigned = desk.get("/statements.json", headers={"x-forwarded-for": "192.0.2.1, 203.0.113.7"}).status_code
    assert (one, other, feigned) == ([200, 200, 200, 429], 200, 429)


def test_a_stranger_is_not_believed_and_has_one_pace(ledger: Ledger) -> None:
    settings = DeskSettings(requests_a_minute=3, trusted_proxies=("10.0.0.2",))
    with TestClient(create_app(settings, ledger), client=("203.0.113.7", 1)) as desk:
        told = [desk.get("/statements.json", headers={"x-forwarded-for": f"198.51.100.{n}"}).status_code for n in range(4)]
    assert told[-1] == 429


def test_one_network_of_ipv6_is_one_client(ledger: Ledger) -> None:
    app = create_app(DeskSettings(requests_a_minute=3), ledger)
    told = [TestClient(app, client=(f"2001:db8:1:2::{n}", 1)).get("/statements.json").status_code for n in range(1, 5)]
    assert told[-1] == 429
    assert TestClient(app, client=("2001:db8:1:3::1", 1)).get("/statements.json").status_code == 200


def test_a_token_as_a_password_reads_and_does_nothing_else(ledger: Ledger) -> None:
    token = make_token(ledger, "feed reader", ["read", "add"])
    basic = {"authorization": "Basic " + base64.b64encode(f"any:{token}".encode()).decode()}
    with TestClient(create_app(DeskSettings(host="0.0.0.0"), ledger)) as desk:
        assert desk.get("/statements.json", headers=basic).status_code == 200
        assert desk.get("/statements.json", headers={"authorization": "Basic %%%"}).status_code == 401
        assert desk.post("/add", data={"text": "Chile agreed."}, headers=basic).status_code == 401
