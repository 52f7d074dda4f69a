"""Joining what turns out to be one actor: `Iran's president` of the lead is the Hassan Rouhani named further down."""

from __future__ import annotations

from dragoman.actors.drafts import Drafts
from dragoman.actors.lexicon import offices

LEADERS = frozenset({"president", "prime minister", "chancellor", "supreme leader", "king", "emir"})


def join_offices(drafts: Drafts) -> None:
    """Let the unnamed holder of an office that a state has once be the person who is named with that office anywhere in the report."""
    heads_of_state = offices().heads_of_state
    named: dict[tuple[str, str], list[str]] = {}
    for actor in drafts.actors.values():
        if actor.kind == "person" and not _is_unnamed(actor.rule) and actor.acts_for and actor.office in heads_of_state:
            named.setdefault((actor.office or "", actor.acts_for), []).append(actor.id)
    for (office, code), bearers in list(named.items()):
        if office in LEADERS:
            named.setdefault(("leader", code), []).extend(bearers)
    for actor in list(drafts.actors.values()):
        if actor.kind == "person" and _is_unnamed(actor.rule) and actor.acts_for and (actor.office in heads_of_state or actor.office == "leader"):
            bearers = named.get((actor.office or "", actor.acts_for), [])
            if len(set(bearers)) == 1:
                drafts.rename(actor.id, bearers[0])


def _is_unnamed(rule: str) -> bool:
    return rule.startswith("office")
