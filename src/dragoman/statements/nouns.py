"""Statements carried by a noun or an adjective: `its claim that …`, `is confident that …`."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.language.document import Document
from dragoman.language.grammar import children
from dragoman.records.statement import StatementKind
from dragoman.statements.content import phrase_cut, snapped, trimmed
from dragoman.statements.draft import Bounds, Draft
from dragoman.statements.lexicon import Frame, lexicon
from dragoman.statements.speakers import speaker_bounds, speaker_of

IMPERSONAL = frozenset({"it", "this", "that", "what", "there"})  # `It is clear that …`: nobody says so
BEING = frozenset({"be", "feel", "remain", "seem", "appear", "become", "sound", "look", "grow", "get"})


def noun_statements(document: Document) -> Iterator[Draft]:
    """Drafts of all statements whose cue is a noun or an adjective, in token order."""
    words = lexicon()
    for token in document.doc:
        pos = token.pos_
        if pos == "NOUN":
            if ((frames := words.nouns.get(token.lemma_.lower())) and (draft := _noun(document, token, frames))) or (
                (frames := words.persons.get(token.lemma_.lower())) and (draft := _person(document, token, frames))
            ):
                yield draft
        elif pos == "ADJ" and (frames := words.adjectives.get(token.lower_)) and (draft := _adjective(document, token, frames)):
            yield draft


def _noun(document: Document, noun: Token, frames: tuple[Frame, ...]) -> Draft | None:
    owner, light = _owner(noun)
    if owner is None:
        return None
    cue = (min(light.i, noun.i), noun.i + 1) if light is not None else (noun.i, noun.i + 1)
    if light is not None and light.lemma_ != "have" and (whole := _quoted(document, noun)):  # `voiced its “deep regret” over the raid`: the noun is what is said
        return Draft("speech", frames[0].act, "saying:noun", 0.8, [whole], light, (light.i, light.i + 1), owner, speaker_bounds(owner, light))
    for frame in frames:
        if pieces := _complement(document, noun, light, frame.takes):
            # `Lima's demand to see it`, without a verb that utters it, is only what Lima wants
            kind: StatementKind = frame.kind if light is not None or frame.takes == "that" else "attitude"
            return Draft(
                kind,
                frame.act,
                "saying:noun",
                0.8 if kind == "speech" else 0.65,
                pieces,
                noun,
                cue,
                owner,
                speaker_bounds(owner, noun),
                names_only_topic=frame.takes not in ("that", "to"),
            )
    return None


def _person(document: Document, noun: Token, frames: tuple[Frame, ...]) -> Draft | None:
    """`is a staunch opponent of the treaty`."""
    verb = noun.head
    if noun.dep_ != "attr" or verb.lemma_.lower() not in BEING or (speaker := speaker_of(verb)) is None or speaker.lower_ in IMPERSONAL:
        return None
    for frame in frames:
        if pieces := _complement(document, noun, None, frame.takes):
            return Draft(frame.kind, frame.act, "saying:noun", 0.65, pieces, noun, (verb.i, noun.i + 1), speaker, speaker_bounds(speaker, verb), names_only_topic=True)
    return None


def _quoted(document: Document, noun: Token) -> Bounds | None:
    if document.quote_at(noun.head) is not None:
        return None
    quoted = document.quote_at(noun) is not None or any(document.quote_at(c) is not None for c in noun.children)
    return trimmed(noun.doc, noun.left_edge.i, noun.right_edge.i + 1) if quoted else None


def _owner(noun: Token) -> tuple[Token | None, Token | None]:
    """Whose word it is, and the light verb that brought the noun in, if one did."""
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in lexicon().light and (speaker := speaker_of(noun.head)) is not None:
        return speaker, noun.head
    for child in noun.children:
        if child.dep_ == "poss":
            return child, None
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            for inner in children(child, "pobj"):
                return inner, None
    return None, None


def _complement(document: Document, noun: Token, light: Token | None, takes: str) -> list[Bounds]:
    doc = noun.doc
    hanging = [*noun.children, *(c for c in (light.children if light is not None else ()) if c.dep_ in ("advcl", "xcomp", "ccomp"))]
    for child in hanging:
        if child.i < noun.i:
            continue
        if (
            takes == "that"
            and child.dep_ in ("acl", "ccomp")
            and any(c.dep_ in ("mark", "nsubj") for c in child.children)
            and (child.tag_ not in ("VBG", "VBN") or any(c.dep_ == "aux" for c in child.children))
        ) or (takes == "to" and child.dep_ in ("acl", "xcomp", "advcl") and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)):
            pass
        elif takes not in ("that", "to") and child.dep_ == "prep" and child.lower_ == takes:
            inner = children(child, "pobj", "pcomp")
            if not inner:
                continue
            piece = trimmed(doc, child.i + 1, inner[-1].right_edge.i + 1)
            return snapped(document, [phrase_cut(doc, piece, document)], noun) if piece else []
        else:
            continue
        piece = trimmed(doc, child.left_edge.i, child.right_edge.i + 1)
        return snapped(document, [phrase_cut(doc, piece, document)], noun) if piece else []
    return []


def _adjective(document: Document, adjective: Token, frames: tuple[Frame, ...]) -> Draft | None:
    if adjective.dep_ != "acomp" or adjective.head.lemma_.lower() not in BEING:
        return None
    verb = adjective.head
    speaker = speaker_of(verb)
    if speaker is None or speaker.lower_ in IMPERSONAL:
        return None
    doc = adjective.doc
    for frame in frames:
        for child in (c for t in (adjective, verb) for c in t.children):
            if child.i < adjective.i:
                continue
            start = child.left_edge.i
            if (frame.takes == "that" and child.dep_ == "ccomp" and child.tag_ != "VBG") or (frame.takes == "to" and child.dep_ == "xcomp" and child.head.i == adjective.i):
                pass
            elif child.dep_ == "prep" and child.head.i == adjective.i and child.lower_ == frame.takes and children(child, "pobj", "pcomp"):
                start = child.i + 1
            else:
                continue
            if piece := trimmed(doc, max(start, adjective.i + 1), child.right_edge.i + 1):
                pieces = snapped(document, [phrase_cut(doc, piece, document)], adjective)
                return Draft(frame.kind, frame.act, "saying:adjective", 0.6, pieces, adjective, (min(verb.i, adjective.i), adjective.i + 1), speaker, speaker_bounds(speaker, verb))
    return None
