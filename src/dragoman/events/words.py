"""Nouns as the lexicon knows them."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.events.frames import classes, lexicon, light_verbs
from dragoman.language.grammar import children, with_conjuncts

HYPHENS = frozenset({"-", "‑"})


def word(token: Token) -> str:
    """The lemma by which the lexicon knows a noun; a hyphenated one in one piece: `cease-fire` → ceasefire."""
    lemma: str = token.lemma_.lower()
    if token.pos_ == "PROPN" and lemma.endswith("s") and not lemma.endswith("ss"):  # `Riga Expels Envoys`: capitals hide the plural
        lemma = lemma[:-1]
    at = token.i
    if at > 1:
        before = token.doc[at - 1]
        if before.text in HYPHENS and not before.whitespace_ and not token.doc[at - 2].whitespace_:
            return str(token.doc[at - 2].lower_ + lemma)
    return lemma


def verb_lemma(verb: Token) -> str:
    """The lemma by which the lexicon knows a verb; the tagger's lemmatiser cuts some too short: `staged` → stag, `waged` → wag, `dined` → din."""
    lemma: str = verb.lemma_.lower()
    if verb.tag_ in ("VBD", "VBN", "VBG") and lemma not in lexicon().verbs and lemma not in light_verbs():
        longer = lemma + "e"
        if longer in lexicon().verbs or longer in light_verbs():
            return longer
    return lemma


def core(token: Token) -> list[Token]:
    """The nouns that a phrase is about: `a series of talks and visits` → talks, visits; `troops` → troops."""
    found: list[Token] = []
    for part in with_conjuncts(token):
        inner = [n for c in part.children if c.dep_ == "prep" and c.lower_ == "of" for p in children(c, "pobj") for n in with_conjuncts(p)]
        found += inner if inner and word(part) in classes()["quantity"] else [part]
    return found
