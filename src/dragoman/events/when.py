"""When an event happened: the time expression of its own clause."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Token

from dragoman.events import control
from dragoman.language import grammar
from dragoman.language.document import Document
from dragoman.records import EventTime, TimeExpression
from dragoman.statements.lexicon import lexicon

Timed = tuple[TimeExpression, Token]  # a time expression and its head token
Timetable = dict[int, list[Timed]]  # token index at which a sentence begins → the times in it, in text order

DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
SEASON_OR_QUARTER = re.compile(r"(\d{4})-(?:SP|SU|FA|WI|Q\d|H\d)")
WEEK = re.compile(r"(\d{4})-W(\d{2})(?:-WE)?")
FARTHEST = 12  # words climbed from the act to a clause that shares its time
BOUNDS = frozenset({"until", "till", "since", "before", "after"})  # what such a time bounds is not dated by it


def timetable(document: Document, times: Sequence[TimeExpression]) -> Timetable:
    """Time expressions by the sentence in which their head stands."""
    found: Timetable = {}
    for expression in times:
        tokens = document.tokens(expression.span, expression.part)
        if tokens is not None:
            root = tokens.root
            found.setdefault(root.sent.start, []).append((expression, root))
    return found


def date_among(trigger: Token, times: Sequence[Timed]) -> EventTime | None:
    """The time that the event's own clause gives, as an ISO 8601 prefix.

    Args:
        trigger: Head token of the predicate.
        times: Times of its sentence.

    Returns:
        None where the clause has no resolved date: the report's own day is never guessed.
    """
    if not times:
        return None
    here = [pair for pair in times if pair[0].type in ("DATE", "TIME") and iso_prefix(pair[0].value) and not is_bound(pair[1])]
    if not here:
        return None
    for expression, _ in (*clause_times(trigger, here, shares_date), *_around(trigger, here)):
        if (value := iso_prefix(expression.value)) is not None:
            return EventTime(value=value, span=expression.span)
    return None


def iso_prefix(value: str | None) -> str | None:
    """TIMEX3 to an ISO prefix: `2024-06-05TNI` → 2024-06-05, `2024-SU` → 2024, a week → its month; None for decades, weeks of two months and references."""
    if value is None:
        return None
    if season := SEASON_OR_QUARTER.fullmatch(value):
        return season[1]
    if week := WEEK.fullmatch(value):
        return _month_of_week(int(week[1]), int(week[2]))
    day = value.split("T")[0]
    return day if DAY.fullmatch(day) else None


def _month_of_week(year: int, week: int) -> str | None:
    try:
        monday = dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    sunday = monday + dt.timedelta(days=6)
    return f"{monday:%Y-%m}" if monday.month == sunday.month else None


def clause_times(trigger: Token, here: Sequence[Timed], shares: Callable[[Token], bool]) -> Iterator[Timed]:
    """Of the times of a sentence those that date a trigger, the nearest clause first; `shares` tells whether a predicate has the time of its head."""
    if not here:
        return
    anchored: dict[int, list[Timed]] = {}
    for pair in here:
        for anchor in _anchors(pair[1]):
            anchored.setdefault(anchor, []).append(pair)
    token = trigger
    for _ in range(FARTHEST):
        at = token.i
        yield from sorted(anchored.get(at, ()), key=lambda pair: abs(pair[1].i - at))
        if token.dep_ == "relcl":  # `in April 2023, when Oslo sent them home`
            yield from (pair for pair in here if pair[1].i == token.head.i or pair[1].is_ancestor(token.head))
        if token.head.i == token.i or not shares(token):
            return
        token = token.head


def shares_date(token: Token) -> bool:
    """Whether a predicate happened when its head did: `began shelling`, `responded by raising`, `sent them home, accusing them`; not `offered to host`."""
    head, dep = token.head, token.dep_
    if dep in ("dobj", "nsubjpass", "attr", "oprd", "acomp", "prep"):
        return dep != "prep" or token.lower_ in ("by", "of")
    if dep == "xcomp":
        return control.verb_force(head) in (None, "does", "undone", "halted", "barred")
    if dep == "conj":
        return not grammar.own_subjects(token) and not is_saying_beside(token)
    if dep == "advcl":
        return token.tag_ == "VBG" and not grammar.own_subjects(token)
    if dep == "pcomp":
        return head.lower_ == "by"
    if dep == "nsubj":
        return head.lemma_.lower() in control.listed("groups", "occurring")
    return dep == "pobj" and head.lower_ == "of" and control.noun_force(head.head) == "does"


def is_saying_beside(token: Token) -> bool:
    """Whether the parser joined a verb of saying to what was said before it, though it goes with the verb that said that."""
    if token.dep_ != "conj" or token.lemma_.lower() not in lexicon().verbs or grammar.own_subjects(token):
        return False
    first = grammar.first_conjunct(token)
    return first.dep_ == "ccomp" and first.head.lemma_.lower() in lexicon().verbs and first.lemma_.lower() not in lexicon().verbs


def _around(trigger: Token, here: Sequence[Timed]) -> Iterator[Timed]:
    """Times before the subject (`Under a deal reached in May, Oslo promised`), in what a verb of beginning begins, in the clause that dates a noun."""
    if not here:
        return
    clause = grammar.clause_verb(trigger) if shares_date(trigger) or trigger.pos_ in ("VERB", "AUX") else None
    while clause is not None and clause.dep_ in ("conj", "xcomp", "advcl") and not any(leads(root, clause) for _, root in here) and (clause.dep_ == "conj" or shares_date(clause)):
        clause = clause.head
    for pair in here:
        root = pair[1]
        if (clause is not None and leads(root, clause)) or any(
            _dates_through(child, trigger) and child.is_ancestor(root) and not _in_deeper_clause(root, child) for child in trigger.children
        ):
            yield pair


def _dates_through(child: Token, trigger: Token) -> bool:
    if child.dep_ not in ("xcomp", "advcl", "acl", "relcl"):
        return False
    force = control.verb_force(trigger)
    if child.dep_ == "xcomp":
        return force in ("does", "undone", "halted", "barred", None) or trigger.lower_ in control.listed("themselves", "planned")
    if child.dep_ == "advcl" and trigger.tag_ in ("VBD", "VBN"):  # `sent two ships to guard the port in May`
        return force in ("does", None) and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
    return child.dep_ in ("acl", "relcl") and trigger.pos_ in ("NOUN", "PROPN")


def _in_deeper_clause(root: Token, child: Token) -> bool:
    for above in root.ancestors:
        if above.i == child.i:
            return False
        if above.dep_ in ("relcl", "acl", "ccomp", "advcl"):
            return True
    return False


def leads(root: Token, clause: Token) -> bool:
    """Whether a time stands in a phrase before the subject of a clause."""
    subject = min((c.i for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), default=clause.i)
    if root.i >= subject:
        return False
    if clause.dep_ == "ROOT" and root.left_edge.i - clause.sent.start <= 1 and clause.lemma_.lower() not in control.saying_would():
        return True  # `In May, days after they voted, the ministers met`: the parser may give the month to the voting
    for child in clause.children:
        before = child.i < subject and (child.dep_ in ("prep", "npadvmod", "advmod") or (child.dep_ == "advcl" and child.tag_ == "VBG"))
        if before and (child.i == root.i or child.is_ancestor(root)):
            return True
    return False


def is_bound(root: Token) -> bool:
    """Whether a time only bounds what is told: `until Sunday`, `since 1991`."""
    return root.head.lower_ in BOUNDS or (root.left_edge.i > 0 and root.left_edge.nbor(-1).lower_ in BOUNDS)


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
        leading = token.i < head.i and token.dep_ == "prep"  # `In 1989 students marched`: the parser gives the year to the students
        for _ in range(6):
            if not (leading and head.dep_ == "nsubj") and head.dep_ not in ("dobj", "pobj", "prep", "nsubjpass", "attr", "appos", "conj", "dative", "npadvmod", "agent"):
                break
            if head.head.i == head.i:
                break
            head = head.head
            found.append(head.i)
            if head.pos_ in ("VERB", "AUX"):
                break
    return found
