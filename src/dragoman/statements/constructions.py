"""The constructions in which a verb tells what is said; each gives the pieces of content, or None where it is not there."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from dragoman.language.document import Document
from dragoman.language.grammar import SUBJECTS, children, is_passive, own_subjects, prepositional, with_conjuncts
from dragoman.language.quotes import MARKS, Quote
from dragoman.statements.content import SINGLE, clause_pieces, cut_at_participle, phrase_piece, snapped, trimmed
from dragoman.statements.draft import Bounds

ORDER = {"whom-to": 0, "of": 1, "as": 2, "name": 3, "clause": 4, "to": 5, "wish-to": 6, "ing": 7, "+": 8, "name-on": 8, "object": 9, "quote": 10, "~": 11, "topic": 12}
NEAR = 16  # tokens between a cue and the quotation that it brings in
TOLD = frozenset({"tell", "inform", "assure", "remind", "warn", "notify", "advise", "ask", "brief", "reassure", "convince", "persuade", "teach", "caution", "promise"})


@dataclass(slots=True)
class Built:
    """What a construction gives: pieces of content, and heads of those spoken to."""

    pieces: list[Bounds]
    addressees: list[Token] = field(default_factory=list)


def build(document: Document, verb: Token, cue_end: int, takes: str, speaker: Token | None) -> Built | None:
    """The construction `takes` at a verb.

    Args:
        document: The report.
        verb: The cue.
        cue_end: Token index after cue and particle.
        takes: A construction as named in resources/en/saying-verbs.yaml.
        speaker: Head of the speaker's phrase, None where it is not told.
    """
    if takes == "clause":
        return _clause(document, verb)
    if takes == "quote":
        pieces = quotation_of(document, verb, speaker, [])
        return Built(pieces, _told(verb)) if pieces else None
    if takes in ("to", "wish-to", "whom-to"):
        return _infinitive(verb, cue_end, takes)
    if takes == "ing":
        return _gerund(document, verb)
    if takes in ("object", "topic"):
        return _object(document, verb, cue_end)
    if takes in ("as", "of"):
        return _object_and(document, verb, ("as",) if takes == "as" else ("of", "for", "with"))
    if takes == "name":
        return _name(document, verb)
    if takes == "name-on":
        return _object_and(document, verb, ("on",))
    return _preposition(document, verb, takes[1:])


def _clause(document: Document, verb: Token) -> Built | None:
    for child in verb.children:
        if child.dep_ == "ccomp" and is_finite(child):
            pieces = clause_pieces(child, verb)
            return Built([cut_at_participle(verb.doc, p, document) for p in pieces], _told(verb)) if pieces else None
    if (
        verb.dep_ in ("parataxis", "advcl")
        and verb.head.i != verb.i
        and (verb.dep_ == "parataxis" or any(c.dep_ in ("mark", "advmod") and c.lower_ == "as" for c in verb.children))
    ):
        if children(verb, "dobj") and not _told(verb):
            return None
        if verb.head.pos_ in ("VERB", "AUX"):
            inside = {t.i for t in verb.subtree}
            left = [t.i for t in verb.head.subtree if t.i not in inside and t.i < min(inside)]
            right = [t.i for t in verb.head.subtree if t.i not in inside and t.i > max(inside)]
            pieces = [p for side in (left, right) if side and (p := trimmed(verb.doc, min(side), max(side) + 1))]
            return Built(pieces, _told(verb)) if pieces else None
    return None


def is_finite(verb: Token) -> bool:
    """Whether a clause has a subject and a finite verb, or is brought in by `that`, `whether` or a question word."""
    if verb.pos_ not in ("VERB", "AUX", "NOUN", "ADJ", "PROPN", "ADV", "PRON", "NUM", "X", "ADP", "INTJ"):
        return False
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        return False
    if verb.pos_ in ("VERB", "AUX"):
        if verb.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in verb.children):
            return True
        return verb.tag_ == "VBN" and any(c.dep_ in SUBJECTS for c in verb.children)
    return any(c.dep_ in ("mark", "cop", "aux") for c in verb.children)


def _told(verb: Token) -> list[Token]:
    """Heads of those spoken to: `told reporters`, `said to the council`, the subject of `was told`."""
    if is_passive(verb):
        return own_subjects(verb) if verb.lemma_.lower() in TOLD else []
    found = [t for c in children(verb, "dative") if c.pos_ != "ADP" for t in with_conjuncts(c)]
    if verb.lemma_.lower() in TOLD:
        found += [t for c in children(verb, "dobj") for t in with_conjuncts(c)]
    return found


def _infinitive(verb: Token, cue_end: int, takes: str) -> Built | None:
    for child in verb.children:
        if child.dep_ not in ("xcomp", "ccomp", "advcl") or child.i < verb.i or not any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children):
            continue
        owner = [c for c in child.children if c.dep_ in ("nsubj", "nsubjpass") and c.i > verb.i]
        whom = owner or [c for c in children(verb, "dobj", "dative") if c.i < child.i]
        whom = whom or [noun for prep, noun in prepositional(verb) if prep.lower_ in ("on", "upon", "to", "with") and noun.i < child.i]
        if takes == "whom-to":
            if is_passive(verb) and not whom:
                whom = own_subjects(verb)
            if not whom:
                continue
            to = next(c.i for c in child.children if c.dep_ == "aux" and c.lower_ == "to")
            negated = next((c.i for c in child.children if c.dep_ == "neg" and c.i == to - 1), to)
            pieces = [p] if (p := trimmed(verb.doc, negated, child.right_edge.i + 1)) else []
            return Built(pieces, [t for w in whom for t in with_conjuncts(w)]) if pieces else None
        if (takes == "to" and child.dep_ == "advcl") or is_passive(verb):
            continue
        if takes == "to" and whom and verb.lemma_.lower() not in TOLD:
            continue
        pieces = [p] if (p := trimmed(verb.doc, max(cue_end, child.left_edge.i), child.right_edge.i + 1)) else []
        return Built(pieces) if pieces else None
    return None


def _gerund(document: Document, verb: Token) -> Built | None:
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "dobj", "pcomp") and child.tag_ == "VBG" and child.i > verb.i and not any(c.dep_ == "det" for c in child.children):
            pieces = [cut_at_participle(verb.doc, p, document) for p in phrase_piece(child, verb.i + 1)]
            return Built(pieces) if pieces else None
    return None


def _object(document: Document, verb: Token, cue_end: int) -> Built | None:
    if is_passive(verb):
        return None
    for child in children(verb, "dobj"):
        if child.i > verb.i and (child.pos_ != "PRON" or child.lower_ in ("this", "that", "what", "those", "everything")):
            pieces = [cut_at_participle(verb.doc, p, document) for p in phrase_piece(child, cue_end)]
            return Built(snapped(document, pieces, verb)) if pieces else None
    return None


def _object_and(document: Document, verb: Token, prepositions: tuple[str, ...]) -> Built | None:
    """`accused Paris of cheating`, `described it as a gift`: the object, the preposition and its phrase together."""
    target = next(iter(children(verb, "dobj")), None)
    passive = is_passive(verb)
    if passive:
        target = next(iter(own_subjects(verb)), verb.head if verb.dep_ == "acl" else None)
    if target is None:
        return None
    preposition = next(
        (c for t in (verb, target) for c in t.children if c.lower_ in prepositions and c.dep_ in ("prep", "agent", "dative", "advcl", "mark") and c.i > verb.i), None
    )
    if preposition is None or not any(True for _ in preposition.children):
        return None
    end = preposition.right_edge.i + 1
    if passive or target.i < verb.i:
        pieces = [p] if (p := trimmed(verb.doc, preposition.i, end)) else []
    else:
        pieces = [p] if (p := trimmed(verb.doc, target.left_edge.i, max(end, target.right_edge.i + 1))) else []
    pieces = [cut_at_participle(verb.doc, p, document) for p in pieces]
    return Built(snapped(document, pieces, verb)) if pieces else None


def _name(document: Document, verb: Token) -> Built | None:
    """`called the plan "a gift"`: what is named, and the name."""
    right = [c for c in verb.children if c.i > verb.i]
    name = next((c for c in right if c.dep_ == "oprd" or (c.dep_ == "ccomp" and not is_finite(c) and any(g.dep_ in SUBJECTS for g in c.children) and c.pos_ != "VERB")), None)
    if name is None:
        quoted = next((c for c in right if c.dep_ in ("dobj", "ccomp", "acomp", "advcl", "xcomp") and document.quote_at(c) is not None and document.quote_at(verb) is None), None)
        if quoted is None or not any(c.dep_ in ("dobj", "nsubj") or c.i < quoted.i for c in right + list(quoted.children)):
            return None
        name = quoted
    if is_passive(verb):
        pieces = phrase_piece(name, verb.i + 1)
    else:
        first = min((c.left_edge.i for c in right if c.dep_ in ("dobj", "nsubj", "dative") or c.i == name.i), default=verb.i + 1)
        pieces = [p] if (p := trimmed(verb.doc, max(first, verb.i + 1), name.right_edge.i + 1)) else []
    pieces = [cut_at_participle(verb.doc, p, document) for p in pieces]
    return Built(snapped(document, pieces, verb)) if pieces else None


def _preposition(document: Document, verb: Token, word: str) -> Built | None:
    for child in verb.children:
        if child.lower_ == word and child.dep_ in ("prep", "mark", "dative", "prt", "advcl") and child.i > verb.i:
            if inner := [c for c in child.children if c.dep_ in ("pobj", "pcomp")]:
                pieces = [p] if (p := trimmed(verb.doc, child.i + 1, inner[-1].right_edge.i + 1)) else []
                pieces = [cut_at_participle(verb.doc, p, document) for p in pieces]
                return Built(snapped(document, pieces, verb)) if pieces else None
    return None


def quotation_of(document: Document, verb: Token, speaker: Token | None, pieces: list[Bounds]) -> list[Bounds]:
    """Content of a clause widened to its quotations, with the quotation that goes on after the attribution; found by its marks alone where no clause is there."""
    if document.quote_at(verb) is not None:
        return pieces
    pieces = snapped(document, pieces, verb)
    start = min(verb.i, speaker.left_edge.i if speaker is not None and speaker.sent.start == verb.sent.start else verb.i)
    end = max(verb.i, speaker.right_edge.i if speaker is not None and speaker.i > verb.i and speaker.i - verb.i < NEAR else verb.i) + 1
    before = None if any(s < verb.i for s, _ in pieces) else _quote_before(document, start)
    if before is not None and (not pieces or _stands_alone(document, before)):
        pieces = [(before.start, before.end), *pieces]
    if all(e <= verb.i for _, e in pieces) and (after := _quote_after(document, end, bool(pieces))):
        pieces = [*pieces, (after.start, after.end)]
    return [p for s, e in pieces if (p := trimmed(verb.doc, s, e))]


def _stands_alone(document: Document, quote: Quote) -> bool:
    """Whether a quotation opens its sentence and has a verb: not the title in `On “The Late Hour,” the senator said …`."""
    doc = document.doc
    opens = quote.start < 2 or doc[quote.start - 2].text in (".", "?", "!") or doc[quote.start - 2].text in MARKS or document.paragraph(doc[quote.start - 2]) != document.paragraph(doc[quote.start])
    return opens and any(t.pos_ in ("VERB", "AUX") for t in doc[quote.start : quote.end])


def _quote_before(document: Document, start: int) -> Quote | None:
    doc = document.doc
    at = start - 1
    seen_mark = False
    while at >= 0 and start - at <= 3 and (doc[at].text in MARKS or doc[at].text in SINGLE or doc[at].text in (",", "--", "-", "—", "–")):
        seen_mark = seen_mark or doc[at].text in MARKS or doc[at].text in SINGLE
        at -= 1
    return document.quote_at(doc[at]) if seen_mark and at >= 0 and document.paragraph(doc[at]) == document.paragraph(doc[start]) else None


def _quote_after(document: Document, end: int, split: bool) -> Quote | None:
    """The quotation that starts after an attribution, in its sentence; after a colon that ends a paragraph, the next paragraph's."""
    doc = document.doc
    for at in range(end, min(end + NEAR, len(doc))):
        token = doc[at]
        if token.text in (".", "?", "!") and document.quote_at(token) is None:
            return None
        quote = document.quote_at(token)
        if quote is not None:
            lead = doc[quote.start - 2].text if quote.start >= 2 else ""
            return quote if lead in (",", ":", "--") or (not split and quote.start - 1 == end) else None
    return None
