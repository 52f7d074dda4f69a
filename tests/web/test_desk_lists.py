"""The pages that list what was found, and their twins: rows, filters, leaves, nothing found, what is wrong, what is hostile."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pyarrow.parquet
import pytest
from fastapi.testclient import TestClient
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings
from dragoman.web.tokens import make_token

HOSTILE = "Peru said <script>alert(1)</script> and rejected talks with Chile until Chile leaves \u202eArica."
TEXTS = {
    "2024-03-01": "Peru rejected talks with Chile until Chile leaves Arica.",
    "2024-04-01": "Envoys waited in vain on Monday: Lima rejected a fishing treaty, and there will be none before Santiago withdraws its trawlers.",
    "2024-05-01": "No ceasefire on the Lauca river, the ministry in Lima announced after midnight, unless Chilean troops pull back; it rejected an offer by Bolivia.",
}
WORDS = (("talks with Chile", "Chile leaves"), ("fishing treaty", "withdraws its trawlers"), ("ceasefire on the Lauca", "troops pull back"))
LISTS = ("/events", "/statements", "/conditions", "/affairs")
UNQUOTED = ("/actors", "/stories?least=1")  # lists of what has no sentence of its own


def told(day: str, text: str | None = None, *, publisher: str = "Test Wire", **more: str) -> Wire:
    """A report of Peru and Chile; those of the days in `TEXTS` are of different matters."""
    words = text or TEXTS.get(day) or TEXTS["2024-03-01"]
    what, until = next((x, y) for x, y in WORDS if x in words and y in words)
    made = Wire(words, day, url=f"https://wire.test/{day}", publisher=publisher, **more)
    for id, name in (("state:PER", "Peru"), ("state:CHL", "Chile")):
        made.actor(id, name)
    made.statement("state:PER", "rejected", what, act="refuse", to=("state:CHL",))
    made.event("REJECT", ("state:PER",), ("state:CHL",), "rejected")
    made.condition("state:PER", what, until, ("state:CHL",))
    return made.affair("agreement", ("state:PER", "state:CHL"), "absent", what, "rejected")


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[TestClient]:
    """A desk over an empty ledger."""
    with TestClient(create_app(DeskSettings(requests_a_minute=10_000), ledger), headers={"accept": "text/html"}) as client:
        yield client


@pytest.fixture
def told_desk(desk: TestClient, ledger: Ledger) -> TestClient:
    """A desk over three reports."""
    ledger.add([told("2024-03-01").record(), told("2024-04-01").record(), told("2024-05-01").record()])
    return desk


@pytest.mark.parametrize("path", LISTS)
def test_a_list_stands_with_its_rows_and_their_sentences(told_desk: TestClient, path: str) -> None:
    page = told_desk.get(path)
    assert page.status_code == 200
    assert 'href="/actors/state:PER"' in page.text
    assert "/reports/3#f" in page.text
    assert "Peru rejected talks with Chile until Chile leaves Arica." in page.text


@pytest.mark.parametrize("path", UNQUOTED)
def test_a_list_of_actors_or_stories_has_its_twins(told_desk: TestClient, path: str) -> None:
    name, _, query = path.partition("?")
    page, rows = told_desk.get(path), told_desk.get(f"{name}.json?{query}").json()
    assert page.status_code == 200
    assert len(rows) == len(list(csv.DictReader(io.StringIO(told_desk.get(f"{name}.csv?{query}").text)))) > 1
    assert all((f"/actors/{r['id']}" if name == "/actors" else f'/stories/{r["story"]}"') in page.text for r in rows)
    assert told_desk.get(f"{name}.json?limit=1&{query}").headers["link"].endswith('rel="next"')
    assert told_desk.get(f"{path}&since=soon" if query else f"{path}?since=soon").status_code == 400


@pytest.mark.parametrize("path", [*LISTS, *(p.partition("?")[0] for p in UNQUOTED)])
def test_an_empty_list_says_what_to_do_next(desk: TestClient, path: str) -> None:
    page = desk.get(path)
    assert page.status_code == 200
    assert "/coverage" in page.text
    assert "Clear all filters" not in page.text
    assert "Clear all filters" in desk.get(f"{path}?since=2030-01-01").text


@pytest.mark.parametrize("path", LISTS)
def test_twins_hold_the_rows_of_the_page(told_desk: TestClient, path: str) -> None:
    rows = told_desk.get(f"{path}.json").json()
    assert rows
    assert len(list(csv.DictReader(io.StringIO(told_desk.get(f"{path}.csv").text)))) == len(rows)
    assert pyarrow.parquet.read_table(io.BytesIO(told_desk.get(f"{path}.parquet").content)).num_rows == len(rows)
    page = told_desk.get(path).text
    assert all(f"/reports/{row['source']['report']}#f{row['source']['finding']}" in page for row in rows if "source" in row)


@pytest.mark.parametrize("path", LISTS)
def test_leaves_put_together_are_the_list(told_desk: TestClient, ledger: Ledger, clock: Clock, path: str) -> None:
    whole = told_desk.get(f"{path}.json").json()
    clock.set("2024-07-02")
    leaf = told_desk.get(f"{path}.json?limit=1")
    rows, turned = leaf.json(), 0
    while "link" in leaf.headers:
        ledger.add(told(f"2024-06-{turned + 1:02}").record())  # what comes meanwhile moves no row
        leaf = told_desk.get(f"{path}.json{leaf.headers['link'].split('>')[0].removeprefix('<')}")
        rows, turned = rows + leaf.json(), turned + 1
    assert rows == whole
    assert turned == len(whole) - 1
    first = told_desk.get(f"{path}?limit=1").text
    assert ">Older<" in first
    assert ">Newest<" not in first


@pytest.mark.parametrize("path", [f"{path}?{wrong}" for path in LISTS for wrong in ("since=yesterday", "limit=0", "after=nonsense")])
def test_what_is_wrong_is_told_in_words(told_desk: TestClient, path: str) -> None:
    assert 400 <= told_desk.get(path).status_code < 500
    problem = told_desk.get(path, headers={"accept": "application/json"})
    assert problem.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/events?a=Peruu", 404), ("/events?type=DANCE", 400), ("/events?cameo=1x", 400), ("/events?status=maybe", 400), ("/events?background=some", 400),
        ("/statements?act=dance", 400), ("/statements?by=Peruu", 404), ("/conditions?fate=gone", 400), ("/conditions?by=Peruu", 404),
        ("/affairs?kind=feud", 400), ("/affairs?status=sour", 400), ("/affairs?kind=dispute&status=signed", 400), ("/affairs?a=Peruu", 404),
    ],
)  # fmt: skip
def test_a_filter_that_cannot_be_is_a_problem(told_desk: TestClient, path: str, status: int) -> None:
    assert told_desk.get(path).status_code == status


@pytest.mark.parametrize("path", LISTS)
def test_nothing_of_a_report_is_run(desk: TestClient, ledger: Ledger, path: str) -> None:
    made = told("2024-03-01", HOSTILE, publisher='"><img src=x onerror=alert(1)>', headline="<b>talks</b>")
    made.actor("person:x", '<i onmouseover="alert(1)">Ana</i>')
    ledger.add([made.statement("person:x", "said", "rejected", to=("state:PER",)).event("ACCUSE", ("person:x",), ("state:PER",), "said").record()])
    page = desk.get(path).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<i onmouseover" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("a=Peru", 3), ("a=Peru&b=Chile", 3), ("a=Chile&b=Peru", 3), ("a=Chile&b=Peru&directed=true", 0), ("type=reject", 3), ("type=ASSAULT", 0), ("cameo=12", 3),
        ("cameo=19", 0), ("status=actual", 3), ("status=planned", 0), ("background=false", 3), ("background=true", 0), ("since=2024-04-01", 2), ("as_of=2024-04-01", 2),
        ("known=2024-01-01", 0), ("each=true", 3), ("a=&b=&type=&status=&since=&as_of=&known=", 3),
    ],
)  # fmt: skip
def test_events_are_filtered_as_on_the_command_line(told_desk: TestClient, query: str, found: int) -> None:
    assert len(told_desk.get(f"/events.json?{query}").json()) == found
    assert told_desk.get(f"/events?{query}").status_code == 200


def test_what_reports_do_not_agree_on_stands_beside_an_event(desk: TestClient, ledger: Ledger) -> None:
    """Two reports of one story, one of which says that it is only planned."""
    words = "Peru rejected talks with Chile on the port of Arica after two days of meetings in Lima, and its envoys flew home on Friday evening."
    one, other = (Wire(words, "2024-03-01", url=f"https://wire.test/{n}", publisher=n).actor("state:PER", "Peru").actor("state:CHL", "Chile") for n in ("A", "B"))
    ledger.add([
        one.event("REJECT", ("state:PER",), ("state:CHL",), "rejected").record(),
        other.event("REJECT", ("state:PER",), ("state:CHL",), "rejected", status="planned", modality="planned").record(),
    ])  # fmt: skip
    ledger.add(told("2024-04-01").record())
    assert [bool(r["disagreements"]) for r in csv.DictReader(io.StringIO(desk.get("/events.csv").text))] == [False, True]
    page = desk.get("/events").text
    assert "Not agreed on status" in page
    assert "2 reports" in page
    assert "told as history" not in page


def test_links_keep_the_day_that_is_looked_at(told_desk: TestClient) -> None:
    assert 'href="/actors/state:PER?as_of=2024-04-01"' in told_desk.get("/events?as_of=2024-04-01").text


def test_behind_a_proxy_every_address_begins_with_its_path(ledger: Ledger) -> None:
    ledger.add(told("2024-03-01").record())
    with TestClient(create_app(DeskSettings(root_path="/desk"), ledger), headers={"accept": "text/html"}) as desk:
        page = desk.get("/events").text
    assert 'href="/desk/actors/state:PER"' in page
    assert 'href="/desk/reports/1#f' in page


@pytest.mark.parametrize(
    ("query", "found"), [("", 3), ("fate=open", 2), ("fate=closed", 1), ("fate=met", 1), ("fate=dropped", 0), ("by=Peru&of=Chile", 3), ("by=Chile", 0), ("since=2024-04-01", 2)]
)
def test_conditions_are_open_closed_or_all(told_desk: TestClient, ledger: Ledger, query: str, found: int) -> None:
    away = Wire("Chile withdraws its trawlers from the waters of Peru.", "2024-06-20", url="https://wire.test/away").actor("state:PER", "Peru").actor("state:CHL", "Chile")
    ledger.add(away.event("RETREAT", ("state:CHL",), ("state:PER",), "withdraws").record())
    rows = told_desk.get(f"/conditions.json?{query}").json()
    assert len(rows) == found
    page = told_desk.get(f"/conditions?{query}").text
    assert ("Chile withdraws its trawlers from the waters of Peru." in page) == any(r["fate"] == "met" for r in rows)
    assert 'aria-current="page">Closed' in page if query == "fate=closed" else 'aria-current="page">Closed' not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("kind=agreement", 3),
        ("kind=dispute", 0),
        ("status=absent", 3),
        ("kind=agreement&status=signed", 0),
        ("a=Peru&b=Chile", 3),
        ("a=Bolivia", 0),
        ("as_of=2024-03-31", 1),
    ],
)
def test_affairs_are_filtered_as_on_the_command_line(told_desk: TestClient, query: str, found: int) -> None:
    assert len(told_desk.get(f"/affairs.json?{query}").json()) == found
    assert told_desk.get(f"/affairs?{query}").text.count('class="subject"') == found


def test_who_may_write_is_told_anew_and_readers_share(told_desk: TestClient, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    ask = ledger.conditions
    monkeypatch.setattr(ledger, "conditions", lambda **told: asked.append(told) or ask(**told))
    for path in ("/conditions", "/conditions.csv", "/conditions?", "/conditions.json"):
        told_desk.get(path)
    assert len(asked) == 1
    bearer = {"authorization": f"Bearer {make_token(ledger, 'Ana', ['correct'])}"}
    told_desk.get("/conditions", headers=bearer)
    told_desk.get("/conditions", headers=bearer)
    assert len(asked) == 3
