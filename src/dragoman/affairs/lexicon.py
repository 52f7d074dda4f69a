"""Words of affairs: nouns by kind, and the statuses that words over them tell."""

from __future__ import annotations

import functools
import re
from typing import Literal, NamedTuple

from spacy.tokens import Token

from dragoman.records.affair import AffairKind
from dragoman.resources import load

Mood = Literal["done", "planned", "possible", "negated"]
MOODS: tuple[Mood, ...] = ("done", "planned", "possible", "negated")
Table = AffairKind | Literal["truce"]  # a truce has words of its own over it: to end it starts the fighting again
KINDS: tuple[AffairKind, ...] = ("dispute", "agreement", "sanctions", "negotiation", "hostilities", "relations")


class Named(NamedTuple):
    """A noun of affairs: its kind, and the status that it tells alone (None where it needs a word over it)."""

    kind: AffairKind
    status: str | None


@functools.cache
def nouns() -> dict[str, Named]:
    """Nouns and compounds by lemma. Source: resources/en/affairs_nouns.yaml."""
    table = load("en/affairs_nouns.yaml")
    return {word: Named(kind, status) for kind in KINDS for word, status in table[kind].items()}


@functools.cache
def last_words() -> frozenset[str]:
    """The last word of each noun and compound: most nouns of a text are turned away by it."""
    return frozenset(re.split(r"[ -]", word)[-1] for word in nouns())


@functools.cache
def word_set(name: str) -> frozenset[str]:
    """A plain word list of the nouns file."""
    return frozenset(load("en/affairs_nouns.yaml")[name])


@functools.cache
def statuses(kind: Table) -> dict[str, dict[Mood, str]]:
    """What a word tells of a kind of affair, by mood. Source: resources/en/affairs_status.yaml."""
    return {word: {m: s for m, s in zip(MOODS, line.split(), strict=True) if s != "."} for word, line in load("en/affairs_status.yaml")[kind].items()}


def named(token: Token) -> Named | None:
    """The affair that a noun names, None where it names none: `trade war` before `war`, `business deal` not at all."""
    lemma = token.lemma_.lower()
    if lemma not in last_words():
        return None
    known = nouns()
    if token.i and (compound := known.get(f"{token.nbor(-1).lower_} {lemma}")):
        return compound
    found = known.get(lemma) or _hyphenated(token)
    if found is None or any(c.lower_ in word_set("private") for c in token.children if c.dep_ in ("compound", "amod") and c.i < token.i):
        return None
    return found


def _hyphenated(token: Token) -> Named | None:
    """`cease-fire` as the tokeniser cuts it: cease, -, fire."""
    if token.i > 1 and token.nbor(-1).text in ("-", "‑") and not token.nbor(-1).whitespace_:
        return nouns().get(f"{token.nbor(-2).lower_}-{token.lemma_.lower()}")
    return None
