"""Which force a governing word has on the act under it, and what that makes of the act. Words in resources/en/control.yaml."""

from __future__ import annotations

import functools
from typing import Literal

from spacy.tokens import Token

from dragoman.records.event import Status
from dragoman.resources import load

Force = Literal["does", "undone", "halted", "barred", "planned", "wanted", "asked", "told", "goes"]

# What becomes of the act, by the force of the governing word and by what became of the governing word itself.
OUTCOMES: dict[Force, dict[Status, Status]] = {
    "does": {"actual": "actual", "negated": "negated", "planned": "planned", "possible": "possible"},
    "undone": {"actual": "negated", "negated": "actual", "planned": "negated", "possible": "possible"},
    "halted": {"actual": "negated", "negated": "actual", "planned": "negated", "possible": "actual"},
    "barred": {"actual": "negated", "negated": "possible", "planned": "negated", "possible": "possible"},
    "planned": {"actual": "planned", "negated": "negated", "planned": "planned", "possible": "possible"},
    "wanted": {"actual": "possible", "negated": "negated", "planned": "possible", "possible": "possible"},
    "asked": {"actual": "possible", "negated": "possible", "planned": "possible", "possible": "possible"},
    "told": {"actual": "actual", "negated": "actual", "planned": "actual", "possible": "actual"},
    "goes": {"actual": "planned", "negated": "negated", "planned": "planned", "possible": "possible"},
}


REGULAR = (("ed", 1, ""), ("ed", 2, ""), ("ing", 3, ""), ("ing", 3, "e"), ("es", 1, ""), ("es", 2, ""), ("s", 1, ""))  # suffix, letters to cut, letters to add


@functools.cache
def words(kind: str) -> dict[str, Force]:
    """Force by word, for one kind of word of the resource; of a word that stands under two forces the later wins."""
    return {word: force for force, listed in load("en/control.yaml")[kind].items() for word in listed}


@functools.cache
def listed(kind: str, group: str) -> frozenset[str]:
    """The words of one group of one kind of the resource."""
    return frozenset(load("en/control.yaml")[kind][group])


@functools.cache
def saying_would() -> frozenset[str]:
    """Lemmas of verbs whose clause with `would` tells a plan."""
    return frozenset(load("en/control.yaml")["saying_would"])


def lemma_of(verb: Token) -> str:
    """Lemma of a verb; where the lemmatiser gives one that is not listed but a regular reading of the form is, that one (`hoped` is no form of `hop`)."""
    lemma = verb.lemma_.lower()
    if lemma in words("verbs"):
        return lemma
    form = verb.lower_
    readings = [form[:-cut] + end for suffix, cut, end in REGULAR if form.endswith(suffix)]
    return next((r for r in readings if r in words("verbs")), lemma)


def verb_force(verb: Token, preposition: str | None = None) -> Force | None:
    """Force of a verb, with its particle and the preposition that leads to the act; None where the verb is not listed."""
    known = words("verbs")
    lemma = lemma_of(verb)
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    candidates = [lemma]
    if preposition:
        candidates.insert(0, f"{lemma} {preposition}")
    if particle:
        candidates[:0] = [f"{lemma} {particle} {preposition}", f"{lemma} {particle}"] if preposition else [f"{lemma} {particle}"]
    adverb = next((c for c in verb.children if c.dep_ in ("advmod", "acomp", "oprd") and c.i == verb.i + 1), None)
    if adverb is not None:  # `stopped short of`: short is an adverb to the parser
        candidates[:0] = [f"{lemma} {adverb.lower_} {preposition}", f"{lemma} {adverb.lower_}"]
    return next((known[c] for c in candidates if c in known), None)


def noun_force(noun: Token) -> Force | None:
    """Force of a noun that governs an act (`plans to`, `threat of`); None where it is not listed."""
    return words("nouns").get(noun.lemma_.lower())


def adjective_force(adjective: Token) -> Force | None:
    """Force of an adjective that governs an act (`ready to`); None where it is not listed."""
    return words("adjectives").get(adjective.lower_)
