"""Makes of a report what other desks make of it: shortened, reordered, under another headline, in another agency's dress, in other words. The same each time."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DATELINE = re.compile(r"^[A-Z][A-Z' -]+(?:, [^-–—]{3,20})?(?: ?\([A-Za-z]+\)| ?/[A-Z]+/\.?)? ?[-–—.:]{0,2} +")
SENTENCE = re.compile(r"(?<=[.!?][\"”’]|[^A-Z][.!?])\s+(?=[A-Z\"“‘])")
SAYING = r"(?:said|says|told reporters|added|announced)"
SPEAKER = r"[A-Z][^,.\"“”]{2,60}?"
TAIL = re.compile(rf"^(?P<said>[A-Z][^\"“”]+?), (?P<who>(?:[Tt]he |[Aa] )?{SPEAKER}) {SAYING}(?: on (?P<day>{'|'.join(WEEKDAYS)}))?\.$")
HEAD = re.compile(rf"^(?P<who>{SPEAKER}) {SAYING}(?: on (?P<day>{'|'.join(WEEKDAYS)}))? (?:that )?(?P<said>[a-z][^\"“”]+)\.$")
ON_DAY = re.compile(rf"\b[Oo]n (?P<day>{'|'.join(WEEKDAYS)})\b")


@dataclass(frozen=True)
class Text:
    """A report before it is read."""

    id: str
    story: str
    publisher: str | None
    published: dt.date
    headline: str | None
    text: str

    @property
    def paragraphs(self) -> list[str]:
        """Its paragraphs."""
        return [p for p in self.text.split("\n\n") if p.strip()]


def rewrites(report: Text) -> dict[str, Text]:
    """Rewrites of a report by kind."""
    return {kind: replace(make(report, random.Random(f"{kind} {report.id}")), id=f"{report.id}/{kind}") for kind, make in KINDS.items()}


def cut_end(report: Text, chance: random.Random) -> Text:
    """What is left when the end is cut: a third of it, two paragraphs at least."""
    kept = report.paragraphs[: max(2, len(report.paragraphs) // 3)]
    return replace(report, text="\n\n".join(kept))


def cut_inside(report: Text, chance: random.Random) -> Text:
    """What is left when every second paragraph after the first is cut."""
    first, *rest = report.paragraphs
    return replace(report, text="\n\n".join([first, *(p for n, p in enumerate(rest) if n % 2)]))


def reordered(report: Text, chance: random.Random) -> Text:
    """Its sentences after the first in another order, two a paragraph."""
    first, *rest = [s for p in report.paragraphs for s in SENTENCE.split(p)]
    chance.shuffle(rest)
    return replace(report, text="\n\n".join([first, *(" ".join(rest[i : i + 2]) for i in range(0, len(rest), 2))]))


def new_lead(report: Text, chance: random.Random) -> Text:
    """It begins with what stood third; the beginning comes later."""
    told = report.paragraphs
    return replace(report, text="\n\n".join([*told[2:4], *told[:2], *told[4:]]))


def reheadlined(report: Text, chance: random.Random) -> Text:
    """Another headline: words from its second sentence on."""
    sentences = [s for p in report.paragraphs for s in SENTENCE.split(p)]
    return replace(report, headline=" ".join(sentences[min(1, len(sentences) - 1)].split()[:9]).rstrip(".,"), published=report.published + dt.timedelta(days=1))


def other_agency(report: Text, chance: random.Random) -> Text:
    """Another agency's dateline, publisher and credits."""
    name, line = chance.choice(_words()["agencies"])
    text = DATELINE.sub("", report.text, count=1)
    place = chance.choice(["GENEVA", "LONDON", "DUBAI", "VIENNA"])
    day = report.published
    line = line.replace("%PLACE%", place).replace("%LONGMONTH%", MONTHS[day.month - 1]).replace("%MONTH%", MONTHS[day.month - 1][:3]).replace("%DAY%", str(day.day))
    return replace(report, publisher=name, text=f"{line}{text}\n\n(Reporting by {name} staff; editing by the foreign desk)")


def paraphrased(report: Text, chance: random.Random, share: float = 1.0) -> Text:
    """Sentences in other words: synonyms, reporting clauses turned, dates in another form."""
    told = []
    for paragraph in report.paragraphs:
        said = [_sentence(s, report.published, chance) if chance.random() < share else s for s in SENTENCE.split(paragraph)]
        told.append(" ".join(said))
    return replace(report, text="\n\n".join(told))


def half_paraphrased(report: Text, chance: random.Random) -> Text:
    """Every second sentence in other words, on the whole."""
    return paraphrased(report, chance, 0.5)


def rewritten(report: Text, chance: random.Random) -> Text:
    """All of it: in other words, reordered, cut, under another headline, by another agency."""
    made = other_agency(reheadlined(reordered(paraphrased(report, chance), chance), chance), chance)
    told = made.paragraphs
    return replace(made, text="\n\n".join(told[: max(2, 2 * len(told) // 3)]))


KINDS: dict[str, Callable[[Text, random.Random], Text]] = {
    "cut at the end to a third": cut_end,
    "every second paragraph cut": cut_inside,
    "sentences reordered": reordered,
    "begins with its third paragraph": new_lead,
    "re-headlined, a day later": reheadlined,
    "another agency's dateline and credits": other_agency,
    "half of the sentences paraphrased": half_paraphrased,
    "all sentences paraphrased": paraphrased,
    "all of these at once": rewritten,
}


def _sentence(sentence: str, day: dt.date, chance: random.Random) -> str:
    sentence = _turned(sentence)
    sentence = ON_DAY.sub(lambda m: _dated(m["day"], day), sentence)
    quoted = re.split(r"([\"“][^\"”]*[\"”])", sentence)
    return "".join(piece if n % 2 else _other_words(piece) for n, piece in enumerate(quoted))


def _turned(sentence: str) -> str:
    """`S, X said` becomes `According to X, s`; `X said s` becomes `S, X reported`."""
    if found := TAIL.match(sentence):
        day = f" on {found['day']}" if found["day"] else ""
        return f"According to {_lower(found['who'])}{day}, {_lower(found['said'])}."
    if found := HEAD.match(sentence):
        day = f" on {found['day']}" if found["day"] else ""
        return f"{found['said'][0].upper()}{found['said'][1:]}, {_lower(found['who'])} reported{day}."
    return sentence


def _lower(words: str) -> str:
    first = words.split()[0]
    return (
        words[0].lower() + words[1:]
        if first in ("The", "A", "An", "It", "Its", "He", "She", "They", "His", "Her", "Their", "Some", "Officials", "Nobody", "About", "This")
        else words
    )


def _dated(weekday: str, published: dt.date) -> str:
    """`on Tuesday` as a date: the last such day up to the report's."""
    back = (published.weekday() - WEEKDAYS.index(weekday)) % 7
    day = published - dt.timedelta(days=back)
    return f"on {MONTHS[day.month - 1]} {day.day}"


def _other_words(piece: str) -> str:
    return _pattern().sub(lambda m: _cased(_table()[m[0].lower()], m[0]), piece)


def _cased(word: str, like: str) -> str:
    return word[0].upper() + word[1:] if like[0].isupper() else word


@cache
def _words() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / "synonyms.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def _table() -> dict[str, str]:
    return dict(_words()["phrases"]) | _words()["words"]


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(w) for w in sorted(_table(), key=len, reverse=True)) + r")\b", re.IGNORECASE)
