"""On whose word an act stands: the innermost statement around each token."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from dragoman.language.document import Document
from dragoman.language.grammar import agents, is_passive
from dragoman.records import Statement

AHEAD = frozenset({"will", "would", "can", "could", "may", "might", "shall", "wo", "'ll", "’ll"})

type Bounds = tuple[int, int]
type Contents = dict[str, list[Bounds]]  # id of a statement → token bounds of what is said
type Tellers = list[Statement | None]  # by token index


def contents_of(document: Document, statements: Sequence[Statement]) -> Contents:
    """Where among the tokens each statement's words stand."""
    return {s.id: [(t.start, t.end) for span in s.content_spans if (t := document.tokens(span, s.part)) is not None] for s in statements}


def tellers_of(document: Document, statements: Sequence[Statement], contents: Contents) -> Tellers:
    """For each token the innermost statement of kind speech that tells it; None where the report itself does."""
    found: Tellers = [None] * len(document.doc)
    told = [s for s in statements if s.kind == "speech"]
    told.sort(key=lambda s: -sum(end - start for start, end in contents[s.id]))
    for statement in told:  # the shortest last
        for start, end in contents[statement.id]:
            found[start:end] = [statement] * (end - start)
    return found


def is_announced(verb: Token) -> bool:
    """Whether a passive tells what its speaker will see to: `the talks would be put off`, `the captain will be tried`; no agent, and still ahead."""
    if verb.pos_ != "VERB" or not is_passive(verb) or agents(verb):
        return False
    first = verb
    while first.dep_ == "conj" and not any(c.dep_ == "aux" for c in first.children):
        first = first.head
    return any(c.dep_ == "aux" and c.lower_ in AHEAD for c in first.children)
