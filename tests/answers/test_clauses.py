from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.answers.clauses import Clauses, are_alike

CLAUSES = st.lists(st.frozensets(st.sampled_from("abcdefghij"), max_size=7), max_size=25)


@given(CLAUSES, CLAUSES, st.booleans())
def test_clauses_that_say_the_same_are_found_without_comparing_all(put: list[frozenset[str]], asked: list[frozenset[str]], at_once: bool) -> None:
    clauses = Clauses(put if at_once else ())
    for one in () if at_once else put:
        clauses.put(one)
    for one in asked:
        assert clauses.like(one) == [place for place, other in enumerate(put) if are_alike(one, other)]


@given(st.frozensets(st.sampled_from("abcdefghij")), st.frozensets(st.sampled_from("abcdefghij")))
def test_saying_the_same_goes_both_ways(one: frozenset[str], other: frozenset[str]) -> None:
    assert are_alike(one, other) == are_alike(other, one)
    assert are_alike(one, one) == bool(one)
