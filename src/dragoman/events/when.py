"""When an event happened: the time expression of its own clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from dragoman.language.document import Document
from dragoman.records import EventTime, TimeExpression

DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
SEASON_OR_QUARTER = re.compile(r"(\d{4})-(?:SP|SU|FA|WI|Q\d|H\d)")
UPWARDS = frozenset({"xcomp", "pcomp", "prep", "dobj", "pobj", "conj", "attr", "nsubjpass", "acl", "advcl", "ccomp", "nsubj", "agent", "oprd", "acomp", "compound", "csubj", "dep", "advmod"})
SAME_ACT = frozenset({"xcomp", "dobj", "conj", "nsubjpass", "attr", "oprd"})


def date_of(trigger: Token, document: Document, times: Sequence[TimeExpression]) -> EventTime | None:
    """The time that the event's own clause gives, as an ISO 8601 prefix.

    Args:
        trigger: Head token of the predicate.
        document: The parsed report.
        times: Time expressions of the report; spans are report positions.

    Returns:
        None where the clause has no resolved date: the report's own day is never guessed.
    """
    for expression, _ in clause_times(trigger, sentence_times(trigger, document, times), SAME_ACT):
        value = iso_prefix(expression.value) if expression.type in ("DATE", "TIME") else None
        if value is not None:
            return EventTime(value=value, span=expression.span)
    return None


def iso_prefix(value: str | None) -> str | None:
    """TIMEX3 to an ISO prefix: `2024-06-05TNI` → 2024-06-05, `2024-SU` → 2024; None for weeks, decades and references."""
    if value is None:
        return None
    if season := SEASON_OR_QUARTER.fullmatch(value):
        return season[1]
    day = value.split("T")[0]
    return day if DAY.fullmatch(day) else None


def sentence_times(trigger: Token, document: Document, times: Sequence[TimeExpression]) -> list[tuple[TimeExpression, Token]]:
    """Time expressions of the trigger's sentence with the head token of each, in text order."""
    if not times:
        return []
    sentence = trigger.sent
    bounds, part = document.span(sentence.start, sentence.end), document.part(trigger)
    found = []
    for expression in times:
        if expression.part == part and bounds.overlaps(expression.span) and (tokens := document.tokens(expression.span, part)) is not None:
            found.append((expression, tokens.root))
    return found


def clause_times(trigger: Token, here: Sequence[tuple[TimeExpression, Token]], links: frozenset[str] = UPWARDS) -> Iterator[tuple[TimeExpression, Token]]:
    """Of the times of a sentence those that date a trigger, the nearest clause first; `links` are the dependencies that lead to a clause which shares its time."""
    if not here:
        return
    anchored: dict[int, list[tuple[TimeExpression, Token]]] = {}
    for expression, root in here:
        for anchor in _anchors(root):
            anchored.setdefault(anchor, []).append((expression, root))
    token = trigger
    for _ in range(12):
        near = anchored.get(token.i, ())
        yield from sorted(near, key=lambda pair: -len(iso_prefix(pair[0].value) or ""))
        if token.dep_ == "relcl":  # `in April 2023, when Oslo sent them home`
            yield from (pair for pair in here if pair[1].i == token.head.i or pair[1].is_ancestor(token.head))
        if token.head.i == token.i or token.dep_ not in links:
            return
        token = token.head


def _anchors(root: Token) -> list[int]:
    """What a time expression dates: the verb or noun that it modifies; by `in`, `on` after a verb's object also that verb.

    `held drills on Friday`: to the parser the day may belong to the drills. `the 2015 accord` dates the accord alone.
    """
    through_preposition = root.dep_ in ("pobj", "pcomp")
    token = root.head if through_preposition else root
    while token.dep_ in ("pobj", "prep", "npadvmod", "advmod", "nummod", "pcomp") and token.head.i != token.i and token.head.pos_ in ("ADP", "SCONJ", "ADV", "NUM"):
        token = token.head
    head = token.head
    found = [head.i]
    if head.pos_ in ("NOUN", "PROPN", "NUM", "PRON", "ADJ", "ADP") and token.dep_ in ("prep", "npadvmod", "advmod"):
        leads = token.i < head.i and token.dep_ == "prep"  # `In 1989 students marched`: the parser gives the year to the students
        for _ in range(4):
            if (not (leads and head.dep_ == "nsubj") and head.dep_ not in ("dobj", "pobj", "prep", "nsubjpass", "attr", "appos", "conj", "dative", "npadvmod", "agent")) or head.head.i == head.i:
                break
            head = head.head
            found.append(head.i)
            if head.pos_ in ("VERB", "AUX"):
                break
    return found
