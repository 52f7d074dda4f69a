"""Conditions without a subordinate clause: `in return for`, `no deal without`, `hinges on`; turned auxiliaries (`should Kyiv fall`)."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dragoman.conditions.clauses import ASKING, listed, phrase_of, trim
from dragoman.conditions.connectives import Connective, Cue, words
from dragoman.conditions.frames import cut_attribution, inner_noun, spoken, subordinate
from dragoman.conditions.sides import VERBAL, Draft, Side, settle, side
from dragoman.language.grammar import ancestors, children, clause_verb, first_conjunct, negation


def phrase_sides(doc: Doc, cue: Cue) -> Draft | None:
    """What a preposition governs, and what its phrase hangs on."""
    thing = inner_noun(doc, cue)
    if thing is None:
        return None
    sent = thing.sent
    top = doc[cue.start]
    while cue.start <= top.head.i < cue.end and top.head.i != top.i:
        top = top.head
    governor = top.head
    if governor.i == top.i:
        return None
    fronted = governor.i > thing.i
    start, end = phrase_of(thing, cue.end, sent.end) if thing.pos_ not in VERBAL else _gerund(thing, cue.end, sent.end)
    end = cut_attribution(doc, start, end, thing)
    after = Side(start, end, thing)
    low, high = (end, sent.end) if fronted else (sent.start, cue.start)
    if end <= start:
        return None
    if not fronted:
        end = _with_phrases(doc, end, cue.start, sent.end)
        after = Side(start, end, thing)
    if cue.connective.kind == "in_return" or doc[cue.start].lower_ == "as":
        return _in_return(cue, governor, top, after, low, high)
    main = governor if governor.pos_ in VERBAL else clause_verb(governor)
    if main is None:
        if cue.connective.kind == "unless" and negation(governor) is not None:
            return Draft("unless", (cue.start, cue.end), Side(*phrase_of(governor, low, high, without=[top]), governor), after, governor, None, "phrase:without")
        return None
    main = spoken(main, thing)
    if doc[cue.start].lower_ in ("without", "absent") and negation(main) is None:  # `will not waive them to keep the pact without …`: the negation stands higher
        main = next((v for v in ancestors(main) if v.pos_ in VERBAL and negation(v) is not None), main)
    head, commitment = settle(main)
    consequent = side(head, low, high, without=[top], with_subject=commitment is None)
    if consequent is None or (
        doc[cue.start].lower_ in ("without", "absent")
        and not (negation(main) or negation(governor) or _opens_negated(doc, consequent) or (commitment is not None and listed(commitment, "refusing")))
    ):
        return None
    return Draft(cue.connective.kind, (cue.start, cue.end), consequent, after, main, commitment, f"phrase:{doc[cue.start].lower_}")


def _opens_negated(doc: Doc, part: Side) -> bool:
    """`Not one family goes back`, `No aid flows`."""
    return doc[part.start].lower_ in ("no", "not", "none", "nothing", "nobody", "neither")


def _with_phrases(doc: Doc, end: int, before: int, high: int) -> int:
    """The end of a noun phrase with the prepositional phrases after it that the parser hung on something earlier: `for word | from Tripoli`."""
    while end < high and doc[end].dep_ == "prep" and doc[end].lower_ in ("from", "of", "by", "on", "to", "with", "for") and doc[end].head.i < before:
        end = doc[end].right_edge.i + 1
    return end


def _gerund(verb: Token, low: int, high: int) -> tuple[int, int]:
    found = side(verb, low, high)
    return (found.start, found.end) if found else (verb.i, verb.i + 1)


def _in_return(cue: Cue, governor: Token, top: Token, after: Side, low: int, high: int) -> Draft | None:
    """`give A in return for B`: A depends on B; `demands B in return for A`: the other way round."""
    at = (cue.start, cue.end)
    verb = governor if governor.pos_ in VERBAL else _verb_of_object(governor)
    if verb is not None and verb.lemma_ in ASKING and (asked := children(verb, "xcomp", "ccomp")):
        verb = asked[0]
    demand = verb if verb is not None and listed(verb, "demanding") and verb.lemma_ not in ASKING else None
    if cue.connective.kind == "only_if":  # `set a pullout as a condition for talks`: what is set is the condition, whatever the verb
        demand = verb
    if verb is not None and demand is None and verb.dep_ in ("xcomp", "ccomp") and listed(verb.head, "demanding") and verb.head.lemma_ in ("want", "demand", "require", "seek"):
        demand = verb.head
    if demand is not None:
        wanted = next(iter(children(demand, "dobj", "ccomp", "xcomp")), None)
        if demand.dep_ == "relcl":
            noun = first_conjunct(demand.head)
            first = Side(*trim(noun.doc, noun.left_edge.i, demand.left_edge.i), noun)
            return Draft(cue.connective.kind, at, after, first, demand, demand, "in_return:demand")
        if wanted is not None and (given := side(wanted, low, high, without=[top])) is not None:
            return Draft(cue.connective.kind, at, after, given, demand, demand, "in_return:demand")
    if verb is None or (governor.pos_ not in VERBAL and verb.lemma_ in words("commitments", "weighing")):
        if governor.pos_ in VERBAL:
            return None
        return Draft("in_return", at, Side(*phrase_of(governor, low, high, without=[top]), governor), after, governor, verb, "in_return:noun")
    verb = spoken(verb, after.head)
    head, commitment = settle(verb)
    past = verb.tag_ == "VBD" and not any(c.tag_ == "MD" for c in verb.children)
    consequent = side(head, low, high, without=[top], with_subject=commitment is None and not past)
    if consequent is None:
        return None
    return Draft("in_return", at, consequent, after, verb, commitment, "in_return:verb")


def _verb_of_object(noun: Token) -> Token | None:
    """The verb of which a noun (or what it belongs to) is object; None where the noun stands as subject or alone."""
    for _ in range(5):
        if noun.dep_ in ("nsubj", "nsubjpass", "ROOT") or noun.head.i == noun.i:
            return None
        noun = noun.head
        if noun.pos_ in VERBAL:
            return noun
    return None


def predicate_sides(doc: Doc, cue: Cue) -> Draft | None:
    """`A hinges on B`, `A is contingent on B`, `an A contingent on B`."""
    first, last = doc[cue.start], doc[cue.end - 1]
    found = [c for c in last.children if c.dep_ in ("pobj", "pcomp") and c.i >= cue.end]
    if not found:
        return None
    thing = found[0]
    sent = thing.sent
    verb = first if first.pos_ in VERBAL and first.dep_ not in ("acl", "amod") else None
    if verb is None and first.dep_ in ("acomp", "attr", "oprd", "xcomp") and first.head.pos_ in VERBAL:
        verb = first.head
    if verb is None and first.dep_ == "ccomp" and children(first, "nsubj"):
        verb = first  # `making any test | subject to sanctions`
    if verb is not None:
        subject = next(iter(children(verb, "nsubj", "nsubjpass", "csubj")), None)
        if subject is None:
            return None
        before = Side(*trim(doc, subject.left_edge.i, subject.right_edge.i + 1), subject)
    else:
        noun = first.head
        if noun.pos_ not in ("NOUN", "PROPN") or noun.i > cue.start:
            return None
        before = Side(*phrase_of(noun, sent.start, cue.start, without=[first]), noun)
    start, end = phrase_of(thing, cue.end, sent.end) if thing.pos_ not in VERBAL else (cue.end, max(thing.right_edge.i + 1, cue.end + 1))
    start, end = trim(doc, start, end)
    doing = next(
        (
            c
            for p in (verb, first, last, thing)
            if p is not None
            for c in p.children
            if c.i >= end and c.i <= end + 2 and c.tag_ == "VBG" and c.dep_ in ("xcomp", "advcl", "acl", "pcomp")
        ),
        None,
    )
    if doing is not None:  # `hinges on | Ankara ratifying the text`
        end = trim(doc, start, doing.right_edge.i + 1)[1]
    end = cut_attribution(doc, start, end, thing)
    if before.end <= before.start or end <= start:
        return None
    if first.lower_ == "subject" and thing.lemma_ in words("outcomes", "measures") | words("outcomes", "harm"):  # what is subject to sanctions brings them on
        return Draft("if", (cue.start, cue.end), Side(start, end, thing), before, verb or first, None, "predicate:result")
    return Draft("only_if", (cue.start, cue.end), before, Side(start, end, thing), verb or first, None, "predicate:on")


INVERSION = Connective(("should",), "if", "clause", False, "if")


def inverted_sides(doc: Doc, at: int) -> Draft | None:
    """`Should Pyongyang test again, …`, `Were Beijing to send arms, …`: an auxiliary before its subject, before the main clause."""
    aux = doc[at]
    if (
        aux.head.dep_ in ("advcl", "ccomp")
        and aux.head.head.i < at
        and aux.dep_ in ("aux", "auxpass")
        and any(c.dep_ in ("nsubj", "nsubjpass") and c.i > at for c in aux.head.children)
    ):
        return subordinate(doc, Cue(INVERSION, at, at + 1), aux.head)
    verb = aux if aux.pos_ == "VERB" or (aux.dep_ not in ("aux", "auxpass") and aux.lower_ == "were") else aux.head
    if verb.i < at:
        return None
    main = next((t for t in doc[at + 1 : verb.sent.end] if t.i != verb.i and t.pos_ in VERBAL and any(c.tag_ == "MD" and c.i > at for c in t.children)), None)
    if main is None:
        return None
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i > at), None)
    edge = min((c.left_edge.i for c in main.children if c.dep_ in ("nsubj", "nsubjpass", "expl")), default=main.i)
    if subject is None or subject.i != min(subject.i, edge) or doc[edge - 1].text not in (",", "then"):
        return None
    start, end = trim(doc, at + 1, edge)
    main_side = side(main, edge, main.sent.end, without=[verb])
    if main_side is None or end <= start:
        return None
    return Draft("if", (at, at + 1), main_side, Side(start, end, verb), main, None, f"clause:{aux.lower_}-inverted")
