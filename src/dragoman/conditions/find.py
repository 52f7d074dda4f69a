"""The stage: document and earlier findings → conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.conditions.connectives import Cue, find_cues, words
from dragoman.conditions.duties import alternative_sides, first_sides, for_sides, goal_sides, meanwhile_sides, or_sides, return_sides, then_sides
from dragoman.conditions.frames import clause_sides
from dragoman.conditions.gates import is_condition, is_open_cue
from dragoman.conditions.parties import counterpart, is_own_clause, owing, setter
from dragoman.conditions.phrases import inverted_sides, phrase_sides, predicate_sides
from dragoman.conditions.polarity import polarity
from dragoman.conditions.sides import Draft, Side
from dragoman.conditions.terms import bound_sides, only_sides, opening_sides, result_sides, term_sides
from dragoman.conditions.voices import voice
from dragoman.language.document import Document
from dragoman.records import Condition, Event, Span, Statement

SIDES = {"clause": clause_sides, "phrase": phrase_sides, "predicate": predicate_sides, "alternative": alternative_sides, "goal": goal_sides}
AUXILIARIES = frozenset({"should", "were", "had"})
WORDED = (
    AUXILIARIES
    | words("connectives", "results")
    | words("connectives", "opening_verbs")
    | words("connectives", "terms")
    | words("connectives", "binding")
    | {"or", "first", "then", "must", "only", "return", "exchange"}
)
CONFIDENCE = {"clause": 0.9, "before": 0.85, "in_return": 0.85, "predicate": 0.8, "phrase": 0.75, "alternative": 0.75}  # shares right on development sentences, rounded down


def find_conditions(document: Document, cast: Cast, statements: Sequence[Statement], events: Sequence[Event]) -> tuple[Condition, ...]:
    """Find conditions between political actors, in text order.

    Args:
        document: One parsed report.
        cast: Who is who in it.
        statements: What is said in it; without them the speaker is read off the sentence.
        events: What is done in it; tells who the other side is where a condition names none.

    Returns:
        Conditions with both sides, who sets them and who has to act. Two cues over the same two sides give one condition.
    """
    found: list[Condition] = []
    taken: set[tuple[int, int]] = set()
    for drafted in _drafts(document):
        place = (drafted.consequent.head.i, drafted.antecedent.head.i)
        if place in taken or place[::-1] in taken:
            continue
        condition = _judged(document, cast, statements, events, drafted, len(found) + 1)
        if condition is not None:
            taken.add(place)
            found.append(condition)
    return tuple(found)


def _drafts(document: Document) -> Iterator[Draft]:
    doc = document.doc
    for cue in find_cues(doc):
        if is_open_cue(doc, cue) and (drafted := _sides(document, cue)) is not None:
            yield drafted
    for token in doc:
        if token.lower_ in WORDED and (drafted := _worded(document, token)) is not None:
            yield drafted


def _worded(document: Document, token: Token) -> Draft | None:
    """Conditions that a plain word opens: `do this or face that`, `must first`, `should Kyiv fall`."""
    if token.lower_ == "or":
        return or_sides(document.doc, token.i) if token.dep_ == "cc" else None
    if token.lower_ == "first":
        return first_sides(document.doc, token.i) if token.dep_ == "advmod" else None
    if token.lower_ == "must":
        return for_sides(document.doc, token.i)
    if token.lower_ == "only":
        return only_sides(document.doc, token.i) if token.dep_ in ("advmod", "amod") and token.head.i > token.i else None
    if token.pos_ == "VERB" and token.lower_ in words("connectives", "binding"):
        return bound_sides(document.doc, token.i)
    if token.lower_ == "then":
        return meanwhile_sides(document.doc, token.i) or (then_sides(document.doc, token.i) if token.dep_ == "advmod" else None)
    if token.lower_ in ("return", "exchange") and (given := return_sides(document.doc, token.i)) is not None:
        return given
    if token.pos_ == "NOUN":
        return term_sides(document.doc, token.i)
    if token.lower_ not in AUXILIARIES:
        return result_sides(document.doc, token.i) or opening_sides(document.doc, token.i) if token.pos_ in ("VERB", "AUX") else None
    if token.dep_ in ("aux", "auxpass", "ROOT", "advcl", "ccomp") and _opens(document, token.i):
        return inverted_sides(document.doc, token.i)
    return None


def _opens(document: Document, at: int) -> bool:
    """Whether an auxiliary opens a clause: after a mark, or with its subject right behind it (`… should Peru seize the boat`), but no question."""
    doc = document.doc
    verb = doc[at].head
    if verb.i > at and verb.head.i < at and verb.sent[-1].text != "?" and any(c.dep_ in ("nsubj", "nsubjpass") and c.left_edge.i == at + 1 for c in verb.children):
        return True
    return at == doc[at].sent.start or doc[at - 1].lower_ in (",", ";", ":", "that", "“", '"', "and", "but")


def _sides(document: Document, cue: Cue) -> Draft | None:
    return SIDES[cue.connective.frame](document.doc, cue)


def _judged(document: Document, cast: Cast, statements: Sequence[Statement], events: Sequence[Event], drafted: Draft, number: int) -> Condition | None:
    heard = voice(document, cast, statements, drafted)
    owed = owing(cast, drafted, heard, events)
    holder = setter(cast, drafted, heard, owed)
    if is_own_clause(cast, drafted, holder) or not is_condition(drafted, cast, heard, holder, owed):
        return None
    head = drafted.consequent.head
    return Condition(
        id=document.id("c", number),
        part=document.part(head),
        rule=drafted.rule,
        confidence=CONFIDENCE[drafted.rule.partition(":")[0]],
        kind=drafted.kind,
        cue_span=document.span(*drafted.cue),
        consequent_span=_span(document, drafted.consequent),
        antecedent_span=_span(document, drafted.antecedent),
        polarity=polarity(drafted),
        holder=holder,
        demanded_of=owed or (counterpart(cast, events, {cast.code(holder)}) if holder else ()),
        statement=heard.statement,
    )


def _span(document: Document, side: Side) -> Span:
    return document.span(side.start, side.end)
