"""Refusals told by a negated future or intent: `Lima will not discuss the border`, `Oslo is not going to sign`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.events.codes import table
from dragoman.events.drafts import Draft
from dragoman.events.frames import Frame
from dragoman.language.grammar import auxiliaries, is_passive, negation

FUTURE = frozenset({"will", "would", "wo", "'ll", "’ll", "shall"})
CONFIDENCE = 0.5
MIND = frozenset({"intention", "plan", "intend", "mind", "wish"})
REFUSED = {
    "CONSULT": "125",
    "AGREE": "120",
    "COOPERATE": "121",
    "AID": "122",
    "CONCEDE": "124",
    "RETREAT": "1246",
    "SUPPORT": "120",
}  # what somebody says he will not do → the code of refusing it


def refusals(drafts: Sequence[Draft], cast: Cast) -> Iterator[Draft]:
    """The drafts, with an act of refusing beside each act that its own doer will not do."""
    for draft in drafts:
        cameo = REFUSED.get(draft.frame.type)
        verb = draft.token
        will_not, has_no_mind = _will_not(verb), _has_no_mind(verb)
        yield draft
        if cameo is None or not draft.sources or is_passive(verb) or not (will_not or has_no_mind):
            continue
        kind = table()[cameo].house
        if kind is None:
            continue
        sources = draft.sources if not draft.frame.mutual else draft.sources[:1]
        targets = tuple(i for i in draft.targets if cast.code(i) not in cast.codes(sources))
        frame = Frame(cameo, kind, "refusal:future", speech=True, confidence=CONFIDENCE)
        yield replace(draft, frame=frame, sources=sources, targets=targets, rule=frame.rule, confidence=CONFIDENCE, settled="actual")


def _will_not(verb: Token) -> bool:
    return verb.pos_ in ("VERB", "AUX") and negation(verb) is not None and any(a.lower_ in FUTURE for a in auxiliaries(verb))


def _has_no_mind(verb: Token) -> bool:
    """`is not going to apologise`, `has no intention of bowing`: the refusal stands over the act."""
    over = verb.head.head if verb.dep_ == "pcomp" else verb.head
    if verb.dep_ not in ("xcomp", "pcomp", "acl") or negation(over) is None:
        return False
    return (over.lemma_ == "go" and over.tag_ == "VBG") or over.lemma_ in MIND
