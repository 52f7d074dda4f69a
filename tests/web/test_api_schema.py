from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.answers.test_after import wires

from dragoman.answers.ledger import Ledger
from dragoman.pipeline import Reader
from dragoman.web.app import create_app
from dragoman.web.desk import DeskSettings
from dragoman.web.tokens import make_token

schemathesis = pytest.importorskip("schemathesis")
LEFT_OUT = [schemathesis.checks.positive_data_acceptance]  # a schema does not say which cursor was given out, which text is English
EXAMPLES = 15  # of every operation, of data as described and of data that is not


@pytest.fixture
def described(ledger: Ledger, reader: Reader) -> tuple[Any, dict[str, str]]:
    ledger.add([w.record() for w in wires(3)])
    ledger.correct("reject", "f1", who="test")
    app = create_app(DeskSettings(requests_a_minute=1_000_000), ledger)
    app.state.desk._reader = reader
    token = make_token(ledger, "schema", ["add", "correct"])
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app), {"Authorization": f"Bearer {token}"}


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_no_request_makes_a_fault_and_every_answer_is_as_described(described: tuple[Any, dict[str, str]], mode: str) -> None:
    schema, headers = described
    told: dict[str, BaseException] = {}
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path.endswith("/stream"):  # it does not end
            continue

        @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode)))
        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        def ask(case: Any) -> None:
            case.call_and_validate(headers=headers, excluded_checks=LEFT_OUT)

        try:
            ask()
        except BaseException as error:
            told[operation.label] = error
        asked += 1
    assert asked >= 20
    assert not told, "\n\n".join(f"{label}: {error}" for label, error in told.items())
