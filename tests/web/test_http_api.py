from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.answers.test_after import wires
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.pipeline import Reader
from dragoman.web import turns
from dragoman.web.api import reports as api_reports
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings
from dragoman.web.tokens import make_token

TEXT = "LIMA (Test) – Peru on Monday refused talks with Chile until Chile leaves Arica, Foreign Minister Ana Rojas said in a statement."
PROBLEM = "application/problem+json"
QUESTIONS = (
    "statements?by=peru", "timeline?a=peru&b=CHL", "timeline?a=peru&kind=event&kind=affair", "search?words=talks", "coverage?by=dyad", "measures?a=PER&b=CHL", "standing?a=PER&b=CHL",
    "events?a=PER", "conditions?by=PER", "affairs?a=PER&kind=negotiation", "affairs/1", "actors/peru", "stories?least=1", "stories/1", "changes?since=2024-01-01", "corrections", "reports/1",
)  # fmt: skip
LISTS = ("statements?", "timeline?a=PER&b=CHL&", "timeline?a=PER&", "search?words=told&", "events?", "events?a=PER&", "affairs?", "stories?least=1&", "conditions?")


def filled(ledger: Ledger) -> None:
    made = Wire("Peru refused talks with Chile until Chile leaves Arica.", "2024-06-05", headline="No <b>talks</b>", publisher="Test & Wire")
    made.statement("state:PER", "refused", "talks with Chile", act="refuse", to=("state:CHL",)).event("REJECT", ("state:PER",), ("state:CHL",), "refused", statement="s1")
    made.condition("state:PER", "talks with Chile", "Chile leaves Arica", ("state:CHL",)).affair("negotiation", ("state:PER", "state:CHL"), "ruled_out", "talks", "talks")
    others = []
    for number, subject in enumerate(("tuna quotas", "tax on copper", "airline routes", "football stadium", "railway tariffs", "mountain passes", "student visas", "river gauges")):
        other = Wire(f"Quarrel over {subject}: Bolivia warned Paraguay on {subject} unless clerks count {subject}.", f"2024-05-{2 * number + 1:02}", publisher=f"Gazette {number}")
        other.event("THREATEN", ("state:BOL",), ("state:PRY",), "warned").condition(
            "state:BOL", "warned Paraguay", f"count {subject}", ("state:PRY",), kind="unless", polarity="threatened"
        )
        others.append(other.affair("dispute", ("state:BOL", "state:PRY"), "open", subject, "Quarrel"))
    ledger.add([made.record(), *(w.record() for w in (*wires(5), *others))])


@pytest.fixture
def app(ledger: Ledger) -> FastAPI:
    filled(ledger)
    return create_app(DeskSettings(requests_a_minute=100_000, upload_bytes=150_000), ledger)


class Api(TestClient):
    """A client that knows where the API begins."""

    def request(self, method: str, url: str, **more: Any) -> Any:
        return super().request(method, url if url.startswith("/") else f"/api/v1/{url}", **more)


@pytest.fixture
def api(app: FastAPI) -> Iterator[TestClient]:
    with Api(app) as client:
        yield client


@pytest.fixture
def holder(ledger: Ledger) -> dict[str, str]:
    """The header of somebody who may add and correct."""
    return {"Authorization": f"Bearer {make_token(ledger, 'night desk', ['add', 'correct'])}"}


def whole(api: TestClient, path: str, limit: int) -> Iterator[list[dict]]:
    """Pages as they are led to, until there is none."""
    address = f"{path}limit={limit}"
    while address:
        answered = api.get(address)
        assert answered.status_code == 200, answered.text
        page = answered.json()
        assert len(page["rows"]) <= limit
        assert answered.headers.get("link") == (f'<{page["next"]}>; rel="next"' if page["next"] else None)
        yield page["rows"]
        address = page["next"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_answered_as_on_the_command_line_and_not_sent_twice(api: TestClient, question: str) -> None:
    answered = api.get(question)
    assert answered.status_code == 200, answered.text
    assert answered.headers["cache-control"] == "private, no-cache"
    told = answered.json()
    if "rows" in told and question != "corrections":
        assert told["rows"]
        assert all("source" in row or not {"words", "content"} & set(row) or "report" in row for row in told["rows"])
    again = api.get(question, headers={"If-None-Match": f'"other", W/{answered.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == answered.headers["etag"]


def test_answers_are_those_of_the_ledger(api: TestClient, ledger: Ledger) -> None:
    rows = ledger.statements(by="peru", act="refuse", since="2024-06-02", as_of="2024-06-06", limit=50)
    assert api.get("statements?by=peru&act=refuse&since=2024-06-02&as_of=2024-06-06").json()["rows"] == [r.model_dump(mode="json") for r in rows]
    assert api.get("statements?known=2024-06-30").json()["rows"] == []


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("limit", [2, 4])
def test_pages_put_together_are_the_whole_whatever_is_added_meanwhile(api: TestClient, ledger: Ledger, clock: Clock, path: str, limit: int) -> None:
    (before, *rest) = whole(api, path, 500)
    assert not rest
    paged: list[dict] = []
    for number, rows in enumerate(whole(api, path, limit), start=1):
        paged += rows
        clock.set(f"2024-07-{1 + number // 2:02}" if number > 1 else "2024-07-02")
        late = Wire(f"A late report told of refused talks, the {number}.", "2024-06-04", publisher=f"Late {number}")
        late.statement("state:PER", "refused", "talks", act="refuse", to=("state:CHL",)).event("AGREE", ("state:PER",), ("state:CHL",), "told")
        late.condition("state:PER", "talks", f"the {number}", ("state:CHL",)).affair("negotiation", ("state:PER", "state:CHL"), "stalled", "ports of Arica", "talks")
        if number < 4:
            ledger.add(late.record())

    def places(rows: list[dict]) -> list[object]:
        return [
            row["story"]
            if path.startswith("stories")
            else row["affair"]
            if path.startswith("affairs")
            else row["report"]
            if path.startswith("search")
            else row["source"]["finding"]
            for row in rows
        ]

    assert places(paged) == places(before)
    assert len(before) > limit or path == "timeline?a=PER&b=CHL&"


@pytest.mark.parametrize(
    ("method", "path", "status", "words"),
    [
        ("GET", "nowhere", 404, "nothing at this address"),
        ("PUT", "statements", 405, "Not Allowed"),
        ("GET", "statements?abuot=RUS", 422, "Did you mean about?"),
        ("GET", "statements?by=peru&by=chile", 422, "given twice"),
        ("GET", "statements?act=shout", 422, "act"),
        ("GET", "statements?limit=501", 422, "limit"),
        ("GET", "statements?since=yesterday", 422, "year-month-day"),
        ("GET", "statements?as_of=0", 422, "year-month-day"),
        ("GET", "statements?after=bm8", 400, "no cursor"),
        ("GET", "statements?by=Peruu", 404, "Did you mean Peru?"),
        ("GET", "timeline", 422, "a: Field required"),
        ("GET", "measures?a=PER&b=Lima", 400, "one side"),
        ("GET", "affairs/99", 404, "no affair a99"),
        ("GET", "reports/99", 404, "no report 99"),
        ("GET", "stories/99", 404, "99"),
        ("GET", "jobs/99", 404, "no job 99"),
        ("GET", "corrections/99", 404, "no correction 99"),
        ("GET", "affairs/9007199254740993", 422, "number"),
        ("POST", "reports", 401, "token"),
        ("POST", "corrections", 401, "token"),
        ("DELETE", "corrections/1", 401, "token"),
        ("GET", "changes/stream?a=Peruu", 404, "Peru"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_as_a_problem(api: TestClient, method: str, path: str, status: int, words: str) -> None:
    answered = api.request(method, path, json={"what": "reject", "of": ["f1"]} if path == "corrections" else None)
    assert (answered.status_code, answered.headers["content-type"]) == (status, PROBLEM)
    told = answered.json()
    assert told["status"] == status
    assert words in told["detail"]


def test_an_unknown_name_is_told_with_those_that_are_near(api: TestClient) -> None:
    assert "Peru" in api.get("actors/Peruu").json()["nearest"]


def test_an_actor_may_be_called_as_the_address_is(api: TestClient) -> None:
    assert api.get("actors/actors?since=2024-01-01").status_code == 404


def test_who_comes_too_often_is_told_as_a_problem(ledger: Ledger) -> None:
    with Api(create_app(DeskSettings(requests_a_minute=2), ledger)) as api:
        answers = [api.get("statements") for _ in range(4)]
    assert (answers[-1].status_code, answers[-1].headers["content-type"]) == (429, PROBLEM)


def test_a_body_that_is_too_large_is_refused_whether_or_not_it_says_how_large_it_is(api: TestClient, holder: dict[str, str]) -> None:
    for body in (b"x" * 200_000, (b"x" * 1000 for _ in range(200))):
        answered = api.post("reports", content=body, headers={**holder, "Content-Type": "application/x-ndjson"})
        assert (answered.status_code, answered.headers["content-type"]) == (413, PROBLEM)


def test_a_text_is_read_without_a_token_and_nothing_is_kept(app: FastAPI, api: TestClient, ledger: Ledger, reader: Reader) -> None:
    app.state.desk._reader = reader
    count = ledger.latest(), ledger.last_finding()
    answered = api.post("read", json={"text": TEXT, "published": "2024-06-10", "ref": "mine"})
    assert answered.status_code == 200
    record = answered.json()
    assert record["ref"] == "mine"
    assert record["statements"]
    assert record["conditions"]
    assert (ledger.latest(), ledger.last_finding()) == count
    assert api.post("read", json={"text": " "}).status_code == 400
    assert "not English" in api.post("read", json={"text": "Le gouvernement du Pérou a refusé lundi toute négociation avec le Chili, a déclaré la ministre."}).json()["detail"]
    assert api.post("read", json={"text": "x" * (turns.LONGEST + 1)}).status_code == 422
    assert api.post("read", json={"text": TEXT, "published": 0}).status_code == 422
    assert api.post("read", content=b'{"text": ', headers={"Content-Type": "application/json"}).status_code == 422


def test_readers_in_line_are_few_and_none_waits_for_ever(app: FastAPI, api: TestClient, reader: Reader) -> None:
    app.state.desk._reader = reader
    app.state.turns.seconds = 0.05
    with app.state.desk.turn:  # another report is read just now, so that no place gets free meanwhile
        answered = [api.post("read", json={"text": TEXT}) for _ in range(2)]
        for _ in range(turns.IN_LINE):
            app.state.turns._places.acquire(blocking=False)
        refused = api.post("read", json={"text": TEXT})
    assert [a.status_code for a in answered] == [503, 503]
    assert answered[0].headers["retry-after"]
    assert "wait for it" in refused.json()["detail"]


def test_reports_are_accepted_in_each_form_and_their_job_is_told(app: FastAPI, api: TestClient, ledger: Ledger, reader: Reader, holder: dict[str, str]) -> None:
    app.state.desk._reader = reader
    record = Wire("Chile thanked Peru.", "2024-06-20").statement("state:CHL", "thanked", "Peru").record()
    bodies = [
        ({"text": TEXT, "published": "2024-06-10", "ref": 7}, 1),
        ([{"text": TEXT.replace("Monday", "Tuesday")}, record.model_dump(mode="json")], 2),
    ]
    for body, count in bodies:
        accepted = api.post("reports", json=body, headers=holder)
        assert accepted.status_code == 202
        job = finished(api, accepted.headers["location"])
        assert (job["done"], job["aside"]) == (count, 0)
    lines = f'{{"text": "{TEXT}\u2028", "ref": "a"}}\n\n{{"text": "Le gouvernement a refusé toute négociation avec le Chili lundi."}}\n'
    accepted = api.post("reports", content=lines.encode(), headers={**holder, "Content-Type": "application/x-ndjson; charset=utf-8"})
    job = finished(api, accepted.headers["location"])
    assert [(f["ref"], f["fate"]) for f in job["reports"]] == [("a", "new"), (None, "aside")]
    assert "not English" in job["reports"][1]["error"]
    assert ledger.statements(by="Chile", search="Peru", limit=1)


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"", 400, ""),
        (b"[]", 422, "No report"),
        (b'{"headline": "x"}', 400, "'text' is missing"),
        (b'{"text": 5}', 400, "must be a string"),
        (b'[{"text": "a"}, 5]', 400, "body:2"),
        (b'{"text": "\\ud83d"}', 400, "half a character"),
        (b'{"text": "a", "text": "b"}', 400, "twice"),
        (b'{"text": "a", "ref": NaN}', 400, "NaN"),
        (b"[" * 100_000, 400, "JSON"),
        (b'{"schema_version": "1.0", "report": {}}', 400, "not whole"),
        (b'{"error": "it was set aside"}', 400, "'text' is missing"),
    ],
)
def test_nothing_is_accepted_where_one_is_no_report(api: TestClient, holder: dict[str, str], body: bytes, status: int, words: str) -> None:
    answered = api.post("reports", content=body, headers={**holder, "Content-Type": "application/json"})
    assert answered.status_code == status or (body == b"" and answered.status_code == 422), answered.text
    assert words in answered.json()["detail"]
    assert api.get("jobs/1").status_code == 404


def test_reports_of_another_kind_or_too_many_are_refused(api: TestClient, holder: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert api.post("reports", content=b"<p>x</p>", headers={**holder, "Content-Type": "text/html"}).status_code == 415
    monkeypatch.setattr(api_reports, "MOST", 1)
    assert api.post("reports", json=[{"text": "a"}] * 2, headers=holder).status_code == 413


def test_a_correction_is_made_seen_and_undone(api: TestClient, holder: dict[str, str]) -> None:
    number = api.get("statements?by=peru&limit=1").json()["rows"][0]["source"]["finding"]
    made = api.post("corrections", json={"what": "amend", "of": [f"f{number}"], "told": {"act": "threaten"}, "why": "its tone"}, headers=holder)
    assert made.status_code == 201
    assert (made.json()["who"], made.json()["why"], made.json()["told"]) == ("night desk", "its tone", {"act": "threaten"})
    assert made.headers["location"] == f"/api/v1/corrections/{made.json()['correction']}"
    assert api.get("statements?act=threaten").json()["rows"]
    assert api.get("statements?act=threaten&as_read=true").json()["rows"] == []
    assert api.get(made.headers["location"]).json() == made.json()
    undone = api.delete(made.headers["location"], headers=holder)
    assert (undone.status_code, undone.json()["undone_by"]) == (200, "night desk")
    assert api.get("statements?act=threaten").json()["rows"] == []
    assert api.delete(made.headers["location"], headers=holder).status_code == 409
    assert api.delete("corrections/99", headers=holder).status_code == 404
    for told in (
        {"of": "f1"},
        {"told": {"who": "me"}, "what": "office", "of": ["PER", "x"]},
        {"what": "amend", "of": ["f1"], "told": {"nothing": "x"}},
        {"what": "alias", "of": ["PER"]},
    ):
        assert api.post("corrections", json={"what": "reject", **told}, headers=holder).status_code in (400, 422)


def test_corrections_page_by_page(api: TestClient, holder: dict[str, str]) -> None:
    for number in range(1, 8):
        assert api.post("corrections", json={"what": "confirm", "of": [str(number)]}, headers=holder).status_code == 201
    found = []
    for rows in whole(api, "corrections?", 2):
        found += [r["correction"] for r in rows]
        api.post("corrections", json={"what": "confirm", "of": [str(20 + len(found))]}, headers=holder)
    assert found == [7, 6, 5, 4, 3, 2, 1]


def test_a_token_may_do_what_it_was_made_for(api: TestClient, ledger: Ledger) -> None:
    reads = {"Authorization": f"Bearer {make_token(ledger, 'reader', ['read'])}"}
    adds = {"Authorization": f"Bearer {make_token(ledger, 'adder', ['add'])}"}
    assert api.post("reports", json={"text": TEXT}, headers=reads).status_code == 403
    assert api.post("corrections", json={"what": "reject", "of": ["f1"]}, headers=adds).status_code == 403
    assert api.post("reports", json={"text": TEXT}, headers={"Authorization": "Bearer drg_wrong"}).status_code == 401


def test_beyond_loopback_the_api_is_read_with_a_token(ledger: Ledger) -> None:
    token = make_token(ledger, "reader", ["read"])
    with Api(create_app(DeskSettings(host="0.0.0.0"), ledger)) as api:
        refused = api.get("statements")
        assert (refused.status_code, refused.headers["content-type"], refused.headers["www-authenticate"]) == (401, PROBLEM, "Bearer")
        assert api.get("statements", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_what_moves_is_told_as_it_is_added(app: FastAPI, ledger: Ledger) -> None:
    app.state.streams.pulse, app.state.streams.heartbeat = 0.02, 0.1
    lines = streamed(app, "/api/v1/changes/stream?a=PER&b=CHL", lambda: ledger.add(late().record()))
    assert "retry: 3000" in lines
    assert [line for line in lines if line.startswith("event:")] == ["event: event", "event: condition", "event: affair"]
    assert ": nothing moved" in lines
    last = next(line for line in lines if line.startswith("id:")).removeprefix("id: ")
    again = streamed(app, "/api/v1/changes/stream?kind=condition&kind=affair", lambda: None, {"last-event-id": last})
    assert [line for line in again if line.startswith("event:")] == ["event: condition", "event: affair"]
    assert app.state.streams.open == 0


def test_a_report_that_is_read_anew_or_corrected_tells_nothing_new(ledger: Ledger) -> None:
    ledger.add(late().record())
    seen = ledger.last_finding()
    ledger.add(late().record(reader="another"))
    ledger.correct("amend", f"f{seen + 1}", act="demand", who="test")
    assert ledger.last_finding() > seen
    assert ledger.added_since(seen) == ([], ledger.last_finding())
    assert {m.kind for m in ledger.added_since(0, "PER", "CHL")[0]} == {"statement", "condition", "affair", "event"}  # whoever has not looked yet is told
    assert ledger.added_since(0, "PER", "JPN")[0] == []


def test_streams_are_bounded(app: FastAPI, api: TestClient) -> None:
    app.state.streams.open = 20
    assert api.get("changes/stream").status_code == 503


def test_the_docs_need_neither_script_nor_network(api: TestClient) -> None:
    page = api.get("docs")
    assert page.status_code == 200
    operations = [(m.upper(), p, o) for p, methods in api.get("openapi.json").json()["paths"].items() for m, o in methods.items()]
    assert len(operations) >= 22
    for method, path, operation in operations:
        assert f"{method} {path}" in page.text
        assert operation["summary"]
        assert operation["description"]
        assert 'id="' + operation["operationId"] + '"' in page.text
    assert page.text.count("<script") == 1  # the desk's own
    assert " style=" not in page.text
    assert "https://" not in page.text.partition("<main")[2]
    for anchor in set(itertools.chain.from_iterable(part.partition('"')[:1] for part in page.text.split('href="#')[1:])):
        assert f'id="{anchor}"' in page.text, anchor


def late() -> Wire:
    made = Wire("Peru promised that it would leave Arica if Chile returned to talks on tuna.", "2024-06-25")
    made.statement("state:PER", "promised", "leave Arica", act="promise", to=("state:CHL",)).event("AGREE", ("state:PER",), ("state:CHL",), "promised")
    made.event("AGREE", ("state:PER",), ("state:CHL",), "returned", background=True)
    return made.condition("state:PER", "leave Arica", "Chile returned", ("state:CHL",), kind="if").affair(
        "negotiation", ("state:PER", "state:CHL"), "scheduled", "tuna", "talks on tuna"
    )


def finished(api: TestClient, address: str) -> dict:
    for _ in range(200):
        job = api.get(address).json()
        if job["state"] == "done":
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def streamed(app: FastAPI, address: str, meanwhile: Callable[[], object], headers: dict[str, str] | None = None) -> list[str]:
    """The lines of a stream until the desk closes."""
    streams, patience = app.state.streams, time.monotonic() + 30
    streams.closing.begun = False
    streams._seen = (0.0, 0)

    def act() -> None:
        while not streams.open and time.monotonic() < patience:  # it stands, however busy the machine
            time.sleep(0.02)
        meanwhile()
        last = app.state.desk.ledger.last_finding()
        while streams._seen[1] < last and time.monotonic() < patience:
            time.sleep(0.02)
        time.sleep(0.7)
        streams.closing.begun = True

    thread = threading.Thread(target=act)
    thread.start()
    answered = TestClient(app).get(address, headers=headers)
    thread.join()
    assert answered.headers["content-type"].startswith("text/event-stream")
    return answered.text.splitlines()
