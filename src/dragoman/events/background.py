"""News or history: whether the text tells an act as an earlier chapter."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Sequence

from spacy.tokens import Token

from dragoman.events.control import saying_would, verb_force
from dragoman.events.when import Timed, Timetable, clause_times, is_saying_beside, iso_prefix, leads
from dragoman.language import grammar
from dragoman.language.document import Document
from dragoman.records import TimeExpression
from dragoman.records.event import Status
from dragoman.resources import load
from dragoman.statements.lexicon import lexicon

UPWARDS = frozenset(
    ["xcomp", "pcomp", "prep", "dobj", "pobj", "conj", "attr", "nsubjpass", "acl", "advcl", "ccomp", "nsubj", "agent", "oprd", "acomp", "compound", "csubj", "dep", "advmod"]
)
PRESENT = ("VBZ", "VBP")
OLD = dt.timedelta(days=14)


def is_background(trigger: Token, document: Document, times: Timetable, here: Sequence[Timed], status: Status) -> bool:
    """Whether an act is told as history: older than about two weeks before the report, or an earlier chapter; `here` are the times of its sentence."""
    if _looks_ahead(trigger) or _lasts(trigger) or (status in ("planned", "possible") and not is_told_in_past(trigger)):
        return False
    if _is_earlier(trigger):
        return True
    by_clause = _by_clause(trigger, document, here)
    if by_clause is not None:
        return by_clause
    in_past = is_told_in_past(trigger)
    if in_past and _has_old_words(trigger):
        return True
    if not in_past and (not _is_present_perfect(trigger) or verb_force(trigger) in ("told", "asked")):
        return False
    return not _is_saying(trigger) and _in_history_paragraph(trigger, document, times)


def _looks_ahead(trigger: Token) -> bool:
    """Whether the act stands under `will`, `may` …, which tell no history."""
    return any(a.lower_ in ("will", "shall", "may", "'ll", "wo") for a in trigger.children if a.dep_ == "aux")


def _lasts(trigger: Token) -> bool:
    """`have traded fire since then`: what has gone on up to now is news."""
    return any(c.lower_ == "since" and c.dep_ in ("prep", "mark") for c in trigger.children) and _is_present_perfect(trigger)


def _is_earlier(trigger: Token) -> bool:
    """`has previously threatened`: an adverb of the verb's own puts it into history whatever the tense."""
    _, _, adverbs, _ = _old_words()
    return any(c.dep_ == "advmod" and c.lower_ in adverbs for c in trigger.children)


def _by_clause(trigger: Token, document: Document, here: Sequence[Timed]) -> bool | None:
    """By the time of the act's own clause; where it has none, by that of its leading adjunct or of a clause that goes with it."""
    if not here or (trigger.tag_ in PRESENT and not grammar.auxiliaries(trigger)):
        return None  # `breaks a treaty of 1923`: what goes on is news, whatever it is measured by
    published = document.report.published
    for expression, root in clause_times(trigger, here, _has_time_of_head):
        age = None if _since(root) and _is_present_perfect(trigger) else is_old(expression, root, published)
        if age is not None:
            return age and (published is not None or is_told_in_past(trigger))
    for expression, root in here:
        if is_old(expression, root, published) and _goes_with(root, trigger):
            return is_told_in_past(trigger)
    return None


def _has_time_of_head(token: Token) -> bool:
    """For history the link may be loose: what is told under an act of 1945 is of 1945; not a saying beside what was said: `said it was drawn in 1906 and urged …`."""
    return token.dep_ in UPWARDS and not is_saying_beside(token)


def _goes_with(root: Token, trigger: Token) -> bool:
    """Whether a time stands in a phrase before the verb (`Under a deal reached in 2022, Oslo promised`), in its infinitive or in its when-clause."""
    clause = grammar.clause_verb(trigger)
    while clause is not None and clause.dep_ in ("xcomp", "ccomp", "conj") and clause.head.pos_ in ("VERB", "AUX") and clause.head.i < clause.i:
        if leads(root, clause):
            return True
        clause = clause.head
    if clause is not None and leads(root, clause):
        return True
    for child in trigger.children:
        when = child.dep_ == "advcl" and any(c.lower_ in ("when", "as", "while") for c in child.children)
        purpose = child.dep_ in ("advcl", "xcomp") and child.tag_ in ("VB", "VBG")
        if (
            (when or (purpose and not _is_of_a_noun(root)))
            and child.i in (a.i for a in root.ancestors)
            and not any(a.dep_ in ("relcl", "acl") and child.is_ancestor(a) for a in root.ancestors)
        ):
            return True
    return False


def _is_of_a_noun(root: Token) -> bool:
    """Whether a time only tells which thing is meant: `the 2015 accord`, `last year's vote`."""
    return root.dep_ in ("poss", "nummod", "compound", "amod", "nmod") and root.head.pos_ in ("NOUN", "PROPN") and root.head.ent_type_ != "DATE"


def _since(root: Token) -> bool:
    return root.head.lower_ == "since" or (root.i > 0 and root.nbor(-1).lower_ == "since")


def _is_present_perfect(trigger: Token) -> bool:
    """Whether the clause tells what has gone on up to now."""
    clause = grammar.clause_verb(trigger)
    return clause is not None and any(a.lower_ in ("has", "have", "'ve", "’ve") for a in grammar.auxiliaries(clause))


def is_old(expression: TimeExpression, root: Token, published: dt.date | None) -> bool | None:
    """Whether a time lies more than two weeks before the report's day; None where the expression does not say.

    Without a report's day, a time that names a year or a month is taken for history; weekdays and `last week` for news.
    """
    if expression.type in ("DURATION", "SET"):
        return None
    value = expression.value
    if published is None:
        return _names_year_or_month(root)
    if value is not None and published.isoformat().startswith(value) and len(value) < 10:
        return None  # `this year`, `this month`
    middle = middle_day(value)
    return None if middle is None else middle < published - OLD


def middle_day(value: str | None) -> dt.date | None:
    """The middle of a TIMEX3 date (`2022-02` → 15 February 2022; `199` → 1995); None where it names none."""
    if value is None:
        return None
    try:
        if "-W" in value:
            year, week = value.split("-W")[:2]
            return dt.date.fromisocalendar(int(year), int(week[:2]), 4)
        if len(value) == 3 and value.isdigit():
            return dt.date(int(value) * 10 + 5, 1, 1)
        prefix = iso_prefix(value)
        if prefix is None:
            return None
        numbers = [int(n) for n in prefix.split("-")]
        return dt.date(numbers[0], numbers[1] if len(numbers) > 1 else 7, numbers[2] if len(numbers) > 2 else 15)
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
def _old_words() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    data = load("en/status-past.yaml")
    return frozenset(data["phrases"]), frozenset(data["months"]), frozenset(data["adverbs"]), frozenset(data["onward"])


@functools.cache
def _old_phrases() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(p) for p in sorted(_old_words()[0])))


def _names_year_or_month(root: Token) -> bool | None:
    _, months, _, _ = _old_words()
    nearby = [root, *root.subtree]
    if any(t.shape_ == "dddd" and "1000" < t.text < "2100" for t in nearby):
        return True
    return True if any(t.lower_ in months and t.tag_ in ("NNP", "NN") for t in nearby) else None


def _has_old_words(trigger: Token) -> bool:
    """`decades ago`, `during the Cold War`, `have previously threatened`: words of the sentence that put its past into history."""
    sentence = trigger.sent
    if trigger.lemma_.lower() not in lexicon().verbs:
        return _old_phrases().search(f" {sentence.text.lower()} ") is not None
    told = {t.i for c in sentence if c.dep_ == "ccomp" and c.head.lemma_.lower() in lexicon().verbs for t in c.subtree}  # what was said tells nothing of when
    return _old_phrases().search(f" {' '.join(t.lower_ for t in sentence if t.i not in told)} ") is not None


def _is_saying(trigger: Token) -> bool:
    """Whether an act is saying or stands in what is said: a speaker answers today in the midst of history (`In 1995 they fled. Oslo said it would take them back.`)."""
    return any(t.lemma_.lower() in saying_would() for t in (trigger, *(a for a in trigger.ancestors if a.pos_ == "VERB")))


def _in_history_paragraph(trigger: Token, document: Document, times: Timetable) -> bool:
    """Whether the last time told before this sentence in its paragraph is an old one: history goes on until a new time is named.

    A sentence that says `later`, `then` goes on from the paragraph before, whatever was dated there. Else a time within a relative clause dates only that clause.
    """
    _, _, _, onward = _old_words()
    paragraph = document.paragraph(trigger)
    goes_on = any(t.lower_ in onward and t.dep_ == "advmod" for t in trigger.children)
    if paragraph and goes_on:
        paragraph -= 1
    start, sentence, part = document.paragraph_starts[paragraph], trigger.sent.start, document.part(trigger)
    if start >= sentence or document.part(document.doc[start]) != part:
        return False
    latest = False
    for begins, placed in times.items():
        if start <= begins < sentence:
            for expression, root in placed:
                age = is_old(expression, root, document.report.published)
                if age is not None and (not age or goes_on or _dates_main_clause(root)):
                    latest = age
    return latest


def _dates_main_clause(root: Token) -> bool:
    """Whether a time dates what its sentence tells in the first place, and neither one of its nouns (`the 2015 accord`, `last year's vote`, `seized in 2020`) nor how long it lasts (`stalled since March`)."""
    if _since(root) or _is_of_a_noun(root):
        return False
    return all(above.dep_ not in ("relcl", "ccomp", "acl") for above in root.ancestors)
