"""Whether an act takes a quarrel to those who judge it."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.language.grammar import children
from dragoman.statements.lexicon import act_words


def is_recourse(verb: Token) -> bool:
    """`will sue`, `take the matter to the Hague court`, `seek arbitration`, `take measures`."""
    words = act_words()
    lemma = verb.lemma_.lower()
    if lemma in words.suing:
        return True
    objects = children(verb, "dobj")
    direct = {c.lemma_.lower() for c in objects}
    if lemma in words.seeking and direct & words.recourse_sought:
        return True
    before = {n.lemma_.lower() for t in (verb, *objects) for p in t.children if p.dep_ in ("prep", "dative") and p.lower_ in ("to", "before", "into") for n in children(p, "pobj")}
    return lemma in words.bringing and bool(before & words.forums) and (lemma in words.going or bool(direct & words.quarrels))
