"""What of a paragraph can be read: a run without a blank is set aside, and what comes to no end is cut, so that no text holds up the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dragoman.records import Span

RUN = re.compile(r"\S{300,}")  # no word, address or number of a report is so long; the tokenizer's time grows with the square of it
WORD = re.compile(r"\S+")
END = re.compile(r"[.!?…][\"'”’)\]]*$")
ENDLESS, CUT = 400, 120  # words without an end of a sentence, and of the pieces into which they are cut


def runs(text: str, paragraph: Span) -> list[Span]:
    """The runs without a blank that no reader could read, in text order."""
    return [Span(m.start(), m.end()) for m in RUN.finditer(text, paragraph.start, paragraph.end)]


def stretches(text: str, paragraph: Span) -> Iterator[Span]:
    """What is left of a paragraph to be read, in text order: in an ordinary report the paragraph as it is.

    Args:
        text: The report's text.
        paragraph: Where the paragraph stands in it.
    """
    aside = runs(text, paragraph)
    bounds = [paragraph.start, *(edge for run in aside for edge in (run.start, run.end)), paragraph.end]
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        for piece in _cut(text, start, end):
            if words := piece.of(text).strip():
                lead = len(piece.of(text)) - len(piece.of(text).lstrip())
                yield Span(piece.start + lead, piece.start + lead + len(words))


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """The same in pieces where hundreds of words follow each other without an end of a sentence."""
    words = list(WORD.finditer(text, start, end)) if end - start > ENDLESS * 2 else []
    ends = [0, *(n for n, word in enumerate(words, 1) if END.search(word.group())), len(words)]
    cuts = [words[n].start() for first, last in pairwise(ends) if last - first > ENDLESS for n in range(first + CUT, last, CUT)]
    for left, right in pairwise([start, *cuts, end]):
        yield Span(left, right)
