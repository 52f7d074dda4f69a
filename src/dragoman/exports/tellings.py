"""Events drawn from a ledger story by story, however many there are: who told them, where, in which words; and the same event told often put together."""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from dragoman.ledger import tables
from dragoman.ledger.happenings import Facts, Verdict, one_by_one, verdict
from dragoman.ledger.view import NOW, View
from dragoman.records.excerpts import SENTENCE_END

STORIES = 100  # in one page
AT_ONCE = 500  # numbers in one query: SQLite takes no more than some thousand


@dataclass(frozen=True, slots=True)
class Doer:
    """Somebody who does it or to whom it is done, as a report tells of him.

    Attributes:
        id: Actor id.
        code: The state or body for which he acts, else his id.
        office: His office by this report.
        sector: Ours, such as `foreign`.
    """

    id: str
    name: str
    kind: str
    code: str
    acts_for: str | None = None
    office: str | None = None
    sector: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """One event as one report tells it: the rows of the ledger that tell of it.

    Attributes:
        finding: Row of `findings`.
        event: Row of `events`.
        report: Row of `reports`.
        reader: Fingerprint of the reader.
        sources: Who did it.
        targets: To whom.
    """

    finding: Any
    event: Any
    report: Any
    reader: str
    sources: tuple[Doer, ...] = ()
    targets: tuple[Doer, ...] = ()
    claimed_by: Doer | None = None

    @property
    def language(self) -> str | None:
        """ISO 639-1 code of the report."""
        told: str | None = json.loads(self.report.told).get("language")
        return told

    @property
    def sentence(self) -> str | None:
        """The sentence around its words; None where the ledger keeps no text."""
        words = self.report.text if self.finding.part == "text" else self.report.headline
        return None if words is None else " ".join(words[self.finding.sentence_start : self.finding.sentence_end].split())

    @property
    def sentence_number(self) -> int | None:
        """Which sentence of the text it is, from 1; 0 for the headline; None where the ledger keeps no text."""
        if self.finding.part != "text":
            return 0
        return None if self.report.text is None else 1 + _sentences_before(self.report.text, self.finding.sentence_start)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with all reports of its story that tell it, by the rule of `ledger/happenings.py`.

    Attributes:
        tellings: The earliest first.
        judged: What they make of it together.
    """

    tellings: tuple[Telling, ...]
    judged: Verdict
    sources: tuple[Doer, ...] = field(default=())
    targets: tuple[Doer, ...] = field(default=())

    @property
    def first(self) -> Telling:
        """The telling that stands for it: the first by day that has it as it stands."""
        own = (t for t in self.tellings if (t.event.status, bool(t.event.background)) == (self.judged.status, self.judged.background))
        return next(own, None) or next(t for t in self.tellings if t.event.status == self.judged.status)

    @property
    def id(self) -> str:
        """Stable whatever the order in which reports came and in whatever ledger: a hash of its first report, type, sides, standing and day."""
        t = self.first
        sides = [x for doers in (self.sources, self.targets) for x in ("/", *sorted(d.code for d in doers))]
        pieces = (t.report.key, t.event.type, t.event.status, str(self.judged.background), _told(self.judged.day), *sides)
        return "drg-" + hashed(pieces)

    @property
    def day(self) -> dt.date | None:
        """The day that reports give it, else the earliest on which one tells it."""
        return self.judged.day

    @property
    def seen(self) -> tuple[dt.date | None, dt.date | None]:
        """Days of the first and the last report that tell it."""
        days = [t.report.published for t in self.tellings if t.report.published is not None]
        return (min(days), max(days)) if days else (None, None)

    @property
    def reports(self) -> int:
        """How many reports tell it."""
        return len({t.report.id for t in self.tellings})


def hashed(pieces: Iterable[str]) -> str:
    """SHA-256 over pieces, each prefixed by its length; the first 20 hexadecimal digits."""
    return hashlib.sha256(b"".join(len(p.encode()).to_bytes(8, "big") + p.encode() for p in pieces)).hexdigest()[:20]


def stories(connection: Connection, view: View = NOW) -> Iterator[list[Telling]]:
    """The tellings of each story, a list a story; only a page of stories is in memory at a time.

    Args:
        connection: An open ledger.
        view: By which knowledge.
    """
    r = tables.reports.c
    story: ColumnElement[Any] = r.story_read if view.as_read else r.story
    last = 0
    while True:
        upto = connection.execute(select(story).where(story > last).distinct().order_by(story).limit(1).offset(STORIES - 1)).scalar()
        within = story > last if upto is None else story.between(last + 1, upto)
        found: dict[int, list[Telling]] = defaultdict(list)
        for number, telling in _page(connection, view, within, story):
            found[number].append(telling)
        for number in sorted(found):
            yield found[number]
        if upto is None:
            return
        last = upto


def together(tellings: Sequence[Telling], view: View = NOW, *, every: bool = False) -> list[Happening]:
    """The events that tellings of a story tell.

    Args:
        tellings: All of the story.
        view: As of when.
        every: Also what is negated, planned, possible or background; else only what came to pass and is told as news.
    """
    made = []
    for same in one_by_one(tellings, _facts).values():
        judged = verdict([_facts(t) for t in same])
        if (every or judged.is_news) and judged.held(view.as_of, view.since):
            same.sort(key=lambda t: (t.report.published or dt.date.max, t.report.key, t.finding.part, t.finding.start, t.finding.end))
            happening = Happening(tuple(same), judged)
            made.append(replace(happening, sources=happening.first.sources, targets=happening.first.targets))
    return sorted(made, key=lambda h: (h.first.finding.id, h.id))


def in_pairs(tellings: Sequence[Telling], view: View = NOW, *, every: bool = False) -> list[Happening]:
    """The same with one source and one target each: what several did to several is told once for every two sides. A side that is left open stays so."""
    return [replace(h, sources=s, targets=g) for h in together(tellings, view, every=every) for s, g in _pairs(h.first)]


def _facts(t: Telling) -> Facts:
    e = t.event
    sides = frozenset(d.code for d in t.sources), frozenset(d.code for d in t.targets)
    return Facts(t.report.shown, e.type, sides, e.time, t.finding.day, e.status, bool(e.background))


def _told(day: dt.date | None) -> str:
    return "" if day is None else day.isoformat()


def _pairs(t: Telling) -> Iterator[tuple[tuple[Doer, ...], tuple[Doer, ...]]]:
    sources, targets = _by_code(t.sources), _by_code(t.targets)
    pairs = [(s, g) for s in sources for g in targets if s[0].code != g[0].code] if sources and targets else [(s, g) for s in sources or [()] for g in targets or [()]]
    if pairs:
        yield from pairs
    else:  # within one side
        yield sources[0], targets[0]


def _by_code(doers: Sequence[Doer]) -> list[tuple[Doer, ...]]:
    first: dict[str, Doer] = {}
    for d in doers:
        first.setdefault(d.code, d)
    return [(d,) for d in first.values()]


def _page(connection: Connection, view: View, within: ColumnElement[bool], story: ColumnElement[Any]) -> Iterator[tuple[int, Telling]]:
    f, e, g = tables.findings.c, tables.events.c, tables.readings.c
    firsts = tables.reports.alias()
    told = select(tables.reports, story.label("shown"), firsts.c.key.label("story_key")).outerjoin(firsts, firsts.c.id == story)
    reports = {row.id: row for row in connection.execute(told.where(within))}
    # What a finding is of is not asked of its own kind: that would lead the database to an index over all events that it holds.
    asked = replace(view, as_of=None, since=None).narrow(
        select(tables.findings, tables.events, g.reader).select_from(tables.findings.join(tables.events, e.finding == f.id).join(tables.readings, g.id == f.reading))
    )
    for some in _pieces(list(reports)):
        rows = connection.execute(asked.where(f.report.in_(some))).all()
        doers = _doers(connection, rows)
        claimants = _named(connection, {row.claimed_by for row in rows if row.claimed_by})
        for row in sorted(rows, key=lambda row: row.id):
            roles = doers.get(row.id, {})
            report = reports[row.report]
            yield report.shown, Telling(row, row, report, row.reader, tuple(roles.get("source", ())), tuple(roles.get("target", ())), claimants.get(row.claimed_by))


def _doers(connection: Connection, rows: Sequence[Any]) -> dict[int, dict[str, list[Doer]]]:
    """Who has which role in findings, with the office that the report tells."""
    o, a, p = tables.roles.c, tables.actors.c, tables.appearances.c
    readings = {row.id: row.reading for row in rows}
    offices: dict[tuple[int, str], Any] = {}
    for some in _pieces(sorted(set(readings.values()))):
        offices |= {(x.reading, x.actor): x for x in connection.execute(select(p.reading, p.actor, p.office, p.sector).where(p.reading.in_(some)))}
    found: dict[int, dict[str, list[Doer]]] = defaultdict(lambda: defaultdict(list))
    query = select(o.finding, o.role, o.actor, o.code, a.name, a.kind, a.acts_for, a.wikidata).select_from(tables.roles.outerjoin(tables.actors, a.id == o.actor))
    for some in _pieces(list(readings)):
        for x in connection.execute(query.where(o.finding.in_(some)).order_by(o.id)):
            held = offices.get((readings[x.finding], x.actor))
            office, sector = (held.office, held.sector) if held else (None, None)
            found[x.finding][x.role].append(Doer(x.actor, x.name or x.actor, x.kind or "group", x.code, x.acts_for, office, sector, x.wikidata))
    return found


def _pieces(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), AT_ONCE):
        yield numbers[start : start + AT_ONCE]


def _named(connection: Connection, ids: set[str]) -> dict[str | None, Doer]:
    a = tables.actors.c
    rows = connection.execute(select(tables.actors).where(a.id.in_(sorted(ids)))) if ids else ()
    return {x.id: Doer(x.id, x.name, x.kind, x.acts_for or x.id, x.acts_for, wikidata=x.wikidata) for x in rows}


def _sentences_before(text: str, start: int) -> int:
    """How many sentences end before a place of the text."""
    return bisect.bisect_right(_ends(text), start)


@functools.lru_cache(maxsize=64)  # the events of a report come one after the other
def _ends(text: str) -> tuple[int, ...]:
    """Where the sentences of a text end."""
    ends, begun = [], 0
    for end in SENTENCE_END.finditer(text):
        if text[begun : end.end()].strip():
            ends.append(end.end())
        begun = end.end()
    return tuple(ends)
