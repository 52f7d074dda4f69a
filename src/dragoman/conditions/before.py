"""What must come first: the sides around `before`, by demand, by duty or by refusal."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.conditions.clauses import complement, listed
from dragoman.conditions.connectives import Cue
from dragoman.conditions.sides import VERBAL, Draft, Side, settle, side
from dragoman.language.grammar import ancestors, children, negation
from dragoman.records.condition import ConditionKind


def before_sides(cue: Cue, waits: Side, main: Token, low: int, high: int) -> Draft | None:
    """`Y must … before X`: what waits is the clause after "before", what is wanted the main clause or the object of the demand."""
    if listed(main, "refusing") and (held := complement(main)) is not None:
        return made("before", cue, side(held, low, high, without=[waits.head], with_subject=False), waits, main, main, "before:refusal")
    top, commitment = settle(main)
    if commitment is not None and listed(commitment, "refusing"):
        return made("before", cue, side(top, low, high, without=[waits.head], with_subject=False), waits, main, commitment, "before:refusal")
    demand = demand_over(main)
    if demand is not None and (wanted := _wanted(demand, waits.head)) is not None:
        return made("before", cue, waits, side(wanted, low, high, without=[waits.head]), main, demand, "before:demand")
    duty = next((v for v in (main, *ancestors(main)) if v.pos_ in VERBAL and has_duty(v)), None)
    if duty is not None and duty.i < high:
        return made("before", cue, waits, side(duty_top(duty), low, high, without=[waits.head]), duty, None, "before:duty")
    if negation(main) is not None and any(c.tag_ == "MD" for c in main.children):
        return made("before", cue, side(main, low, high, without=[waits.head]), waits, main, None, "before:refusal")
    return None


def made(kind: ConditionKind, cue: Cue, consequent: Side | None, antecedent: Side | None, main: Token, commitment: Token | None, rule: str) -> Draft | None:
    """A draft of two sides; None where one is missing."""
    if consequent is None or antecedent is None:
        return None
    return Draft(kind, (cue.start, cue.end), consequent, antecedent, main, commitment, rule)


def demand_over(main: Token) -> Token | None:
    """The verb of demanding at or over a verb: `wants the sanctions to be lifted` → wants."""
    if listed(main, "demanding") and (children(main, "dobj", "ccomp", "xcomp") or _called_for(main) is not None):
        return main
    if main.dep_ in ("xcomp", "ccomp") and main.head.pos_ in VERBAL and listed(main.head, "demanding"):
        return main.head
    return None


def _wanted(demand: Token, besides: Token) -> Token | None:
    found = [c for c in children(demand, "ccomp", "xcomp", "dobj") if c.i != besides.i]
    return found[0] if found else _called_for(demand)


def _called_for(demand: Token) -> Token | None:
    """`insisted on | an apology`, `called for | a pullout`; None where nothing is."""
    return next((n for c in children(demand, "prep") if c.lower_ in ("on", "for") for n in children(c, "pobj", "pcomp") if n.ent_type_ not in ("DATE", "TIME")), None)


def has_duty(verb: Token) -> bool:
    """Whether a verb tells a duty: `must leave`, `has to leave`, `needs to`."""
    if any(c.dep_ == "aux" and c.lower_ in ("must", "should", "ought", "needs", "need") for c in verb.children):
        return True
    if verb.dep_ == "xcomp" and verb.head.lemma_ in ("have", "need"):
        return True
    return verb.lemma_ in ("have", "need") and bool(children(verb, "xcomp"))


def duty_top(verb: Token) -> Token:
    """The verb at which a duty begins: of `has to leave` → has."""
    return verb.head if verb.dep_ == "xcomp" and verb.head.lemma_ in ("have", "need") else verb
