"""The frame that a word most likely fills, by syntax alone: a feature for the model, so that rare verbs learn from common ones of the same meaning."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.events.frames import Frame, lexicon

NOMINAL = ("NOUN", "PROPN")
OBJECTS = ("dobj", "dative", "obj")


def frame_of(token: Token) -> Frame | None:
    """The choosiest frame whose particle, preposition and object words a verb has, or that of a noun of action; None where the lexicon has none."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        return next((f for f in lexicon().verbs.get(lemma, ()) if _fits(f, token)), None)
    if token.pos_ in NOMINAL:
        return next(iter(lexicon().nouns.get(lemma.replace("-", ""), ())), None)
    return None


def _fits(frame: Frame, verb: Token) -> bool:
    nouns: list[Token] = []
    particle = preposition = False
    clause = False
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    for child in verb.children:
        dep = child.dep_
        if dep == "prt" or (dep in ("advmod", "prep") and child.lower_ == frame.particle):
            particle = particle or child.lower_ == frame.particle
        if dep in ("prep", "agent", "dative") and child.lower_ == frame.preposition:
            preposition = True
            nouns += [c for c in child.children if c.dep_ == "pobj"]
        elif dep in OBJECTS or (passive and dep == "nsubjpass"):
            nouns.append(child)
        elif dep in ("ccomp", "xcomp"):
            clause = True
    if (frame.particle and not particle) or (frame.preposition and not preposition):
        return False
    if frame.inner and not any(c.lemma_ in frame.inner for c in verb.children if c.dep_ in ("xcomp", "ccomp")):
        return False
    if not frame.objects and not frame.wants:
        return True
    if any(n.lemma_.lower().replace("-", "") in frame.objects for n in nouns):
        return True
    wants = frame.wants
    if "actor" in wants and any(n.ent_type_ or n.pos_ in ("PROPN", "PRON") for n in nouns):
        return True
    return ("none" in wants and not nouns) or (bool({"clause", "infinitive"} & wants) and clause)
