"""What holds up a parser: runs without a blank, and what comes to no end."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.stretches import CUT, ENDLESS, runs, stretches
from dragoman.pipeline import Reader
from dragoman.records import Span


def whole(text: str) -> Span:
    return Span(0, len(text))


def test_an_ordinary_paragraph_is_one_stretch() -> None:
    text = "  Peru recalled its envoy. Chile, it said, must leave first.  "
    assert [s.of(text) for s in stretches(text, whole(text))] == [text.strip()]
    assert runs(text, whole(text)) == []


def test_a_run_without_a_blank_is_set_aside() -> None:
    text = "Peru recalled its envoy. " + "“" * 5000 + " Chile regrets it."
    assert [s.of(text) for s in stretches(text, whole(text))] == ["Peru recalled its envoy.", "Chile regrets it."]
    assert [len(r.of(text)) for r in runs(text, whole(text))] == [5000]


def test_what_comes_to_no_end_is_cut() -> None:
    text = "Peru recalled its envoy. " + "Peru and " * ENDLESS
    found = [s.of(text) for s in stretches(text, whole(text))]
    assert len(found) > 2
    assert max(len(f.split()) for f in found) <= CUT + 4
    assert " ".join(found).split() == text.split()


@given(st.text(alphabet="ab .!?”\u2029", max_size=3000), st.integers(0, 2000))
def test_nothing_is_lost_and_nothing_overlaps(text: str, repeated: int) -> None:
    text += " x" * repeated
    found = [*stretches(text, whole(text)), *runs(text, whole(text))]
    found.sort(key=lambda s: s.start)
    assert "".join("".join(s.of(text).split()) for s in found) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_report_around_noise_is_read(reader: Reader) -> None:
    text = "Peru recalled its envoy from Chile on Monday. " + "9" * 40_000 + " " + "Peru and " * 1500 + "Chile are neighbours."
    record = reader.read(text)
    assert [f.kind for f in record.report.furniture] == ["noise"]
    assert any(e.trigger_span.of(text).startswith("recalled") for e in record.events)
