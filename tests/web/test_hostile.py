"""Who means ill: pages of other sites, numbers without end, texts that would run, addresses that lead inside."""

from __future__ import annotations

import base64
import gzip
import io
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.intake import fetch
from dragoman.pipeline import Reader
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


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time passes for whoever counts requests, however slow the machine is."""
    monkeypatch.setattr("dragoman.web.visitors.time", SimpleNamespace(monotonic=lambda: 0.0))


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


@pytest.mark.usefixtures("still")
def test_behind_a_trusted_proxy_each_client_has_his_own_pace(ledger: Ledger) -> None:
    settings = DeskSettings(requests_a_minute=3, trusted_proxies=("10.0.0.2",))
    with TestClient(create_app(settings, ledger), client=("10.0.0.2", 1)) as desk:
        one = [desk.get("/statements.json", headers={"x-forwarded-for": "203.0.113.7"}).status_code for _ in range(4)]
        other = desk.get("/statements.json", headers={"x-forwarded-for": "198.51.100.9, 10.0.0.2"}).status_code
        # an address that the client made up himself stands before the one that the proxy saw
        feigned = desk.get("/statements.json", headers={"x-forwarded-for": "192.0.2.1, 203.0.113.7"}).status_code
    assert (one, other, feigned) == ([200, 200, 200, 429], 200, 429)


@pytest.mark.usefixtures("still")
def test_a_stranger_is_not_believed_and_has_one_pace(ledger: Ledger) -> None:
    settings = DeskSettings(requests_a_minute=3, trusted_proxies=("10.0.0.2",))
    with TestClient(create_app(settings, ledger), client=("203.0.113.7", 1)) as desk:
        told = [desk.get("/statements.json", headers={"x-forwarded-for": f"198.51.100.{n}"}).status_code for n in range(4)]
    assert told[-1] == 429


@pytest.mark.usefixtures("still")
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


SCRIPT = "<script>alert(1)</script>"
TEXT = f"Peru refused talks {SCRIPT} with Chile until Chile leaves <img src=x onerror=alert(1)> Arica. Talks are stalled. \u202eChile shelled a post."
PLACES = (
    "/",
    "/statements",
    "/events",
    "/conditions",
    "/affairs",
    "/affairs/1",
    "/reports/1",
    "/dyads/PER/CHL",
    "/dyads/PER/CHL/timeline",
    "/find?q=refused+talks",
    "/coverage?by=publisher",
)


def sign_in(desk: TestClient, ledger: Ledger, *scopes: str) -> str:
    desk.post("/enter", data={"token": make_token(ledger, "desk", scopes)})
    return form_mark(desk)


def done(desk: TestClient, address: str) -> dict:
    for _ in range(1_200):  # a minute: the machine may be busy
        job: dict = desk.get(f"{address}.json").json()
        if job["state"] == "done":
            return job
        time.sleep(0.05)
    raise AssertionError(job)


@pytest.fixture
def reading_desk(ledger: Ledger, reader: Reader) -> Iterator[TestClient]:
    app = create_app(DeskSettings(), ledger)
    app.state.desk._reader = reader
    with TestClient(app, headers={"accept": "text/html"}) as client:
        yield client


@pytest.mark.parametrize("path", PLACES)
def test_nothing_in_a_report_runs(ledger: Ledger, path: str) -> None:
    made = Wire(TEXT, "2024-06-06", headline=f"{SCRIPT} No talks", publisher=f'"><b>Wire</b>{SCRIPT}', url="javascript:alert(1)", ref=SCRIPT)
    made.actor("state:PER", f"Peru{SCRIPT}").statement("state:PER", "refused", "talks", act="refuse", to=("state:CHL",))
    made.condition("state:PER", "talks", "Chile leaves", ("state:CHL",)).affair("negotiation", ("state:PER", "state:CHL"), "stalled", f"talks {SCRIPT}", "Talks are stalled")
    ledger.add(made.event("ASSAULT", ("state:CHL",), ("state:PER",), "shelled a post").record())
    with TestClient(create_app(DeskSettings(), ledger), headers={"accept": "text/html"}) as desk:
        page = desk.get(path)
    assert page.status_code == 200
    for raw in ("<script>alert", "<img src=x", "<b>Wire", 'href="javascript:'):
        assert raw not in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/find?q=", "/statements?q=", "/events?a=", "/watch?a=", "/enter?to=", "/coverage?a="])
def test_nothing_in_an_address_runs(desk: TestClient, path: str) -> None:
    assert "<script>alert" not in desk.get(path + SCRIPT).text


def test_a_word_of_a_megabyte_and_a_number_without_end_stop_nothing(reading_desk: TestClient, ledger: Ledger) -> None:
    mark = sign_in(reading_desk, ledger, "add")
    files = [
        ("files", ("word.txt", b"a" * 1_000_000)),
        ("files", ("number.txt", b"9" * 50_000)),
        ("files", ("said.txt", b"Peru refused talks with Chile on Monday, officials said.")),
    ]
    posted = reading_desk.post("/add", data={"mark": mark, "published": "2024-06-06"}, files=files, follow_redirects=False)
    job = done(reading_desk, posted.headers["location"])
    assert job["total"] == job["done"] + job["aside"] == 3
    assert job["reports"][2]["fate"] == "new"
    for path in ("/", "/statements", f"/reports/{job['reports'][2]['report']}"):
        assert reading_desk.get(path).status_code == 200


def test_bombs_stay_packed(reading_desk: TestClient, ledger: Ledger) -> None:
    mark = sign_in(reading_desk, ledger, "add")
    packed = gzip.compress(b"0" * 50_000_000)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("report.txt", b"0" * 50_000_000)
    for name, raw in (("bomb.txt", packed), ("bomb.html", packed), ("bomb.jsonl", packed), ("bomb.zip", archive.getvalue()), ("bomb.docx", archive.getvalue())):
        posted = reading_desk.post("/add", data={"mark": mark}, files={"files": (name, raw)}, follow_redirects=False)
        if posted.status_code != 400:
            job = done(reading_desk, posted.headers["location"])
            assert (job["done"], job["aside"]) == (0, 1), (name, job)
    token = {"authorization": f"Bearer {make_token(ledger, 'program', ['add'])}", "content-encoding": "gzip", "content-type": "application/json"}
    assert reading_desk.post("/api/v1/reports", content=packed, headers=token).status_code in (400, 415)
    assert ledger.holdings().reports == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8710/", "http://localhost.:8710/", "http://127.1:8710/", "http://2130706433:8710/", "http://0x7f.0.0.1:8710/", "http://0177.0.0.1:8710/", "http://0:8710/",
        "http://[::1]:8710/", "http://[::ffff:127.0.0.1]:8710/", "http://[::ffff:7f00:1]:8710/", "http://[::]:8710/", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/",
    ],
)  # fmt: skip
def test_addresses_that_lead_inside_are_not_fetched(desk: TestClient, ledger: Ledger, url: str) -> None:
    told = desk.post("/add", data={"mark": sign_in(desk, ledger, "add"), "url": url})
    assert told.status_code == 400
    assert any(why in told.text for why in ("private network", "is not known", "no web address"))


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://user:word@news.example/", "http://news.example:22/", "//news.example/", "http://", "http://[::1/", "x" * 3_000]
)
def test_addresses_that_are_not_of_the_web_are_not_fetched(desk: TestClient, ledger: Ledger, url: str) -> None:
    assert desk.post("/add", data={"mark": sign_in(desk, ledger, "add"), "url": url}).status_code in (400, 422)


def test_a_page_that_leads_inside_is_not_followed(desk: TestClient, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public name, a redirect, and a name that means this machine: the address that is checked is the one that is connected to, at every step."""
    asked: list[str] = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.headers['host'].partition(':')[0]}{self.path}")
            self.send_response(404 if self.path == "/robots.txt" else 302)
            self.send_header("Location", f"http://inside.example:{server.server_address[1]}/secret")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    names = {"news.example": "127.0.0.1", "inside.example": "10.0.0.1"}
    open_to_tests = fetch.PublicOnly(lambda host, _: [names.get(host, host)], lambda address: address == "127.0.0.1" or fetch.is_public(address))
    monkeypatch.setattr(fetch, "PublicOnly", lambda: open_to_tests)
    told = desk.post("/add", data={"mark": sign_in(desk, ledger, "add"), "url": f"http://news.example:{server.server_address[1]}/a"})
    server.shutdown()
    assert told.status_code == 400
    assert "inside.example is an address of this machine or of a private network" in told.text
    assert asked == ["news.example/robots.txt", "news.example/a"]
