"""The parsed document: what every stage reads. Token positions in, report positions out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from dragoman.language.quotes import Quote, find_quotes
from dragoman.language.tokens import part_tokens, read_off
from dragoman.language.wire import Layout
from dragoman.records import Part, Report, Span

SHORTEST = 3  # words of a sentence that no full stop or other mark ends
GAP = " "  # between two segments in the composed text; a newline would be a token of its own to the parser
SPACES = str.maketrans(dict.fromkeys("\n\r\t\xa0\u2007\u2009\u202f\u2028", " "))


@dataclass(frozen=True, slots=True)
class Composed:
    """The segments of a report joined to the one text that is parsed; `starts[i]` is where segment i begins in it."""

    layout: Layout
    text: str
    starts: tuple[int, ...]


def compose(layout: Layout) -> Composed:
    """Join what is to be read, character for character, so that positions can be led back."""
    pieces: list[str] = []
    starts: list[int] = []
    at = 0
    for segment in layout.segments:
        source = layout.report.text if segment.part == "text" else layout.report.headline or ""
        piece = segment.span.of(source).translate(SPACES)
        starts.append(at)
        pieces.append(piece)
        at += len(piece) + len(GAP)
    return Composed(layout, GAP.join(pieces), tuple(starts))


def tokenise(composed: Composed, nlp: Language) -> Doc:
    """Tokens of the composed text. Every segment starts a sentence; and none starts at a small letter behind a word or two of another: the parser cuts off `Mali | summoned the ambassador`."""
    doc = nlp.make_doc(composed.text)
    starts = frozenset(composed.starts)
    words = 0  # of the sentence so far
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
            words = 0
        elif 0 < words < SHORTEST and token.text[0].islower():
            token.is_sent_start = False
        words = words + 1 if token.text[-1].isalnum() else words if token.text == "," else 0
    return doc


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed report.

    Attributes:
        report: The report, with its furniture named.
        doc: The parse of the composed text, read off spaCy's (tokens.py). `token.idx` is a position in the composed text: lead it back with `span`.
        quotes: Quotations, in token order.
        piece: Which piece of a long report this is, from 0.
        paragraph_starts: Token index at which each segment begins; the headline, where there is one, is segment 0.
    """

    report: Report
    doc: Doc
    composed: Composed
    quotes: tuple[Quote, ...]
    paragraph_starts: tuple[int, ...]
    _quote_of: Sequence[int] = field(repr=False)
    _paragraph_of: Sequence[int] = field(repr=False)
    _begins: Sequence[int] = field(repr=False)
    _ends: Sequence[int] = field(repr=False)
    piece: int = 0

    @classmethod
    def of(cls, composed: Composed, parsed: Doc, piece: int = 0) -> Document:
        """The document of a composed text and its parse; `piece` counts the pieces of a long report from 0."""
        doc = read_off(parsed)
        starts = set(composed.starts)
        positions = [t.idx for t in doc]
        paragraph_starts = tuple(i for i, at in enumerate(positions) if at in starts)
        quotes = tuple(find_quotes(doc, paragraph_starts))
        inside = [-1] * len(doc)
        for n, quote in enumerate(quotes):
            inside[quote.start : quote.end] = [n] * (quote.end - quote.start)
        paragraph_of = [n for n, (a, b) in enumerate(pairwise((0, *paragraph_starts, len(doc))), start=-1) for _ in range(b - a)]
        begins = _led_back(composed, positions)
        ends = [begin + len(token.text) for begin, token in zip(begins, doc, strict=True)]
        return cls(composed.layout.report, doc, composed, quotes, paragraph_starts, inside, paragraph_of, begins, ends, piece)

    def close(self) -> None:
        """Let the tokens go, where nothing is asked of them any more."""
        part_tokens(self.doc)

    def paragraph(self, token: Token) -> int:
        """Index of the segment in which a token stands."""
        return self._paragraph_of[token.i]

    def paragraph_tokens(self, index: int) -> Tokens:
        """The tokens of one segment."""
        bounds = (*self.paragraph_starts, len(self.doc))
        return self.doc[bounds[index] : bounds[index + 1]]

    def part(self, token: Token) -> Part:
        """The part of the report in which a token stands."""
        return self.composed.layout.segments[self._paragraph_of[token.i]].part

    def quote_at(self, token: Token) -> Quote | None:
        """The quotation around a token, None where it stands in none."""
        index = self._quote_of[token.i]
        return self.quotes[index] if index >= 0 else None

    def span(self, start: int, end: int) -> Span:
        """Report positions of tokens `[start, end)`. Blank tokens at either end are left out; both ends must lie in one part.

        Raises:
            ValueError: If the stretch holds no token.
        """
        doc = self.doc
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start >= end:
            raise ValueError(f"no token in [{start}, {end})")
        return Span(self._begins[start], self._ends[end - 1])

    def span_of(self, tokens: Tokens) -> Span:
        """Report positions of a spaCy span."""
        return self.span(tokens.start, tokens.end)

    def pieces(self, indices: Iterable[int]) -> tuple[Span, ...]:
        """Report positions of a set of tokens, joined where they touch; punctuation at the ends of a piece stays with it."""
        ordered = sorted(set(indices))
        if not ordered:
            return ()
        cuts = [0, *(n + 1 for n, (a, b) in enumerate(pairwise(ordered)) if b != a + 1), len(ordered)]
        return tuple(self.span(ordered[a], ordered[b - 1] + 1) for a, b in pairwise(cuts))

    def tokens(self, span: Span, part: Part = "text") -> Tokens | None:
        """The tokens that a span of the report touches, None where it touches none that was read."""
        start, end = self._composed_position(span.start, part, up=True), self._composed_position(span.end, part, up=False)
        if start is None or end is None or start >= end:
            return None
        return self.doc.char_span(start, end, alignment_mode="expand")

    def id(self, prefix: str, number: int) -> str:
        """Id of the nth finding of a kind, 1-based: `s3`; in the second piece of a long report `s3p2`."""
        return f"{prefix}{number}" if self.piece == 0 else f"{prefix}{number}p{self.piece + 1}"

    def _composed_position(self, char: int, part: Part, *, up: bool) -> int | None:
        """Where a report position lies in the composed text; one that was not read moves to the next (`up`) or the last position that was."""
        best: int | None = None
        for segment, at in zip(self.composed.layout.segments, self.composed.starts, strict=True):
            if segment.part != part:
                continue
            inside = at + char - segment.span.start
            length = segment.span.end - segment.span.start
            if up:
                if char < segment.span.end:
                    return max(at, inside)
            elif char > segment.span.start:
                best = min(at + length, inside)
        return best


def _led_back(composed: Composed, positions: Sequence[int]) -> list[int]:
    """Report positions of ascending positions in the composed text."""
    found: list[int] = []
    bounds = (*composed.starts, len(composed.text) + 1)
    for segment, (start, end) in zip(composed.layout.segments, pairwise(bounds), strict=True):
        shift = segment.span.start - start
        stop = bisect_left(positions, end)
        found += [at + shift for at in positions[len(found) : stop]]
    return found
