"""Which words of a report could be the name of a place: entities, names that the cast knows as states, names beside a word for a kind of place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dragoman.actors.cast import Cast
from dragoman.language.document import Document
from dragoman.language.grammar import first_conjunct
from dragoman.places.gazetteer import feature_firsts, features, fold
from dragoman.places.words import words

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
DOUBTFUL_LABELS = frozenset({"ORG", "PERSON", "NORP", "PRODUCT", "WORK_OF_ART"})  # what the recogniser makes of towns that it does not know
LONGEST = 6  # tokens
_TO_AND_FROM = frozenset({"to", "from", "over", "toward", "towards", "through"})
_PARTICLES = frozenset({"do", "da", "de", "del", "la", "al", "el", "of", "sur", "am", "an"})
_APOSTROPHES = ("'s", "’s", "'", "’")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of tokens `[start, end)` that may name a place.

    Attributes:
        sure: Whether the words or the recogniser say that it is a place; if not, only a place of weight is taken.
        kind: The word for a kind of place beside it (`province`), None where there is none.
    """

    start: int
    end: int
    sure: bool
    kind: str | None


def find_candidates(document: Document, cast: Cast) -> list[Candidate]:
    """Candidates in text order, none overlapping another."""
    doc = document.doc
    taken: set[int] = set()
    found: list[Candidate] = []
    barred = _barred(document, cast)
    for start, end, sure in _stretches(doc, cast, barred):
        start, end, kind = _trimmed(doc, start, end)
        if start >= end or not taken.isdisjoint(range(start, end)):
            continue
        taken.update(range(start, end))
        found.append(Candidate(start, end, sure, kind))
    return sorted(found, key=lambda c: c.start)


def _barred(document: Document, cast: Cast) -> frozenset[int]:
    """Tokens that are no places: capitals that stand for governments, demonyms, people's names."""
    barred: set[int] = set()
    for mention, place in zip(cast.mentions, cast.places, strict=True):
        if (
            mention.how == "demonym"
            or cast.actors[mention.actor].kind in ("media", "igo")
            or (mention.how == "seat" and not _is_place_phrase(document.doc, place.start, place.end))
        ):
            barred.update(range(place.start, place.end))
    return frozenset(barred)


def _is_place_phrase(doc: Doc, start: int, end: int) -> bool:
    """Whether a capital stands for itself: `in Harare`, `flew to Beijing`, `the capital, Juba`, `visited Kyiv`; not the government in it."""
    lexicon = words()
    head = first_conjunct(doc[start:end].root)
    if end < len(doc) and doc[end].lower_ in ("state", "city", "suburb", "area"):
        return True
    if start and doc[start - 1].lower_ in ("capital", "city", "downtown", "central"):
        return True
    above = head.head
    if head.dep_ == "appos":
        return above.lower_ in lexicon.kinds
    if head.dep_ == "dobj":
        return above.lemma_ in lexicon.visits
    if head.dep_ != "pobj":
        return False
    if above.lower_ in _TO_AND_FROM:
        return above.head.lemma_ in lexicon.motions or above.head.lemma_ == "be"
    if above.lower_ in ("of", "like"):
        return above.head.lower_ in lexicon.kinds or above.head.lower_ in lexicon.directions
    return above.lower_ in lexicon.locatives


def _stretches(doc: Doc, cast: Cast, barred: frozenset[int]) -> Iterator[tuple[int, int, bool]]:
    known = words()
    yield from _features(doc, barred)
    for mention, place in zip(cast.mentions, cast.places, strict=True):
        if mention.how == "name" and mention.actor.startswith("state:") and place.start not in barred and not _in_longer(doc, place.start, place.end):
            yield place.start, place.end, True
    for entity in doc.ents:
        if entity.label_ in PLACE_LABELS:
            if entity.start not in barred:
                yield *_widened(doc, entity.start, entity.end), True
        elif entity.label_ in DOUBTFUL_LABELS and entity.start not in barred and len(entity) <= 4 and stands_as_place(doc, entity.start, entity.end):
            yield entity.start, entity.end, False
    at = 0
    while at < len(doc):
        token = doc[at]
        if token.pos_ == "PROPN" and not token.ent_type_ and token.i not in barred and token.text[0].isupper():
            end = at + 1
            while end < len(doc) and doc[end].pos_ == "PROPN" and not doc[end].ent_type_ and end - at < LONGEST:
                end += 1
            if stands_as_place(doc, at, end) or fold(doc[at:end].text) in features() or (end < len(doc) and doc[end].lower_ in known.kinds):
                yield at, end, False
            at = end
        else:
            at += 1


def _features(doc: Doc, barred: frozenset[int]) -> Iterator[tuple[int, int, bool]]:
    """Features with names of several words, wherever they stand: `the Strait of Hormuz`, where the recogniser sees `Hormuz` and the cast, in `the Taiwan Strait`, a state."""
    table, firsts = features(), feature_firsts()
    at = 0
    for token in doc:
        i = token.i
        if token.lower_ not in firsts or i < at or i in barred or not token.text[0].isupper():
            continue
        for end in range(min(len(doc), i + LONGEST), i + 1, -1):
            if doc[end - 1].text[0].isupper() and fold(doc[i:end].text) in table:
                if not _cuts_entity(doc, i, end) and _widened(doc, i, end) == (i, end):
                    yield i, end, True
                at = end
                break


def _cuts_entity(doc: Doc, start: int, end: int) -> bool:
    """Whether a longer name goes on at either end: `New Guinea` in `Papua New Guinea`, `New England` in a journal's name."""
    return (doc[start].ent_iob_ == "I" and doc[start - 1].pos_ == "PROPN") or (
        end < len(doc) and doc[end].ent_iob_ == "I" and doc[end].pos_ == "PROPN" and doc[start].ent_type_ == "ORG"
    )


def _in_longer(doc: Doc, start: int, end: int) -> bool:
    """A state's name inside a longer name: `America` in `North America`, `Israel` in `Israel Katz`, `US` in `$US 2 billion`."""
    if start and doc[start - 1].text == "$":
        return True
    kind = doc[start].ent_type_
    before = start > 0 and doc[start - 1].ent_type_ == kind and doc[start].ent_iob_ == "I" and doc[start - 1].pos_ in ("PROPN", "ADJ") and doc[start - 1].text[0].isupper()
    if kind == "PERSON":
        return before or (end < len(doc) and doc[end].ent_iob_ == "I" and doc[end].pos_ == "PROPN")
    return before and kind in (*PLACE_LABELS, "ORG") and doc[start - 1].lower_ != "the"


def _widened(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """An entity with what the recogniser cut off: `KwaZulu-Natal` where it took `Natal`, `Rio Grande do Sul` where it took `Rio Grande`."""
    if start > 1 and doc[start - 1].text == "-" and doc[start - 2].pos_ == "PROPN" and not doc[start - 2].whitespace_:
        start -= 2
    while (
        end + 1 < len(doc)
        and ((doc[end].text == "-" and not doc[end].whitespace_) or doc[end].lower_ in _PARTICLES)
        and doc[end + 1].pos_ == "PROPN"
        and doc[end + 1].text[0].isupper()
    ):
        end += 2
    return start, end


def stands_as_place(doc: Doc, start: int, end: int) -> bool:
    """`in Migori`, `the Cacuaco district`, `Suba, Migori and Homa Bay districts`: a name after a preposition of place, beside a kind, or in a row with such a one."""
    lexicon = words()
    if end < len(doc) and doc[end].lower_ in lexicon.kinds and doc[end].pos_ in ("NOUN", "PROPN"):
        return True
    head: Token = doc[start:end].root
    for _ in range(6):
        if head.dep_ == "pobj":
            before = head.head
            if before.lower_ in lexicon.firm_locatives:
                return True
            return before.lower_ == "of" and before.head.lower_ in lexicon.kinds
        if head.dep_ in ("conj", "appos", "nmod", "compound") and head.head.i != head.i:
            if head.dep_ == "compound" and start <= head.head.i < end:
                return False
            if head.head.ent_type_ in ("GPE", "LOC") and head.dep_ == "conj":
                return True
            if head.dep_ == "compound" and head.head.lower_ not in lexicon.kinds:
                return False
            if head.dep_ == "compound":
                return True
            head = head.head
            continue
        return False
    return False


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int, str | None]:
    """A stretch without article, directions, possessive mark and punctuation, and the kind of place beside or in it."""
    lexicon = words()
    while start < end and (
        doc[start].lower_ in ("the", "a", "an") or doc[start].is_punct or doc[start].is_space or (doc[start].lower_ in lexicon.directions and doc[start].text.islower())
    ):
        start += 1
    while end > start and (doc[end - 1].text in _APOSTROPHES or doc[end - 1].is_space or (doc[end - 1].is_punct and doc[end - 1].text != ".")):
        end -= 1
    kind = None
    whole = fold(doc[start:end].text) in features()  # the Strait of Hormuz
    if not whole and start < end and doc[start].lower_ in lexicon.kinds and start + 2 < end and doc[start + 1].lower_ == "of":
        kind, start = doc[start].lower_, start + 2  # the city of Aden
    if not whole and end - start > 1 and doc[end - 1].lower_ in lexicon.kinds and doc[end - 1].text.islower():
        kind, end = doc[end - 1].lower_, end - 1
    if kind is None and end < len(doc) and doc[end].lower_ in lexicon.kinds:
        kind = doc[end].lower_
    if kind is None and start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in lexicon.kinds:
        kind = doc[start - 2].lower_
    return start, end, kind
