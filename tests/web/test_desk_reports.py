"""The report page: marks, findings beside them, what people say of them; addresses once given stay good."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.answers.source import Source
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings
from dragoman.web.pages import source_url
from dragoman.web.tokens import make_token
from dragoman.web.visible import visible

PERU, CHILE = "state:PER", "state:CHL"
TEXT = "Peru said it would not talk until Chile left. Peru bombed a port of Chile. Andes Wire reported that rain fell. Their border quarrel goes on."


def wire(text: str = TEXT, day: str = "2024-06-06", **more: Any) -> Wire:
    made = Wire(text, day, **{"headline": "Peru will not talk", "publisher": "Andes Wire", **more})
    made.statement(PERU, "said", "would not talk until Chile left", act="refuse", to=(CHILE,))
    made.event("ASSAULT", (PERU,), (CHILE,), "bombed")
    made.condition(PERU, "talk", "Chile left", (CHILE,))
    made.statement(PERU, "reported", "that rain fell", kind="relay")
    return made.affair("dispute", (PERU, CHILE), "open", "border quarrel", "border quarrel")


@pytest.fixture
def reader(ledger: Ledger) -> Iterator[TestClient]:
    with TestClient(create_app(DeskSettings(requests_a_minute=100_000), ledger), headers={"accept": "text/html"}, client=("127.0.0.1", 1)) as client:
        yield client


@pytest.fixture
def desk(reader: TestClient, ledger: Ledger) -> TestClient:
    """Somebody signed in who may correct."""
    reader.post("/enter", data={"token": make_token(ledger, "Ana", ["correct"])})
    return reader


def mark_of(page: str) -> str:
    found = re.search(r'name="mark" value="(\w+)"', page)
    assert found is not None
    return found[1]


def text_of(page: str) -> str:
    """The words of the report as a reader of the page has them."""
    inner = re.search(r'<div class="words"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert inner is not None
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r'<sup class="refs">.*?</sup>', "", inner[1])))


def item(page: str, finding: int | str) -> str:
    """What the page shows of one finding."""
    found = next((x for x in re.findall(r'<li class="item.*?</li>', page, re.DOTALL) if f'id="f{finding}"' in x), None)
    assert found is not None
    return found


def judge(desk: TestClient, what: str, finding: int | str, **more: str) -> str:
    sent = {"mark": mark_of(desk.get("/add").text), "what": what, "of": f"f{finding}", "to": f"/reports/1#f{finding}", **more}
    response = desk.post("/corrections", data=sent, follow_redirects=True)
    assert response.status_code == 200, response.text
    return response.text


def sources(told: Any) -> Iterator[Source]:
    if isinstance(told, Source):
        yield told
    elif isinstance(told, BaseModel):
        for name in type(told).model_fields:
            yield from sources(getattr(told, name))
    elif isinstance(told, list | tuple):
        for x in told:
            yield from sources(x)


def test_the_text_is_whole_and_each_finding_has_its_marks(reader: TestClient, ledger: Ledger) -> None:
    ledger.add(wire(url="https://andes.example/1").record())
    page = reader.get("/reports/1").text
    assert text_of(page) == TEXT
    for found in ledger.report(1).found:
        assert f'id="f{found.finding}"' in page
        assert f'id="at-f{found.finding}"' in page
        assert re.search(rf'data-of="(\d+ )*{found.finding}( \d+)*"', page)
    for look in ("m-said", "m-done", "m-held", "m-awaited", "m-matter"):
        assert f'<span class="{look}">' in page
    assert 'href="https://andes.example/1" rel="noopener noreferrer"' in page
    assert "sign in with a token" in page
    assert 'name="what"' not in page


def test_every_address_of_a_finding_leads_to_it(desk: TestClient, ledger: Ledger, clock: Clock) -> None:
    ledger.add([wire().record(), wire(TEXT.replace("goes on", "is old"), "2024-06-07").record()])
    told: list[Any] = []

    def ask() -> None:
        for more in ({}, {"as_read": True}, {"known": "2024-07-01"}):
            told.append([ledger.standing("PER", "CHL", **more), ledger.timeline("PER", "CHL", **more), ledger.statements(**more), ledger.events_told(**more)])
            told.append([ledger.conditions(**more), ledger.affairs(**more), ledger.affair(1, **more), ledger.changes("2024-01-01", **more), ledger.review()])

    ask()
    first, second, third, *_ = (f.finding for f in ledger.report(1).found)
    clock.set("2024-07-02")
    ledger.correct("amend", first, act="demand")
    ledger.correct("reject", second)
    ledger.correct("confirm", third)
    ask()
    clock.set("2024-07-03")
    again = Wire(TEXT, "2024-06-06", headline="Peru will not talk", publisher="Andes Wire").statement(PERU, "said", "would not talk until Chile left", act="ask", to=(CHILE,))
    ledger.add(again.record(reader="dragoman-test+2"))
    ask()
    addresses = {source_url(s) for s in sources(told)}
    assert len(addresses) > 10
    for address in addresses:
        path, _, anchor = address.partition("#")
        assert f'id="{anchor}"' in desk.get(path).text, address


def test_confirm_reject_amend_and_undo_are_seen_at_once(desk: TestClient, ledger: Ledger) -> None:
    ledger.add(wire().record())
    page = judge(desk, "confirm", 1, why="It says <so>")
    assert "Confirmed" in item(page, 1)
    assert "by <bdi>Ana</bdi>" in item(page, 1)
    assert "It says &lt;so&gt;" in item(page, 1)
    assert ledger.statements(act="refuse")[0].source.verdict == "confirmed"
    page = judge(desk, "reject", 3)
    assert "Rejected" in item(page, 3)
    assert ledger.events() == []
    (confirmed, rejected) = sorted(c.correction for c in ledger.corrections())
    for number in (confirmed, rejected):
        undone = desk.post(f"/corrections/{number}/undo", data={"mark": mark_of(page), "to": "/reports/1"})
        assert "is undone" in undone.text
    assert "Confirmed" not in item(undone.text, 1)
    assert len(ledger.events()) == 1
    assert desk.post(f"/corrections/{confirmed}/undo", data={"mark": mark_of(page), "to": "/reports/1"}).status_code == 409


def form_of(page: str) -> dict[str, Any]:
    """The form of a page as a browser would send it."""
    form = re.search(r'<form method="post" class="amend".*?</form>', page, re.DOTALL)
    assert form is not None
    sent: dict[str, Any] = {html.unescape(n): html.unescape(v) for n, v in re.findall(r'<input[^>]*? name="([^"]+)" value="([^"]*)"', form[0]) if "checkbox" not in n}
    for name, options in re.findall(r'<select[^>]*? name="([^"]+)".*?>(.*?)</select>', form[0], re.DOTALL):
        sent[name] = next(iter(re.findall(r'value="([^"]*)" selected', options)), re.findall(r'value="([^"]*)"', options)[0])
    for name in {n for n, _ in re.findall(r'<input type="checkbox" name="([^"]+)" value="([^"]*)"', form[0])}:
        sent[name] = re.findall(rf'<input type="checkbox" name="{re.escape(name)}" value="([^"]*)" checked', form[0])
    return sent


@pytest.mark.parametrize(
    ("place", "change", "says"),
    [
        (0, {"is.act": "demand", "is.speaker": "Chile", "is.addressees": "Peru, Bolivia"}, {"act": "demand", "speaker": CHILE, "addressees": [PERU, "state:BOL"]}),
        (2, {"is.type": "AID"}, {"type": "AID"}),
        (2, {"is.cameo": "057", "is.status": "planned"}, {"cameo": "057", "status": "planned"}),
        (2, {"is.background": "yes", "is.time": "2024-05", "is.claimed_by": "Peru"}, {"background": True, "time": "2024-05", "claimed_by": PERU}),
        (2, {"is.sources": ""}, {"sources": []}),
        (3, {"is.kind": "if", "is.holder": ""}, {"kind": "if", "holder": None}),
        (4, {"is.status": "settled", "is.subject": "the old border"}, {"status": "settled", "subject": "the old border"}),
        (4, {"is.kind": "relations", "is.status": "broken"}, {"kind": "relations", "status": "broken"}),
    ],
)
def test_an_amendment_is_what_was_changed_in_the_form(desk: TestClient, ledger: Ledger, place: int, change: dict[str, str], says: dict[str, Any]) -> None:
    ledger.add(wire().record())
    number = ledger.report(1).found[place].finding
    sent = form_of(desk.get(f"/findings/{number}/amend?to=/reports/1").text)
    unchanged = desk.post("/corrections", data=sent)
    assert unchanged.status_code == 400
    assert "Nothing is changed yet" in unchanged.text
    done = desk.post("/corrections", data={**sent, **change, "why": "read it again"})
    assert done.status_code == 200, done.text
    assert ledger.corrections()[0].told == says
    found = next(f for f in ledger.report(1).found if number in f.formerly)
    assert (found.verdict, found.corrections[0].why) == ("amended", "read it again")
    assert f'id="f{number}"' in item(done.text, found.finding)


def test_what_cannot_be_amended_so_is_said_and_nothing_typed_is_lost(desk: TestClient, ledger: Ledger) -> None:
    ledger.add(wire().record())
    sent = form_of(desk.get("/findings/3/amend").text)
    wrong = desk.post("/corrections", data={**sent, "is.sources": "Atlantiss", "is.cameo": "043", "why": "because"})
    assert wrong.status_code == 400
    assert "Nobody in the ledger is known as" in wrong.text
    again = form_of(wrong.text)
    assert (again["is.sources"], again["is.cameo"], again["why"]) == ("Atlantiss", "043", "because")
    assert ledger.corrections() == []
    ledger.correct("reject", 3)
    assert desk.get("/findings/3/amend").status_code == 400
    assert desk.get("/findings/99/amend").status_code == 404


@pytest.mark.parametrize("scopes", [None, ["read"], ["add"]])
def test_only_who_may_correct_is_offered_it_and_may(reader: TestClient, ledger: Ledger, scopes: list[str] | None) -> None:
    ledger.add(wire().record())
    if scopes:
        reader.post("/enter", data={"token": make_token(ledger, "Ben", scopes)})
    page = reader.get("/reports/1").text
    assert 'name="what"' not in page
    assert "/forget" not in page
    refused = 403 if scopes else 401
    sent = {"mark": "0" * 64, "what": "reject", "of": "f1"}
    assert reader.post("/corrections", data=sent).status_code == refused
    for form in ("/findings/1/amend?to=/review", "/reports/1/forget"):
        asked = reader.get(form, follow_redirects=False)
        assert asked.status_code == (403 if scopes else 303)
        assert scopes or asked.headers["location"] == f"/enter?to={quote(form)}"
        assert reader.get(form, headers={"accept": "application/json"}).status_code == refused
    assert reader.post("/reports/1/forget", data={"mark": "0" * 64}).status_code == refused
    assert ledger.corrections() == []


@pytest.mark.parametrize("mark", [None, "", "0" * 64])
def test_a_form_from_elsewhere_is_refused(desk: TestClient, ledger: Ledger, mark: str | None) -> None:
    ledger.add(wire().record())
    sent = {"what": "reject", "of": "f1", **({} if mark is None else {"mark": mark})}
    assert desk.post("/corrections", data=sent).status_code == 403
    assert desk.post("/corrections/1/undo", data=sent).status_code == 403
    assert desk.post("/reports/1/forget", data=sent).status_code == 403
    assert ledger.corrections() == []
    assert ledger.report(1).text is not None


@pytest.mark.parametrize("to", ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "/\t/elsewhere.test", "javascript:alert(1)"])
def test_no_other_place_is_led_to(desk: TestClient, ledger: Ledger, to: str) -> None:
    ledger.add(wire().record())
    sent = {"mark": mark_of(desk.get("/reports/1").text), "what": "confirm", "of": "f1", "to": to}
    assert desk.post("/corrections", data=sent, follow_redirects=False).headers["location"].startswith("/?")
    assert '<a href="/">Leave it as it is</a>' in desk.get("/findings/1/amend", params={"to": to}).text


def test_a_report_is_deleted_after_being_asked(desk: TestClient, ledger: Ledger) -> None:
    ledger.add(wire().record())
    asked = desk.get("/reports/1/forget")
    assert "Peru will not talk" in asked.text
    assert ledger.report(1).number == 1
    done = desk.post("/reports/1/forget", data={"mark": mark_of(asked.text), "why": "The publisher asked"})
    assert "is deleted" in done.text
    assert "bombed" not in done.text
    assert desk.get("/reports/1").status_code == 404
    assert desk.post("/reports/1/forget", data={"mark": mark_of(asked.text)}).status_code == 404


def test_story_versions_and_what_was_known(reader: TestClient, ledger: Ledger, clock: Clock) -> None:
    url = "https://andes.example/1"
    ledger.add(wire(url=url).record())
    clock.set("2024-07-05")
    ledger.add(wire(TEXT.replace("goes on", "is over"), url=url).record())
    page = reader.get("/reports/1").text
    assert "Its publisher has revised this report" in page
    assert 'href="/reports/2"' in page
    assert "This is the latest version" in reader.get("/reports/2").text
    ledger.correct("reject", 1)
    assert "Rejected" in reader.get("/reports/1").text
    for then in ("known=2024-07-02", "as_read=true"):
        page = reader.get(f"/reports/1?{then}").text
        assert "Rejected" not in page
        assert "See it as it stands" in page
    assert reader.get("/reports/2?known=2024-07-02").status_code == 404


def test_a_report_without_text_says_so(tmp_path: Any) -> None:
    with Ledger(tmp_path / "bare.db", keep_text=False) as ledger:
        ledger.add(wire(url="https://andes.example/1").record())
        with TestClient(create_app(DeskSettings(), ledger), headers={"accept": "text/html"}, client=("127.0.0.1", 1)) as reader:
            page = reader.get("/reports/1").text
            assert "The ledger keeps no text of this report" in page
            assert "Read it where it was published" in page
            assert 'id="f1"' in page
            assert "would not talk" not in page
            assert "m-said" in page
            assert reader.get("/review").status_code == 200


def test_hostile_words_neither_run_nor_reorder_the_page(desk: TestClient, ledger: Ledger) -> None:
    evil = "\u202ePeru\u2066 said <script>alert(1)</script>\x07 it would not talk until Chile left. Peru bombed a port of Chile. Andes Wire reported that rain fell. Their border quarrel goes on."
    headline = 'No "><img src=x onerror=alert(1)> \u202dtalks'
    made = wire(evil, headline=headline, publisher="Wire\u202e", url="javascript:alert(1)", ref="\u2067r").actor("person:x", "X\u202e<b>Y</b>", "PER")
    ledger.add(made.statement("person:x", "bombed", "a port").record())
    judge(desk, "confirm", 1, why="\u202e<u>")
    for path in ("/reports/1", "/review", "/corrections", "/findings/3/amend", "/reports/1/forget", "/statements"):
        page = desk.get(path).text
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", page), path
        for raw in ("<script>alert", "<img", "<b>Y", "<u>", 'href="javascript:'):
            assert raw not in page, (path, raw)
    assert text_of(desk.get("/reports/1").text) == visible(evil)
    assert "⟨RLO⟩Peru⟨LRI⟩ said" in visible(evil)
    assert "⟨U+0007⟩" in visible(evil)


def test_the_form_is_unchanged_by_words_that_cannot_be_shown_as_they_are(desk: TestClient, ledger: Ledger) -> None:
    made = Wire("The border\u202e\n quarrel of Peru and Chile goes on.")
    ledger.add(made.affair("dispute", (PERU, CHILE), "open", "border\u202e\n quarrel", "border").record())
    unchanged = desk.post("/corrections", data=form_of(desk.get("/findings/1/amend").text))
    assert "Nothing is changed yet" in unchanged.text


def test_a_word_of_a_megabyte(reader: TestClient, ledger: Ledger) -> None:
    ledger.add(wire(TEXT + " " + "W" * 1_000_000 + " end.").record())
    page = reader.get("/reports/1")
    assert page.status_code == 200
    assert len(page.text) < 1_100_000


def test_the_twins_tell_the_same(reader: TestClient, ledger: Ledger) -> None:
    ledger.add(wire().record())
    ledger.correct("reject", 3, who="Ana")
    told = reader.get("/reports/1.json").json()
    assert (told["number"], told["publisher"], told["text"]) == (1, "Andes Wire", TEXT)
    assert [(f["finding"], f["verdict"]) for f in told["found"]][:3] == [(1, None), (2, None), (3, "rejected")]
    assert reader.get("/reports/1.csv").text.count("\n") == 1 + len(told["found"])
    assert reader.get("/reports/1.parquet").content[:4] == b"PAR1"
