"""Whether a clause looks back or ahead: its tense decides which Friday is meant."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.times.words import words


def direction(token: Token) -> int:
    """Where the clause around a token lies against the report's day: 1 ahead, -1 before it or not told.

    `met on Friday` → -1; `will meet on Friday`, `is to meet on Friday`, `agreed to meet on Friday` → 1.
    """
    lexicon = words()
    verb = _governor(token)
    if verb is None:
        return -1
    if verb.pos_ not in ("VERB", "AUX"):
        return 1
    seen = 0
    while seen < 4:
        seen += 1
        marks = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
        if marks & lexicon.future_auxiliaries:
            return -1 if "have" in marks else 1
        tags = {c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
        if "TO" in tags:
            return _infinitive(verb)
        if verb.tag_ == "VBG" and tags & {"VBZ", "VBP"} and not marks & {"has", "have", "had", "been"}:
            return 1  # are meeting on Friday
        if verb.tag_ == "VBN" and tags & {"VBZ", "VBP"} and verb.lemma_ in lexicon.future_verbs and not marks & {"has", "have", "had"}:
            return 1  # is expected on Friday
        if verb.tag_ == "VBD" or tags & {"VBD", "VBN"} or marks & {"has", "have", "had"}:
            return -1
        if verb.tag_ in ("VBZ", "VBP"):
            return 1
        if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
            verb = verb.head
            continue
        return -1
    return -1


def _infinitive(verb: Token) -> int:
    """A to-infinitive looks ahead, unless what governs it tells of something done: `managed to land on Friday`."""
    head, lexicon = verb.head, words()
    past = head.tag_ == "VBD" or any(c.tag_ == "VBD" for c in (*head.children, head.head))
    if verb.dep_ == "xcomp" and past and head.lemma_ not in lexicon.future_verbs and head.lower_ not in lexicon.future_adjectives:
        return -1
    if verb.dep_ == "advcl" and head.tag_ == "VBD":
        return -1  # met on Friday to discuss it
    return 1


def _governor(token: Token) -> Token | None:
    """What decides: the verb of the clause, or an adjective or noun on the way that looks ahead (`due on Friday`, `their next meeting on Friday`)."""
    lexicon = words()
    before = token.head.nbor(-1) if token.dep_ == "pobj" and token.head.i else token
    if before.pos_ == "NOUN" and (ahead := _looks_ahead(before)) is not None:
        return ahead  # whatever the parser makes of `their next meeting on Friday`
    while token.pos_ not in ("VERB", "AUX"):
        if token.lower_ in lexicon.future_adjectives and token.pos_ in ("ADJ", "ADV"):
            return token
        if token.pos_ == "NOUN" and (ahead := _looks_ahead(token)) is not None:
            return ahead
        if token.head.i == token.i:
            return None
        token = token.head
    return token


def _looks_ahead(noun: Token) -> Token | None:
    modifiers = words().future_modifiers
    return next((c for c in noun.children if c.dep_ in ("amod", "det") and c.lower_ in modifiers), None)
