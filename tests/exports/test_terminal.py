from __future__ import annotations

import io

from syrupy.assertion import SnapshotAssertion

from dragoman.exports.explain import explain
from dragoman.exports.terminal import console_on, show, show_explanation
from dragoman.records import Record


def shown(record: Record, *, terminal: bool = False, width: int = 90) -> str:
    stream = io.StringIO()
    show(record, console_on(stream, terminal=terminal, width=width))
    return stream.getvalue()


def test_what_a_reader_sees(record: Record, snapshot: SnapshotAssertion) -> None:
    assert shown(record) == snapshot


def test_a_narrow_terminal_is_kept_to(record: Record) -> None:
    assert max(len(line) for line in shown(record, width=50).splitlines()) <= 50


def test_no_line_ends_in_blanks(record: Record) -> None:
    assert all(line == line.rstrip() for line in shown(record).splitlines())


def test_colours_only_on_a_terminal(record: Record) -> None:
    assert "\x1b" not in shown(record)
    assert "\x1b[" in shown(record, terminal=True)


def test_a_relay_is_not_shown_nor_its_speaker(record: Record) -> None:
    assert "s3" not in shown(record)
    assert "news medium" not in shown(record)


def test_an_empty_record_says_so(record: Record) -> None:
    empty = record.model_copy(update=dict.fromkeys(("statements", "events", "conditions", "affairs"), ()))
    assert "Nothing was found" in shown(empty)


def test_a_sentence_that_shows_several_findings_is_shown_once(record: Record) -> None:
    said = shown(record).split("What was done")[0]
    assert said.count("We will not negotiate under threats") == 1
    again = record.model_copy(update={"statements": (*record.statements[:2], record.statements[1].model_copy(update={"id": "s4"}))})
    said = shown(again).split("What was done")[0]
    assert said.count("We will not negotiate under threats") == 1
    assert said.index("   s2 ") < said.index("   s4 ") < said.index("We will not")


def test_what_is_unsure_is_shown_so(record: Record) -> None:
    assert "unsure, 40%" in shown(record)


def test_an_explanation(record: Record, snapshot: SnapshotAssertion) -> None:
    stream = io.StringIO()
    for id in ("s2", "e2", "c1", "a1"):
        show_explanation(explain(record, id), console_on(stream, width=90))
    assert stream.getvalue() == snapshot
