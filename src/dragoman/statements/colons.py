"""What stands after a colon: `Lima: no talks before March` in headlines; `The minister was blunt: Lima would not pay` in the story."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.language.document import Document
from dragoman.language.grammar import SUBJECTS, children
from dragoman.language.quotes import MARKS
from dragoman.records.statement import Act
from dragoman.statements.content import FINITE, snapped, trimmed
from dragoman.statements.draft import Draft
from dragoman.statements.lexicon import lexicon
from dragoman.statements.quotations import named_stretch
from dragoman.statements.speakers import speaker_bounds, speaker_of

BEING = frozenset({"be", "have", "read"})
LONGEST_LEFT = 25  # tokens before the colon


def colon_statements(document: Document) -> Iterator[Draft]:
    """Drafts of all that is brought in by a colon without a verb of saying, in token order."""
    for index, start in enumerate(document.paragraph_starts):
        doc = document.doc
        part = document.part(doc[start])
        tokens = document.paragraph_tokens(index)
        if doc[start].text in MARKS:
            start += 1  # interviews printed in quotation marks: `“SOUSA: We are ready.”`
        colon = next((t.i for t in tokens[:8] if t.text == ":"), None)
        if colon is None or colon <= start or colon + 1 >= tokens.end or (part != "headline" and index != 0 and not doc[start].text.isupper()):
            yield from _announced(document, index)
            continue
        head = named_stretch(doc, start, colon)
        if head is None or not head.text[0].isupper() or head.lower_ in lexicon().labels:  # a name, whatever the tagger makes of one that stands alone
            yield from _announced(document, index)
            continue
        if any(doc[i].pos_ == "ADP" and doc[i].lower_ not in ("of", "on") for i in range(start, colon)):
            continue  # `Grain for fuel: Dhaka and Moscow near a swap`: a matter, nobody
        if content := trimmed(doc, colon + 1, tokens.end):
            yield Draft("speech", "assert", "headline:colon" if part == "headline" else "saying:colon", 0.8, [content], doc[colon], (colon, colon + 1), head, (start, colon))


def _announced(document: Document, index: int) -> Iterator[Draft]:
    """`The minister was blunt: …`, `Kigali's answer was short: …`, `The envoy left no doubt: …`: a clause that says how somebody speaks, and then what."""
    for colon in document.paragraph_tokens(index):
        if colon.text != ":" or colon.i == 0 or document.quote_at(colon) is not None:
            continue
        first = colon.i - 1
        while first > document.paragraph_starts[index] and colon.i - first < LONGEST_LEFT and document.doc[first - 1].text not in (".", "?", "!", ";"):
            first -= 1
        verbs = [t for t in document.doc[first : colon.i] if t.tag_ in FINITE and t.dep_ not in ("relcl", "advcl", "aux", "auxpass")]
        if len(verbs) != 1 or (said := _voice(verbs[0], colon)) is None:
            continue
        speaker, cue_end, act, is_answer = said
        last = document.doc[colon.i + 1].sent.end if colon.i + 1 < len(document.doc) else colon.i
        piece = trimmed(document.doc, colon.i + 1, min(last, document.paragraph_tokens(index).end))
        whole = document.doc[colon.i + 1 : piece[1]] if piece else ()
        if piece is None or (not is_answer and not any(t.tag_ in FINITE or t.tag_ == "MD" or t.text in MARKS or t.lower_ in ("no", "yes", "not") for t in whole)):
            continue
        verb = verbs[0]
        yield Draft("speech", act, "saying:colon", 0.75, snapped(document, [piece], None), verb, (verb.i, cue_end), speaker, speaker_bounds(speaker, verb))


def _voice(verb: Token, colon: Token) -> tuple[Token, int, Act, bool] | None:
    """Who speaks by a clause before a colon, where its cue ends, what is done by it, and whether a noun names what follows; None where it tells of no speaking.

    What follows the colon at once in quotation marks is said by the subject, whatever he does: `The minister shook his head: “Never.”`
    """
    words = lexicon()
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i), None) or speaker_of(verb)
    if subject is None:
        return None
    right = [c for c in verb.children if verb.i < c.i < colon.i]
    if verb.lemma_ in ("be", "remain", "sound") and (plain := next((c for c in right if c.dep_ in ("acomp", "attr") and c.lower_ in words.plain_spoken), None)) is not None:
        owner = _owner(subject) if subject.lemma_.lower() in words.answers else subject
        return (owner, plain.i + 1, "assert", subject.lemma_.lower() in words.answers) if owner is not None else None
    if verb.lemma_ in ("be", "come") and subject.lemma_.lower() in words.answers:
        return (owner, verb.i + 1, _act_of(subject), True) if (owner := _owner(subject)) is not None else None
    for noun in (c for c in right if c.dep_ in ("dobj", "attr")):
        told = f"{verb.lemma_} {noun.lemma_.lower()}" in words.outspoken or (noun.lemma_.lower() in words.answers | words.offers and verb.lemma_ in words.light)
        if told:
            return subject, noun.i + 1, _act_of(noun), True
    if colon.i + 1 < len(colon.doc) and colon.nbor().text in MARKS and verb.lemma_ not in BEING:
        return subject, verb.i + 1, "assert", True
    return None


def _act_of(noun: Token) -> Act:
    """What is done by what a noun names: `offered a compromise`, `had one demand`."""
    return next((f.act for f in lexicon().nouns.get(noun.lemma_.lower(), ()) if f.kind == "speech"), "offer" if noun.lemma_ in lexicon().offers else "assert")


def _owner(noun: Token) -> Token | None:
    """Whose an answer is: `Kigali's answer`, `the message from Kigali`."""
    of = [n for p in children(noun, "prep") if p.lower_ in ("from", "of", "in") for n in children(p, "pobj")]
    return next(iter([*children(noun, "poss"), *of]), None)
