"""News or history: whether the text tells an act as an earlier chapter."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
from collections.abc import Sequence

from spacy.tokens import Token

from dragoman.events.when import clause_times, iso_prefix
from dragoman.language import grammar
from dragoman.language.document import Document
from dragoman.records import TimeExpression
from dragoman.resources import load

OLD = dt.timedelta(days=14)


def is_background(trigger: Token, document: Document, times: Sequence[TimeExpression]) -> bool:
    """Whether an act is told as history: older than about two weeks before the report, or an earlier chapter."""
    by_clause = _by_clause(trigger, document, times)
    if by_clause is not None:
        return by_clause
    if not is_told_in_past(trigger):
        return False
    if _has_old_words(trigger):
        return True
    return _in_history_paragraph(trigger, document, times)


def _by_clause(trigger: Token, document: Document, times: Sequence[TimeExpression]) -> bool | None:
    for expression, root in clause_times(trigger, document, times):
        age = is_old(expression, root, document.report.published)
        if age is not None:
            return age and (document.report.published is not None or is_told_in_past(trigger))
    return None


def is_old(expression: TimeExpression, root: Token, published: dt.date | None) -> bool | None:
    """Whether a time lies more than two weeks before the report's day; None where the expression does not say.

    Without a report's day, a time that names a year or a month is taken for history; weekdays and `last week` for news.
    """
    if expression.type in ("DURATION", "SET"):
        return None
    value = expression.value
    if published is None:
        return _names_year_or_month(root)
    end = last_day(value)
    return None if end is None else end < published - OLD


def last_day(value: str | None) -> dt.date | None:
    """The last day of a TIMEX3 date (`2022-02` → 28 February 2022; `199` → 31 December 1999); None where it names none."""
    if value is None:
        return None
    prefix = iso_prefix(value)
    try:
        if prefix is None:
            if len(value) == 3 and value.isdigit():
                return dt.date(int(value) * 10 + 9, 12, 31)
            if "-W" in value:
                year, week = value.split("-W")[:2]
                return dt.date.fromisocalendar(int(year), int(week[:2]), 7)
            return None
        year_, month, day = (*map(int, prefix.split("-")), 0, 0)[:3]
        if not month:
            return dt.date(year_, 12, 31)
        return dt.date(year_, month, day or calendar.monthrange(year_, month)[1])
    except ValueError:
        return None


def is_told_in_past(trigger: Token) -> bool:
    """Whether the clause of an act is in the past: by its verb, its first auxiliary, or the next finite verb above."""
    token = trigger
    for _ in range(10):
        if token.pos_ in ("VERB", "AUX"):
            auxiliaries = sorted(grammar.auxiliaries(token), key=lambda a: a.i)
            tags = [a.tag_ for a in auxiliaries if a.tag_ != "TO"] or [token.tag_]
            if tags[0] == "VBD" or (auxiliaries and auxiliaries[0].lower_ in ("would", "could") and len(tags)):
                return True
            if tags[0] == "MD" or tags[0] in ("VBZ", "VBP"):
                return False
            if tags[0] == "VBN" and token.dep_ in ("acl", "ROOT", "advcl"):
                return True
        if token.head.i == token.i:
            return False
        token = token.head
    return False


@functools.cache
def _old_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = load("en/status-past.yaml")
    return frozenset(data["phrases"]), frozenset(data["months"]), frozenset(data["adverbs"])


def _names_year_or_month(root: Token) -> bool | None:
    _, months, _ = _old_words()
    nearby = [root, *root.subtree]
    if any(t.shape_ == "dddd" and "1000" < t.text < "2100" for t in nearby):
        return True
    return True if any(t.lower_ in months and t.tag_ in ("NNP", "NN") for t in nearby) else None


def _has_old_words(trigger: Token) -> bool:
    """`decades ago`, `during the Cold War`, `have previously threatened`: words of the sentence that put its past into history."""
    phrases, _, adverbs = _old_words()
    if any(c.lower_ in adverbs for c in trigger.children):
        return True
    text = f" {trigger.sent.text.lower()} "
    return any(phrase in text for phrase in phrases)


def _in_history_paragraph(trigger: Token, document: Document, times: Sequence[TimeExpression]) -> bool:
    """Whether the last time told before this sentence in its paragraph is an old one: history goes on until a new time is named."""
    start = document.paragraph_starts[document.paragraph(trigger)]
    sentence = trigger.sent.start
    if start >= sentence:
        return False
    part, before = document.part(trigger), document.span(start, sentence)
    latest: bool | None = None
    for expression in times:
        if expression.part == part and before.overlaps(expression.span) and (tokens := document.tokens(expression.span, part)) is not None:
            age = is_old(expression, tokens.root, document.report.published)
            latest = latest if age is None else age
    return bool(latest)
