"""Laws of corrections: whatever is corrected and undone in whatever order, what was read stays, and what is undone leaves nothing."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.test_corrections import told
from tests.making import READER

from dragoman.answers.ledger import Ledger
from dragoman.errors import CorrectionError
from dragoman.ledger.anchors import Anchor, find_again
from dragoman.records import Span

READINGS = (
    {"refusal": "talks with Chile until Chile leaves Arica"},
    {"refusal": "talks with Chile until Chile leaves", "near": None},
    {"refusal": "talks", "near": "treaty was near"},
)
DEEDS = st.one_of(
    st.tuples(st.sampled_from(["confirm", "reject"]), st.integers(0, 3)),
    st.tuples(st.just("amend"), st.integers(0, 3), st.sampled_from(["demand", "accept", "ask"])),
    st.tuples(st.just("undo"), st.integers(0, 5)),
    st.tuples(st.just("read"), st.integers(0, 2)),
)


def shown(ledger: Ledger, *, as_read: bool = False) -> list[tuple[object, ...]]:
    return sorted((s.content or "", s.act, s.source.verdict if not as_read else None) for s in ledger.statements(as_read=as_read))


def deed(ledger: Ledger, what: str, number: int, *more: str) -> int | None:
    """Do it, if it can be done; gives the reading that the report has from now on, if that changed."""
    if what == "read":
        ledger.add(told(**READINGS[number]).record(reader=f"{READER}.{number}"))
        return number
    if what == "undo":
        standing = ledger.corrections(undone=False)
        if number < len(standing):
            ledger.undo(standing[number].correction)
        return None
    there = ledger.statements()
    if number < len(there):
        try:
            ledger.correct(what, there[number].source.finding, **({"act": more[0]} if more else {}))
        except CorrectionError as error:
            assert "says so already" in str(error)  # noqa: PT017 - nothing else may be refused of what is shown
    return None


@settings(max_examples=25, deadline=None)
@given(st.lists(DEEDS, max_size=10))
def test_what_was_read_stays_and_all_undone_is_as_if_never_corrected(deeds: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "a.db") as ledger:
        ledger.add(told().record(reader=f"{READER}.0"))
        reading = 0
        for one in deeds:
            changed = deed(ledger, *one)
            reading = reading if changed is None else changed
            with Ledger(Path(folder) / f"only{reading}.db") as fresh:
                fresh.add(told(**READINGS[reading]).record(reader=f"{READER}.{reading}"))
                assert shown(ledger, as_read=True) == shown(fresh, as_read=True)
        while ledger.corrections(undone=False):
            ledger.undo()
        assert shown(ledger) == [(c, a, None) for c, a, _ in shown(ledger, as_read=True)]


@settings(max_examples=15, deadline=None)
@given(st.lists(DEEDS, max_size=8))
def test_reading_the_same_again_changes_nothing(deeds: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "a.db") as ledger:
        ledger.add(told().record(reader=f"{READER}.0"))
        for one in deeds:
            if one[0] != "read":
                deed(ledger, *one)
        before, waiting = shown(ledger), len(ledger.corrections(orphans=True))
        ledger.add(told().record(reader=f"{READER}.again"))
        assert (shown(ledger), len(ledger.corrections(orphans=True))) == (before, waiting)


SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 30), st.integers(1, 15))
ANCHORS = st.builds(Anchor, st.sampled_from(["event", "statement"]), st.just("text"), SPANS, st.sampled_from("ab"), st.sampled_from([(), ("x",), ("x", "y")]))


@given(st.lists(ANCHORS, max_size=6), st.lists(ANCHORS, max_size=6))
def test_no_two_anchors_get_one_finding_and_what_is_there_unmoved_is_found(anchors: list[Anchor], findings: list[Anchor]) -> None:
    numbered = dict(enumerate(findings))
    found = find_again(anchors, numbered)
    assert len(set(found.values())) == len(found)
    assert all((a.kind, a.part) == (numbered[n].kind, numbered[n].part) and a.span.overlaps(numbered[n].span) for a, n in found.items())
    if len(set(anchors)) == 1 and anchors[0] in findings:
        assert numbered[found[anchors[0]]] == anchors[0]
