"""Very long texts are cut at paragraphs, never refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.language.wire import Layout, Segment
from dragoman.records import Span

SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+")


def cut(layout: Layout, most: int) -> list[Layout]:
    """Layouts of at most `most` characters each, cut between segments; a longer segment is cut after a sentence, else at a blank, else anywhere."""
    pieces: list[list[Segment]] = [[]]
    size = 0
    for segment in layout.segments:
        for part in _shortened(segment, layout, most):
            length = part.span.end - part.span.start
            if pieces[-1] and size + length > most:
                pieces.append([])
                size = 0
            pieces[-1].append(part)
            size += length
    return [Layout(layout.report, tuple(p)) for p in pieces]


def _shortened(segment: Segment, layout: Layout, most: int) -> Iterator[Segment]:
    text = layout.report.text if segment.part == "text" else layout.report.headline or ""
    start, end = segment.span
    while end - start > most:
        window = text[start : start + most]
        ends = [m.end() for m in SENTENCE_END.finditer(window, most // 2)]
        at = start + (ends[-1] if ends else window.rfind(" ") + 1 or most)
        yield Segment(segment.part, Span(start, at))
        start = at
    if end > start:
        yield Segment(segment.part, Span(start, end))
