"""Offices and bodies: phrases such as `the Japanese government's top spokesman` that say polity, sector and office themselves."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman import resources
from dragoman.actors.drafts import Drafts
from dragoman.language.grammar import children, phrase
from dragoman.records.actor import ActorKind

LONGEST_PHRASE = 12  # tokens: a longer noun phrase is cut to its head and what stands just before it


@dataclass(frozen=True, slots=True)
class Office:
    """What a noun says of the phrase it heads."""

    noun: str
    kind: ActorKind
    sector: str
    official: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Nouns that make a phrase an actor, and qualifiers that take its office away."""

    offices: dict[str, Office]
    former: frozenset[str]
    non_state: frozenset[str]
    sets: dict[str, int]
    state_nouns: frozenset[str]


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon of offices, from resources/en/offices.yaml."""
    data = resources.load("en/offices.yaml")
    offices: dict[str, Office] = {}
    for sector, nouns in data["groups"].items():
        kind: ActorKind = "population" if sector == "population" else "organization" if sector == "business" else "group"
        offices |= {n: Office(n, kind, sector, official=False) for n in nouns}
    for sector, nouns in data["bodies"].items():
        offices |= {n: Office(n, "organization", sector, official=True) for n in nouns}
    for sector, nouns in data["persons"].items():
        offices |= {n: Office(n, "person", sector, official=sector != "none") for n in nouns}
    count = {"two": 2, "three": 3}
    sets = {phrase: count[k] for k, phrases in data["sets"].items() for phrase in phrases}
    return Lexicon(offices, frozenset(data["former"]), frozenset(data["non_state"]), sets, frozenset(data["state_nouns"]))


def office_of(head: Token) -> Office | None:
    """The office that a noun names, with the modifiers that belong to it: `deputy foreign minister`, `security forces`."""
    offices = lexicon().offices
    doc = head.doc
    plural = head.lower_
    for form in (plural, head.lemma_.lower()):
        for width in (3, 2, 1, 0):
            start = head.i - width
            if start < 0 or any(not _belongs(doc[i]) for i in range(start, head.i)):
                continue
            words = " ".join([*(doc[i].lower_ for i in range(start, head.i)), form]).replace(" - ", "-")
            if words in offices:
                return offices[words]
    return None


def add_titles(drafts: Drafts) -> None:
    """Give people the office and country that the text says of them, and widen their mentions to the whole phrase's head."""
    for draft in list(drafts.mentions):
        actor = drafts.actors[draft.actor]
        if actor.kind != "person" or draft.how != "name":
            continue
        doc = drafts.document.doc
        head = doc[draft.place.head]
        title = _title_before(drafts, draft.place.start) or _title_beside(head)
        if title is None:
            continue
        office = office_of(title)
        if office is None:
            continue
        polity, country = allegiance(drafts, title, office)
        told: dict[str, str | None] = {}
        if not actor.office or polity:
            told["office"] = _office_words(title)
            told["sector"] = office.sector if office.sector != "none" else None
        if polity:
            told["acts_for"] = polity
        if _is_former(title) or not office.official:
            told["acts_for"] = None
        if country and not actor.country:
            told["country"] = country
        drafts.amend(draft.actor, **told)


def add_bodies(drafts: Drafts) -> None:
    """Mentions of unnamed officials, bodies and groups: `a senior Iranian official`, `Turkish troops`, `the rebels`."""
    for token in drafts.document.doc:
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "amod") or token.i in drafts.taken:
            continue
        office = office_of(token)
        if office is None or _names_somebody(drafts, token):
            continue
        start, end = _bounds(token)
        polity, country = allegiance(drafts, token, office)
        name = drafts.document.doc[start:end].text
        if not polity and not country and office.official and token.lower_ not in ("rebels",) and office.sector not in ("police",):
            rule, confidence = "office:unplaced", 0.4
        else:
            rule, confidence = "office", 0.75
        bare = _without_article(name)
        id = drafts.make(bare, office.kind, rule=rule, acts_for=polity, country=country, office=_office_words(token) if office.kind == "person" else None, sector=office.sector if office.sector != "none" else None)
        drafts.mention([id], start, end, token, "title", rule, confidence)


def allegiance(drafts: Drafts, noun: Token, office: Office) -> tuple[str | None, str | None]:
    """(whom the holder of an office acts for, the country it belongs to), as its phrase says; (None, None) where it does not."""
    for owner in _owners(noun):
        for id in drafts.heads.get(owner.i, ()):
            actor = drafts.actors[id]
            country = actor.country
            acts_for = actor.acts_for
            if not office.official or _is_non_state(noun) or _is_former(noun):
                return None, country
            return acts_for, country
    return None, None


def _owners(noun: Token) -> list[Token]:
    """Tokens in a phrase that can name its country or body, nearest first: modifiers, possessor, of-phrase, in turn theirs."""
    found: list[Token] = []
    queue = [noun]
    while queue:
        token = queue.pop(0)
        for child in sorted(token.children, key=lambda c: -c.i):
            if child.dep_ in ("amod", "compound", "poss", "nmod", "appos") and child.i < token.i:
                found.append(child)
                queue.append(child)
            elif child.dep_ == "prep" and child.lower_ in ("of", "for", "from", "in", "at"):
                for noun_ in children(child, "pobj"):
                    found.append(noun_)
                    queue.append(noun_)
    return found


def _title_before(drafts: Drafts, start: int) -> Token | None:
    """The office noun just before a name: `Russian Foreign Minister [Sergei Lavrov]`."""
    doc = drafts.document.doc
    if start == 0:
        return None
    token = doc[start - 1]
    if token.is_punct and start > 1 and token.text == ",":
        token = doc[start - 2]
        return token if token.pos_ in ("NOUN", "PROPN") and office_of(token) and any(c.dep_ == "appos" for c in token.children) else None
    return token if token.pos_ in ("NOUN", "PROPN", "ADJ") and office_of(token) else None


def _title_beside(head: Token) -> Token | None:
    """The office noun in apposition: `[Hayashi Yoshimasa], Japan's top spokesman`; `Lavrov, who is foreign minister`."""
    for child in children(head, "appos"):
        if office_of(child):
            return child
    if head.dep_ == "appos" and office_of(head.head):
        return head.head
    return None


def _names_somebody(drafts: Drafts, token: Token) -> bool:
    """Whether the office stands in a named person's phrase, so that it is that person's title and no actor of its own."""
    doc = token.doc
    after = token.i + 1
    if after < len(doc) and after in drafts.taken:
        draft = drafts.taken[after]
        if draft.place.start == after and drafts.actors[draft.actor].kind == "person":
            return True
    beside = [*children(token, "appos"), *([token.head] if token.dep_ == "appos" else [])]
    return any(drafts.actors[id].kind == "person" for t in beside for id in drafts.heads.get(t.i, ()))


def _bounds(token: Token) -> tuple[int, int]:
    start, end = phrase(token)
    if end - start > LONGEST_PHRASE:
        end = token.i + 1
        start = max(start, end - LONGEST_PHRASE)
    while start < end - 1 and (token.doc[start].is_punct or token.doc[start].is_space):
        start += 1
    return start, end


def _belongs(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "ADJ", "ADV", "ADP", "PUNCT") and not token.is_space and token.text not in (",", ".", ";", ":")


def _office_words(noun: Token) -> str:
    office = office_of(noun)
    return office.noun if office else noun.lower_


def _without_article(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in ("the", "a", "an", "its", "his", "their") else name


def _is_former(noun: Token) -> bool:
    return any(c.lower_ in lexicon().former for c in noun.children)


def _is_non_state(noun: Token) -> bool:
    return any(c.lower_ in lexicon().non_state for c in noun.children)
