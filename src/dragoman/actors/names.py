"""Proper names: the known ones of the world, and people and organizations that the entity recogniser sees."""

from __future__ import annotations

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dragoman.actors.drafts import Drafts
from dragoman.actors.world import Name, NameMatch, World
from dragoman.language.grammar import children
from dragoman.records.actor import MentionKind

LOCATIVE = frozenset({"in", "near", "outside", "around", "across", "inside", "throughout", "into", "at"})  # `in Tokyo` is a place; `with Tokyo` a government
ORGANIZATION_LABELS = frozenset({"ORG"})
PEOPLE_FIRST: dict[str, int] = {"person": 0, "state": 1, "igo": 2, "organization": 3, "group": 4, "media": 5}


def add_known_names(drafts: Drafts, world: World) -> None:
    """Mentions of everybody in the world's files. A known name inside a longer person's name is no mention (`Jordan` in `Michael Jordan`)."""
    doc = drafts.document.doc
    starts = {t.idx: t.i for t in doc}
    ends = {t.idx + len(t): t.i + 1 for t in doc}
    for match in world.find(doc.text):
        start, end = starts.get(match.start), ends.get(match.end)
        if start is None or end is None or _is_inside_other_name(doc[start:end], match):
            continue
        name = _chosen(drafts, match)
        head = doc[start:end].root
        if name.how == "seat" and is_locative(head):
            continue
        drafts.mention([drafts.know(name.entry)], start, end, head, name.how, f"name:{name.entry.source}", 0.95 if len(match.names) == 1 else 0.7)


def add_recognised_names(drafts: Drafts) -> None:
    """Mentions of people and organizations that only the entity recogniser knows."""
    for entity in drafts.document.doc.ents:
        tokens = _without_frame(entity)
        if tokens is None or any(t.i in drafts.taken for t in tokens):
            continue
        if entity.label_ == "PERSON" and _looks_like_a_name(tokens):
            drafts.mention([drafts.make(tokens.text, "person", rule="entity:person")], tokens.start, tokens.end, tokens.root, "name", "entity:person", 0.8)
        elif entity.label_ in ORGANIZATION_LABELS and _looks_like_a_name(tokens):
            drafts.mention([drafts.make(tokens.text, "organization", rule="entity:organization")], tokens.start, tokens.end, tokens.root, "name", "entity:organization", 0.6)


def is_locative(token: Token) -> bool:
    """Whether a name stands as a place: `in London`, `at Geneva`."""
    return token.dep_ == "pobj" and token.head.lower_ in LOCATIVE


def _is_inside_other_name(tokens: Tokens, match: NameMatch) -> bool:
    entity_of = tokens.root.ent_type_
    for name in match.names:
        if name.entry.kind == "person":
            return False
    if entity_of == "PERSON":
        entity = next((e for e in tokens.doc.ents if e.start <= tokens.start and tokens.end <= e.end), None)
        known_as_demonym = any(n.how == "demonym" for n in match.names)
        return entity is not None and len(entity) > len(tokens) and not (known_as_demonym and entity.start == tokens.start)
    return False


def _chosen(drafts: Drafts, match: NameMatch) -> Name:
    """Of several bearers of a name the one already in the report, else by kind."""
    known = [n for n in match.names if n.entry.id in drafts.actors]
    return min(known or match.names, key=lambda n: PEOPLE_FIRST.get(n.entry.kind, 9))


def _without_frame(entity: Tokens) -> Tokens | None:
    """An entity without a leading article and a trailing possessive mark."""
    start, end = entity.start, entity.end
    doc = entity.doc
    while start < end and (doc[start].lower_ in ("the", "a", "an") or doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return doc[start:end] if end > start else None


def _looks_like_a_name(tokens: Tokens) -> bool:
    return tokens[0].text[:1].isupper() and not children(tokens.root, "aux") and any(t.pos_ in ("PROPN", "NOUN", "ADJ") for t in tokens)


def how_of(token: Token) -> MentionKind:
    """A name used as an adjective counts as a demonym."""
    return "demonym" if token.dep_ == "amod" else "name"
