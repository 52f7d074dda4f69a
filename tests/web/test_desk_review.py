"""The review queue and the list of corrections on the desk."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings
from dragoman.web.tokens import make_token

PERU, CHILE, KENYA = "state:PER", "state:CHL", "state:KEN"


def wire(day: str = "2024-06-06") -> Wire:
    made = Wire("Peru refused talks with Chile. Peru bombed a port of Chile. Kenya met Peru.", day)
    made.statement(PERU, "refused", "talks with Chile", act="refuse", to=(CHILE,), confidence=0.8)
    made.event("ASSAULT", (PERU,), (CHILE,), "bombed", confidence=0.4)
    return made.event("CONSULT", (KENYA,), (PERU,), "met", confidence=0.5)


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[TestClient]:
    ledger.add(wire().record())
    with TestClient(create_app(DeskSettings(requests_a_minute=100_000), ledger), headers={"accept": "text/html"}, client=("127.0.0.1", 1)) as client:
        client.post("/enter", data={"token": make_token(ledger, "Ana", ["correct"])})
        yield client


def queued(page: str) -> list[int]:
    return [int(n) for n in re.findall(r'<li class="item" id="q\d+".*?name="of" value="f(\d+)"', page, re.DOTALL)]


def forms(page: str) -> list[tuple[str, dict[str, str]]]:
    """Address and fields of the forms that send something."""
    found = re.findall(r'<form[^>]* method="post" action="([^"]+)">(.*?)</form>', page, re.DOTALL)
    return [(html.unescape(a), {n: html.unescape(v) for n, v in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', inner)}) for a, inner in found]


def test_the_queue_stands_in_its_order_and_tells_the_reckoning(desk: TestClient) -> None:
    page = desk.get("/review").text
    assert queued(page) == [2, 1, 3]
    assert "0.60 = (1 − 0.40) × 1.00" in page
    assert "Peru bombed a port of Chile." in page
    assert 'href="/reports/1#f2"' in page
    for key in "jkcrauo":
        assert f"<kbd>{key}</kbd>" in page


def test_what_is_judged_leaves_it_and_comes_back_undone(desk: TestClient, ledger: Ledger) -> None:
    address, sent = forms(desk.get("/review").text)[0]
    assert (address, sent["of"], sent["to"]) == ("/corrections", "f2", "/review#q1")
    done = desk.post(address, data={**sent, "what": "reject", "why": "No port was hit"})
    assert queued(done.text) == [1, 3]
    assert "Rejected" in done.text
    (row,) = ledger.corrections()
    assert (row.what, row.who, row.why, row.finding) == ("reject", "Ana", "No port was hit", 2)
    undo, with_ = forms(done.text)[0]
    back = desk.post(undo, data=with_)
    assert queued(back.text) == [2, 1, 3]
    assert "is undone" in back.text


def test_a_form_leads_back_to_the_queue_as_it_was_narrowed(desk: TestClient) -> None:
    page = desk.get("/review?kind=event&of=kenya").text
    assert queued(page) == [3]
    address, sent = forms(page)[0]
    done = desk.post(address, data={**sent, "what": "confirm"}, follow_redirects=False)
    assert done.headers["location"] == "/review?kind=event&of=kenya&done=1#q1"
    assert "Nothing waits of this sort" in desk.get(done.headers["location"]).text
    assert queued(desk.get("/review?kind=event&kind=statement").text) == [2, 1]


def test_the_queue_is_narrowed_to_what_is_known(desk: TestClient) -> None:
    assert desk.get("/review?of=Atlantis").status_code == 404
    assert desk.get("/review?kind=rumour").status_code == 422
    assert desk.get("/review?done=999").status_code == 200


def test_its_twins_have_the_same_rows(desk: TestClient) -> None:
    rows = desk.get("/review.json?kind=event").json()
    assert [(r["source"]["finding"], r["pressing"]) for r in rows] == [(2, 0.6), (3, 0.14)]
    assert desk.get("/review.csv").text.count("\n") == 4
    assert desk.get("/review.parquet").content[:4] == b"PAR1"


def test_who_may_not_correct_sees_the_queue_and_no_forms(ledger: Ledger) -> None:
    ledger.add(wire().record())
    with TestClient(create_app(DeskSettings(), ledger), headers={"accept": "text/html"}, client=("127.0.0.1", 1)) as reader:
        page = reader.get("/review").text
        assert page.count('<li class="item"') == 3
        assert forms(page) == []
        assert "/enter?to=%2Freview" in page
        assert "<kbd>c</kbd>" not in page


def test_corrections_tell_who_did_what_when_and_why(desk: TestClient, ledger: Ledger, clock: Clock) -> None:
    clock.set("2024-07-03")
    ledger.correct("amend", 1, act="demand", addressees="Chile, Kenya", who="Ana", why="He insists <on it>")
    ledger.correct("merge_actors", "Kenya", "Peru", who="Ben")
    ledger.correct("confirm", 3, who="Ben")
    ledger.undo(3, who="Cai")
    page = desk.get("/corrections").text
    assert "act=demand, addressees=Ch" in page
    assert "He insists &lt;on it&gt;" in page
    assert "3 July 2024" in page
    assert "undone by <bdi>Cai</bdi>" in page
    assert [a for a, _ in forms(page)] == ["/corrections/2/undo", "/corrections/1/undo"]
    assert desk.get("/corrections?what=amend").text.count('id="c') == 1
    assert desk.get("/corrections?who=Ben").text.count('id="c') == 2
    assert "Nobody made such a correction" in desk.get("/corrections?who=Dan").text
    assert desk.get("/corrections?what=praise").status_code == 400
    first = desk.get("/corrections?limit=2").text
    older = re.search(r'href="(/corrections\?[^"]*before=2[^"]*)"', first)
    assert older is not None
    assert 'id="c1"' in desk.get(html.unescape(older[1])).text
    assert [r["correction"] for r in desk.get("/corrections.json").json()] == [3, 2, 1]
    assert desk.get("/corrections.csv").status_code == 200


def test_orphans_wait_and_can_be_undone(desk: TestClient, ledger: Ledger) -> None:
    assert "Every correction has its finding" in desk.get("/corrections?orphans=true").text
    ledger.correct("reject", 1, who="Ana")
    again = Wire("Peru refused talks with Chile. Peru bombed a port of Chile. Kenya met Peru.", "2024-06-06").event("ASSAULT", (PERU,), (CHILE,), "bombed")
    ledger.add(again.record(reader="dragoman-test+2"))
    page = desk.get("/corrections?orphans=true").text
    assert "waits for its finding" in page
    assert "talks with Chile" in page
    (address, sent) = forms(page)[0]
    done = desk.post(address, data=sent)
    assert "Every correction has its finding" in done.text
    assert ledger.corrections(orphans=True) == []
