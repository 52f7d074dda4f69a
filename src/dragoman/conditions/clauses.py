"""Where a clause begins and ends: the two sides of a condition, cut free of attribution and of each other."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from dragoman.conditions.connectives import words
from dragoman.language.grammar import children, own_subjects, subtree

LEADING = frozenset(
    {"and", "but", "that", "then", ",", "“", '"', "‘", "'", "—", "–", "-", "--", "...", "…", ":", ";", "or", "yet", "so", "because", "since", "while", "only", "to"}
)
TRAILING = frozenset(
    {",", ".", "“", "”", '"', "’", "'", "—", "–", "-", "--", "...", "…", ":", ";", "and", "but", "only", "yet", "or", "(", "not", "even", "least", "at", "except", "if"}
)
BREAKS = frozenset({";", "—", "–", "--"})
ASKING = frozenset({"call", "urge", "ask", "request", "press", "push", "expect", "tell"})  # asks an act of another
FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})


def is_saying(token: Token) -> bool:
    """Whether a verb attributes speech."""
    return token.pos_ in ("VERB", "AUX") and token.lemma_ in words("commitments", "saying")


def listed(token: Token, name: str) -> bool:
    """Whether a word, alone or with its particle (`rule out`, `call for`), stands in a list of commitments."""
    known = words("commitments", name)
    if token.lemma_ in known:
        return True
    return any(f"{token.lemma_} {c.lower_}" in known for c in token.children if c.dep_ in ("prt", "prep", "advmod", "dobj"))


def is_willing(token: Token) -> bool:
    """`willing`, `ready`, `prepared`, `a readiness`."""
    known = words("commitments", "willing")
    return token.lower_ in known or token.lemma_ in known


def has_own_subject(verb: Token) -> bool:
    """Whether a verb has a subject of its own, an expletive included."""
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for c in verb.children)


def is_finite(verb: Token) -> bool:
    """Whether a verb or one of its auxiliaries is finite."""
    return verb.tag_ in FINITE or any(c.dep_ in ("aux", "auxpass") and c.tag_ in FINITE for c in verb.children)


def sentence_bounds(token: Token) -> tuple[int, int]:
    """Token bounds of the sentence, cut at semicolons and dashes around the token."""
    sent = token.sent
    return sent.start, sent.end


def trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Bounds without the connecting words and punctuation at both ends."""
    while start < end and (doc[start].lower_ in LEADING or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].lower_ in TRAILING or doc[end - 1].is_space):
        end -= 1
    return start, end


def stretch(indices: Iterable[int], core: int, low: int, high: int) -> tuple[int, int]:
    """The unbroken run of indices around `core` within `[low, high)`; gaps of one token (a dropped mark) are bridged."""
    inside = {i for i in indices if low <= i < high} | {core}
    start = end = core
    while start - 1 in inside or (start - 2 in inside and start - 2 >= low):
        start -= 1 if start - 1 in inside else 2
    while end + 1 in inside or (end + 2 in inside and end + 2 < high):
        end += 1 if end + 1 in inside else 2
    return start, end + 1


def strangers(verb: Token, *, also: Iterable[Token] = ()) -> list[Token]:
    """Dependents that are no part of the clause: attributions, other main clauses coordinated to it, `also`."""
    cut = list(also)
    for child in verb.children:
        if (
            child.dep_ == "parataxis"
            or (child.dep_ in ("ccomp", "advcl", "dep") and is_saying(child) and own_subjects(child) and child.i > verb.i)
            or (child.dep_ == "conj" and has_own_subject(child) and (is_saying(child) or any(c.tag_ == "MD" for c in child.children)))
        ):
            cut.append(child)
    return cut


def clause(verb: Token, low: int, high: int, *, without: Iterable[Token] = (), with_subject: bool = True) -> tuple[int, int]:
    """Token bounds of a main clause within `[low, high)`: from its subject on, without what introduces it.

    `at the weekend that it will not sign the pact` → it will not sign the pact
    """
    doc = verb.doc
    cut = strangers(verb, also=without)
    if verb.head.dep_ == "ROOT" and verb.head.pos_ in ("PROPN", "NOUN", "ADJ") and verb.dep_ in ("advcl", "acl", "relcl") and verb.tag_ == "VB" and verb.head.i < verb.i:
        start, end = stretch(subtree(verb, cut), verb.i, low, high)  # a headline: `EU to fund the camps`
        return trim(doc, max(low, verb.head.left_edge.i), end)
    for child in verb.children:
        if child.i < verb.i and child.dep_ in ("mark", "cc", "advcl", "prep", "npadvmod", "punct", "intj", "ccomp"):
            subject = next((s for s in verb.children if s.dep_ in ("nsubj", "nsubjpass", "expl", "csubj")), None)
            if subject is None or child.i < subject.i:
                cut.append(child)
    if not with_subject:
        cut += [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "expl", "aux") and c.i < verb.i and c.dep_ != "auxpass"]
    start, end = stretch(subtree(verb, cut), verb.i, low, high)
    return trim(doc, start, end)


def phrase_of(noun: Token, low: int, high: int, *, without: Iterable[Token] = ()) -> tuple[int, int]:
    """Token bounds of a noun phrase with its clauses, within `[low, high)`."""
    start, end = stretch(subtree(noun, without), noun.i, low, high)
    return trim(noun.doc, start, end)


def complement(verb: Token) -> Token | None:
    """What a verb of committing binds to: `refused to | disarm`, `ruled out | any talks`, `warned of | action`; None where it has none."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp") and child.i > verb.i and not is_saying(child):
            return child
    if verb.lemma_ in ("warn", "caution"):  # `warned Lima | of consequences`: whom it warns is not what comes
        feared = next((n for c in verb.children if c.dep_ == "prep" and c.lower_ in ("of", "about", "against") for n in children(c, "pcomp", "pobj")), None)
        if feared is not None:
            return feared
    for child in verb.children:
        if child.dep_ == "dobj" and child.i > verb.i:
            inner = next((c for c in child.children if c.dep_ == "acl" and c.tag_ == "VB"), None)
            return inner if inner is not None and child.lemma_ in words("commitments", "willing") else child
    for child in verb.children:
        if child.dep_ == "prep" and child.i > verb.i and child.lower_ in ("of", "with", "to", "on", "for", "out", "against"):
            found = children(child, "pcomp", "pobj")
            if found:
                return found[0]
    return None
