"""Quotations in doubled apostrophes, as older wire and newspaper archives print them: ''We will go,'' he said."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from dragoman.language.document import Document
from dragoman.language.quotes import Quote

DOUBLED = "''"


def with_doubled_apostrophes(document: Document) -> Document:
    """The document with its quotations in doubled apostrophes beside the others; the same document where it has none."""
    doc = document.doc
    if DOUBLED not in document.composed.text:
        return document
    quotes = [q for q in document.quotes if doc[q.end - 1 if q.end == len(doc) else q.end].text != DOUBLED and (q.start == 0 or doc[q.start - 1].text != DOUBLED)]
    quotes = sorted([*quotes, *_doubled(document)], key=lambda q: q.start)
    inside = [-1] * len(doc)
    for n, quote in enumerate(quotes):
        for i in range(quote.start, quote.end):
            inside[i] = n
    return dataclasses.replace(document, quotes=tuple(quotes), _quote_of=tuple(inside))


def _doubled(document: Document) -> Iterator[Quote]:
    unclosed = False
    for index, start in enumerate(document.paragraph_starts):
        tokens = document.paragraph_tokens(index)
        opened: int | None = None
        continues = False
        for token in tokens:
            if token.text != DOUBLED:
                continue
            if opened is None:
                opened, continues = token.i + 1, unclosed and token.i == start
            else:
                if token.i > opened:
                    yield Quote(opened, token.i, continues=continues)
                opened = None
        unclosed = opened is not None and opened < tokens.end
        if opened is not None and unclosed:
            yield Quote(opened, tokens.end, closed=False, continues=continues)
