from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.records import Affair, Event, Record, Report, Span
from dragoman.records.excerpts import AROUND, LONGEST, excerpt

WORDS = st.lists(st.sampled_from(["Peru", "St.", "left.", "talks", "“no", "more,”", "\n", "he", "said.", "a"]), min_size=1, max_size=200)


def shown(record: Record, finding: Event | Affair) -> str:
    return "".join(p.text for p in excerpt(record, finding).pieces(record))


def event(span: Span) -> Event:
    given_fields = {"id": "e1", "rule": "x", "confidence": 0.5, "type": "AGREE", "cameo": "05", "sources": (), "targets": (), "background": False}
    return Event(**given_fields, trigger_span=span, polarity="affirmed", modality="asserted", status="actual")


def affair(*spans: Span) -> Affair:
    return Affair(id="a1", rule="x", confidence=0.5, kind="dispute", subject="reef", status="open", evidence=spans)


def record_of(text: str) -> Record:
    return Record(reader="x", report=Report(text=text))


def test_an_affair_is_shown_by_its_first_words_only() -> None:
    record = record_of("The reef is disputed. Nothing else happened. Talks on the reef stalled. Both left.")
    text = record.report.text
    first, second = text.index("Talks on the reef stalled"), text.index("disputed")
    assert shown(record, affair(Span(first, first + 25), Span(second, second + 8))) == "Talks on the reef stalled."


def test_a_sentence_is_shown_whole_where_it_can_be() -> None:
    sentence = "Peru, " + "which has long been at odds with its neighbour, " * 4 + "refused."
    record = record_of(f"Before. {sentence} After.")
    at = record.report.text.index("refused")
    assert shown(record, event(Span(at, at + 7))) == sentence


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    record = record_of("word " * 100 + "refused " + "word " * 100)
    cut = shown(record, event(Span(500, 507)))
    assert cut.startswith("… word ")
    assert cut.endswith(" word …")
    assert len(cut) < 2 * AROUND + 20


@given(WORDS, st.data())
def test_an_excerpt_holds_its_words_and_is_no_longer_than_allowed(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, min(len(text), start + 40))))
    found = excerpt(record_of(text), event(span))
    assert 0 <= found.stretch.start <= span.start < span.end <= found.stretch.end <= len(text)
    assert found.stretch.end - found.stretch.start <= LONGEST + 2 * AROUND
