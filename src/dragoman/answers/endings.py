"""What ends a condition, by later reports. Careful: without a report that says so it stays open."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from sqlalchemy import Connection, Select, and_, bindparam, or_, select

from dragoman import resources
from dragoman.answers.source import AT_ONCE, sentences_of
from dragoman.ledger import tables
from dragoman.ledger.gist import stem, stems
from dragoman.ledger.view import VIEWS, View

Fate = Literal["open", "met", "dropped", "superseded"]
REMEMBERED = 1 << 13  # sentences of which the stems are remembered
FEWEST = 2  # words of a clause, under which no sentence is known to tell it
LOOKED_AT = 300  # later deeds of one side, the earliest: what is met after that many is not seen


@dataclass(frozen=True, slots=True)
class Said:
    """A condition as it was said last.

    Attributes:
        finding: Its finding.
        day: When.
        holder: Code of who sets it; empty where nobody is told.
        owes: Codes of who would have to act.
        polarity: withheld, promised or threatened.
        antecedent: Stems of what is awaited.
        replaced: Day and finding of the first later condition of the same holder that awaits something else for the same; None if there is none.
    """

    finding: int
    day: dt.date | None
    holder: str
    owes: frozenset[str]
    polarity: str
    antecedent: frozenset[str]
    replaced: tuple[dt.date | None, int] | None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a condition ended, and by which finding."""

    fate: Fate
    day: dt.date | None
    finding: int


@dataclass(frozen=True, slots=True)
class _Deed:
    finding: int
    day: dt.date
    type: str
    targets: frozenset[str]


def endings(connection: Connection, said: Sequence[Said], view: View) -> list[Ended | None]:
    """How each condition ended, by what came first; None: it is open.

    Met: one who owes did, later, actually and as news, what was awaited: an event of the type that the antecedent tells, toward the holder; or, where it has no target or the antecedent tells no
    type, one whose sentence has the words of the antecedent. Dropped: what the holder withholds came about before that, toward one who owes; or the holder said that he lets it go. Superseded: the
    holder awaits something else for the same.
    """
    c = tables.conditions.c
    types: dict[int, tuple[str | None, str | None]] = {}
    for start in range(0, len(said), AT_ONCE):
        some = [s.finding for s in said[start : start + AT_ONCE]]
        types |= {finding: (on, of) for finding, on, of in connection.execute(select(c.finding, c.awaited, c.withheld).where(c.finding.in_(some)))}
    earliest: dict[str, dt.date] = {}
    toward: dict[str, set[str]] = defaultdict(set)
    for s in said:
        if s.day is not None:
            for code in {s.holder, *s.owes} - {""}:
                earliest[code] = min(s.day, earliest.get(code, s.day))
                toward[code] |= {s.holder, *s.owes}
    deeds = {code: _deeds(connection, code, toward[code], day, view) for code, day in earliest.items()}
    later = _Later(connection, view, earliest, deeds)
    own = [_own(s, deeds) for s in said]
    later.sentences([d.finding for s, done in zip(said, own, strict=True) if len(s.antecedent) >= FEWEST for d in _open_ones(types[s.finding][0], done)])  # all at once
    return [_ended(s, *types[s.finding], done, later) for s, done in zip(said, own, strict=True)]


class _Later:
    """What later reports say, each thing looked up once for all conditions.

    Args:
        connection: An open ledger.
        view: As of when.
        earliest: The day of the earliest condition of each side.
        deeds: What each side did since then.
    """

    def __init__(self, connection: Connection, view: View, earliest: dict[str, dt.date], deeds: dict[str, list[_Deed]]) -> None:
        self.connection, self.view, self.earliest, self.deeds = connection, view, earliest, deeds
        self._sentences: dict[int, frozenset[str]] = {}
        self._let_go: dict[tuple[str, str], list[tuple[dt.date, int, frozenset[str]]]] = {}

    def sentences(self, findings: Sequence[int]) -> dict[int, frozenset[str]]:
        """Stems of the sentences in which findings stand."""
        missing = [f for f in findings if f not in self._sentences]
        self._sentences |= {f: _stems(sentence or "") for f, sentence in sentences_of(self.connection, missing).items()} if missing else {}
        return self._sentences

    def let_go(self, holder: str, owes: str) -> list[tuple[dt.date, int, frozenset[str]]]:
        """Days, findings and stems of statements of one side to or about another that speak of a demand and of letting go, the earliest first."""
        if (holder, owes) not in self._let_go:
            verbs, _ = _letting_go()
            rows = self.connection.execute(_letting_go_by(self.view.shape), {"holder": holder, "owes": owes, "after": self.earliest[holder], **self.view.values})
            told = [(day, id, stems(content or "")) for id, day, content in rows]
            self._let_go[holder, owes] = [x for x in told if x[2] & verbs]
        return self._let_go[holder, owes]


def _ended(s: Said, awaited: str | None, withheld: str | None, own: Sequence[_Deed], later: _Later) -> Ended | None:
    if s.day is None or not s.holder:
        return None
    ways: list[tuple[dt.date, int, Ended]] = []
    sure = [d for d in own if awaited is not None and d.type == awaited and d.targets]
    met = min([*sure, *_telling(later, _open_ones(awaited, own), s.antecedent)], key=lambda d: (d.day, d.finding), default=None)
    if met is not None:
        ways.append((met.day, 0, Ended("met", met.day, met.finding)))
    if s.polarity == "withheld" and withheld is not None:
        given = [d for d in later.deeds[s.holder] if d.day > s.day and d.type == withheld and d.targets & s.owes]
        first = min(given, key=lambda d: (d.day, d.finding), default=None)
        if first is not None:
            ways.append((first.day, 1, Ended("dropped", first.day, first.finding)))
    if s.replaced is not None and s.replaced[0] is not None:
        ways.append((s.replaced[0], 2, Ended("superseded", *s.replaced)))
    ways += _let_go(s, later)
    return min(ways, key=lambda w: w[:2])[2] if ways else None


def _own(s: Said, deeds: dict[str, list[_Deed]]) -> list[_Deed]:
    """What those who owe did later, toward the holder or toward nobody; each once."""
    if s.day is None or not s.holder:
        return []
    found = {d.finding: d for code in s.owes for d in deeds[code] if d.day > s.day and (not d.targets or s.holder in d.targets)}
    return list(found.values())


def _open_ones(awaited: str | None, own: Sequence[_Deed]) -> list[_Deed]:
    """Deeds of which the words have to say whether they are what was awaited."""
    return [d for d in own if awaited is None or (d.type == awaited and not d.targets)]


def _telling(later: _Later, deeds: Sequence[_Deed], words: frozenset[str]) -> Iterator[_Deed]:
    """Deeds whose sentence has the words of a clause: all of two or three, most of more."""
    if len(words) < FEWEST or not deeds:
        return
    needed = len(words) if len(words) < 4 else -(-3 * len(words) // 4)
    sentences = later.sentences([d.finding for d in deeds])
    yield from (d for d in deeds if len(words & sentences[d.finding]) >= needed)


def _let_go(s: Said, later: _Later) -> Iterator[tuple[dt.date, int, Ended]]:
    """Later statements of the holder to or about one who owes that he lets a demand go, with a word of what was awaited."""
    verbs, _ = _letting_go()
    told = sorted({x for code in s.owes for x in later.let_go(s.holder, code) if s.day is not None and x[0] > s.day and (x[2] - verbs) & s.antecedent}, key=lambda x: x[:2])
    for day, finding, _ in told[:1]:
        yield day, 1, Ended("dropped", day, finding)


def _deeds(connection: Connection, code: str, toward: Collection[str], after: dt.date, view: View) -> list[_Deed]:
    """What a side did later, toward some or toward nobody: actually, as news, on nobody's word alone; each once, in order of days."""
    days: dict[int, tuple[dt.date, str]] = {}
    targets: dict[int, set[str]] = defaultdict(set)
    for id, day, type, target in connection.execute(_deeds_of(view.shape), {"doing": code, "toward": sorted(toward), "after": after, **view.values}):
        days[id] = day, type
        if target is not None:
            targets[id].add(target)
    return [_Deed(id, day, type, frozenset(targets.get(id, ()))) for id, (day, type) in days.items()]


@lru_cache(VIEWS)
def _deeds_of(view: View) -> Select[Any]:
    """Later deeds of a side (`doing`) after a day (`after`), each with those of some (`toward`) whom it hits."""
    o, e, f, s = tables.roles.alias("doing"), tables.events.c, tables.findings.c, tables.roles.alias("suffering")
    mine = select(f.id, o.c.day, e.type).select_from(o).join(tables.findings, f.id == o.c.finding).join(tables.events, e.finding == f.id)
    mine = mine.where(o.c.kind == "event", o.c.role == "source", o.c.code == bindparam("doing"), o.c.day > bindparam("after"), _actual(e))
    first = view.narrow(mine, day=o.c.day).order_by(o.c.day, o.c.id).limit(LOOKED_AT).subquery()  # as the index holds them: no more are drawn
    q = select(first.c.id, first.c.day, first.c.type, s.c.code).outerjoin(s, and_(s.c.finding == first.c.id, s.c.role == "target"))
    return q.where(or_(s.c.code.is_(None), s.c.code.in_(bindparam("toward", expanding=True)))).order_by(first.c.day, first.c.id)


@lru_cache(VIEWS)
def _letting_go_by(view: View) -> Select[Any]:
    """Statements of one side (`holder`) to or about another (`owes`) after a day (`after`) that speak of a demand."""
    d, f, t = tables.dyads.c, tables.findings.c, tables.statements.c
    _, nouns = _letting_go()
    query = select(f.id, d.day, t.content).join(tables.dyads, d.finding == f.id).join(tables.statements, t.finding == f.id)
    query = query.where(d.kind == "statement", d.source == bindparam("holder"), d.target == bindparam("owes"), d.day > bindparam("after"))
    return view.narrow(query.where(or_(*(t.content.ilike(f"%{n}%") for n in nouns))), day=d.day).order_by(d.day, f.id)


def _actual(e: Any) -> Any:
    return and_(e.status == "actual", e.background.is_(False), e.claimed_by.is_(None))


@lru_cache(REMEMBERED)
def _stems(sentence: str) -> frozenset[str]:
    return stems(sentence)


@cache
def _letting_go() -> tuple[frozenset[str], tuple[str, ...]]:
    """Stems of verbs of letting a demand go, and words for a demand."""
    told = resources.load("en/letting-go.yaml")
    return frozenset(stem(v) for v in told["verbs"]), tuple(told["demands"])
