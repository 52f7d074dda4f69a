"""On whose word an act stands: the innermost statement around each token."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from dragoman.language.document import Document
from dragoman.language.grammar import agents, is_passive
from dragoman.records import Statement

AHEAD = frozenset({"will", "would", "can", "could", "may", "might", "shall", "wo", "'ll", "’ll"})

type Tellers = list[Statement | None]  # by token index


def tellers_of(document: Document, statements: Sequence[Statement]) -> Tellers:
    """For each token the innermost statement of kind speech that tells it; None where the report itself does."""
    found: Tellers = [None] * len(document.doc)
    told = [s for s in statements if s.kind == "speech"]
    told.sort(key=lambda s: -sum(c.end - c.start for c in s.content_spans))
    for statement in told:  # the shortest last
        for span in statement.content_spans:
            tokens = document.tokens(span, statement.part)
            if tokens is not None:
                found[tokens.start : tokens.end] = [statement] * (tokens.end - tokens.start)
    return found


def is_announced(verb: Token) -> bool:
    """Whether a passive tells what its speaker will see to: `the talks would be put off`, `the captain will be tried`; no agent, and still ahead."""
    if verb.pos_ != "VERB" or not is_passive(verb) or agents(verb):
        return False
    first = verb
    while first.dep_ == "conj" and not any(c.dep_ == "aux" for c in first.children):
        first = first.head
    return any(c.dep_ == "aux" and c.lower_ in AHEAD for c in first.children)
