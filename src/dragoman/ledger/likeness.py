"""By what a report is known again in other reports: hashes of its words, names, numbers and events. Nothing here gives a text back.

Two reports are candidates for one story where they share a *band* (see `bands`) within a week's reach; whether they are is decided by `dragoman.ledger.resemblance`, from what is packed here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from rensa import RMinHash  # type: ignore[import-untyped] # ships no types
from sqlalchemy import Connection, delete, select, update

from dragoman import resources
from dragoman.ledger import tables
from dragoman.ledger.gist import WORD, content_words, folded
from dragoman.ledger.rows import Rows, first_day
from dragoman.records import Event, Record

HASHES, SEED = 128, 1907  # of a MinHash: a resemblance is estimated to about .04
SHINGLE = 3  # words
LEAD = 60  # words of the beginning, which a shortened copy keeps
OPENING = 600  # characters in which a report tells its news
TEXT_BANDS, LEAD_BANDS, NAME_BANDS, ROWS = 8, 4, 6, 2  # bands of two hashes: texts that share a third of their shingles meet with 6 in 10, those that share half with 9 in 10
EVENTS = 4  # events of its opening that find candidates for it
REACH = 7  # days; a copy that comes later is another matter, but for an exact one
MOST = 600  # content words kept of one report
SENTENCE_END = re.compile(r"[.!?:\"“”]\s*$|\n\s*$|^\s*$")

type Words = np.ndarray[Any, np.dtype[np.uint16]]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is kept of a report to compare it with others.

    Attributes:
        day: Its day as an ordinal; 0 where it is not known.
        shingles: How many different runs of three words it has.
        text: MinHash of those runs.
        words: Its content words, without names of states and international bodies; hashed to 16 bits, sorted, each once.
        names: Names and large numbers of its beginning and its whole text, likewise.
        numbers: Its numbers, likewise.
        days: Ordinals of the days that it gives for what happened.
        events: What happened by its opening: sides and type, hashed.
        lead: MinHash of the beginning, as far as bands need it.
        named: MinHash of the names, as far as bands need it.
    """

    day: int
    shingles: int
    text: np.ndarray[Any, np.dtype[np.uint32]]
    words: Words
    names: Words
    numbers: Words
    days: tuple[int, ...]
    events: tuple[int, ...]
    lead: np.ndarray[Any, np.dtype[np.uint32]]
    named: np.ndarray[Any, np.dtype[np.uint32]]

    def packed(self) -> bytes:
        """As bytes; the day stands in its report's row."""
        lists: list[np.ndarray[Any, Any]] = [self.text, self.lead, self.named, self.words, self.names, self.numbers]
        lists += [np.array(self.days, np.uint32), np.array(self.events, np.int64)]
        head = np.array([self.shingles, *(len(x) for x in lists)], np.uint32)
        return head.tobytes() + b"".join(x.tobytes() for x in lists)

    @classmethod
    def of(cls, packed: bytes, day: dt.date | None) -> Likeness:
        """From bytes and the report's day."""
        types = (np.uint32, np.uint32, np.uint32, np.uint16, np.uint16, np.uint16, np.uint32, np.int64)
        shingles, *sizes = np.frombuffer(packed, np.uint32, 1 + len(types)).tolist()
        at, lists = 4 * (1 + len(types)), []
        for kind, size in zip(types, sizes, strict=True):
            lists.append(np.frombuffer(packed, kind, size, at))
            at += size * np.dtype(kind).itemsize
        text, lead, named, words, names, numbers, days, events = lists
        return cls(day.toordinal() if day else 0, shingles, text, words, names, numbers, tuple(days.tolist()), tuple(events.tolist()), lead, named)

    def bands(self) -> frozenset[int]:
        """Keys that it shares with reports that may tell the same. 64 bits, signed."""
        made = [*_banded("text", self.text, TEXT_BANDS), *_banded("lead", self.lead, LEAD_BANDS)]
        if len(self.names) > 1:
            made += _banded("names", self.named, NAME_BANDS)
        return frozenset((*made, *self.events))


def likeness_of(record: Record) -> Likeness:
    """What is kept of a record's report. Furniture (byline, dateline, captions) says nothing of the story and is left out."""
    report = record.report
    letters = list(report.text)
    for piece in report.furniture:
        letters[piece.span.start : piece.span.end] = " " * len(piece.span)
    text = "".join(letters)
    tokens = WORD.findall(folded(text))
    shingles = _shingles(tokens)
    states = set(content_words(" ".join(report.words(m.span, m.part) for m in record.mentions if m.actor.startswith(("state:", "igo:")))))
    names = set(_names(text)) - states
    numbers = {_numbers().get(t, t) for t in tokens if t in _numbers() or t[0].isdigit()}
    happened = [e for e in record.events if e.status == "actual" and not e.background]
    return Likeness(
        day=report.published.toordinal() if report.published else 0,
        shingles=len(shingles),
        text=_minhash(shingles, HASHES),
        words=_hashed(set(content_words(text)) - states),
        names=_hashed(names),
        numbers=_hashed(numbers),
        days=tuple(sorted({d for e in happened for d in _own_day(e)})),
        events=_events(record, happened),
        lead=_minhash(_shingles(tokens[:LEAD]), LEAD_BANDS * ROWS),
        named=_minhash(names, NAME_BANDS * ROWS),
    )


def put_likeness(record: Record, row: dict[str, Any], rows: Rows) -> None:
    """Fill in by what a report is known again: `likeness` of its row, and rows of its bands."""
    likeness = likeness_of(record)
    row["likeness"] = likeness.packed()
    week = week_of(likeness.day)
    for band in sorted(likeness.bands()):
        rows.put(tables.bands, {"week": week, "hash": band, "report": row["id"]})


def renew_likeness(connection: Connection, record: Record, report: int, rows: Rows) -> bool:
    """The same for a report that is there and was read anew; whether anything changed."""
    r = tables.reports.c
    row: dict[str, Any] = {"id": report}
    made = Rows()
    put_likeness(record, row, made)
    if connection.execute(select(r.likeness).where(r.id == report)).scalar() == row["likeness"]:
        return False
    connection.execute(delete(tables.bands).where(tables.bands.c.report == report))
    connection.execute(update(tables.reports).where(r.id == report).values(likeness=row["likeness"]))
    for band in made[tables.bands]:
        rows.put(tables.bands, band)
    return True


def week_of(day: int) -> int:
    """The stretch of days in which a report's bands lie; stretches beside it are all that is in reach. 0 for those of no known day, which meet only each other."""
    return day // REACH


def _banded(family: str, hashes: np.ndarray[Any, np.dtype[np.uint32]], bands: int) -> Iterator[int]:
    if len(hashes) >= bands * ROWS:
        for n in range(bands):
            yield _key(f"{family}{n}".encode(), hashes[n * ROWS : (n + 1) * ROWS].tobytes())


def _key(*pieces: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(b"\0".join(pieces), digest_size=8).digest(), "big", signed=True)


def _minhash(items: Iterable[str], hashes: int) -> np.ndarray[Any, np.dtype[np.uint32]]:
    """Empty where there is nothing to be hashed: reports that say nothing are not alike."""
    told = sorted(items)
    if not told:
        return np.zeros(0, np.uint32)
    made = RMinHash(num_perm=hashes, seed=SEED)
    made.update(told)
    return np.array(made.digest(), np.uint32)


def _shingles(tokens: list[str]) -> set[str]:
    return {" ".join(tokens[i : i + SHINGLE]) for i in range(len(tokens) - SHINGLE + 1)}


def _hashed(words: set[str]) -> Words:
    """16 bits are enough to compare by (two words in 65,536 are taken for one) and too few to tell which word it was."""
    return np.array(sorted({zlib.crc32(w.encode()) & 0xFFFF for w in words})[:MOST], np.uint16)


def _names(text: str) -> Iterator[str]:
    """Words with a capital where no sentence begins, and numbers of two digits and more; as content words."""
    for found in WORD.finditer(text):
        word = found.group()
        large = word[0].isdigit() and len(word) > 1
        if large or (word[0].isupper() and not SENTENCE_END.search(text, max(0, found.start() - 3), found.start())):
            yield from content_words(word)


def _own_day(event: Event) -> Iterator[int]:
    """The day that the report itself gives for an event, where it is a day."""
    if event.time is not None and len(event.time.value) >= 10:
        day = first_day(event.time.value)
        if day is not None:
            yield day.toordinal()


def _events(record: Record, happened: list[Event]) -> tuple[int, ...]:
    """What the opening tells: sides, type and day, hashed. An event without a day of its own is of the report's."""
    codes = {a.id: a.acts_for or a.id for a in record.actors}
    published = record.report.published
    made: dict[int, None] = {}
    for e in happened:
        if e.part == "text" and e.trigger_span.start > OPENING:
            continue
        days = list(_own_day(e)) or ([published.toordinal()] if published else [])
        for s, t in ((codes.get(s, s), codes.get(t, t)) for s in e.sources for t in e.targets):
            if s != t and days:
                made[_key(b"event", s.encode(), t.encode(), e.type.encode(), str(days[0]).encode())] = None
    return tuple(made)[:EVENTS]


@cache
def _numbers() -> dict[str, str]:
    """Digits by the words for them."""
    return {word: str(n) for word, n in resources.load("en/times.yaml")["numbers"].items() if n != "X"}
