"""The two sides of a condition before it is judged, and the verb that commits to one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.conditions.clauses import ASKING, clause, complement, has_own_subject, is_saying, listed, phrase_of
from dragoman.conditions.connectives import words
from dragoman.language.grammar import negation
from dragoman.records.condition import ConditionKind

VERBAL = ("VERB", "AUX")
LISTS = ("refusing", "threatening", "offering", "weighing")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a condition: token bounds `[start, end)` and its head (a verb or a noun)."""

    start: int
    end: int
    head: Token


@dataclass(frozen=True, slots=True)
class Draft:
    """A condition before it is judged. `commitment` is the verb that refuses, threatens, offers or demands, None where there is none."""

    kind: ConditionKind
    cue: tuple[int, int]
    consequent: Side
    antecedent: Side
    main: Token
    commitment: Token | None
    rule: str


def commits(verb: Token) -> str | None:
    """The list of commitments in which a verb stands, unless it is itself held back or only possible (`will not agree to`)."""
    for name in LISTS:
        if listed(verb, name):
            if name != "refusing" and (negation(verb) is not None or any(c.tag_ == "MD" for c in verb.children)):
                return None
            return name
    return None


def settle(verb: Token) -> tuple[Token, Token | None]:
    """The head of what depends, and the verb that commits to it.

    `refused to | disarm` → disarm, refused; `is willing to meet` → is, None.
    """
    top = verb
    for _ in range(6):
        head = top.head
        if head.i == top.i or top.dep_ not in ("xcomp", "acomp", "pcomp", "acl", "ccomp", "prep", "dobj", "oprd"):
            break
        if top.dep_ in ("xcomp", "ccomp", "pcomp", "dobj") and head.pos_ in VERBAL and commits(head):
            return top, head
        if top.dep_ == "xcomp" and head.lemma_ in ASKING:
            return top, None
        if top.dep_ == "acl" and listed(head, "willing") and head.tag_ == "NN":
            return top, None
        if top.dep_ == "pcomp" and head.dep_ == "prep" and head.head.pos_ in VERBAL and commits(head.head):
            return top, head.head
        causing = top.dep_ in ("xcomp", "ccomp") and head.lemma_ in words("outcomes", "causing")
        if not causing and (top.dep_ not in ("xcomp", "acomp", "oprd") or is_saying(head) or head.pos_ not in ("VERB", "AUX", "ADJ") or has_own_subject(top)):
            break
        top = head
    if commits(top):
        held = complement(top)
        if held is not None:
            return held, top
    return top, None


def side(head: Token, low: int, high: int, *, without: Iterable[Token] = (), with_subject: bool = True) -> Side | None:
    """The stretch of one side around its head; None where nothing is left of it."""
    bounds = clause(head, low, high, without=without, with_subject=with_subject) if head.pos_ in VERBAL else phrase_of(head, low, high, without=without)
    return Side(*bounds, head) if bounds[1] > bounds[0] else None
