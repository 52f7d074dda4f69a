"""Vows of harm: `vowed to tear up the pact` promises nothing, it threatens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from dragoman.events.drafts import Draft
from dragoman.events.frames import classes, lexicon

HARSH = frozenset({"ASSAULT", "SANCTION", "COERCE", "REJECT", "MOBILIZE"})


def harsh_vows(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts, each promise of harm made a threat."""
    types = {d.token.i: d.frame.type for d in drafts}
    threat = next(f for f in lexicon().verbs["threaten"] if f.conditions == 0)
    for draft in drafts:
        if draft.frame.type == "AGREE" and draft.token.lemma_.lower() in classes()["vowing"] and _is_harsh(draft.token, types):
            frame = replace(threat, rule=f"{draft.frame.rule}:harsh")
            yield replace(draft, frame=frame, rule=frame.rule)
        else:
            yield draft


def _is_harsh(vow: Token, types: Mapping[int, str]) -> bool:
    """Whether the act vowed is a blow at somebody: by its own frame, or by its verb."""
    inner = [c for c in vow.children if c.dep_ in ("xcomp", "ccomp")]
    return any(types.get(c.i) in HARSH or c.lemma_.lower() in classes()["blow"] for c in inner)
