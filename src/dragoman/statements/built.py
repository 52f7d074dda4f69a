"""What a construction of a verb of saying gives, and what all of them ask of clauses."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from dragoman.language.grammar import SUBJECTS, children, own_subjects, with_conjuncts
from dragoman.statements.content import trimmed
from dragoman.statements.draft import Bounds
from dragoman.statements.lexicon import lexicon
from dragoman.statements.speakers import is_passive_cue

CONDITIONAL = frozenset({"if", "unless", "until", "till", "once", "provided", "as", "before", "only"})
OBJECTIVE = frozenset({"me", "him", "her", "us", "them"})


@dataclass(slots=True)
class Built:
    """What a construction gives: pieces of content, and heads of those spoken to."""

    pieces: list[Bounds]
    addressees: list[Token] = field(default_factory=list)


def is_finite(verb: Token) -> bool:
    """Whether a clause has a subject and a finite verb, or is brought in by `that`, `whether` or a question word."""
    if verb.pos_ not in ("VERB", "AUX", "NOUN", "ADJ", "PROPN", "ADV", "PRON", "NUM", "X", "ADP", "INTJ"):
        return False
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        return False
    if verb.pos_ in ("VERB", "AUX"):
        if verb.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in verb.children):
            return True
        return verb.tag_ in ("VBN", "VB") and any(c.dep_ in SUBJECTS and c.lower_ not in OBJECTIVE for c in verb.children)
    return any(c.dep_ in ("mark", "cop", "aux") for c in verb.children)


def told(verb: Token) -> list[Token]:
    """Heads of those spoken to: `told reporters`, `said to the council`, the subject of `was told`."""
    if is_passive_cue(verb):
        return own_subjects(verb) if verb.lemma_.lower() in lexicon().telling else []
    found = [t for c in children(verb, "dative") if c.pos_ != "ADP" for t in with_conjuncts(c)]
    if verb.lemma_.lower() in lexicon().telling:
        found += [t for c in children(verb, "dobj") for t in with_conjuncts(c)]
    return found


def with_condition(verb: Token, pieces: list[Bounds]) -> list[Bounds]:
    """Pieces with the condition that hangs on the cue and follows at once: `offered a pardon if he went home`, `ruled out talks until May`."""
    if not pieces:
        return pieces
    start, end = pieces[-1]
    for child in verb.children:
        if end <= child.left_edge.i <= end + 1 and (child.dep_ in ("advcl", "prep") or child.lower_ == "long") and any(t.lower_ in CONDITIONAL for t in (child, *child.children)):
            end = child.right_edge.i + 1
    return [*pieces[:-1], trimmed(verb.doc, start, end) or (start, end)]
