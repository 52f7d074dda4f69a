"""Conditions told as duties: `must first`, `only then`, `otherwise`, `do this or face that`, `wants A in order to B`."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dragoman.conditions.clauses import has_own_subject, is_saying, listed, sentence_bounds, trim
from dragoman.conditions.connectives import Cue
from dragoman.conditions.sides import VERBAL, Draft, Side, side
from dragoman.language.grammar import children

DUTIES = frozenset({"have", "need", "ought"})


def alternative_sides(doc: Doc, cue: Cue) -> Draft | None:
    """`Y must do A, otherwise X`: what comes before is wanted, what follows is the penalty."""
    low, high = sentence_bounds(doc[cue.start])
    penalty = next((t for t in doc[cue.end : high] if t.pos_ in VERBAL and t.dep_ not in ("aux", "auxpass") and any(c.tag_ == "MD" and c.i >= cue.end for c in t.children)), None)
    wanted = _duty_before(doc, low, cue.start)
    if penalty is None or wanted is None:
        return None
    consequent = side(penalty, cue.end, high, without=[wanted])
    antecedent = side(wanted, low, cue.start, without=[penalty])
    if consequent is None or antecedent is None:
        return None
    return Draft("unless", (cue.start, cue.end), consequent, antecedent, penalty, None, "alternative:otherwise")


def _duty_before(doc: Doc, low: int, high: int) -> Token | None:
    """The nearest verb with a duty (`must leave`, `has to leave`) or in an order (`told X to leave`) before a position."""
    for i in range(high - 1, low - 1, -1):
        token = doc[i]
        if token.pos_ not in VERBAL:
            continue
        if any(c.dep_ == "aux" and c.lower_ in ("must", "should", "needs", "need", "ought") for c in token.children):
            return token
        if token.dep_ == "ccomp" and token.tag_ in ("VB", "VBP") and listed(token.head, "demanding"):
            return token
        if token.dep_ == "xcomp" and (token.head.lemma_ in ("have", "need", "ought", "tell", "order", "urge", "ask", "warn", "require") or token.head.lemma_ == "want"):
            return token.head if token.head.lemma_ in DUTIES else token
    return None


PENALTIES = frozenset({"face", "risk", "suffer", "lose", "see", "bear", "pay", "be", "have", "forfeit", "answer", "accept"})


def or_sides(doc: Doc, at: int) -> Draft | None:
    """`told them to hand the port back or face a ban`: the second verb is the penalty for not doing the first."""
    penalty = next((t for t in doc[at + 1 : at + 9] if t.pos_ in VERBAL and (t.dep_ == "conj" or any(c.dep_ == "nsubj" and c.left_edge.i == at + 1 for c in t.children))), None)
    if penalty is not None and any(c.lower_ in ("will", "would") for c in penalty.children) and has_own_subject(penalty):
        low, high = sentence_bounds(doc[at])
        duty = _duty_before(doc, low, at) or next((t for t in reversed(doc[low:at]) if t.tag_ == "VB" and (t.dep_ in ("acl", "relcl", "xcomp") or t.i == penalty.head.i)), None)
        threat = side(penalty, at + 1, high)
        asked = side(duty, low, at, without=[penalty]) if duty is not None else None
        return Draft("unless", (at, at + 1), threat, asked, penalty, None, "alternative:or") if threat and asked else None
    if penalty is not None and penalty.tag_ == "VBN" and doc[at + 1].lower_ == "be" and penalty.i <= at + 3:  # `or be driven out`
        return _alternative(doc, at, penalty)
    if penalty is None or penalty.lemma_ not in PENALTIES or (penalty.lemma_ in ("be", "have", "see") and penalty.i != at + 1):
        return None
    return _alternative(doc, at, penalty)


def _alternative(doc: Doc, at: int, penalty: Token) -> Draft | None:
    wanted = penalty.head
    low, high = sentence_bounds(doc[at])
    consequent = side(penalty, at + 1, high)
    antecedent = side(wanted, low, at, without=[penalty], with_subject=any(c.tag_ == "MD" for c in wanted.children))
    if consequent is None or antecedent is None:
        return None
    return Draft("unless", (at, at + 1), consequent, antecedent, penalty, None, "alternative:or")


def first_sides(doc: Doc, at: int) -> Draft | None:
    """`For the talks to open, Japan first needs to …`, `Somalia must first leave, and only then would …`."""
    duty = doc[at].head
    if duty.pos_ not in VERBAL:
        return None
    duty = duty.head if duty.dep_ == "xcomp" and duty.head.lemma_ in DUTIES else duty
    if not (any(c.lower_ in ("must", "should", "ought") for c in duty.children) or (duty.lemma_ in DUTIES and children(duty, "xcomp"))):
        return None
    sent = duty.sent
    edge = _subject_edge(doc, duty, at)
    goal = next((t for t in doc[sent.start : edge] if t.tag_ == "VB" and any(c.dep_ == "mark" and c.lower_ == "for" and c.i < t.i for c in t.children)), None)
    purpose = goal or next((c for c in children(duty, "advcl") if c.i < duty.i and c.tag_ == "VB"), None) or _purpose_noun(duty)
    later = next((t for t in doc[duty.i + 1 : sent.end] if t.pos_ in VERBAL and any(c.tag_ == "MD" for c in t.children) and has_own_subject(t) and t.dep_ != "relcl"), None)
    if purpose is not None:
        thing = purpose.head if purpose.dep_ in ("acl", "relcl") else purpose
        start = next((c.i + 1 for c in purpose.children if c.dep_ == "mark"), thing.left_edge.i)
        waits: Side | None = Side(*trim(doc, start, edge), purpose) if edge > start else None
        wanted: Side | None = Side(*trim(doc, edge, duty.right_edge.i + 1), duty)
    elif later is not None:
        waits = side(later, max(duty.i + 1, later.left_edge.i), sent.end, without=[duty])
        wanted = side(duty, sent.start, later.left_edge.i if later.left_edge.i > duty.i else later.i, without=[later])
    else:
        return None
    return _before_of(doc, at, waits, wanted, duty, "before:first")


def _subject_edge(doc: Doc, duty: Token, at: int) -> int:
    """Where the clause of a duty begins: at its subject, else at the noun before the word at `at`."""
    subject = next(iter(children(duty, "nsubj")), None)
    if subject is not None:
        return subject.left_edge.i
    edge = min(at, duty.i)
    if edge > duty.sent.start and doc[edge - 1].pos_ in ("NOUN", "PROPN", "PRON"):
        edge -= 1
        while edge > duty.sent.start and doc[edge - 1].dep_ in ("compound", "det", "amod") and doc[edge - 1].head.i >= edge:
            edge -= 1
    return edge


def _purpose_noun(duty: Token) -> Token | None:
    """`For talks to open, Chad must first …`, where the parser hangs the verb on the noun."""
    return next((v for p in children(duty, "prep") if p.lower_ == "for" and p.i < duty.i for n in children(p, "pobj") for v in children(n, "acl", "relcl") if v.tag_ == "VB"), None)


def _before_of(doc: Doc, at: int, waits: Side | None, wanted: Side | None, main: Token, rule: str) -> Draft | None:
    if waits is None or wanted is None or waits.end <= waits.start or wanted.end <= wanted.start:
        return None
    return Draft("before", (at, at + 1), waits, wanted, main, None, rule)


def then_sides(doc: Doc, at: int) -> Draft | None:
    """`Chad must withdraw. Only then will talks begin`: what must be done first stands before it, in its sentence or in the one before."""
    waiting = doc[at].head
    if at == 0 or doc[at - 1].lower_ != "only" or waiting.pos_ not in VERBAL or waiting.i < at:
        return None
    sent = doc[at].sent
    duty = _duty_before(doc, sent.start, at)
    if duty is None and at - 1 <= sent.start + 2 and sent.start:
        duty = _duty_before(doc, doc[sent.start - 1].sent.start, sent.start)
    if duty is None:
        return None
    low = duty.sent.start
    wanted = side(duty, low, at - 1, without=[waiting])
    waits = side(waiting, at + 1, sent.end, without=[duty])
    return _before_of(doc, at, waits, wanted, duty, "before:then")


def meanwhile_sides(doc: Doc, at: int) -> Draft | None:
    """`Chad must withdraw. Until then no truck will cross`: what is waited for stands in the sentence before."""
    sent = doc[at].sent
    waiting = next((t for t in doc[at + 1 : sent.end] if t.pos_ in VERBAL and any(c.tag_ == "MD" for c in t.children)), None)
    if at != sent.start + 1 and not (at <= sent.start + 3 and doc[at - 2].is_punct):
        return None
    if at == 0 or doc[at - 1].lower_ not in ("until", "till") or waiting is None or waiting.i < at or not sent.start:
        return None
    duty = _duty_before(doc, doc[sent.start - 1].sent.start, sent.start)
    if duty is None:
        return None
    waits = side(waiting, at + 1, sent.end)
    wanted = side(duty, duty.sent.start, duty.sent.end)
    return Draft("until", (at - 1, at + 1), waits, wanted, waiting, None, "clause:until-then") if waits and wanted else None


def return_sides(doc: Doc, at: int) -> Draft | None:
    """`Chad would recognise the line. In return, Mali would open the road`, `… and, in exchange, …`: what is given stands behind, what it is given for before."""
    if at == 0 or doc[at - 1].lower_ != "in" or (at + 1 < len(doc) and doc[at + 1].lower_ in ("for", "to", "of")):
        return None
    given = doc[at - 1].head
    sent = doc[at].sent
    if given.pos_ not in VERBAL or given.i < at or not any(c.tag_ == "MD" for c in given.children):
        return None
    if at - 1 <= sent.start + 1:
        before = doc[sent.start - 1].sent.root if sent.start else None
        low, high = (before.sent.start, before.sent.end) if before is not None else (0, 0)
        while before is not None and is_saying(before) and (told := children(before, "ccomp")):
            before = told[0]
    else:
        before, low, high = (given.head if given.dep_ == "conj" else None), sent.start, at - 1
    if before is None or before.pos_ not in VERBAL or not any(c.tag_ == "MD" for c in before.children):
        return None
    wanted, promised = side(before, low, high, without=[given]), side(given, at + 1, sent.end)
    return Draft("in_return", (at - 1, at + 1), promised, wanted, given, None, "in_return:then") if wanted and promised else None


def for_sides(doc: Doc, at: int) -> Draft | None:
    """`Chad must disarm the rebels for the talks to go ahead`: a duty and, behind it, what it is done for."""
    duty = doc[at].head
    if duty.pos_ not in VERBAL or duty.i < at:
        return None
    sent = duty.sent
    for child in duty.children:
        if child.dep_ == "prep" and child.lower_ == "for" and child.i > duty.i:
            noun = next(iter(children(child, "pobj")), None)
            goal = next((v for v in children(noun, "relcl", "acl") if v.tag_ == "VB" and any(a.lower_ == "to" for a in v.children)), None) if noun is not None else None
            if noun is not None and goal is not None:
                waits = Side(*trim(doc, noun.left_edge.i, goal.right_edge.i + 1), goal)
                return _before_of(doc, at, waits, side(duty, sent.start, child.i, without=[child]), duty, "before:goal")
        if child.dep_ == "advcl" and child.i > duty.i and child.tag_ == "VB" and any(c.dep_ == "mark" and c.lower_ == "for" for c in child.children):
            return _before_of(doc, at, side(child, child.left_edge.i, sent.end), side(duty, sent.start, child.left_edge.i, without=[child]), duty, "before:goal")
    return None


def goal_sides(doc: Doc, cue: Cue) -> Draft | None:
    """`wants Chad to lift the ban in order to meet`: a demand with its goal."""
    order = doc[cue.start + 1]
    goal = next((c for c in order.children if c.tag_ == "VB" and c.i >= cue.end), None)
    wanted = doc[cue.start].head
    demand = wanted.head if wanted.dep_ in ("xcomp", "ccomp") else None
    if goal is None or wanted.pos_ not in VERBAL or demand is None or not listed(demand, "demanding") or wanted.i > cue.start:
        return None
    sent = wanted.sent
    return _before_of(doc, cue.start, side(goal, cue.start, sent.end), side(wanted, sent.start, cue.start, without=[doc[cue.start]]), wanted, "before:goal")
