from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.intake.item import Item, SetAside, Told
from dragoman.intake.jsonl import jsonl_items

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "intake" / "jsonl.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_a_bad_line_is_set_aside_with_its_reason(case: dict[str, Any]) -> None:
    line = bytes(case["line"], "latin-1") if case.get("latin1") else case["line"].encode()
    (found,) = jsonl_items([line], "wire.jsonl", Told())
    assert isinstance(found, SetAside)
    assert str(found.error).startswith("wire.jsonl:1: ")
    assert case["says"] in str(found.error)
    assert found.ref == case.get("ref")


def test_lines_are_drawn_one_by_one() -> None:
    drawn = 0

    def lines() -> Iterator[bytes]:
        nonlocal drawn
        for n in range(100):
            drawn += 1
            yield json.dumps({"ref": str(n), "text": "Peru agreed."}).encode()

    items = jsonl_items(lines(), "x", Told())
    next(items)
    assert drawn == 1


def test_a_line_says_more_than_the_command() -> None:
    told = Told(published=dt.date(2020, 1, 1), publisher="Nobody")
    own, other = jsonl_items([b'{"text": "Peru agreed.", "published": "2024-06-06T08:00:00Z", "publisher": "Wire", "sport": 1}', b'{"ref": 7, "text": "Peru agreed."}'], "x", told)
    assert isinstance(own, Item)
    assert isinstance(other, Item)
    assert (own.report.published, own.report.publisher, own.ref, own.line) == (dt.date(2024, 6, 6), "Wire", None, 1)
    assert (other.report.published, other.report.publisher, other.ref, other.line) == (dt.date(2020, 1, 1), "Nobody", "7", 2)


@pytest.mark.parametrize(("told", "kept"), [("en-GB", "en"), ("EN", "en"), ("eng", "en"), ("en_US", "en"), ("fr-CA", "fr"), ("", None)])
def test_the_language_of_a_line_is_its_code(told: str, kept: str | None) -> None:
    (item,) = jsonl_items([json.dumps({"text": "Peru agreed.", "language": told}).encode()], "x", Told())
    assert isinstance(item, Item)
    assert item.report.language == kept


def test_a_doubled_field_that_is_not_read_is_left_alone() -> None:
    (item,) = jsonl_items([b'{"text": "Peru agreed.", "more": {"a": 1, "a": 2}}'], "x", Told())
    assert isinstance(item, Item)


def test_blank_lines_are_skipped_and_still_counted() -> None:
    (item,) = jsonl_items([b"\n", b"  \r\n", b'{"text": "Peru agreed."}\r\n'], "x", Told())
    assert isinstance(item, Item)
    assert item.line == 3


def test_the_text_is_kept_to_the_character() -> None:
    text = "“Non,”\r\nhe said \U0001f600 \u2028 e\u0301.\n"
    (item,) = jsonl_items([json.dumps({"text": text}).encode()], "x", Told())
    assert isinstance(item, Item)
    assert item.report.text == text
