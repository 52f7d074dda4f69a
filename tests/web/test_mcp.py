from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from tests.answers.test_after import wires
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.errors import NoLedgerError
from dragoman.mcp import brief, tools
from dragoman.mcp.server import create_server
from dragoman.pipeline import Reader

QUESTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("standing", {"a": "peru", "b": "CHL"}),
    ("timeline", {"a": "peru", "b": "CHL", "kinds": ["affair", "condition"]}),
    ("statements", {"by": "Lima", "act": "refuse"}),
    ("events", {"a": "PER", "type": "REJECT"}),
    ("conditions", {"by": "PER", "open": True}),
    ("affairs", {"a": "PER", "kind": "negotiation"}),
    ("affair", {"number": 1}),
    ("actor", {"name": "Peru"}),
    ("search", {"words": "arica talks"}),
    ("changes", {"since": "2024-01-01", "a": "PER"}),
    ("coverage", {"by": "month"}),
)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    made = Wire("Peru refused talks with Chile until Chile leaves Arica.", "2024-06-09", headline="No talks", url="https://wire.test/1")
    made.statement("state:PER", "refused", "talks with Chile", act="refuse", to=("state:CHL",)).event("REJECT", ("state:PER",), ("state:CHL",), "refused", statement="s1")
    made.condition("state:PER", "talks with Chile", "Chile leaves Arica", ("state:CHL",)).affair("negotiation", ("state:PER", "state:CHL"), "ruled_out", "talks", "talks")
    ledger.add([made.record(), *(w.record() for w in wires(2))])
    return ledger


def ask(opened: Callable[[], Ledger], *calls: tuple[str, dict[str, Any]]) -> list[tuple[bool, str]]:
    """What the SDK's own client is answered: whether it is an error, and the text."""

    async def asked() -> list[tuple[bool, str]]:
        server, _ = create_server(opened)
        async with Client(server) as client:
            results = [await client.call_tool(name, arguments) for name, arguments in calls]
        return [(bool(r.is_error), r.content[0].text) for r in results]

    return anyio.run(asked)


def test_every_question_is_answered_with_its_sentences(filled: Ledger) -> None:
    for (name, _), (wrong, text) in zip(QUESTIONS, ask(lambda: filled, *QUESTIONS), strict=True):
        assert not wrong, text
        told = json.loads(text)
        assert '": ' not in text  # compact
        if name not in ("coverage", "actor", "standing", "search"):
            assert told["rows"][0]["sentence"], name
            assert "[r" in told["rows"][0]["where"]
    (_, standing), (_, search) = ask(lambda: filled, ("standing", {"a": "peru", "b": "CHL"}), ("search", {"words": "arica"}))
    assert json.loads(standing)["last_words"][0]["sentence"]
    assert json.loads(search)["rows"][0]["report"]


def test_rows_say_what_the_ledger_says(filled: Ledger) -> None:
    ((_, text),) = ask(lambda: filled, ("statements", {"by": "PER", "since": "2024-06-09"}))
    (row,) = json.loads(text)["rows"]
    assert row["content"] == "talks with Chile"
    assert row["where"] == "Test Wire 2024-06-09 [r1 f1]"
    assert row["url"] == "https://wire.test/1"
    assert "start" not in row


def test_tools_are_described_and_only_read(filled: Ledger) -> None:
    async def listed() -> list[Any]:
        server, _ = create_server(lambda: filled)
        async with Client(server) as client:
            assert "as_of" in (client.instructions or "as_of")
            return (await client.list_tools()).tools

    found = {t.name: t for t in anyio.run(listed)}
    assert set(found) == {name for name, _ in QUESTIONS} | {"read_report"}
    for tool in found.values():
        assert len(tool.description) > 80
        assert "  " not in tool.description
        assert tool.annotations.read_only_hint
        assert tool.input_schema["type"] == "object"
    assert "threaten" in json.dumps(found["statements"].input_schema)


def test_errors_are_told_in_words(filled: Ledger) -> None:
    calls = (
        ("statements", {"by": "Peruu"}), ("standing", {"a": "PER", "b": "Lima"}), ("affair", {"number": 99}), ("timeline", {"a": "PER", "since": "June"}),
        ("statements", {"limit": 1000}), ("statements", {"act": "shout"}),
    )  # fmt: skip
    answers = ask(lambda: filled, *calls)
    assert all(wrong for wrong, _ in answers)
    for (_, text), words in zip(answers, ("Did you mean Peru", "one side", "no affair a99", "no day", "100", "assert"), strict=True):
        assert words in text


def test_an_empty_answer_says_what_was_read(filled: Ledger) -> None:
    (_, none), (_, unread) = ask(lambda: filled, ("events", {"a": "PER", "b": "CHL", "type": "AID"}), ("conditions", {"by": "Japan"}))
    assert json.loads(none)["rows"] == []
    assert "reports that tell of PER and CHL were read" in json.loads(none)["read"]
    assert "0 reports that tell of Japan" in json.loads(unread)["read"]


def test_long_answers_are_cut_and_say_so(filled: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ((_, few),) = ask(lambda: filled, ("statements", {"limit": 3}))
    assert len(json.loads(few)["rows"]) == 3
    assert "first 3" in json.loads(few)["more"]
    monkeypatch.setattr(brief, "MOST_CHARACTERS", 600)
    ((_, cut),) = ask(lambda: filled, ("statements", {"limit": 50}))
    assert 1 <= len(json.loads(cut)["rows"]) < 5
    ((_, late),) = ask(lambda: filled, ("timeline", {"a": "PER", "limit": 2}))
    assert "earlier" in json.loads(late)


def test_a_report_is_read_without_a_ledger(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "default_reader", lambda: reader)

    def none() -> Ledger:
        raise NoLedgerError("there is no ledger here")

    text = "LIMA (Test) – Peru on Monday refused talks with Chile until Chile leaves Arica, Foreign Minister Ana Rojas said in a statement."
    read, asked = ask(none, ("read_report", {"text": text, "published": "2024-06-10"}), ("coverage", {}))
    told = json.loads(read[1])
    assert told["statements"][0]["speaker"] == ["Ana Rojas"]
    assert told["conditions"][0]["holder"] == ["Peru"]
    assert told["statements"][0]["sentence"]
    assert asked[0]
    assert "no ledger here" in asked[1]


@pytest.mark.slow
def test_over_standard_input_and_output(tmp_path: Path) -> None:
    path = tmp_path / "wire.db"
    with Ledger(path) as ledger:
        ledger.add([w.record() for w in wires(2)])

    async def asked() -> str:
        parameters = StdioServerParameters(command=sys.executable, args=["-m", "dragoman", "mcp", "--ledger", str(path)])
        async with Client(stdio_client(parameters)) as client:
            return (await client.call_tool("coverage", {"by": "dyad"})).content[0].text

    assert "CHL" in anyio.run(asked)
