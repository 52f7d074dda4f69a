"""Quotation marks: which tokens stand inside a quotation, over paragraphs where it runs on."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

OPENING = {"“", "„", "«", "``"}
CLOSING = {"”", "»"}
STRAIGHT = {'"', "''"}  # doubled apostrophes: ''We will go,'' he said, as older archives print it
SINGLE_OPENING, SINGLE_CLOSING = "‘", "’"
MARKS = OPENING | CLOSING | STRAIGHT


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation: token indices of its inside, `[start, end)`, marks left out.

    Attributes:
        closed: False where its paragraph ends before a closing mark.
        continues: True where it goes on from the paragraph before (that one had no closing mark).
    """

    start: int
    end: int
    closed: bool = True
    continues: bool = False


def find_quotes(doc: Doc, paragraph_starts: Sequence[int]) -> list[Quote]:
    """Quotations in token order.

    A paragraph that ends within a quotation leaves it unclosed; where the next paragraph opens with a mark, the quotation goes on there (the convention of
    English printing). Curly and straight marks may be mixed within a pair, as in `“Everything … by Japan," Putin replied`.
    """
    quotes: list[Quote] = []
    bounds = [*paragraph_starts, len(doc)]
    unclosed = False
    for start, end in itertools.pairwise(bounds):
        opened: int | None = None
        continues = False
        single = _single_quotes(doc, start, end)
        for token in doc[start:end]:
            if token.text.isalpha():
                continue
            i, mark = token.i, _mark(token.text)
            if opened is None:
                if mark in OPENING or mark in STRAIGHT or (mark in CLOSING and i == start):
                    opened, continues = i + 1, unclosed and i == start
            elif mark in CLOSING or mark in STRAIGHT or (mark in OPENING and i + 1 == end):
                if i > opened:
                    quotes.append(Quote(opened, i, continues=continues))
                opened = None
        unclosed = opened is not None and opened < end
        if unclosed and opened is not None:
            quotes.append(Quote(opened, end, closed=False, continues=continues))
        quotes += [q for q in single if not any(o.start <= q.start < o.end for o in quotes)]
    return sorted(quotes, key=lambda q: q.start)


def _mark(text: str) -> str:
    """The quotation mark that a token is, or begins with where the tokeniser left a dash on it (`”―`); any other token as it is."""
    return text[0] if 1 < len(text) <= 3 and text[0] in MARKS and not text[1:].isalnum() else text


def _single_quotes(doc: Doc, start: int, end: int) -> list[Quote]:
    """‘Single’ or 'single' quotations of a paragraph; an apostrophe is told from a closing mark by what stands before it."""
    quotes: list[Quote] = []
    opened: int | None = None
    for token in doc[start:end]:
        if token.text.isalpha():
            continue
        i = token.i
        if token.text == SINGLE_OPENING or (token.text == "'" and opened is None and i + 1 < end and not token.whitespace_ and (i == start or doc[i - 1].whitespace_)):
            opened = i + 1
        elif opened is not None and token.text in (SINGLE_CLOSING, "'") and token.tag_ != "POS" and i > opened:
            quotes.append(Quote(opened, i))
            opened = None
    return quotes
