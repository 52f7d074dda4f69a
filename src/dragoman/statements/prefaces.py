"""Statements whose source stands beside the clause: `according to …`, `in a survey, …`, `reportedly`."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.language.document import Document
from dragoman.language.grammar import children, clause_verb, own_subjects
from dragoman.statements.content import cut_at_participle, snapped, trimmed
from dragoman.statements.draft import Bounds, Draft
from dragoman.statements.lexicon import lexicon
from dragoman.statements.speakers import speaker_bounds

PREFACING = frozenset({"according", "in"})


def preface_statements(document: Document) -> Iterator[Draft]:
    """Drafts of all statements whose source is a preface or left open by an adverb, in token order."""
    hearsay = lexicon().hearsay
    for token in document.doc:
        if token.pos_ in ("ADP", "VERB", "SCONJ") and token.lower_ in PREFACING:
            if draft := _preface(document, token) or _measured(document, token):
                yield draft
        elif token.lower_ in hearsay and (draft := _hearsay(document, token)):
            yield draft


def _preface(document: Document, token: Token) -> Draft | None:
    doc = document.doc
    for words in lexicon().prefaces:
        end = token.i + len(words)
        if end < len(doc) and all(doc[token.i + n].lower_ == w for n, w in enumerate(words)):
            break
    else:
        return None
    last = doc[end - 1]
    source = next((c for c in last.children if c.dep_ in ("pobj", "pcomp")), None)
    if source is None and last.dep_ == "aux" and last.head.i == end:
        source = last.head  # `according to show insiders`: a noun read as an infinitive
    if source is None:
        return None
    if token.dep_ == "ROOT" and token.is_sent_start:
        return _opening(document, token, end, source)
    subtree_end = max(token.right_edge.i, source.right_edge.i) + 1
    sentence = doc[token.i].sent
    governor = token.head if token.head.i != token.i else None
    verb = clause_verb(governor) if governor is not None else None
    clause = verb if verb is not None else sentence.root
    closes = doc[token.i - 1].text == "," if token.i else False
    while (above := _clause_above(clause, closes)) is not None:
        clause = above
    start, stop = clause.left_edge.i, clause.right_edge.i + 1
    if clause.dep_ in ("conj", "ccomp", "advcl", "relcl") and clause.i > token.i:
        start = max(start, token.i)
    pieces = [p for s, e in ((start, token.i), (subtree_end, stop)) if s < e and (p := trimmed(doc, s, e))]
    pieces = snapped(document, [cut_at_participle(doc, p, document) for p in pieces], token)
    if not pieces:
        return None
    return Draft("speech", "assert", "saying:according-to", 0.85, pieces, token, (token.i, end), source, speaker_bounds(source, last))


def _clause_above(clause: Token, closes: bool) -> Token | None:
    """The larger clause that the source tells too: one joined to it that lends its subject, or the one above where a comma precedes the preface."""
    above = next((a for a in clause.ancestors if a.pos_ in ("VERB", "AUX")), None)
    if above is None or (clause.dep_ == "conj" and own_subjects(clause)):
        return None
    if clause.dep_ != "conj" and (not closes or clause.dep_ not in ("relcl", "ccomp", "advcl")):
        return None
    if clause.dep_ != "conj" and any(f.kind == "speech" for f in lexicon().verbs.get(above.lemma_.lower(), ())):
        return None  # `said the port had closed, according to the daily`
    return above


def _opening(document: Document, token: Token, end: int, source: Token) -> Draft | None:
    """`According to Ana Sousa, the plan failed`, where the parser takes the preface for the whole sentence: what follows the comma is said."""
    doc = document.doc
    comma = next((t.i for t in doc[source.i : token.sent.end] if t.text == ","), None)
    piece = trimmed(doc, comma + 1, token.sent.end) if comma is not None else None
    if comma is None or piece is None:
        return None
    pieces = snapped(document, [cut_at_participle(doc, piece, document)], token)
    return Draft("speech", "assert", "saying:according-to", 0.7, pieces, token, (token.i, end), source, (source.left_edge.i, comma))


def _measured(document: Document, token: Token) -> Draft | None:
    """`In a survey in May, Lima led`: what a survey measures is told on its word, unless somebody speaks in it."""
    words = lexicon()
    verb = token.head
    source = next(iter(children(token, "pobj")), None)
    if source is None or source.lemma_.lower() not in words.surveys or token.lower_ != "in" or verb.i < token.i or verb.pos_ not in ("VERB", "AUX"):
        return None
    end = token.right_edge.i + 1
    if verb.lemma_.lower() in words.verbs or end >= verb.i or document.doc[end].text != "," or document.quote_at(token) is not None:
        return None
    piece = trimmed(document.doc, end, verb.right_edge.i + 1)
    pieces = snapped(document, [cut_at_participle(document.doc, piece, document)], token) if piece else []
    return Draft("relay", "assert", "saying:survey", 0.7, pieces, token, (token.i, token.i + 1), source, speaker_bounds(source, token)) if pieces else None


def _hearsay(document: Document, adverb: Token) -> Draft | None:
    """`The envoy reportedly left`: who says so is left open."""
    verb = clause_verb(adverb.head) if adverb.dep_ == "advmod" else None
    if verb is None or document.quote_at(adverb) is not None:
        return None
    sides: list[Bounds] = [(verb.left_edge.i, adverb.i), (adverb.i + 1, verb.right_edge.i + 1)]
    pieces = [p for s, e in sides if s < e and (p := trimmed(document.doc, s, e))]
    pieces = snapped(document, [cut_at_participle(document.doc, p, document) for p in pieces], adverb)
    return Draft("relay", "assert", "saying:hearsay", 0.7, pieces, adverb, (adverb.i, adverb.i + 1)) if pieces else None
