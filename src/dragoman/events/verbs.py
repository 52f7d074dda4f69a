"""Verbal predicates: which frame a verb fills, by its particle, prepositions and objects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.events.drafts import Draft
from dragoman.events.frames import ACTOR, BODY, CLAUSE, INFINITIVE, NEGATIVE, NOBODY, PARTY, POSITIVE, WANTING, Frame, classes, lexicon
from dragoman.events.judges import judges
from dragoman.events.roles import Roles, doers, is_reciprocal, satellites, standing_for, victims
from dragoman.events.tellers import is_announced
from dragoman.events.words import core, verb_lemma, word
from dragoman.language.grammar import agents, children, first_conjunct, is_passive, negation, own_subjects, prepositional

PARTICIPLE_BEFORE_NOUN = ("amod", "compound")  # `the accused man`, `imposed tariffs`: told of the noun, not told as an act
REACH = 6  # words from a verb to a noun of its act that one trigger may span
HALTED = "164"  # talks called off: they do not take place
NEUTER = ("it", "this", "that", "them")  # pulled out of it: as good as nothing said
OUGHT = frozenset({"must", "should", "ought", "shall"})
TAKING_UP = frozenset({"it", "them", "these", "those"})
FAR = 45  # tokens from a pronoun back to what it takes up
CALLED = 20  # words of what something is called that are looked at
APART = ("REQUEST", "REJECT", "THREATEN", "AGREE")  # what is asked for, refused, threatened or promised is an act of its own
JUDGING = ("ACCUSE", "REJECT")
HARD = frozenset({"COERCE", "SANCTION", "MOBILIZE", "THREATEN"})  # acts that may leave one side to the context though a frame wants both
LONE = 0.75  # share of a frame's confidence that is left where one side is open


def verb_drafts(verb: Token, cast: Cast) -> Iterator[tuple[Draft, frozenset[int]]]:
    """The act of a verb, if the lexicon knows it, with the nouns that its frame has used up."""
    frames = lexicon().verbs.get(verb_lemma(verb))
    if not frames or _is_idle(verb):
        return
    roles = Roles(verb, cast)
    nameless: Draft | None = None
    for frame in frames:
        used = fills(frame, verb, roles)
        if used is None:
            continue
        places = roles if not (frame.preposition and used) else replace(roles, filled=tuple(verb.doc[i] for i in sorted(used)))
        draft = drafted(frame, places, verb, (), frame.rule)
        if draft is None:
            continue
        used = _same_act(frame, used, verb)
        draft = _with_object(draft, used, verb)
        if draft.sources or draft.targets:
            yield draft, used
            return
        nameless = nameless or draft
    if nameless is not None:
        yield nameless, frozenset()  # `signed the accord`: the noun may name the sides


def _same_act(frame: Frame, used: frozenset[int], verb: Token) -> frozenset[int]:
    """The nouns that name the very act of the verb (`imposed sanctions`); what is refused, asked for, threatened or called off is an act of its own."""
    if not (frame.type in APART and (frame.speech or frame.type == "REJECT")) and not frame.cameo.startswith(HALTED):
        return used
    return frozenset(i for i in used if any(f.type == frame.type for f in lexicon().nouns.get(word(verb.doc[i]), ())))


def _with_object(draft: Draft, used: frozenset[int], verb: Token) -> Draft:
    """The draft with its noun in the trigger, where that stands close behind the verb: `delivered a stern warning`."""
    near = [i for i in used if draft.end <= i < verb.i + REACH]
    return replace(draft, end=max(near) + 1) if near else draft


def adjective_drafts(token: Token, cast: Cast) -> Iterator[Draft]:
    """The act of an adjective beside a copula: `Oslo is ready to sign`, `Lima was critical of the ruling`."""
    if token.dep_ not in ("acomp", "oprd", "ROOT", "ccomp", "conj", "advcl"):
        return
    roles = Roles(token, cast, adjective=True)
    for frame in lexicon().adjectives.get(token.lower_, ()):
        if fills(frame, token, roles) is None:
            continue
        draft = drafted(frame, roles, token, (), frame.rule + ":adjective")
        if draft is not None:
            yield replace(draft, token=token.head if token.dep_ in ("acomp", "oprd") else token)
            return


def _is_idle(verb: Token) -> bool:
    """Whether a verb of refusing or asking does nothing here: `did not rule it out`, `declined to comment`, `asked about it, she said …`."""
    lemma = verb.lemma_
    if lemma == "rule":
        return negation(verb) is not None
    if lemma in ("decline", "refuse"):
        inner = [c.lemma_ for c in verb.children if c.dep_ == "xcomp"]
        return negation(verb) is not None or any(i in classes()["silence"] for i in inner)
    return lemma == "ask" and verb.tag_ == "VBN" and verb.dep_ in ("advcl", "csubj", "dep")


def fills(frame: Frame, verb: Token, roles: Roles) -> frozenset[int] | None:
    """Whether a verb meets a frame's conditions: the nouns that met them, None where it does not."""
    particles, loose = roles.particles
    if frame.particle is None:
        if particles:
            return None
    elif frame.particle not in particles and frame.particle not in loose:
        return None
    objects = roles.objects
    if frame.preposition:
        objects = [n for place in (verb, *satellites(verb)) for _, t in prepositional(place, frame.preposition) for n in core(t)]
        if not objects and not (CLAUSE in frame.wants and any(c.lower_ == frame.preposition for c in verb.children)):
            return None
    elif not objects and frame.objects and verb.lemma_ not in ("deny", "refuse"):  # stopped shelling, but not `denied sheltering`
        objects = [c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VBG" and c.lemma_ in frame.objects]
    if frame.particle and not frame.preposition and not objects and (frame.objects or BODY in frame.wants):  # pulled out of the accord, walked out of talks
        objects = [n for place in (verb, *satellites(verb)) for _, t in prepositional(place, "of", "from", "on", "with", "to") for n in core(t)]
    if frame.unless and any(c.dep_ in frame.unless for c in verb.children):
        return None
    if frame.bare and roles.objects:
        return None
    if frame.subjects and not any(word(t) in frame.subjects for d in doers(verb) for t in core(d)):
        return None
    if frame.inner:
        below = [c for t in (verb, *objects) for c in t.children if c.dep_ in ("xcomp", "ccomp", "acl", "relcl") and c.lemma_ in frame.inner]
        if not below:
            return None
        objects = [*objects, *(t for c in below for t in own_subjects(c))]
    if frame.modifiers and not any(c.lower_ in frame.modifiers for t in objects for c in t.children):
        return None
    if not frame.objects and not frame.wants:
        return frozenset()
    used = frozenset(t.i for t in objects if word(t) in frame.objects or (t.pos_ == "PROPN" and _has_title(t, frame)))
    if used:
        return used
    if objects and all(t.lower_ in TAKING_UP and not roles.cast.at(t) for t in objects) and frame.objects and _was_named(objects[0], frame):
        return frozenset()
    if ACTOR in frame.wants and any(standing_for(t, roles.cast, deep=False) for t in objects):
        return frozenset()
    if PARTY in frame.wants and any(roles.cast.at(t) for t in objects):
        return frozenset()
    if BODY in frame.wants and any(roles.cast.actors[i].kind == "igo" for t in objects for i in roles.cast.at(t)):
        return frozenset()
    if NEGATIVE in frame.wants and _is_called(verb, "unfavourable"):
        return frozenset()
    if POSITIVE in frame.wants and _is_called(verb, "favourable"):
        return frozenset()
    if NOBODY in frame.wants and all(t.lower_ in NEUTER for t in objects):
        return frozenset()
    if INFINITIVE in frame.wants and any(c.dep_ in ("xcomp", "ccomp", "advcl") and any(a.lower_ == "to" and a.dep_ == "aux" for a in c.children) for c in verb.children):
        return frozenset()
    if WANTING in frame.wants and any(_is_wanted(c) for c in verb.children if c.dep_ == "ccomp"):
        return frozenset()
    if CLAUSE in frame.wants and any(c.dep_ in ("ccomp", "xcomp") for c in verb.children):
        return frozenset()
    return None


def _is_wanted(clause: Token) -> bool:
    """Whether a clause tells what ought to be, not what is: `that Riga leave`, `that Riga must leave`, `that talks can only begin once …`."""
    first = min((c for c in clause.children if c.dep_ in ("aux", "auxpass")), key=lambda c: c.i, default=clause)
    if first.lower_ in OUGHT or (first.tag_ == "VB" and first.lower_ not in ("do", "have")):
        return True
    return first.tag_ == "MD" and any(t.lower_ == "only" for t in clause.subtree)


def _has_title(name: Token, frame: Frame) -> bool:
    """Whether the title before a name is what a frame wants: `expelled Ambassador Kari Lund`."""
    return any(c.dep_ in ("compound", "nmod", "amod") and c.i < name.i and word(c) in frame.objects for c in name.children)


def _was_named(pronoun: Token, frame: Frame) -> bool:
    """Whether a pronoun may take up something that the frame is about, named in its sentence or the one before: `lifted the tariffs and threatened to restore them`."""
    begin = pronoun.sent.start
    begin = pronoun.doc[begin - 1].sent.start if begin else 0
    plural = pronoun.lower_ != "it"
    return any(t.pos_ == "NOUN" and (t.tag_ == "NNS") == plural and word(t) in frame.objects for t in pronoun.doc[max(begin, pronoun.i - FAR) : pronoun.i])


def _is_called(verb: Token, how: str) -> bool:
    """Whether what a verb calls its object is of a class of words: `called the raid illegal`, `described it as a provocation`."""
    said = [c for c in verb.children if c.i > verb.i and (c.dep_ in ("oprd", "ccomp", "xcomp", "acomp", "dobj") or c.lower_ == "as")]
    words = (t for c in said for t in verb.doc[c.left_edge.i : min(c.right_edge.i + 1, c.left_edge.i + CALLED)])
    return any(t.lemma_.lower() in classes()[how] for t in words)


def drafted(frame: Frame, roles: Roles, verb: Token, given: tuple[str, ...], rule: str) -> Draft | None:
    """The act with its sides; None where the frame needs both and one is open, or where nobody is named at all."""
    cast = roles.cast
    sources = roles.sources(frame.sources) or given
    targets = roles.targets(frame.targets, sources)
    if (frame.speech or frame.type == "CONSULT") and targets and all(is_press(cast.name(i)) for i in targets):
        return None
    if frame.type in JUDGING and targets and not frame.mutual and verb.pos_ == "VERB" and set(targets) <= set(victims(verb, cast)):
        targets = ()
    if frame.type == "ACCUSE" and targets and verb.pos_ == "VERB" and set(targets) <= set(_venues(verb, roles)):
        targets = ()
    if frame.type == "THREATEN" and targets and set(targets) <= set(judges(children(verb, "ccomp", "xcomp"), cast)):
        targets = ()
    if len(sources) > 1 and is_reciprocal(verb):
        targets = sources
    if frame.mutual:
        sources, targets = mutual(sources, targets)
    if not sources and not targets and not frame.mutual and not is_announced(verb):
        return None
    if not sources and targets and _does_it_with_its_own(frame, verb, roles):
        sources, targets = targets, ()
    if frame.weak and not (sources and targets):
        alone = frame.type in HARD or (verb.pos_ == "VERB" and is_asked_for(verb))
        if not alone or not any(cast.actors[i].acts_for for i in sources):
            return None
    both = bool(sources and targets)
    start, end = trigger(verb, frame.particle)
    return Draft(verb, start, end, frame, sources, targets, rule, round(frame.confidence * (1 if both else LONE), 2), settled=frame.settled)


def _venues(verb: Token, roles: Roles) -> tuple[str, ...]:
    """Bodies and courts before which a complaint is brought, which it does not accuse: `lodged a complaint with the WTO`."""
    if not any(word(t) in classes()["pleading"] for t in roles.objects):
        return ()
    places = (verb, *roles.objects)
    bodies = (i for p in places for _, t in prepositional(p, "with", "at", "to", "before", "in") for i in roles.cast.at(t))
    return tuple(i for i in bodies if roles.cast.actors[i].kind in ("igo", "organization") and roles.cast.actors[i].country is None)


def _does_it_with_its_own(frame: Frame, verb: Token, roles: Roles) -> bool:
    """Whether a passive without an agent tells what somebody does with his own: `Danish jets were scrambled`, `its ambassador was recalled`."""
    if verb.pos_ != "VERB" or not is_passive(verb) or agents(verb):
        return False
    return frame.type == "MOBILIZE" or (verb.lemma_ in ("recall", "order") and any(word(t) in classes()["envoy"] for t in roles.objects))


def is_asked_for(verb: Token) -> bool:
    """Whether an act is only offered, asked for, promised or threatened by the verb over it: such a verb's own sides are the likeliest ones."""
    first = first_conjunct(verb)
    return first.dep_ in ("xcomp", "ccomp") and first.tag_ in ("VB", "VBG") and first.head.lemma_.lower() in classes()["proposing"]


def is_press(name: str) -> bool:
    """Whether somebody is told something only to pass it on: `told reporters`."""
    return any(w.rstrip("s") in classes()["press"] for w in name.lower().split())


def mutual(sources: tuple[str, ...], targets: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both sides do it to each other: everybody stands on either side; one alone stays alone."""
    everybody = tuple(dict.fromkeys((*sources, *targets)))
    return (everybody, everybody) if len(everybody) > 1 else (everybody, ())


def trigger(verb: Token, particle: str | None) -> tuple[int, int]:
    """Token bounds of a verb with its particle, where that follows at once."""
    end = verb.i + 1
    if particle and end < len(verb.doc) and verb.nbor().lower_ == particle:
        end += 1
    return verb.i, end
