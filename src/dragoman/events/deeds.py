"""Whose deed is judged where its noun does not say: `condemned the attack`, `rejected the ultimatum`, `welcomed the move`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.events.drafts import Draft
from dragoman.events.frames import classes, lexicon
from dragoman.events.roles import undergoers
from dragoman.events.words import core, word

JUDGING = frozenset({"ACCUSE", "REJECT", "SUPPORT", "AGREE"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})
TAKING_UP = frozenset({"it", "this", "that", "both", "them"})
BACK = 8  # how many acts before are looked at
KNOWN = 0.9  # share of the confidence that is left


def with_doers(drafts: Sequence[Draft], cast: Cast) -> Iterator[Draft]:
    """The drafts in text order, each judgement of a deed told before with the deed's doer as its target."""
    for n, draft in enumerate(drafts):
        if draft.targets or not draft.sources or draft.frame.type not in JUDGING or draft.token.pos_ != "VERB":
            yield draft
            continue
        doer = next((found for noun in undergoers(draft.token) for part in core(noun) if (found := _doer(part, draft, drafts[max(0, n - BACK) : n], cast))), ())
        yield replace(draft, targets=doer, rule=f"{draft.rule}:deed", confidence=round(draft.confidence * KNOWN, 2)) if doer else draft


def _doer(noun: Token, draft: Draft, before: Sequence[Draft], cast: Cast) -> tuple[str, ...]:
    """Ids of those who did what a definite noun names, by the nearest act before it of the kind that the noun means, not the judge's own."""
    if noun.lower_ in TAKING_UP:
        mine = set(cast.codes(draft.sources))
        asking = (a for a in reversed(before) if a.start < draft.start and a.token.sent.start == draft.token.sent.start and a.frame.speech and a.sources)
        return next((a.sources for a in asking if not mine & set(cast.codes(a.sources))), ())  # `Oslo offered to mediate but Lima turned it down`
    if not any(c.dep_ == "det" and c.lower_ in DEFINITE for c in noun.children):
        return ()
    name = word(noun)
    types = {f.type for f in lexicon().nouns.get(name, ())}
    any_kind = name in classes()["move"]
    if not types and not any_kind:
        return ()
    mine = set(cast.codes(draft.sources))
    for act in reversed(before):
        told = act.frame.type in types or (any_kind and not act.frame.speech)
        if told and act.start < draft.start and act.sources and not mine & set(cast.codes(act.sources)):
            return act.sources
    return ()
