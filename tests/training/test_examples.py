"""The written examples: every line is what a line must be, and the split does not move."""

from __future__ import annotations

import pytest
from training.examples import intended, read_examples, read_line, type_of


def test_all_lines_are_read() -> None:
    examples = read_examples()
    assert len(examples) > 5000
    for example in examples:
        assert example.source.of(example.text).strip()
        assert example.target.of(example.text).strip()
        assert "[" not in example.source.of(example.text)
        assert example.status in ("actual", "negated", "planned", "possible")


def test_every_type_has_examples() -> None:
    counts = dict.fromkeys({e.type for e in read_examples()}, 0)
    assert len(counts) == 16
    for example in read_examples():
        counts[example.type] += 1
    assert min(counts.values()) > 100


def test_a_tenth_is_held_out_whatever_else_is_added() -> None:
    examples = read_examples()
    assert 0.08 < sum(e.held_out for e in examples) / len(examples) < 0.12
    assert read_line("111\tactual\t[S Oslo] criticised [T Riga].", "x", 1).held_out == read_line("111\tactual\t[S Oslo] criticised [T Riga].", "y", 9).held_out


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("111\t[S Oslo] criticised [T Riga].", "fields"),
        ("999\tactual\t[S Oslo] criticised [T Riga].", "unknown code"),
        ("111\tactual\t[S Oslo] criticised Riga.", "mark"),
        ("111\tactual\t[S Oslo] and [S Riga] criticised [T Bonn].", "two marks"),
    ],
)
def test_a_bad_line_is_told_with_its_place(line: str, told: str) -> None:
    with pytest.raises(ValueError, match=told) as error:
        read_line(line, "more.tsv", 7)
    assert "more.tsv:7" in str(error.value)


def test_marks_give_the_spans_of_the_bare_sentence() -> None:
    example = read_line("173\tactual\t[T Two men] were held by [S police] in Riga.", "x", 1)
    assert example.text == "Two men were held by police in Riga."
    assert (example.source.of(example.text), example.target.of(example.text)) == ("police", "Two men")


def test_what_is_planned_is_an_intent_or_a_threat() -> None:
    assert type_of(intended("040")) == "AGREE"
    assert type_of(intended("195")) == "THREATEN"
    assert intended("125") == "125"
    planned = read_line("042\tplanned\t[S Oslo] will visit [T Riga].", "x", 1)
    assert (planned.code, planned.type) == ("036", "AGREE")


def test_types_of_the_published_table_with_two_differences() -> None:
    assert [type_of(c) for c in ("057", "163", "191", "0871", "0831", "000")] == ["SUPPORT", "COERCE", "ASSAULT", "YIELD", "YIELD", "NONE"]
