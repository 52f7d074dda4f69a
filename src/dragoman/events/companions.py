"""Who does an act beside its subject: `Kenya, along with Uganda, …`, `Kenya joined Uganda in …`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from dragoman.language.grammar import children, prepositional, with_conjuncts

BESIDE = frozenset({"along", "together", "jointly", "alongside"})
NAMING = ("including", "like")


def companions(verb: Token, doers: Sequence[Token]) -> Iterator[Token]:
    """Heads of the phrases of those who do a verb together with its subject.

    Args:
        verb: The verb.
        doers: Its subjects.
    """
    for place in (verb, *(d for d in doers if d.i < verb.i)):
        for preposition, token in prepositional(place, "with", "alongside"):
            if preposition.lower_ == "alongside" or (preposition.i and preposition.nbor(-1).lower_ in BESIDE):
                yield token
    joining = _joining(verb)
    for partner in children(joining, "dobj") if joining is not None else ():
        for token in with_conjuncts(partner):
            yield token
            yield from named_members(token)


def named_members(token: Token) -> Iterator[Token]:
    """Heads of those whom a phrase names of its many: `allies including Jordan and Kuwait`, `countries such as Chad`."""
    for preposition, member in prepositional(token, *NAMING, "as"):
        if preposition.lower_ in NAMING or (preposition.i and preposition.nbor(-1).lower_ == "such"):
            yield member


def _joining(verb: Token) -> Token | None:
    """The verb of joining under which an act is told: `joined its allies to launch`, `joined Uganda in condemning`."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "in":
        head = verb.head.head
    elif verb.dep_ in ("advcl", "xcomp") and verb.tag_ == "VB":
        head = verb.head
    else:
        return None
    return head if head.pos_ == "VERB" and head.lemma_ == "join" else None
