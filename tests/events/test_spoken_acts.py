"""What is done by saying it is done by who says it: of every text of the project's own."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from dragoman.pipeline import Reader
from dragoman.records import Record

ROOT = Path(__file__).parents[2]
REPORTS = sorted((ROOT / "evals" / "reports").glob("*.txt"))
STORIES = sorted((p for p in (files("dragoman.resources") / "demo").iterdir() if p.name.endswith(".jsonl")), key=lambda p: p.name)


def texts() -> list[str]:
    told = [p.read_text(encoding="utf-8") for p in REPORTS]
    return [*told, *(json.loads(line)["text"] for p in STORIES for line in p.read_text(encoding="utf-8").splitlines() if line)]


def strangers(record: Record) -> list[str]:
    """Events that are a statement's act, or stand on nobody's word, though the statement's speaker is not among those who did them."""
    actors = {a.id: a for a in record.actors}
    statements = {s.id: s for s in record.statements}
    found = []
    for event in record.events:
        if event.statement is None or event.claimed_by is not None:
            continue
        told = statements[event.statement]
        speakers = [i for i in (told.speaker, *told.co_speakers) if i is not None]
        codes = {actors[i].acts_for for i in speakers}
        if not set(speakers) & set(event.sources) and not codes & {actors[i].acts_for for i in event.sources}:
            found.append(f"{event.id} {event.trigger_span.of(record.report.text)!r} of {told.id}")
    return found


def test_an_act_of_speech_is_its_speakers(reader: Reader) -> None:
    assert REPORTS
    assert STORIES
    assert [s for text in texts() for s in strangers(reader.read(text))] == []


@pytest.mark.parametrize(
    "text",
    [
        "Brazil, which borders both states, offered on Tuesday to host talks with Peru.",
        "Chile's communique blames Peru for the raid. It urges Bolivia and Peru to free the sailors.",
        "A senior official said Peru had accepted the truce. He threatened Chile with new tariffs.",
        "Peru accused Chile of spying, and Chile was accused by Bolivia of lying. “We reject that,” an envoy said.",
    ],
)
def test_whoever_the_parse_gives_it_to(reader: Reader, text: str) -> None:
    assert strangers(reader.read(text)) == []
