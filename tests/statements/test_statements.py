from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.pipeline import Reader
from dragoman.records import Record, Span, Statement

CASES = Path(__file__).parents[1] / "cases" / "statements"


def cases(name: str) -> Any:
    return [pytest.param(case, id=case["id"]) for case in yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))]


def words(record: Record, span: Span | None) -> str | None:
    return span.of(record.report.text) if span else None


def said(record: Record, statement: Statement) -> str:
    return " … ".join(s.of(record.report.text) for s in statement.content_spans).removeprefix("that ")


def the_one_that_says(record: Record, content: str) -> Statement:
    found = [s for s in record.statements if said(record, s) == content]
    assert found, f"no statement says {content!r}; found {[said(record, s) for s in record.statements]}"
    return found[0]


@pytest.mark.parametrize("case", cases("attributions"))
def test_who_said_what(reader: Reader, case: dict[str, Any]) -> None:
    record = reader.read(case["text"])
    statement = the_one_that_says(record, case["said"])
    assert words(record, statement.speaker_span) == case["by"]
    if "cue" in case:
        assert words(record, statement.cue_span) == case["cue"]
    for field in ("kind", "manner"):
        if field in case:
            assert getattr(statement, field) == case[field]


@pytest.mark.parametrize("case", cases("none"))
def test_what_is_no_statement(reader: Reader, case: dict[str, Any]) -> None:
    record = reader.read(case["text"])
    assert case["not_said"] not in [said(record, s) for s in record.statements]


@pytest.mark.parametrize("case", cases("acts"))
def test_what_is_done_by_saying(reader: Reader, case: dict[str, Any]) -> None:
    record = reader.read(case["text"])
    speech = [s for s in record.statements if s.kind == "speech" and s.within is None]
    assert [s.act for s in speech] == [case["act"]]


@pytest.mark.parametrize("case", cases("settings"))
def test_to_whom_in_what_in_answer_to_what(reader: Reader, case: dict[str, Any]) -> None:
    record = reader.read(case["text"])
    statement = the_one_that_says(record, case["said"])
    found = {
        "addressee": words(record, statement.addressee_span),
        "medium": words(record, statement.medium_span),
        "occasion": words(record, statement.occasion_span),
        "reply": words(record, statement.reply_to.span) if statement.reply_to else None,
    }
    assert {k: found[k] for k in found if k in case} == {k: case[k] for k in found if k in case}


def test_a_quotation_goes_on_without_a_cue(reader: Reader) -> None:
    record = reader.read("“The river is closed,” Ana Sousa said. “Nobody may cross it before May.”\n\n“We shall guard both banks day and night.”")
    assert [(said(record, s), s.cue_span is None) for s in record.statements] == [
        ("The river is closed", False),
        ("Nobody may cross it before May", True),
        ("We shall guard both banks day and night", True),
    ]
    assert len({s.speaker for s in record.statements}) == 1
    assert {s.manner for s in record.statements} == {"direct"}


def test_a_quotation_runs_over_paragraphs(reader: Reader) -> None:
    record = reader.read("“The river is closed. Nobody may cross it,” Ana Sousa said. “That will not change.\n\n“We shall guard both banks day and night.”\n\nIt rained.")
    assert "We shall guard both banks day and night" in [said(record, s) for s in record.statements]


def test_a_chain_of_statements(reader: Reader) -> None:
    record = reader.read("Lima said that Quito had told Oslo that the river was closed.")
    outer, inner = sorted(record.statements, key=lambda s: s.cue_span or s.content_spans[0])
    assert inner.within == outer.id
    assert (words(record, outer.speaker_span), words(record, inner.speaker_span)) == ("Lima", "Quito")
    assert inner.addressees == ("state:NOR",)


def test_two_speak_under_one_cue(reader: Reader) -> None:
    record = reader.read("France and Germany said the treaty must stand.")
    (statement,) = record.statements
    assert (statement.speaker, statement.co_speakers) == ("state:FRA", ("state:DEU",))


def test_a_headline_names_its_speaker_before_a_colon(reader: Reader) -> None:
    from dragoman.records import Report

    record = reader.read(Report(text="The river was quiet on Monday.", headline="Lima: no talks with Quito before March"))
    (statement,) = [s for s in record.statements if s.part == "headline"]
    assert statement.rule == "headline:colon"
    assert statement.content_spans[0].of(record.report.headline or "") == "no talks with Quito before March"


def test_an_answer_points_to_the_statement_that_it_answers(reader: Reader) -> None:
    record = reader.read("Quito said the river was open to all. In response to Quito's statement, Lima called it “groundless”.")
    first, second = record.statements
    assert second.reply_to is not None
    assert second.reply_to.statement == first.id


PIECES = st.sampled_from(
    [
        "Lima",
        "said",
        "that",
        "“",
        "”",
        '"',
        ",",
        ".",
        "Quito",
        "told",
        "reporters",
        "the river",
        "was closed",
        "warned",
        "he",
        "adding",
        "accused",
        "of piracy",
        "\n\n",
        "according to",
        ";",
        ":",
        "''",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, min_size=1, max_size=40))
def test_spans_lie_in_the_text_and_contents_never_hold_their_cue(reader: Reader, pieces: list[str]) -> None:
    text = "On Monday the minister spoke. " + " ".join(pieces)
    record = reader.read(text)
    ids = {s.id for s in record.statements}
    assert len(ids) == len(record.statements)
    for s in record.statements:
        for span in (*s.content_spans, *(x for x in (s.cue_span, s.speaker_span, s.medium_span) if x)):
            assert 0 <= span.start < span.end <= len(text)
        assert list(s.content_spans) == sorted(s.content_spans)
        assert s.within is None or s.within in ids - {s.id}
        assert s.cue_span is None or not any(c.overlaps(s.cue_span) for c in s.content_spans)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, min_size=1, max_size=30))
def test_reading_twice_gives_the_same(reader: Reader, pieces: list[str]) -> None:
    text = "On Monday the minister spoke. " + " ".join(pieces)
    assert reader.read(text).statements == reader.read(text).statements
