"""Quotations without a verb: those that go on from the sentence before, and those with a colon or a dash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from dragoman.language.document import Document
from dragoman.language.quotes import MARKS, Quote
from dragoman.statements.content import SINGLE, trimmed
from dragoman.statements.draft import Bounds, Draft
from dragoman.statements.speakers import speaker_bounds

DASHES = frozenset({"—", "–", "―", "--", "-"})
ENDS = frozenset({".", "?", "!", "…", "..."})
SHORT = 4  # tokens; what is shorter and stands inside a sentence is no quotation of its own


def lone_quotations(document: Document, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Drafts for quotations that no cue has claimed, in token order.

    A quotation that stands as a sentence of its own belongs to the speaker of the statement before it, in its paragraph or the one before.
    """
    claimed = _claimed(drafts)
    known = sorted((d for d in drafts if d.kind == "speech" and d.cue is not None and document.quote_at(d.cue) is None), key=lambda d: d.cue.i if d.cue else 0)
    last: Draft | None = None
    reached = 0
    at = 0
    for quote in document.quotes:
        while at < len(known) and (cue := known[at].cue) is not None and cue.i < quote.start:
            last = known[at]
            reached = document.paragraph(cue)
            at += 1
        if quote.start in claimed or (quote.end - 1) in claimed:
            continue
        if draft := _marked(document, quote):
            yield draft
            last, reached = draft, document.paragraph(document.doc[quote.start])
        elif last is not None and (draft := _continued(document, quote, last, reached)):
            yield draft
            reached = document.paragraph(document.doc[quote.start])


def _claimed(drafts: Sequence[Draft]) -> set[int]:
    return {i for d in drafts if d.kind == "speech" for s, e in d.content for i in range(s, e)}


def _marked(document: Document, quote: Quote) -> Draft | None:
    """`“…” — Ana Sousa`, `Sousa: “…”`."""
    doc = document.doc
    paragraph = document.paragraph_tokens(document.paragraph(doc[quote.start]))
    content = trimmed(doc, quote.start, quote.end)
    if content is None:
        return None
    at = quote.end + 1
    if quote.end < paragraph.end and len(doc[quote.end].text) > 1 and doc[quote.end].text[-1] in DASHES:
        at = quote.end  # the tokeniser leaves a dash that follows at once on the mark
    if (
        at < paragraph.end
        and doc[at].text[-1] in DASHES
        and paragraph.end - at <= 14
        and paragraph.start >= quote.start - 2
        and (head := named_stretch(doc, at + 1, paragraph.end))
    ):
        return Draft("speech", "assert", "quote:dash", 0.9, [content], doc[at], (at, at + 1), head, speaker_bounds(head, None))
    before = quote.start - 2
    if before > paragraph.start and doc[before].text == ":" and before - paragraph.start <= 8 and (head := named_stretch(doc, paragraph.start, before)):
        return Draft("speech", "assert", "quote:colon", 0.75, [content], doc[before], (before, before + 1), head, speaker_bounds(head, None))
    return None


def named_stretch(doc: Doc, start: int, end: int) -> Token | None:
    """Head of a noun phrase that fills a short stretch; None where it holds a verb."""
    if start >= end or any(doc[i].pos_ in ("VERB", "AUX") for i in range(start, end)):
        return None
    root = doc[start:end].root
    return root if root.pos_ in ("PROPN", "NOUN", "PRON") or root.text[0].isupper() else None


def _continued(document: Document, quote: Quote, last: Draft, home: int) -> Draft | None:
    doc = document.doc
    paragraph = document.paragraph(doc[quote.start])
    if document.part(doc[quote.start]) != "text" or (last.cue is not None and document.part(last.cue) != "text"):
        return None
    before = doc[quote.start - 2] if quote.start >= 2 else None
    opens = before is None or document.paragraph(before) != paragraph or before.text in ENDS or before.text in MARKS
    last_word = quote.end - 1
    while last_word > quote.start and (doc[last_word].text in MARKS or doc[last_word].text in SINGLE):
        last_word -= 1
    whole = doc[last_word].text in ENDS or not quote.closed or (quote.end + 1 < len(doc) and doc[quote.end + 1].text in ENDS)
    if (not opens or not whole or quote.end - quote.start < SHORT or paragraph - home > 1) and not (quote.continues and opens):
        return None
    content = trimmed(doc, quote.start, quote.end)
    if content is None:
        return None
    return Draft("speech", "assert", "quote:continued", 0.95 if paragraph == home else 0.85, [content], follows=last)


def bounds_overlap(a: Bounds, b: Bounds) -> bool:
    """Whether two stretches share a token."""
    return a[0] < b[1] and b[0] < a[1]
