"""Nouns of action: beside a light verb (`held talks`), under a verb that speaks of the act (`threatened sanctions`), or with sides of their own (`Riga's expulsion of two envoys`)."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.events.drafts import Draft
from dragoman.events.frames import Frame, LightVerb, classes, lexicon, light_verbs
from dragoman.events.roles import Roles, doers
from dragoman.events.verbs import LONE, mutual
from dragoman.events.words import verb_lemma, word
from dragoman.language.grammar import agents, clause_verb, first_conjunct, is_passive, prepositional

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
ALONE, LENT = 0.5, 0.6  # share of a frame's confidence for a noun with sides of its own, and beside another verb
REACH = 5  # words between a light verb and its noun that one trigger may span


def noun_draft(noun: Token, cast: Cast) -> Draft | None:
    """The act that a noun names, None where the lexicon does not know it or nothing ties it to anybody."""
    if noun.dep_ in ("compound", "amod", "nmod"):
        return None
    name = word(noun)
    frame = _frame(name, noun) if name in lexicon().nouns else None
    frame = frame or (_compounded(noun) if name in classes()["effort"] else None)
    if frame is None:
        return None
    verb, light = governor(noun)
    own = Roles(noun, cast)
    if verb is not None and light is not None:
        return _lent(frame, noun, verb, light, cast)
    sources = own.sources(frame.sources)
    targets = own.targets(frame.targets, sources)
    if frame.mutual:
        sources, targets = mutual(sources, targets)
    if frame.mutual and len(sources) < 2 and (arising := _arising(noun)) is not None:
        lent = Roles(arising, cast, noun)
        sources, targets = mutual(sources, lent.targets(frame.targets, sources))
    if sources and not targets and noun.dep_ == "pobj" and noun.head.lower_ == "at" and noun.head.head.pos_ == "VERB":
        targets = _asked(noun.head.head, cast, sources)
    if not (sources and targets):
        if frame.type != "CONSULT" or not frame.mutual or not _is_told(noun):
            return None
        sources, targets = _with_subject(noun, sources or targets, cast)
        if not (sources and targets) and word(noun) not in classes()["negotiating"]:
            return None
    return Draft(noun, noun.i, noun.i + 1, frame, sources, targets, frame.rule + ":noun", round(frame.confidence * ALONE, 2))


def _arising(noun: Token) -> Token | None:
    """The verb that says of a noun of action that it comes about; its phrases may name the sides: `clashes erupted between Oslo and Riga`."""
    verb = noun.head
    return verb if noun.dep_ == "nsubj" and verb.pos_ == "VERB" and verb.lemma_ in classes()["arising"] else None


def _is_told(noun: Token) -> bool:
    """Whether a noun of action tells the act and does not only mention it: not `the talks`, `its visit`."""
    return not any((c.dep_ == "det" and c.lower_ in DEFINITE) or c.dep_ == "poss" for c in noun.children)


def _with_subject(noun: Token, named: tuple[str, ...], cast: Cast) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both sides of a meeting of which the noun names one: the other is the subject of its clause (`left for Oslo after talks with the Danes`)."""
    verb = clause_verb(noun)
    who = tuple(dict.fromkeys(i for t in doers(verb) for i in (cast.at(t) or cast.owners(t)))) if verb is not None else ()
    return mutual(tuple(i for i in who if cast.code(i) not in cast.codes(named)), named)


def _asked(verb: Token, cast: Cast, sources: tuple[str, ...]) -> tuple[str, ...]:
    """Who does something at somebody's request: `left at the request of Oslo`."""
    doing = agents(verb) if is_passive(verb) else doers(verb)
    return tuple(dict.fromkeys(i for t in doing for i in (cast.at(t) or cast.owners(t)) if cast.code(i) not in cast.codes(sources)))


def _compounded(noun: Token) -> Frame | None:
    """Frame that a noun which only carries another has from that other: `mediation efforts`, `a bombing campaign`."""
    return next((frame for c in noun.children if c.dep_ == "compound" and (frame := _frame(c.lemma_.lower(), c))), None)


def _frame(lemma: str, noun: Token) -> Frame | None:
    """The first frame of a noun whose modifiers and complements it has."""
    for frame in lexicon().nouns.get(lemma, ()):
        if frame.modifiers and not any(c.lower_ in frame.modifiers for c in noun.children):
            continue
        if frame.objects and not any(word(t) in frame.objects for _, t in prepositional(noun)):
            continue
        return frame
    return None


def _carries(noun: Token) -> bool:
    """Whether a noun only measures or carries the one after `of`: `a series of talks`, `a campaign of bombing`; not `prisoners of war`."""
    return word(noun) in classes()["quantity"] | classes()["effort"] | classes()["carrying"]


def governor(noun: Token) -> tuple[Token | None, LightVerb | None]:
    """The light verb over a noun and its use; (None, None) where it has none."""
    top = first_conjunct(noun)
    head = top.head
    if head.dep_ == "pobj" and top.dep_ == "pobj":
        return None, None
    if top.dep_ == "pobj" and head.lower_ == "of" and head.head.pos_ == "NOUN" and head.head.dep_ in ("dobj", "nsubjpass", "pobj") and _carries(head.head):
        top = first_conjunct(head.head)  # held a series of talks
        head = top.head
    preposition = None
    if top.dep_ == "pobj":
        preposition, head = head.lower_, head.head
    elif top.dep_ not in ("dobj", "nsubjpass") and not (top.dep_ == "nsubj" and head.tag_ == "VBN"):
        return None, None
    if head.pos_ not in ("VERB", "AUX"):
        return None, None
    particles = {c.lower_ for c in head.children if c.dep_ == "prt"}
    for use in light_verbs().get(verb_lemma(head), ()):
        if use.preposition == preposition and ((use.particle in particles) if use.particle else not particles):
            return head, use
    return None, None


def _lent(frame: Frame, noun: Token, verb: Token, light: LightVerb, cast: Cast) -> Draft | None:
    """An act with sides from the verb over the noun and from the noun's own phrase."""
    if verb.lemma_ == "have" and frame.type == "AGREE":
        return None  # to have a treaty is a state
    own, lent = Roles(noun, cast), Roles(verb, cast, noun)
    holders = agents(verb) if is_passive(verb) else doers(verb)
    ids = tuple(dict.fromkeys(i for t in holders for i in (cast.at(t) or cast.owners(t))))
    if light.how == "undergoes":
        targets, sources = ids, own.sources(("by", "from", "owner"))
    else:
        sources = (own.sources(frame.sources) or ids) if light.how == "tells" else (ids or own.sources(frame.sources))
        targets = own.targets(frame.targets, sources) or lent.targets(frame.targets, sources)
    if frame.mutual:
        sources, targets = mutual((*ids, *sources) if light.how == "tells" else sources, targets)
    if not sources and not targets:
        return None
    if light.how == "tells" and not (sources and targets):
        return None
    both = bool(sources and targets)
    start, end = _span(verb, noun) if light.how == "does" else (noun.i, noun.i + 1)
    judged = verb if light.how == "does" else noun
    return Draft(judged, start, end, frame, sources, targets, f"{frame.rule}:{light.how}", round(frame.confidence * (1 if both else LONE) * LENT, 2))


def _span(verb: Token, noun: Token) -> tuple[int, int]:
    """Trigger from the light verb to its noun where they stand close, else the verb alone."""
    return (verb.i, noun.i + 1) if verb.i < noun.i <= verb.i + REACH else (noun.i, noun.i + 1) if noun.i < verb.i else (verb.i, verb.i + 1)


def nominal_drafts(nouns: Iterator[Token], cast: Cast, used: set[int]) -> Iterator[Draft]:
    """Acts of the nouns that no verb's frame has used up."""
    for noun in nouns:
        if noun.i not in used:
            draft = noun_draft(noun, cast)
            if draft is not None:
                yield draft
