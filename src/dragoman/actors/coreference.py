"""Who is `he`, `the minister`, `Yoshimasa`, `the two countries`: salience and agreement, no more than news needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from dragoman.actors.drafts import DraftMention, Drafts
from dragoman.actors.offices import lexicon
from dragoman.language.grammar import SUBJECTS
from dragoman.records import Actor

HE = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "themselves"})
COUNTRIES = frozenset({"state"})


@dataclass(slots=True)
class Salience:
    """Who was mentioned last, subjects before others."""

    latest: dict[str, float] = field(default_factory=dict)

    def seen(self, actor: str, token: Token) -> None:
        """Note a mention; a subject stays in mind longer than the rest of its sentence."""
        self.latest[actor] = token.i + (12 if token.dep_ in SUBJECTS else 0)

    def ranked(self) -> list[str]:
        """Actors, most salient first."""
        return sorted(self.latest, key=lambda a: -self.latest[a])


def join_surnames(drafts: Drafts) -> None:
    """A surname alone is the person of that surname named before (or, in a lead, after)."""
    fullest: dict[str, str] = {}
    for draft in drafts.mentions:
        actor = drafts.actors[draft.actor]
        if actor.kind == "person" and len(actor.name.split()) > 1 and draft.how == "name":
            for part in actor.name.split():
                fullest.setdefault(part, draft.actor)
    for draft in list(drafts.mentions):
        actor = drafts.actors[draft.actor]
        same = fullest.get(actor.name)
        if actor.kind == "person" and draft.how == "name" and same and same != draft.actor:
            _rename(drafts, draft, same)


def resolve_references(drafts: Drafts) -> None:
    """Mentions for pronouns, sets and definite descriptions, in text order."""
    salience = Salience()
    sets = lexicon().sets
    by_head = {d.place.head: d for d in drafts.mentions}
    skip_until = -1
    for token in drafts.document.doc:
        if token.i < skip_until:
            continue
        if token.i in by_head:
            for id in drafts.heads.get(token.i, ()):
                salience.seen(id, token)
            continue
        if token.i in drafts.taken:
            continue
        if found := _set_at(token, sets):
            end, count = found
            ids = _states(drafts, salience)[:count] if count else []
            if len(ids) == count:
                head = token.doc[token.i : end].root
                drafts.mention(ids, token.i, end, head, "set", "coreference:set", 0.7)
                skip_until = end
                continue
        if token.pos_ == "PRON" or token.tag_ == "PRP$":
            if id := _antecedent(drafts, salience, token):
                drafts.mention([id], token.i, token.i + 1, token, "pronoun", "coreference:pronoun", 0.65)
                salience.seen(id, token)


def _antecedent(drafts: Drafts, salience: Salience, token: Token) -> str | None:
    word = token.lower_
    for id in salience.ranked():
        actor = drafts.actors[id]
        if word in HE and actor.kind == "person":
            return id
        if word in IT and actor.kind in ("state", "organization", "igo", "group") and not _is_plural(actor):
            return id
        if word in THEY and (actor.kind in ("group", "population") or _is_plural(actor)):
            return id
    return None


def _is_plural(actor: Actor) -> bool:
    return actor.kind in ("organization", "group", "population") and actor.name.endswith("s") and " " in actor.name


def _states(drafts: Drafts, salience: Salience) -> list[str]:
    """States in mind, most salient first, each once by the code it acts for."""
    found: dict[str, str] = {}
    for id in salience.ranked():
        actor = drafts.actors[id]
        code = actor.acts_for
        if code and f"state:{code}" in drafts.actors:
            found.setdefault(code, f"state:{code}")
        elif code and actor.kind in ("state", "igo"):
            found.setdefault(code, id)
    return list(found.values())


def _set_at(token: Token, sets: dict[str, int]) -> tuple[int, int] | None:
    doc = token.doc
    for width in (3, 2, 1):
        words = " ".join(t.lower_ for t in doc[token.i : token.i + width])
        if words in sets:
            return token.i + width, sets[words]
    return None


def _rename(drafts: Drafts, draft: DraftMention, id: str) -> None:
    old = draft.actor
    at = drafts.mentions.index(draft)
    drafts.mentions[at] = DraftMention(id, draft.place, draft.how, "coreference:surname", draft.confidence)
    drafts.heads[draft.place.head] = [id if x == old else x for x in drafts.heads[draft.place.head]]
    for i in range(draft.place.start, draft.place.end):
        drafts.taken[i] = drafts.mentions[at]
