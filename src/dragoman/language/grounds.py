"""Ground and water that states quarrel over, and the verbs of doing so."""

from __future__ import annotations

import functools

from spacy.tokens import Token

from dragoman.resources import load


def is_ground(noun: Token) -> bool:
    """Whether a noun is, or is named like, a piece of ground or water: `the shoal`, `Hurd Bank`, `the Oro triangle`."""
    return noun.ent_type_ in ("GPE", "LOC", "FAC") or is_ground_noun(noun)


def is_ground_noun(noun: Token) -> bool:
    """Whether a noun is a common word for such a piece, in a name or alone."""
    return noun.lemma_.lower() in _words("grounds")


def is_disputed(verb: Token) -> bool:
    """Whether a verb tells of a dispute where its object is ground: `have disputed the hills`, not `disputed the figures`."""
    return verb.lemma_.lower() in _words("disputing")


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("en/grounds.yaml")[name])
