"""How far what is said reaches: clauses, phrases and quotations, repaired where the parser cut them."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dragoman.actors.lexicon import offices, references
from dragoman.language.document import Document
from dragoman.language.grammar import SUBJECTS
from dragoman.language.quotes import MARKS, Quote
from dragoman.statements.draft import Bounds
from dragoman.statements.lexicon import lexicon

TRAILING = frozenset({",", ".", ";", ":", "-", "--", "–", "—", "―", "?", "!", "…", "..."})
FINAL = frozenset({",", ";", ":", "--", "–", "—", "―", "."})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
UTTERANCES = frozenset({"statement", "interview", "tweet", "letter", "email", "post", "conference", "briefing", "memo", "op-ed", "speech"})
UNITS = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "hour", "day", "week", "month", "year", "shortly", "just", "soon"})
SINGLE = frozenset({"'", "‘", "’"})
ALL_MARKS = MARKS | SINGLE


def own_reach(clause: Token, cue: Token) -> list[int]:
    """Token indices of a clause as the cue governs it: without what was wrongly joined to it.

    `said the port had closed and vowed to reopen it`: a finite verb of saying without a subject of its own, joined to a perfect, goes with `said`;
    `denied firing and blamed the army`: a finite verb joined to a gerund goes with `denied`.
    """
    found: list[int] = []
    stack = [clause]
    while stack:
        token = stack.pop()
        if token.i == cue.i:
            continue
        found.append(token.i)
        strangers = [c for c in token.children if c.dep_ == "conj" and is_stranger(c, cue)]
        if strangers:
            first = strangers[0].i
            stack += [c for c in token.children if c not in strangers and not (c.dep_ in ("cc", "punct") and token.i < c.i < first)]
        else:
            stack += token.children
    return found


def is_stranger(verb: Token, cue: Token) -> bool:
    """Whether a verb that the parser joined to a verb of the content is joined to the cue in truth."""
    if verb.tag_ not in FINITE or verb.pos_ != "VERB" or any(c.dep_ in SUBJECTS or (c.dep_ in ("aux", "auxpass") and c.i < verb.i) for c in verb.children):
        return False
    first = verb.head
    if first.lemma_ == "be" and cue.i < first.i and cue.tag_ in FINITE and verb.lemma_.lower() in lexicon().verbs:
        subject = next((c for c in first.children if c.dep_ in SUBJECTS), None)
        if subject is None or subject.lower_ in ("it", "this", "that") or subject.pos_ == "NOUN":
            return subject is not None  # `said the move was illegal and vowed …`
        return subject.pos_ == "PROPN" and cue.tag_ == "VBD" and verb.tag_ == "VBD"  # `said Quito was to blame and called for …`: what Quito did would stand a tense further back
    if first.tag_ == verb.tag_ == cue.tag_ == "VBD" and first.i > cue.i and verb.lemma_.lower() in lexicon().verbs:
        subject = next((c for c in first.children if c.dep_ in SUBJECTS), None)
        return subject is not None and subject.pos_ == "NOUN" and not can_speak(subject)  # `said the operation ended and accused …`
    if first.tag_ in ("VBZ", "VBP") and verb.tag_ == "VBD" and cue.tag_ == "VBD":
        return first.i > cue.i and verb.lemma_.lower() in lexicon().verbs  # `said it “regrets” the vote and hinted …`
    if first.tag_ in ("VBG", "VB") or (first.tag_ == "VBN" and first.dep_ != "conj"):
        finite_cue = cue.tag_ in FINITE or any(c.dep_ == "aux" and c.tag_ in FINITE for c in cue.children)
        return finite_cue and (verb.lemma_.lower() in lexicon().verbs or first.tag_ == "VBG") and first.i > cue.i
    return False


def can_speak(noun: Token) -> bool:
    """Whether a common noun is one of those who speak: offices and bodies, countries, people, or what speaks for somebody: `statement`, `survey`."""
    known, told = references(), lexicon()
    forms = {noun.lower_, noun.lemma_.lower()}
    speaking = (offices().last_words, known.set_states, known.set_bodies, known.set_persons, known.descriptions, told.carriers, told.evidence)
    return noun.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") or any(not forms.isdisjoint(words) for words in speaking)


def clause_pieces(clause: Token, cue: Token) -> list[Bounds]:
    """Bounds of a clause without the attribution in it, on either side of the cue.

    `Prices, the minister said, would rise` → Prices · would rise.
    """
    left, right = _reach(clause, cue)
    pieces: list[Bounds] = []
    if left:
        pieces.append((min(left), _before_subject(max(left) + 1, cue)))
    if right:
        pieces.append((min(right), max(right) + 1))
    return [p for s, e in pieces if (p := trimmed(cue.doc, s, e))]


def _before_subject(end: int, cue: Token) -> int:
    """Where a piece to the left of the cue ends: before the speaker, and after a condition that the parser hangs on the cue.

    `Peru will leave unless the funds are paid, the minister warned`: unless … paid belongs to what is said.
    """
    subject = next((c for c in cue.children if c.dep_ in SUBJECTS and c.i < cue.i), None)
    if subject is None:
        return end
    first = subject.left_edge.i
    if first < end:
        return first
    condition = next((c for c in cue.children if c.dep_ == "advcl" and c.i < first and c.left_edge.i >= end), None)
    return condition.right_edge.i + 1 if condition is not None else end


def _reach(clause: Token, cue: Token) -> tuple[list[int], list[int]]:
    found = own_reach(clause, cue)
    return [i for i in found if i < cue.i], [i for i in found if i > cue.i]


def phrase_piece(head: Token, cue: Token, after: int) -> list[Bounds]:
    """Bounds of a phrase with all that hangs on it, from no earlier than `after`."""
    found = own_reach(head, cue)
    return [p] if (p := trimmed(head.doc, max(min(found), after), max(found) + 1)) else []


def trimmed(doc: Doc, start: int, end: int) -> Bounds | None:
    """Bounds without outer punctuation, blanks and outer quotation marks; marks that pair with one inside stay.

    `“We are ready.”` → We are ready; but `“ready” to sign` stays as it is.
    """
    while True:
        before = (start, end)
        while start < end and (doc[start].is_space or doc[start].text in FINAL):
            start += 1
        while end > start and (doc[end - 1].is_space or doc[end - 1].text in FINAL):
            end -= 1
        if start >= end:
            return None
        if _near(doc, start, end).isdisjoint(ALL_MARKS):  # so it is nearly always
            return start, end
        for marks in (MARKS, SINGLE):
            if not _near(doc, start, end).isdisjoint(marks):
                start, end = _without_marks(doc, start, end, marks)
        if (start, end) == before:
            return before


def _near(doc: Doc, start: int, end: int) -> set[str]:
    """The words at both ends of a stretch, and the two behind it."""
    return {t.text for t in (*doc[start : start + 1], *doc[end - 1 : end + 2])}


def _without_marks(doc: Doc, start: int, end: int, marks: frozenset[str] | set[str]) -> Bounds:
    at = [i for i in range(start, end) if doc[i].text in marks and doc[i].tag_ != "POS"]
    first, last = bool(at) and at[0] == start, bool(at) and at[-1] == end - 1
    if first and (len(at) % 2 or (last and len(at) == 2)):
        return start + 1, end - 1 if last and len(at) == 2 else end
    if last and len(at) % 2:
        return start, end - 1
    if len(at) % 2:  # the mark that closes the last quotation may hang elsewhere
        closing = next((i for i in range(end, min(end + 2, len(doc))) if doc[i].text in marks and doc[i].tag_ != "POS"), None)
        return start, end if closing is None else closing + 1
    return start, end


def is_aside(doc: Doc, at: int, end: int) -> bool:
    """Whether the report goes on at a token after a comma: `…, hours after the vote`, `…, while the army spoke of an accident`."""
    if doc[at].lower_ == "while":
        return doc[at].dep_ == "mark" and doc[at].head.lemma_.lower() in lexicon().verbs
    return any(doc[i].lower_ in UNITS and doc[i + 1].lower_ in ("after", "before") for i in range(at, min(at + 3, end - 1)))


def _is_gloss(doc: Doc, at: int, end: int) -> bool:
    """Whether the report itself names at a token, after a comma and up to the end, what was just said: `…, a charge that Minsk rejects`, `…, a step it took in 2013`."""
    if doc[at].lower_ not in ("a", "an") or doc[at].dep_ != "det":
        return False
    noun = doc[at].head
    named = noun.lemma_.lower() in lexicon().nouns or noun.lemma_.lower() in lexicon().glosses
    return named and noun.i > at and any(c.dep_ == "relcl" and c.i > noun.i and c.right_edge.i + 1 >= end for c in noun.children)


def _without_joints(doc: Doc, piece: Bounds, document: Document) -> Bounds:
    """A piece without the conjunction that joins it to the sentence before or to what was cut off: `But prices fell, she said` → prices fell."""
    start, end = piece
    if doc[start].dep_ == "cc" and doc[start].is_sent_start and end - start > 1 and document.quote_at(doc[start]) is None:
        start += 1
    while end - start > 1 and doc[end - 1].dep_ == "cc" and document.quote_at(doc[end - 1]) is None:
        end -= 1
    return trimmed(doc, start, end) or piece


def phrase_cut(doc: Doc, piece: Bounds, document: Document) -> Bounds:
    """A noun phrase that tells what is said, cut as indirect speech is and before a remark at its end: `opposed the plan, which had failed twice` → the plan."""
    start, end = cut_at_participle(doc, piece, document)
    for i in range(start + 2, end):
        if doc[i - 1].text == "," and document.quote_at(doc[i]) is None and _is_remark(doc, i, end):
            return trimmed(doc, start, i - 1) or piece
    return start, end


def _is_remark(doc: Doc, at: int, end: int) -> bool:
    """Whether a relative clause closes a piece after a comma; the report adds it."""
    token = doc[at]
    if token.tag_ not in ("WDT", "WP", "WP$", "WRB"):
        return False
    clause = next((a for a in (token, *token.ancestors) if a.dep_ == "relcl" and a.head.i < at), None)
    return clause is not None and clause.right_edge.i + 1 >= end


def without_circumstance(doc: Doc, piece: Bounds) -> Bounds:
    """A piece without the medium or occasion at its end, which tells of the saying: `called for calm in a statement on Monday` → calm."""
    start, end = piece
    for i in range(end - 2, max(start, end - 9), -1):
        token = doc[i]
        if token.lower_ in ("in", "at", "on", "during") and token.dep_ == "prep" and i + 2 < end and doc[i + 1].lower_ in ("a", "an", "his", "her", "its", "their"):
            noun = next((c for c in token.children if c.dep_ == "pobj"), None)
            if noun is not None and noun.lemma_.lower() in UTTERANCES and i > start:
                return trimmed(doc, start, i) or piece
    return piece


def cut_at_participle(doc: Doc, piece: Bounds, document: Document) -> Bounds:
    """A piece of indirect speech up to where the report itself goes on.

    That is a participle of saying that belongs to the speaker (`said prices fell, adding that …` → prices fell), a semicolon, or the medium at its end.
    """
    start, end = piece = _without_joints(doc, piece, document)
    verbs = lexicon().verbs
    for i in range(start + 2, end):
        token = doc[i]
        if document.quote_at(token) is not None:
            continue
        if doc[i - 1].text == "," and (is_aside(doc, i, end) or _is_gloss(doc, i, end)):
            return trimmed(doc, start, i - 1) or piece
        if token.text == ";" or (token.tag_ == "VBG" and token.lemma_.lower() in verbs and doc[i - 1].text == ","):
            return trimmed(doc, start, i if token.text == ";" else i - 1) or piece
    return without_circumstance(doc, piece)


def snapped(document: Document, pieces: list[Bounds], cue: Token | None) -> list[Bounds]:
    """Pieces widened to the whole of the quotations that they touch, and joined where they meet."""
    if cue is not None and document.quote_at(cue) is not None:
        return [p for s, e in pieces if (p := trimmed(document.doc, s, e))]  # told inside a quotation: its marks are not this content's
    widened: list[Bounds] = []
    for start, end in pieces:
        for quote in touching(document, start, end):
            if cue is not None and quote.start <= cue.i < quote.end:
                continue
            start, end = min(start, quote.start), max(end, quote.end)
        if cue is not None and start <= cue.i < end:
            continue
        if widened and start <= widened[-1][1] + 2 and not (cue is not None and widened[-1][1] <= cue.i < start):
            widened[-1] = (widened[-1][0], max(end, widened[-1][1]))
        else:
            widened.append((start, end))
    return [p for s, e in widened if (p := trimmed(document.doc, s, e))]


def touching(document: Document, start: int, end: int) -> list[Quote]:
    """Quotations that share a token with `[start, end)`."""
    found: list[Quote] = []
    at = start
    while at < end:
        quote = document.quote_at(document.doc[at])
        if quote is None:
            at += 1
        else:
            found.append(quote)
            at = max(quote.end, at + 1)
    return found
