"""Who stands beside a common noun and is meant by it: the bearer of a title, a body by name, the states whose leaders are told."""

from __future__ import annotations

from dragoman.actors.drafts import Drafts
from dragoman.actors.lexicon import Office, offices

PLURAL = frozenset({"NNS", "NNPS"})


def person_beside(drafts: Drafts, i: int, office: Office) -> str | None:
    """The person whose title a noun is: `[Germany's chancellor], Angela Merkel`."""
    words = drafts.words
    if not office.is_person or words.tag[i] in PLURAL:
        return None
    beside = [c for c in words.kids[i] if words.dep[c] == "appos"]
    if words.dep[i] == "appos":
        beside.append(words.head[i])
    for c in beside:
        for id in drafts.heads.get(c, ()):
            if drafts.actors[id].kind == "person" and not drafts.actors[id].rule.startswith("office"):
                return id
    return None


def body_beside(drafts: Drafts, i: int, office: Office) -> str | None:
    """The body by name in whose phrase a common noun stands: `[the KCNA news agency]`, `[the state news agency], SANA`."""
    words = drafts.words
    if office.family not in ("opposition", "rebels", "business", "weak", "allies"):
        return None
    beside = [
        c
        for c in words.kids[i]
        if words.dep[c] == "appos" or (c == i - 1 and words.dep[c] in ("compound", "nmod")) or (words.dep[c] == "compound" and c < i and office.noun == "news agency")
    ]
    for c in beside:
        for id in drafts.heads.get(c, ()):
            actor = drafts.actors[id]
            kinds = ("media",) if office.noun in offices().news_media else ("group", "igo", "organization", "media")
            if actor.kind in kinds and (actor.kind in ("media", "group") or words.dep[c] == "appos" or office.noun in offices().firms) and words.tag[i] not in PLURAL:
                return id
    return None
