"""Refusals told by a negated future: `Lima will not discuss the border`, `Oslo would not sign`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.actors.cast import Cast
from dragoman.events.codes import table
from dragoman.events.drafts import Draft
from dragoman.events.frames import Frame
from dragoman.language.grammar import auxiliaries, is_passive, negation

FUTURE = frozenset({"will", "would", "wo", "'ll", "’ll", "shall"})
CONFIDENCE = 0.5
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
    """An act of refusing beside each act that its own doer will not do."""
    for draft in drafts:
        cameo = REFUSED.get(draft.frame.type)
        verb = draft.token
        if cameo is None or not draft.sources or verb.pos_ not in ("VERB", "AUX") or is_passive(verb) or negation(verb) is None:
            continue
        if not any(a.lower_ in FUTURE for a in auxiliaries(verb)):
            continue
        kind = table()[cameo].house
        if kind is None:
            continue
        sources = draft.sources if not draft.frame.mutual else draft.sources[:1]
        targets = tuple(i for i in draft.targets if cast.code(i) not in cast.codes(sources))
        frame = Frame(cameo, kind, "refusal:future", speech=True, confidence=CONFIDENCE)
        yield replace(draft, frame=frame, sources=sources, targets=targets, rule=frame.rule, confidence=CONFIDENCE, settled="actual")
