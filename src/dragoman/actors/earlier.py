"""Whom a title or a common noun was before: `the minister`, `the court`, `the official`, `the Lebanese group`."""

from __future__ import annotations

from dragoman.actors.drafts import Drafts
from dragoman.actors.lexicon import Office, references
from dragoman.actors.offices import is_former
from dragoman.actors.salience import Salience
from dragoman.actors.words import Words

PLURAL = frozenset({"NNS", "NNPS"})
DEPUTIES = frozenset({"vice", "deputy", "assistant", "former", "under"})


def mentioned_before(drafts: Drafts, salience: Salience, i: int, office: Office) -> str | None:
    """Whom `the minister`, `the ministry`, `the spokesman` was before."""
    words = drafts.words
    if not any(words.lower[c] == "the" for c in words.kids[i]) and not (office.family == "body" and not words.kids[i]):
        return None
    if any(words.dep[c] in ("relcl", "prep", "acl") and c > i and words.lower[c] in ("of", "for", "from") for c in words.kids[i]):
        return None
    plural = words.tag[i] in PLURAL
    last = office.noun.rpartition(" ")[2]
    former = is_former(words, i)
    for _, ids in salience.ranked(i, reach=12):
        actor = drafts.actors[ids[0]]
        if len(ids) > 1 or actor.plural != plural:
            continue
        if office.is_person and not plural:
            if actor.kind == "person" and actor.office and (not former or _is_over(actor.office)) and same_office(office.noun, actor.office.removeprefix("former ")):
                return actor.id
        elif (plural and actor.entry is None and office.noun in actor.name.lower() and actor.name.lower().endswith((last, words.lower[i]))) or (
            not plural and actor.kind in ("organization", "igo") and last in actor.name.lower().split() and same_sector(office, actor.sector)
        ):
            return actor.id
    return _by_another_name(drafts, salience, i, office) if office.is_person and not plural and not former else None


def _by_another_name(drafts: Drafts, salience: Salience, i: int, office: Office, code: str | None = None) -> str | None:
    """Who is called by another noun than his office: `the diplomat` for the ambassador, `the commander` for the colonel; `code` is whom he has to act for, where that is told."""
    for _, ids in salience.ranked(i, reach=12):
        actor = drafts.actors[ids[0]]
        if len(ids) > 1 or actor.kind != "person" or actor.plural or not actor.office or _is_over(actor.office) or (code and actor.acts_for != code):
            continue
        if stands_for(office.noun, actor.office) or (code and same_office(office.noun, actor.office)):
            return actor.id
    return None


def official_of(drafts: Drafts, salience: Salience, i: int, office: Office, code: str | None) -> str | None:
    """`the Norwegian diplomat` after Norway's ambassador: the holder of that office named before who acts for `code`."""
    words = drafts.words
    if not office.is_person or not code or words.tag[i] in PLURAL or is_former(words, i) or not any(words.lower[c] == "the" for c in words.kids[i]):
        return None
    if any(words.dep[c] in ("relcl", "prep", "acl", "appos") and c > i for c in words.kids[i]):
        return None
    return _by_another_name(drafts, salience, i, office, code)


def stands_for(noun: str, held: str) -> bool:
    """Whether a noun can call the holder of an office by another name. Source: stand_for in resources/en/references.yaml."""
    return any(held == meant or held.endswith(" " + meant) for meant in references().stand_for.get(noun, ()))


def _is_over(office: str) -> bool:
    return office.startswith("former ")


def one_of(drafts: Drafts, salience: Salience, i: int, office: Office) -> str | None:
    """`the official` after `U.S. officials`: one of them."""
    if office.family != "person" or drafts.words.tag[i] in PLURAL or not is_definite(drafts.words, i, office):
        return None
    for _, ids in salience.ranked(i, reach=12):
        actor = drafts.actors[ids[0]]
        if len(ids) == 1 and actor.plural and actor.kind == "group" and office.noun + "s" in actor.name.lower():
            return actor.id
    return None


def known_group(drafts: Drafts, salience: Salience, i: int, office: Office, country: str | None) -> str | None:
    """`the Lebanese group` after Hezbollah: the group of that country in mind."""
    words = drafts.words
    if office.family not in ("opposition", "rebels") or country is None or words.tag[i] in PLURAL or not any(words.lower[c] == "the" for c in words.kids[i]):
        return None
    if office.noun.rpartition(" ")[2] not in references().descriptions:
        return None
    for _, ids in salience.ranked(i, reach=6):
        actor = drafts.actors[ids[0]]
        if len(ids) == 1 and actor.kind == "group" and actor.entry is not None and actor.country == country:
            return actor.id
    return None


def same_office(noun: str, held: str) -> bool:
    """Whether `the minister` can be the holder of an office told before; no deputy for his chief."""
    if noun == held:
        return True
    if held.split()[0] in DEPUTIES and noun.split()[0] not in DEPUTIES:
        return False
    return held.endswith(" " + noun) or (noun in ("spokesman", "spokeswoman", "spokesperson") and held.endswith(("spokesman", "spokeswoman", "spokesperson")))


def same_sector(office: Office, sector: str | None) -> bool:
    """Whether `the court`, `the ministry` can be a body of that sector named before."""
    if office.family == "body":
        return sector in (None, office.sector) or office.noun == "ministry"
    return office.family in ("weak", "vessels", "business")


def is_definite(words: Words, i: int, office: Office) -> bool:
    """Whether a noun points at one that is known: `the court`, `parliament`, bare `police`."""
    determiners = [words.lower[c] for c in words.kids[i] if words.dep[c] == "det"]
    return "the" in determiners or (not determiners and (office.noun in ("police", "state media") or (office.family in ("body", "person") and words.tag[i] not in PLURAL)))
