"""Which quotation belongs to a cue, by the marks alone: before it, after it, or on both sides."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.language.document import Document
from dragoman.language.quotes import MARKS, Quote
from dragoman.statements.content import SINGLE, snapped, trimmed
from dragoman.statements.draft import Bounds
from dragoman.statements.lexicon import lexicon

NEAR = 16  # tokens between a cue and the quotation that it brings in


def quotation_of(document: Document, verb: Token, speaker: Token | None, pieces: list[Bounds]) -> list[Bounds]:
    """Content of a clause widened to its quotations, with the quotation that goes on after the attribution; found by its marks alone where no clause is there."""
    if document.quote_at(verb) is not None:
        return pieces
    pieces = snapped(document, pieces, verb)
    own = speaker is not None and speaker.sent.start == verb.sent.start and not (verb.tag_ == "VBG" and speaker.i < verb.i)
    start = min(verb.i, speaker.left_edge.i if speaker is not None and own else verb.i)
    end = max(verb.i, speaker.right_edge.i if speaker is not None and speaker.i > verb.i and speaker.i - verb.i < NEAR else verb.i) + 1
    before = None if any(s < verb.i for s, _ in pieces) else _quote_before(document, start)
    if before is not None and (not pieces or (_stands_alone(document, before) and document.doc[before.end - 1].text != ".")):
        pieces = [(before.start, before.end), *pieces]
    if all(e <= verb.i for _, e in pieces) and (after := _quote_after(document, verb, end, bool(pieces))):
        pieces = [*pieces, (after.start, after.end)]
    return [p for s, e in pieces if (p := trimmed(verb.doc, s, e))]


def _stands_alone(document: Document, quote: Quote) -> bool:
    """Whether a quotation opens its sentence and has a verb: not the title in `On “The Late Hour,” the senator said …`."""
    doc = document.doc
    opens = (
        quote.start < 2
        or doc[quote.start - 2].text in (".", "?", "!")
        or doc[quote.start - 2].text in MARKS
        or document.paragraph(doc[quote.start - 2]) != document.paragraph(doc[quote.start])
    )
    return opens and any(t.pos_ in ("VERB", "AUX") for t in doc[quote.start : quote.end])


def _quote_before(document: Document, start: int) -> Quote | None:
    doc = document.doc
    at = start - 1
    seen_mark = False
    while at >= 0 and start - at <= 3 and (doc[at].text in MARKS or doc[at].text in SINGLE or doc[at].text in (",", "--", "-", "—", "–")):
        seen_mark = seen_mark or doc[at].text in MARKS or doc[at].text in SINGLE
        at -= 1
    return document.quote_at(doc[at]) if seen_mark and at >= 0 and document.paragraph(doc[at]) == document.paragraph(doc[start]) else None


def _quote_after(document: Document, verb: Token, end: int, split: bool) -> Quote | None:
    """The quotation that starts after an attribution, in its sentence; after a colon that ends a paragraph, the next paragraph's."""
    doc = document.doc
    verbs = lexicon().verbs
    for at in range(end, min(end + NEAR, len(doc))):
        token = doc[at]
        if document.quote_at(token) is None and (token.text in (".", "?", "!") or ((split or verb.tag_ == "VBG") and token.pos_ == "VERB" and token.lemma_.lower() in verbs)):
            return None
        quote = document.quote_at(token)
        if quote is not None:
            lead = doc[quote.start - 2].text if quote.start >= 2 else ""
            return quote if lead in (",", ":", "--") or (not split and quote.start - 1 == end) else None
    return None
