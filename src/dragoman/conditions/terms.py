"""Conditions told by what would follow, or named as conditions: `any attack will lead to war`, `lifting the ban would open the way`, `set a pullout as a condition`."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dragoman.conditions.clauses import has_own_subject, trim
from dragoman.conditions.connectives import words
from dragoman.conditions.frames import cut_attribution
from dragoman.conditions.sides import VERBAL, Draft, Side, side
from dragoman.language.grammar import children

FOLLOWING = frozenset({"will", "would", "'ll", "’ll"})
OPENING = FOLLOWING | {"can", "could", "may", "might"}


def result_sides(doc: Doc, at: int) -> Draft | None:
    """`Any attack on the port will lead to war`: a threat that names the act as subject and the answer as object."""
    verb = doc[at]
    if not any(c.tag_ == "MD" and c.lower_ in FOLLOWING for c in verb.children):
        return None
    subject = next(iter(children(verb, "nsubj", "nsubjpass")), None)
    if subject is not None and not _is_any(subject) and verb.dep_ == "ccomp":  # `warned | any attack targeting it will result in war`
        subject = next((c for c in children(verb.head, "dobj") if c.i < verb.i and c.right_edge.i >= subject.left_edge.i - 2), subject)
    if subject is None or subject.pos_ == "PRON":
        return None
    answer = next((n for c in verb.children if c.dep_ in ("prep", "agent") and c.i > at for n in children(c, "pobj", "pcomp")), None) or next(iter(children(verb, "dobj")), None)
    if answer is None:
        return None
    if not _is_any(subject) and (subject.pos_ == "PROPN" or not {answer.lemma_, *(c.lemma_ for c in children(answer, "conj"))} & words("connectives", "penalties")):
        return None
    edge = min([c.i for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < at] or [at])
    return _following(doc, at, Side(*trim(doc, max(verb.sent.start, subject.left_edge.i), edge), subject), answer, "result")


def _is_any(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in ("any", "further", "another") for c in noun.children)


def _following(doc: Doc, at: int, first: Side, answer: Token, rule: str) -> Draft | None:
    start, end = trim(doc, answer.left_edge.i, answer.right_edge.i + 1)
    end = cut_attribution(doc, start, end, answer)
    if end <= start or first.end <= first.start or first.end > start:
        return None
    return Draft("if", (at, at + 1), Side(start, end, answer), first, doc[at], None, f"predicate:{rule}")


def opening_sides(doc: Doc, at: int) -> Draft | None:
    """`Lifting the ban would pave the way for talks`, `a pullout could be the beginning of a thaw`: a promise that names the act as subject."""
    verb = doc[at]
    if not any(c.tag_ == "MD" and c.lower_ in OPENING for c in verb.children):
        return None
    subject = next((c for c in verb.children if c.dep_ in ("csubj", "nsubj") and c.i < at), None)
    opened = next((c for c in verb.children if c.dep_ in ("dobj", "attr") and c.i > at and c.lemma_ in words("connectives", "openings")), None)
    if subject is None or opened is None or subject.pos_ in ("PRON", "PROPN"):
        return None
    edge = min([c.i for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < at] or [at])
    return _following(doc, at, Side(*trim(doc, max(verb.sent.start, subject.left_edge.i), edge), subject), opened, "opening")


def term_sides(doc: Doc, at: int) -> Draft | None:
    """A thing named as a condition of another: `a pullout is a condition for talks`, `the condition for talks is a pullout`, `laid out conditions for talks. Chad must leave`."""
    noun = doc[at]
    waits = next(_depending(noun), None)
    if waits is None:
        return None
    start, end = trim(doc, waits.left_edge.i, waits.right_edge.i + 1)
    verb = noun.head
    if verb.pos_ not in VERBAL or end <= start:
        return None
    after = Side(start, end, waits)
    wanted: Side | None = None
    sets = verb if verb.lemma_ != "be" else None
    if noun.dep_ == "attr" and verb.lemma_ == "be":
        subject = next(iter(children(verb, "nsubj", "csubj")), None)
        wanted = _free(doc, subject) if subject is not None and subject.pos_ != "PRON" else None
    elif noun.dep_ == "nsubj" and verb.lemma_ == "be":
        named = next((c for c in children(verb, "ccomp", "attr", "xcomp") if c.i > verb.i), None)
        wanted = _free(doc, named) if named is not None else None
    elif verb.lemma_ in ("make", "set", "name", "declare", "consider") and (made := _made_a_condition(noun, verb)) is not None:
        wanted = Side(*trim(doc, made.left_edge.i, min(noun.left_edge.i, made.right_edge.i + 1)), made)
    elif noun.dep_ == "dobj" and verb.lemma_ in words("connectives", "laying"):
        wanted = _next_duty(doc, verb)
    if wanted is None or wanted.end <= wanted.start:
        return None
    return Draft("only_if", (at, at + 1), after, wanted, verb, sets, "predicate:term")


def _made_a_condition(noun: Token, verb: Token) -> Token | None:
    """What is made a condition: `has made | the release | a condition for talks`."""
    return next((c for c in (*children(verb, "dobj", "ccomp"), *children(noun, "nsubj")) if c.i < noun.i and c.i != noun.i and c.i > verb.i), None)


def bound_sides(doc: Doc, at: int) -> Draft | None:
    """`tied the loan to a new law`, `aid was linked to reforms`: a wanted thing bound to another's act."""
    verb = doc[at]
    thing = next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)
    if thing is None:
        return None
    link = next((c for v in (verb, thing) for c in v.children if c.dep_ == "prep" and c.i > at and (c.lower_ in ("on", "upon") or (v.i == at and c.lower_ == "to"))), None)
    to = next(iter(children(link, "pobj", "pcomp")), None) if link is not None else None
    if to is None or thing.lemma_.lower() not in words("outcomes", "good") or any(c.dep_ == "neg" for c in verb.children):
        return None
    return Draft("only_if", (at, at + 1), _up_to(doc, thing, link), _free(doc, to), verb, None if thing.dep_ == "nsubjpass" else verb, "predicate:on")


def _up_to(doc: Doc, thing: Token, link: Token | None) -> Side:
    end = thing.right_edge.i + 1 if link is None or link.i < thing.i else min(thing.right_edge.i + 1, link.i)
    return Side(*trim(doc, thing.left_edge.i, end), thing)


def only_sides(doc: Doc, at: int) -> Draft | None:
    """`Only a full apology would lead Peru to reopen the embassy`: the subject alone brings the rest about."""
    subject = doc[at].head
    verb = subject.head
    if subject.dep_ not in ("nsubj", "csubj") or subject.pos_ == "PROPN" or verb.pos_ not in VERBAL or not any(c.tag_ == "MD" and c.lower_ in OPENING for c in verb.children):
        return None
    edge = min([c.i for c in verb.children if c.dep_ in ("aux", "auxpass")] or [verb.i])
    follows = _free(doc, verb)
    start, end = trim(doc, edge, follows.end)
    return Draft("only_if", (at, at + 1), Side(start, end, verb), Side(*trim(doc, at + 1, edge), subject), verb, None, "predicate:on") if end > start and edge > at + 1 else None


def _depending(noun: Token) -> Iterator[Token]:
    """What a condition is for: `conditions for | talks`, `conditions to | keep the pact`."""
    for child in noun.children:
        if child.i < noun.i:
            continue
        if child.dep_ == "prep" and child.lower_ in ("for", "of", "to"):
            yield from children(child, "pobj", "pcomp")
        elif child.dep_ in ("acl", "relcl") and child.tag_ == "VB":
            yield child


def _free(doc: Doc, head: Token) -> Side:
    start, end = trim(doc, head.left_edge.i, head.right_edge.i + 1)
    return Side(start, cut_attribution(doc, start, end, head), head)


def _next_duty(doc: Doc, verb: Token) -> Side | None:
    """The first duty told in the sentence after: `Chad must withdraw its men`."""
    end = verb.sent.end
    if end >= len(doc):
        return None
    sent = doc[end].sent
    duty = next((t for t in sent if t.pos_ in VERBAL and has_own_subject(t) and any(c.dep_ == "aux" and c.lower_ in ("must", "should") for c in t.children)), None)
    return side(duty, sent.start, sent.end) if duty is not None else None
