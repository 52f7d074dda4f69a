"""Who did what to whom: sentences with their events, and laws that hold for any."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.events.frames import FILES, classes, lexicon, light_verbs, speech_acts
from dragoman.pipeline import Reader
from dragoman.records import Event, Record, Report

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "events" / "frames.yaml").read_text(encoding="utf-8"))
MARK = re.compile(r'(?P<type>[A-Z]+)(?P<sources>[^>]*)>(?P<targets>[^"]*)"(?P<trigger>[^"]+)" (?P<status>\w+)')
STATES = ("Norway", "Denmark", "Peru", "Japan", "Uganda", "Portugal", "Hungary")
ACTS = (
    "{a} imposed sanctions on {b}.",
    "{a} signed a treaty with {b}.",
    "{a} accused {b} of spying.",
    "{a} refused to sign the agreement with {b}.",
    "{a} called on {b} to free the hostages.",
    "Envoys of {a} met envoys of {b}.",
)


def read(reader: Reader, text: str) -> Record:
    """One sentence, told to be English: too short a text to recognise."""
    return reader.read(Report(text=text, language="en"))


def code(record: Record, actor: str) -> str:
    return record.actor(actor).acts_for or actor


def shown(record: Record, event: Event) -> tuple[str, frozenset[str], frozenset[str], str, str]:
    sides = (frozenset(code(record, i) for i in ids) for ids in (event.sources, event.targets))
    sources, targets = sides
    return event.type, sources, targets, event.trigger_span.of(record.report.text), event.status


def marked(mark: str) -> tuple[str, frozenset[str], frozenset[str], str, str]:
    found = MARK.fullmatch(mark)
    assert found, f"not a mark: {mark}"
    return found["type"], frozenset(found["sources"].split()), frozenset(found["targets"].split()), found["trigger"], found["status"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_sentence_gives_its_events(reader: Reader, case: dict[str, Any]) -> None:
    record = read(reader, case["text"])
    assert {shown(record, e) for e in record.events} == {marked(m) for m in case.get("events", ())}, case["why"]


@given(st.sampled_from(ACTS), st.permutations(STATES))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_types_do_not_depend_on_who_acts(reader: Reader, act: str, states: list[str]) -> None:
    """The same sentence about other states tells the same acts."""
    first, second = (read(reader, act.format(a=a, b=b)) for a, b in (("Chile", "Kenya"), states[:2]))
    assert [(e.type, e.cameo, e.status, e.rule) for e in first.events] == [(e.type, e.cameo, e.status, e.rule) for e in second.events]
    assert all(set(e.sources) | set(e.targets) <= {a.id for a in second.actors} for e in second.events)


@given(st.lists(st.sampled_from([c["text"] for c in CASES]), min_size=1, max_size=6))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_events_stand_in_text_order_with_short_triggers(reader: Reader, texts: list[str]) -> None:
    record = read(reader, "\n\n".join(texts))
    starts = [e.trigger_span.start for e in record.events]
    assert starts == sorted(starts)
    assert all(0 < e.trigger_span.end - e.trigger_span.start <= 80 for e in record.events)
    assert [e.id for e in record.events] == [f"e{n}" for n in range(1, len(record.events) + 1)]
    assert all(e.sources or e.targets for e in record.events)


def test_every_entry_of_the_lexicon_is_an_act() -> None:
    frames = [f for group in (lexicon().verbs, lexicon().nouns, lexicon().adjectives) for found in group.values() for f in found]
    assert {f.type.lower() for f in frames} == set(FILES)
    assert all(0 < f.confidence <= 1 for f in frames)
    assert light_verbs()
    assert {how for uses in light_verbs().values() for how in (u.how for u in uses)} == {"does", "undergoes", "tells"}


def test_classes_hold_words_only() -> None:
    assert all(isinstance(w, str) and w == w.lower() and "-" not in w for words in classes().values() for w in words)


def test_acts_of_speech_have_a_type() -> None:
    from dragoman.events.codes import type_of

    assert all(type_of(str(line["code"])) for _, line in speech_acts())
