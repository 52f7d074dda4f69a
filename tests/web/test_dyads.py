from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from tests.answers.test_standing import quarrel
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[TestClient]:
    ledger.add([quarrel("2024-03-01").record(), quarrel("2024-05-01", "under_way").record()])
    with TestClient(create_app(DeskSettings(), ledger), headers={"accept": "text/html"}) as client:
        yield client


def test_two_states_on_a_page(desk: TestClient) -> None:
    page = desk.get("/dyads/PER/CHL").text
    assert "under way" in page
    assert "Talks are under_way." in page
    assert "/reports/2#f" in page
    assert "Conditions still open" in page


def test_yesterdays_ledger_is_one_click_away(desk: TestClient) -> None:
    page = desk.get("/dyads/PER/CHL?as_of=2024-04-01").text
    assert "stalled" in page
    assert "as_of=2024-03-31" in page
    assert "under way" not in page


def test_nothing_read_is_told_from_peace(desk: TestClient) -> None:
    assert "No report that was read tells of both" in desk.get("/dyads/PER/ECU").text


@pytest.mark.parametrize(
    "path",
    [
        "/dyads/PER/CHL/timeline?kind=affair",
        "/dyads/PER/CHL/measures?by=year",
        "/dyads/PER/CHL/chart.json",
        "/dyads/PER/CHL/chart.svg",
        "/dyads/PER/CHL.csv",
        "/dyads/PER/CHL.json",
    ],
)
def test_every_twin_of_two_states_stands(desk: TestClient, path: str) -> None:
    assert desk.get(path).status_code == 200


def test_a_day_that_a_link_leads_to_keeps_what_else_was_asked(desk: TestClient) -> None:
    assert "as_of=2024-03-31&amp;known=2024-07-01" in desk.get("/dyads/PER/CHL?as_of=2024-04-01&known=2024-07-01").text


def test_a_slider_knows_the_days_between_which_it_slides(desk: TestClient) -> None:
    page = desk.get("/dyads/PER/CHL").text
    assert 'data-first="2024-03-01" data-last="2024-05-01"' in page
    assert "2024-05-01" in page.partition('data-moved="')[2].partition('"')[0]


def test_the_chart_of_a_page_begins_with_the_first_report(desk: TestClient) -> None:
    assert "/dyads/PER/CHL/chart.json?by=week&amp;since=2024-03-01" in desk.get("/dyads/PER/CHL").text


def test_sanctions_and_last_words_stand_by_direction(ledger: Ledger) -> None:
    told = Wire("Peru imposed sanctions on Chile. Chile said Peru was wrong.", "2024-05-01")
    told.affair("sanctions", (), "in_force", "sanctions", "sanctions", senders=("state:PER",), targets=("state:CHL",))
    told.statement("state:CHL", "said", "Peru was wrong", act="criticise", to=("state:PER",))
    ledger.add(told.record())
    with TestClient(create_app(DeskSettings(), ledger)) as client:
        page = " ".join(client.get("/dyads/PER/CHL").text.split())
    peru, chile = page.index("Peru against Chile"), page.index("Chile against Peru")
    assert peru < page.index("in force", peru) < chile
    assert "None are told of." in page[chile : page.index("Conditions still open")]
    assert page.index("Chile about Peru") < page.index("criticises")


def test_a_timeline_goes_on_leaf_by_leaf(desk: TestClient) -> None:
    first = desk.get("/dyads/PER/CHL/timeline?limit=2").text
    older = first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    second = desk.get(f"/dyads/PER/CHL/timeline{older}")
    assert second.status_code == 200
    assert "Newest" in second.text
    days = [m["source"]["finding"] for m in desk.get("/dyads/PER/CHL/timeline.json").json()]
    both = [m["source"]["finding"] for part in ("?limit=2", older) for m in desk.get(f"/dyads/PER/CHL/timeline.json{part}").json()]
    assert both == days[: len(both)]


def test_names_as_people_write_them_lead_to_one_page(desk: TestClient) -> None:
    assert 'href="/dyads/PER/CHL' in desk.get("/dyads/peru/chile/timeline").text
    assert 'href="/dyads/PER/CHL' in desk.get("/dyads/peru/chile/measures").text
