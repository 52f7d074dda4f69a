"""Which kind of time word each token is: one letter a token, and what it says."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Token

from dragoman.language.document import Document
from dragoman.times import words as w

_DIGITS = re.compile(r"\d[\d,.:/-]*(?:st|nd|rd|th|s|am|pm)?$|['’]\d0s$", re.IGNORECASE)
_ISO = re.compile(r"([12]\d{3})-(\d\d)-(\d\d)")
_NUMERIC = re.compile(r"(\d{1,2})([./])(\d{1,2})\2([12]\d{3})")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(am|pm)?", re.IGNORECASE)
_HOUR = re.compile(r"(1[0-2]|0?[1-9])(am|pm)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kinds:
    """The tokens of a document as letters.

    Attributes:
        letters: One letter a token (words.py), and a break before each paragraph.
        tokens: Position in `letters` → token index; -1 at a break.
        says: Token index → what the word says: a number, a designator, a value.
    """

    letters: str
    tokens: tuple[int, ...]
    says: dict[int, Any]


def tell_kinds(document: Document) -> Kinds:
    """Tell the kind of every token, in one walk; words that are none of time cost a look into a table."""
    doc = document.doc
    table = _table()
    starts = set(document.paragraph_starts)
    letters: list[str] = []
    tokens: list[int] = []
    says: dict[int, Any] = {}
    for token in doc:
        i, lower = token.i, token.lower_
        if i in starts:
            letters.append(w.BREAK)
            tokens.append(-1)
        kind, value = w.NONE, None
        if lower in table:
            kind, value = _word(token)
        elif not lower.isalpha() and _DIGITS.match(lower):
            kind, value = _number(token)
        letters.append(kind)
        tokens.append(i)
        if kind != w.NONE:
            says[i] = value
    return Kinds("".join(letters), tuple(tokens), says)


@functools.cache
def _table() -> frozenset[str]:
    """All words of time."""
    lexicon = w.words()
    return frozenset(word for entries in (lexicon.kinds, lexicon.short, lexicon.nouns) for word in entries)


def _word(token: Token) -> tuple[str, Any]:
    """The kind of a word in its place."""
    lexicon = w.words()
    lower = token.lower_
    if lower in lexicon.nouns and token.pos_ == "NOUN" and (token.dep_ == "pobj" or lower not in lexicon.kinds):
        return w.VAGUE, lexicon.nouns[lower]  # in the past, for the future
    if lower in lexicon.kinds:
        kind, value = lexicon.kinds[lower]
        return (kind, value) if kind not in _CHECKS or _CHECKS[kind](token) else (w.NONE, None)
    if lower in lexicon.short:
        return _short(token, lexicon.short[lower])
    return w.NONE, None


def _is_name(token: Token) -> bool:
    """A word of a person's name: `Theresa May`, `April Glaspie`."""
    if token.ent_type_ == "PERSON":
        return True
    before = token.nbor(-1) if token.i else None
    return before is not None and before.pos_ == "PROPN" and before.ent_type_ == "PERSON"


def _month(token: Token) -> bool:
    """Months are capitalised; `may` and `march` are other words, `May` can be a person."""
    if not token.text[0].isupper() or token.tag_ == "MD":
        return False
    if token.i + 1 < len(token.doc) and token.nbor(1).text == "Day":
        return False
    if token.lower_ in ("may", "march"):
        if token.pos_ in ("VERB", "AUX"):
            return False
        after = token.nbor(1) if token.i + 1 < len(token.doc) else None
        if _is_name(token) and not (after is not None and after.like_num):
            return False
    return not (_is_name(token) and token.i + 1 < len(token.doc) and token.nbor(1).ent_type_ == "PERSON")


def _weekday(token: Token) -> bool:
    return token.text[0].isupper()


def _season(token: Token) -> bool:
    """Seasons are nouns and no names of movements (`the Prague Spring`)."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    before = token.nbor(-1) if token.i else None
    return not (before is not None and before.pos_ == "PROPN" and token.text[0].isupper() and before.lower_ not in w.words().kinds)


def _noun(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN")


def _edge(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN")


def _frequency(token: Token) -> bool:
    """`daily flights`, `meet weekly`; not in names (`The Daily Star`)."""
    return token.text.islower() and token.pos_ in ("ADJ", "ADV")


def _vague(token: Token) -> bool:
    """`now` as an adverb; `now that` and `as soon as` join clauses."""
    if token.pos_ != "ADV" or (token.lower_ == "soon" and token.i and token.nbor(-1).lower_ == "as"):
        return False
    return not (token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "that" and token.lower_ == "now")


_CHECKS = {w.MONTH: _month, w.WEEKDAY: _weekday, w.WEEKDAYS: _noun, w.SEASON: _season, w.EDGE: _edge, w.SET: _frequency, w.VAGUE: _vague, w.PART: _noun}


def _short(token: Token, entry: tuple[str, int]) -> tuple[str, Any]:
    """Abbreviated months and weekdays: capitalised, and beside a number, a comma or a month."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    before = token.nbor(-1) if token.i else None
    if not token.text[0].isupper() or after is None or token.ent_type_ == "PERSON":
        return w.NONE, None
    if entry[0] == w.MONTH:
        beside = after.text[0].isdigit() or (before is not None and before.text[0].isdigit()) or token.text.endswith(".")
    else:
        beside = after.text in (",", ".") and token.ent_type_ in ("DATE", "TIME")
    return entry if beside else (w.NONE, None)


def _number(token: Token) -> tuple[str, Any]:
    """A token of digits: full date, clock, ordinal, year, day of a month, decade, or a count."""
    text = token.lower_
    if text == "9/11":
        return w.FULL, "2001-09-11"
    if found := _ISO.fullmatch(text):
        return w.FULL, text
    if found := _NUMERIC.fullmatch(text):
        first, _, second, year = found.groups()
        a, b = int(first), int(second)
        if a > 12 >= b or found[2] == ".":
            return w.FULL, f"{year}-{b:02d}-{a:02d}"
        if b > 12 >= a or a == b:
            return w.FULL, f"{year}-{a:02d}-{b:02d}"
        return w.NONE, None
    if text[-1] == "s":
        return _decade(text)
    if text[-2:] in ("st", "nd", "rd", "th"):
        digits = text[:-2]
        return (w.ORDINAL, int(digits)) if digits.isdigit() else (w.NONE, None)
    if found := _HOUR.fullmatch(text):
        return w.CLOCK, (int(found[1]) % 12 + (12 if found[2].lower() == "pm" else 0), 0)
    if ":" in text or ("." in text and token.i + 1 < len(token.doc) and token.nbor(1).lower_.startswith(("a.m", "p.m", "am", "pm", "gmt"))):
        if found := _CLOCK.fullmatch(text):
            hour = int(found[1])
            if found[3]:
                hour = hour % 12 + (12 if found[3].lower() == "pm" else 0)
            return w.CLOCK, (hour, int(found[2]))
        return w.NONE, None
    plain = text.replace(",", "")
    if not plain.isdigit():
        return (w.NUMBER, plain) if plain.replace(".", "", 1).isdigit() else (w.NONE, None)
    value = int(plain)
    if plain != text:
        return w.NUMBER, value
    if len(text) == 4:
        if token.i + 1 < len(token.doc) and token.nbor(1).lower_ in ("gmt", "utc") and value // 100 < 24 and value % 100 < 60:
            return w.CLOCK, (value // 100, value % 100)
        if 1000 <= value <= 2199:
            if value % 10 == 0 and token.i and token.nbor(-1).lower_ in ("the", "early", "late", "mid") and token.i + 1 < len(token.doc) and token.nbor(1).text in ("'s", "’s"):
                return w.DECADE, value // 10  # the 1930's
            return (w.YEAR, value) if _is_year(token, value) else (w.NUMBER, value)
    if len(text) == 2 and token.i > 1 and token.nbor(-1).text in ("'", "’") and not token.nbor(-1).whitespace_ and token.nbor(-2).lower_ in w.words().year_openers:
        return w.YEAR, value + (1900 if value > 40 else 2000)  # in '84
    if len(text) <= 2 and 1 <= value <= 31:
        return (w.DAY, value) if _is_day(token) else (w.NUMBER, value)
    return w.NUMBER, value


def _decade(text: str) -> tuple[str, Any]:
    """`1990s` → 199, `90s` → 199, `2010s` → 201."""
    digits = text.strip("'’s")
    if len(digits) == 4 and digits.endswith("0") and digits.isdigit():
        return w.DECADE, int(digits[:3])
    if len(digits) == 2 and digits.endswith("0") and digits.isdigit():
        return w.DECADE, int(digits[0])
    return w.NONE, None


def _is_day(token: Token) -> bool:
    """A number after a month is its day, unless it counts what follows: `in May 20 people died`."""
    if token.i + 1 >= len(token.doc):
        return True
    after = token.nbor(1)
    if after.lower_ in ("percent", "%", "million", "billion"):
        return False
    if after.tag_ in ("NNS", "NNPS") and token.dep_ == "nummod" and token.head.i == after.i:
        before = token.nbor(-1) if token.i else None
        return before is not None and before.i > 0 and before.nbor(-1).lower_ in ("the", "a")
    return True


def _is_year(token: Token, value: int) -> bool:
    """Whether a bare number of four digits names a year: `in 2014`, `the 2014 accord`; not `2000 troops`, `resolution 1701`."""
    lexicon = w.words()
    before = token.nbor(-1) if token.i else None
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    opener = before.lower_ if before is not None else ""
    if opener in lexicon.number_openers or (after is not None and after.lower_ in lexicon.number_closers):
        return False
    if after is not None and after.lower_ in ("year", "years"):
        return False  # a 2000 year old rite
    counts = token.dep_ == "nummod" and token.i < token.head.i <= token.i + 3 and (token.head.tag_ == "NNS" or token.head.lower_.endswith("children"))
    if counts and opener not in ("the", "its", "their", "his", "'s", "’s", "of", "since"):
        return False
    if opener in lexicon.year_openers or opener in lexicon.months or token.ent_type_ == "DATE":
        return True
    if not 1700 <= value <= 2100:
        return False
    if token.ent_type_ in ("CARDINAL", "QUANTITY", "MONEY", "PERCENT"):
        if value < 1900 or before is None or before.pos_ == "PROPN":
            return False
        return token.dep_ in ("npadvmod", "pobj", "nmod", "compound") or (opener in ("the", "its", "their", "a") and token.head.tag_ in ("NN", "NNP"))
    return True
