"""To whom, in what, at what occasion, and in answer to what a statement is made."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.language.document import Document
from dragoman.language.grammar import children, phrase
from dragoman.statements.draft import Bounds, Draft
from dragoman.statements.lexicon import lexicon

IN = frozenset({"in", "on", "via", "through", "by", "over", "with"})
AT = frozenset({"at", "during", "in", "after", "before", "on", "from", "following"})
ANSWERS = frozenset({"reply", "respond", "answer", "react", "retort", "counter"})
ASKS = frozenset({"ask", "press", "question", "quiz", "query"})
TOWARDS = frozenset({"to", "with", "before"})


@dataclass(slots=True)
class Circumstances:
    """Token bounds of what goes with a statement; `answered` is the head of what it answers."""

    medium: Bounds | None = None
    occasion: Bounds | None = None
    addressees: list[Token] = field(default_factory=list)
    addressee: Bounds | None = None
    reply: Bounds | None = None
    answered: Token | None = None


def circumstances_of(document: Document, draft: Draft, cast: Cast) -> Circumstances:
    """What goes with a statement, read off the phrases of its cue."""
    found = Circumstances(addressees=[a for a in draft.addressees if not draft.covers(a.i)])
    if draft.cue is None or draft.rule == "saying:according-to":
        return found
    verb = _clause_head(draft.cue)
    for preposition in (c for t in {verb.i: verb, draft.cue.i: draft.cue}.values() for c in children(t, "prep", "dative")):
        if not any(draft.covers(c.i) for c in (preposition, *preposition.children)):
            _take(document, preposition, found, cast)
    _reply(draft, verb, found)
    if found.addressees:
        found.addressee = _together(found.addressees)
    return found


def _clause_head(cue: Token) -> Token:
    """The verb at which the phrases of a cue hang: of a noun of saying, the light verb's."""
    if cue.pos_ in ("NOUN", "ADJ") and cue.head.pos_ in ("VERB", "AUX") and cue.dep_ in ("dobj", "acomp"):
        return cue.head
    return cue


def _take(document: Document, preposition: Token, found: Circumstances, cast: Cast) -> None:
    words = lexicon()
    for noun in children(preposition, "pobj"):
        lemma = noun.lemma_.lower()
        end = phrase(noun)[1]
        while end - 1 > noun.i and noun.doc[end - 1].is_punct:
            end -= 1
        bounds = (preposition.i, end)
        if preposition.lower_ in IN and lemma in words.media and found.medium is None:
            found.medium = bounds
            found.addressees += _recipients(noun, cast)
        elif preposition.lower_ in AT and lemma in words.occasions and found.occasion is None:
            found.occasion = bounds
        elif preposition.lower_ == "to" and not found.addressees and (cast.of(noun) or lemma in words.audiences):
            found.addressees.append(noun)


def _recipients(noun: Token, cast: Cast) -> list[Token]:
    """`in a letter to the council`, `in an interview with the daily`: the council, the daily."""
    return [r for p in children(noun, "prep") if p.lower_ in TOWARDS for r in children(p, "pobj") if cast.of(r) or r.pos_ == "PROPN"]


def _reply(draft: Draft, verb: Token, found: Circumstances) -> None:
    for token in (verb, *(c for c in verb.children if c.dep_ in ("advcl", "prep", "dep"))):
        if token.lemma_.lower() in ANSWERS:
            for preposition in children(token, "prep"):
                if preposition.lower_ == "to" and not draft.covers(preposition.i):
                    _answers(found, next(iter(children(preposition, "pobj")), None))
        elif token.lemma_.lower() in ASKS and token.dep_ == "advcl" and token.tag_ in ("VBN", "VBD"):
            for child in token.children:
                if child.dep_ == "prep" and child.lower_ in ("about", "on"):
                    _answers(found, next(iter(children(child, "pobj", "pcomp")), None))
                elif child.dep_ == "ccomp" and child.i > token.i:
                    _answers(found, child, clause=True)
        elif token.lower_ == "in" and token.dep_ == "prep":
            for noun in children(token, "pobj"):
                if noun.lemma_.lower() in ("response", "reply", "answer", "reaction"):
                    for preposition in children(noun, "prep"):
                        _answers(found, next(iter(children(preposition, "pobj")), None))
    if found.reply is None and draft.act in ("deny", "refuse", "criticise") and draft.cue is not None:
        target = next((c for c in draft.cue.children if c.dep_ == "dobj" and c.i > draft.cue.i), None)
        if target is not None and any(f.kind == "speech" for f in lexicon().nouns.get(target.lemma_.lower(), ())):
            _answers(found, target)


def _answers(found: Circumstances, head: Token | None, *, clause: bool = False) -> None:
    if head is None or found.reply is not None:
        return
    found.reply = (head.left_edge.i, head.right_edge.i + 1) if clause else phrase(head)
    found.answered = head


def _together(heads: list[Token]) -> Bounds:
    """Bounds from the first phrase to the last, where they stand together; else of the first alone."""
    first, last = phrase(heads[0]), phrase(heads[-1])
    return (first[0], last[1]) if first[0] < last[1] and last[1] - first[0] < 40 else first
