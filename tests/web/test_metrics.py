from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings
from dragoman.web.tokens import make_token

HERE = ("127.0.0.1", 1)


def value(text: str, name: str, **labels: str) -> float | None:
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name == name and all(sample.labels.get(k) == v for k, v in labels.items()):
                return sample.value
    return None


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[TestClient]:
    ledger.add(Wire("Peru refused talks with Chile.", "2024-06-06").statement("state:PER", "refused", "talks with Chile", act="refuse").record())
    with TestClient(create_app(DeskSettings(), ledger), client=HERE) as client:
        yield client


def test_requests_are_counted_by_the_pattern_of_their_address(desk: TestClient) -> None:
    for path in ("/reports/1.json", "/reports/99.json", "/statements.json", "/statements.json", "/nowhere", "/elsewhere"):
        desk.get(path)
    desk.head("/statements.json")
    told = desk.get("/metrics").text
    assert value(told, "dragoman_requests_total", route="/statements.json", status="200", method="GET") == 3
    assert value(told, "dragoman_requests_total", route="/reports/{number:int}.json", status="404") == 1
    assert value(told, "dragoman_requests_total", route="none", status="404") == 2
    assert "/reports/99" not in told
    assert (value(told, "dragoman_request_seconds_count", route="/statements.json") or 0) == 3


def test_what_is_held_and_waits_and_was_told(desk: TestClient) -> None:
    told = desk.get("/metrics").text
    assert value(told, "dragoman_reports") == 1
    assert value(told, "dragoman_reports_waiting") == 0
    assert value(told, "dragoman_watches") == 0
    assert value(told, "dragoman_webhook_deliveries_total", outcome="taken") == 0
    desk.app.state.deliveries.heard(False)
    assert value(desk.get("/metrics").text, "dragoman_webhook_deliveries_total", outcome="refused") == 1


def test_who_may_read_them(ledger: Ledger) -> None:
    token = make_token(ledger, "prometheus", ["read"])
    app = create_app(DeskSettings(host="0.0.0.0"), ledger)
    stranger = TestClient(app, client=("203.0.113.7", 1))
    assert stranger.get("/metrics").status_code == 401
    assert stranger.get("/metrics", headers={"authorization": f"Bearer {token}"}).status_code == 200
    assert TestClient(app, client=HERE).get("/metrics").status_code == 200
    assert TestClient(app, client=HERE).get("/metrics", headers={"x-forwarded-for": "203.0.113.7"}).status_code == 401  # a proxy here asks for somebody there
    assert TestClient(create_app(DeskSettings(public_metrics=True), ledger), client=("203.0.113.7", 1)).get("/metrics").status_code == 200


def test_health(desk: TestClient) -> None:
    assert desk.get("/health").json() == {"status": "ok"}
