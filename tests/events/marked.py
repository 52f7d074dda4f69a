"""Sentences with their source and target marked inline."""

from __future__ import annotations

import re


def unmarked(marked: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """The sentence without its marks, and the spans of `[S …]` and `[T …]` in it."""
    text, at = "", 0
    spans: dict[str, tuple[int, int]] = {}
    for mark in re.finditer(r"\[([ST]) ([^\[\]]*)\]", marked):
        text += marked[at : mark.start()]
        spans[mark.group(1)] = (len(text), len(text) + len(mark.group(2)))
        text += mark.group(2)
        at = mark.end()
    return text + marked[at:], spans["S"], spans["T"]
