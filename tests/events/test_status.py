"""Whether an act happened, when, and whether it is history."""

from __future__ import annotations

import functools
import itertools
import pathlib
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.events.control import OUTCOMES
from dragoman.events.status import Verdict, judge
from dragoman.events.when import date_among, iso_prefix, timetable
from dragoman.language.document import Document, compose, tokenise
from dragoman.language.wire import lay_out
from dragoman.pipeline import Reader
from dragoman.records import Report, TimeExpression
from dragoman.resources import load
from dragoman.times.find import find_times

CASES = pathlib.Path(__file__).parent.parent / "cases" / "events"
NOBODY = Cast({}, (), (), {}, {})


def cases(name: str) -> list[Any]:
    return [pytest.param(c, id=c["id"]) for c in yaml.safe_load((CASES / name).read_text(encoding="utf-8"))]


def parsed(reader: Reader, text: str, published: str | None = None) -> tuple[Document, tuple[TimeExpression, ...]]:
    composed = compose(lay_out(Report.model_validate({"text": text, "published": published, "language": "en"})))
    document = Document.of(composed, reader.nlp(tokenise(composed, reader.nlp)))
    return document, find_times(document)


def judged(reader: Reader, case: dict[str, Any]) -> tuple[Verdict, str | None]:
    document, times = parsed(reader, case["text"], case.get("published"))
    act: Token = next(t for t in document.doc if t.text == case["act"])
    when = date_among(act, timetable(document, times).get(act.sent.start, ()))
    return judge(act, document, NOBODY, times), when.value if when else None


@pytest.mark.parametrize("case", cases("status.yaml"))
def test_status(reader: Reader, case: dict[str, Any]) -> None:
    verdict, _ = judged(reader, case)
    assert verdict.status == case["status"], f"{case['why']}: {verdict.rule}, {verdict.cue}"


@pytest.mark.parametrize("case", cases("status-time.yaml"))
def test_time(reader: Reader, case: dict[str, Any]) -> None:
    verdict, when = judged(reader, case)
    assert (verdict.status, verdict.background, when) == (case["status"], case["background"], case["date"]), case["why"]


def test_speech_act_done_by_its_words(reader: Reader) -> None:
    document, times = parsed(reader, "We must condemn this raid.")
    act = next(t for t in document.doc if t.text == "condemn")
    assert judge(act, document, NOBODY, times, is_speech_act=True).status == "actual"
    assert judge(act, document, NOBODY, times).status == "possible"


def test_cue_is_the_word_that_settles_it(reader: Reader) -> None:
    document, times = parsed(reader, "Rabat declined to sign the accord.")
    act = next(t for t in document.doc if t.text == "sign")
    verdict = judge(act, document, NOBODY, times)
    assert verdict.cue is not None
    assert (verdict.cue.text, verdict.rule) == ("declined", "status:barred")


@functools.cache
def governing() -> dict[str, list[str]]:
    """Single verbs by force that take an infinitive in plain English."""
    return {
        "barred": ["refused", "declined"],
        "undone": ["failed", "neglected"],
        "planned": ["agreed", "planned", "promised", "vowed", "decided", "consented"],
        "wanted": ["wanted", "hoped", "wished", "tried"],
        "does": ["managed", "began", "continued", "started"],
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    force=st.sampled_from(sorted(governing())),
    number=st.integers(0, 5),
    act=st.sampled_from(["sign the treaty", "attack the port", "recall the envoy", "free the sailors"]),
    who=st.sampled_from(["Lisbon", "The president", "Norway"]),
)
def test_outcome_follows_force(reader: Reader, force: str, number: int, act: str, who: str) -> None:
    """What a governing verb makes of the act depends on its force alone, whoever acts and whatever the act."""
    verb = governing()[force][number % len(governing()[force])]
    document, times = parsed(reader, f"{who} {verb} to {act}.")
    token = next(t for t in document.doc if t.text == act.split()[0])
    assert judge(token, document, NOBODY, times).status == OUTCOMES[force]["actual"]


@given(st.dates(), st.sampled_from(["", "TNI", "T09:00"]))
def test_prefix_is_part_of_the_value(day: Any, time: str) -> None:
    value = day.isoformat() + time
    prefix = iso_prefix(value)
    assert prefix == day.isoformat()


@pytest.mark.parametrize(
    ("value", "prefix"),
    [("2024-SU", "2024"), ("2024-Q2", "2024"), ("2024-W22", None), ("2024-W20", "2024-05"), ("199", None), ("PAST_REF", None), (None, None), ("2024-W60", None)],
)
def test_prefix(value: str | None, prefix: str | None) -> None:
    assert iso_prefix(value) == prefix


def test_no_word_has_two_forces() -> None:
    """A word listed twice would be settled by the order of the file."""
    data = load("en/control.yaml")
    for kind in ("verbs", "nouns", "adjectives", "attributes", "prepositions"):
        seen: dict[str, str] = {}
        for force, word in itertools.chain.from_iterable(((f, w) for w in words) for f, words in data[kind].items()):
            assert seen.setdefault(word, force) == force, f"{kind}: {word} is {seen[word]} and {force}"
    assert set(data["verbs"]) == set(OUTCOMES)
