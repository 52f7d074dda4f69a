"""Conditions through time: who made what depend on what, and what became of it as far as later reports say so."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any, ClassVar, Literal, get_args

from pydantic import Field
from sqlalchemy import Connection, Select, bindparam, select

from dragoman.answers.actors import Named, named
from dragoman.answers.clauses import Clauses, are_alike
from dragoman.answers.endings import Ended, Fate, Said, endings
from dragoman.answers.roles import are_sides
from dragoman.answers.row import Answered, day_of, names_of, where_of
from dragoman.answers.source import AT_ONCE, Source, sources_of
from dragoman.ledger import tables
from dragoman.ledger.names import Party
from dragoman.ledger.view import NOW, VIEWS, View
from dragoman.records import Known
from dragoman.records.condition import ConditionKind

PAGE = 20, 100  # conditions looked at in one go: as many as are asked for, but no fewer and no more
FEWEST, STEP = 5, 60  # of these so few and so many at a time for what became of them
MOST = 300  # from one side to another: the latest of them


class Ending(Known):
    """What ended a condition."""

    day: dt.date | None
    source: Source


class ConditionStands(Answered):
    """A condition, however often it was said, and what became of it."""

    wide = "Words"
    plain: ClassVar[tuple[str, ...]] = ("day", "report", "finding", "publisher", "sentence")

    fate: Fate = Field(
        description="open; met: what was awaited came about; dropped: what was withheld came about without it, or the holder let it go; superseded: the holder awaits something else."
    )
    kind: ConditionKind
    polarity: Literal["withheld", "promised", "threatened"]
    holder: tuple[Named, ...] = Field(description="Who sets it; empty where the report leaves it open.")
    owes: tuple[Named, ...] = Field(description="Who would have to act.")
    consequent: str | None = Field(description="What depends, as said last; empty where the ledger keeps no text of the report.")
    antecedent: str | None = Field(description="On what.")
    first: dt.date | None = Field(description="When it was first said.")
    last: dt.date | None = Field(description="When it was last said.")
    reports: int = Field(description="How many reports say it.")
    ended: Ending | None = Field(default=None, description="The sentence by which it is no longer open.")
    source: Source = Field(description="The report that said it last.")

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        words = [f"{self.consequent or '[text not kept]'} — {self.kind.replace('_', ' ')} — {self.antecedent or '[text not kept]'}"]
        if self.ended:
            words.append(f"{self.fate.upper()} {day_of(self.ended.day)} {where_of(self.ended.source)}: {self.ended.source.sentence or '[text not kept]'}")
        times = day_of(self.first) + (f" … {day_of(self.last)} ({self.reports} reports)" if self.reports > 1 else "")
        return {
            "Said": times,
            "Fate": self.fate,
            "Who": names_of(self.holder),
            "Of": names_of(self.owes),
            "What": self.polarity,
            "Words": "\n".join(words),
            "Where": where_of(self.source),
        }

    def flat(self) -> dict[str, Any]:
        """The row for a data frame; `ended_…` is where the ending stands."""
        told = super().flat()
        ended = told.pop("ended")
        values = {"day": ended.day, **ended.source.model_dump()} if ended else {}
        return told | {f"ended_{name}": values.get(name) for name in self.plain}


@dataclass(frozen=True, slots=True)
class _Said:
    """A condition as one report says it."""

    finding: int
    report: int
    day: dt.date | None
    holder: str
    owes: frozenset[str]
    polarity: str
    consequent: frozenset[str]
    antecedent: frozenset[str]


class _Effect:
    """All that a holder withholds, or promises, or threatens with.

    Args:
        said: His sayings, the latest first.
    """

    def __init__(self, said: Sequence[_Said]) -> None:
        self.said, self._consequents = said, Clauses(s.consequent for s in said)

    def like(self, one: _Said) -> Iterator[_Said]:
        """Sayings to the same effect, the latest first."""
        yield from (self.said[place] for place in self._consequents.like(one.consequent))


@dataclass(slots=True)
class _Group:
    """One condition, said once or more; the last saying stands first.

    Attributes:
        said: The sayings.
        effect: All sayings of the same holder and polarity.
    """

    said: list[_Said]
    effect: _Effect

    @property
    def last(self) -> _Said:
        return self.said[0]

    def as_said(self) -> Said:
        """As `endings` takes it, with the first later condition that takes its place, if there is one."""
        last = self.last
        first = min((s for s in self.effect.like(last) if _replaces(s, last)), key=lambda s: (s.day or dt.date.max, s.finding), default=None)
        replaced = (first.day, first.finding) if first and first.antecedent and last.antecedent else None
        return Said(last.finding, last.day, last.holder, last.owes, last.polarity, last.antecedent, replaced)


def find_conditions(
    connection: Connection,
    *,
    by: Party | None = None,
    of: Party | None = None,
    between: tuple[Party, Party] | None = None,
    of_any: Sequence[Party] = (),
    open_only: bool = False,
    closed_only: bool = False,
    fate: Fate | None = None,
    words: Collection[str] = (),
    view: View = NOW,
    limit: int = 50,
) -> list[ConditionStands]:
    """Conditions, those said last first; one that was said again is one.

    Args:
        connection: An open ledger.
        by: Who sets it.
        of: Who would have to act.
        between: Two sides, either of which sets it to the other.
        of_any: Everyone of these sets it or would have to act.
        open_only: Only those that nothing has ended.
        closed_only: Only those that something has ended.
        fate: Only those of which this became.
        words: Only those with one of these stems in a clause; empty: whatever their words.
        view: As of when; `since` asks for those said since that day.
        limit: How many at most.
    """
    wanted = ("open",) if open_only else tuple(f for f in get_args(Fate) if f != "open") if closed_only else (fate,) if fate else get_args(Fate)
    found: list[tuple[_Group, Ended | None]] = []
    for groups in _groups(connection, [(by, ("holder",)), (of, ("owes",)), *((p, ("holder", "owes")) for p in of_any)], between, view, limit):
        wished = (g for g in groups if (view.since is None or (g.last.day is not None and g.last.day >= view.since)) and (not words or _has_one(g.last, words)))
        while some := list(islice(wished, min(STEP, max(FEWEST, limit - len(found))))):  # what became of a condition takes long to find out: no more of them than are shown
            ended = endings(connection, [g.as_said() for g in some], replace(view, since=None))
            found += [(g, end) for g, end in zip(some, ended, strict=True) if (end.fate if end else "open") in wanted]
            if len(found) >= limit:
                return _rows(connection, found[:limit])
    return _rows(connection, found)


def _groups(
    connection: Connection, parts: Sequence[tuple[Party | None, tuple[str, ...]]], between: tuple[Party, Party] | None, view: View, limit: int
) -> Iterator[Iterator[_Group]]:
    """Conditions page by page, each with all its sayings; to be gone through in order."""
    fewest, most = PAGE
    f, d = tables.findings.c, tables.dyads.c
    shown: set[int] = set()
    if between is not None:
        a, b = between
        pairs = [(x, y) for one, other in ((a, b), (b, a)) for x in one.sides for y in other.sides]
        yield _grouped(_said(_of_pairs(connection, pairs, replace(view, since=None)).values()), shown)
        return
    query = _narrowed(select(f.id), [(who, roles) for who, roles in parts if who is not None], view)
    for page in connection.execution_options(yield_per=min(most, max(fewest, limit))).execute(query).partitions():
        fresh = [n for n in dict.fromkeys(row.id for row in page) if n not in shown]
        if not fresh:
            continue
        own = {(r.source, r.target) for some in _pieces(fresh) for r in connection.execute(select(d.source, d.target).where(d.finding.in_(some)))}
        beside = _of_pairs(connection, sorted(own), replace(view, since=None)) if own else {}
        said = _said((beside | _of_numbers(connection, [n for n in fresh if n not in beside])).values())
        yield _grouped(said, shown, set(fresh))


def _narrowed(query: Select[Any], parts: Sequence[tuple[Party, tuple[str, ...]]], view: View) -> Select[Any]:
    """A query over conditions in which parties have parts, the latest first; where an index holds them in that order, by that index. A condition may come more than once."""
    f, d = tables.findings.c, tables.dyads.c
    if [roles for _, roles in parts] == [("holder",), ("owes",)] and are_sides(parts[0][0], parts[1][0]):
        query = query.join(tables.dyads, d.finding == f.id).where(d.kind == "condition", d.source.in_(parts[0][0].sides), d.target.in_(parts[1][0].sides))
        return view.narrow(query, day=d.day).order_by(d.day.desc().nulls_last(), d.id.desc())
    if not parts:
        return view.narrow(query.where(f.kind == "condition")).order_by(f.day.desc().nulls_last(), f.id.desc())
    first, *others = [(tables.roles.alias(f"part{number}"), who, roles) for number, (who, roles) in enumerate(parts)]
    for o, who, roles in (first, *others):
        query = query.join(o, o.c.finding == f.id).where(o.c.kind == "condition", o.c.role.in_(roles), who.plays(o))
    return view.narrow(query, day=first[0].c.day).order_by(first[0].c.day.desc().nulls_last(), first[0].c.id.desc())


def _of_pairs(connection: Connection, pairs: Sequence[tuple[str, str]], view: View) -> dict[int, Any]:
    """Conditions from side to side with what they say, by their findings; of each pair the latest, as an index holds them in that order."""
    query = _from_side_to_side(view.shape)
    return {row[0]: row for source, target in pairs for row in connection.execute(query, {"by": source, "to": target, **view.values})}


@lru_cache(VIEWS)
def _from_side_to_side(view: View) -> Select[Any]:
    """The latest conditions from one side (`by`) to another (`to`)."""
    d = tables.dyads.c
    query = _sayings().join(tables.dyads, d.finding == tables.findings.c.id).where(d.kind == "condition", d.source == bindparam("by"), d.target == bindparam("to"))
    return view.narrow(query, day=d.day).order_by(d.day.desc().nulls_last(), d.id.desc()).limit(MOST)


def _of_numbers(connection: Connection, ids: Sequence[int]) -> dict[int, Any]:
    return {row[0]: row for some in _pieces(ids) for row in connection.execute(_sayings().where(tables.findings.c.id.in_(some)))}


def _sayings() -> Select[Any]:
    f, c = tables.findings.c, tables.conditions.c
    return select(f.id, f.report, f.day, c.polarity, c.sides, c.withheld_gist, c.awaited_gist).join(tables.conditions, c.finding == f.id)


def _said(rows: Iterable[Any]) -> list[_Said]:
    """Sayings of such rows, the latest first."""
    found: list[_Said] = []
    for id, report, day, polarity, sides, withheld, awaited in rows:
        holder, _, owes = sides.partition(">")
        found.append(_Said(id, report, day, holder.rstrip(), frozenset(owes.split()), polarity, frozenset(withheld.split()), frozenset(awaited.split())))
    return sorted(found, key=_place, reverse=True)


def _grouped(said: Sequence[_Said], shown: set[int], wanted: Collection[int] | None = None) -> Iterator[_Group]:
    """One group a condition, the last said first: same holder, same who owe, and both clauses alike to what was said last.

    Args:
        said: Sayings, the latest first.
        shown: Findings that stand in a group; those of each new one are put in.
        wanted: Only groups that begin with one of these.
    """
    by_holder: dict[tuple[str, str], list[_Said]] = defaultdict(list)
    for one in said:
        by_holder[one.holder, one.polarity].append(one)
    effects = {key: _Effect(told) for key, told in by_holder.items()}
    for one in said:
        if one.finding in shown or (wanted is not None and one.finding not in wanted):
            continue
        effect = effects[one.holder, one.polarity]
        alike = effect.like(one) if one.holder else ()
        group = _Group([one, *(s for s in alike if s is not one and s.owes == one.owes and s.finding not in shown and are_alike(s.antecedent, one.antecedent))], effect)
        shown.update(s.finding for s in group.said)
        yield group


def _replaces(later: _Said, last: _Said) -> bool:
    """Whether a saying, of the same holder to the same effect, awaits something else of those who owe."""
    if not last.holder or not later.owes & last.owes or later.day is None or last.day is None:
        return False
    return later.day > last.day and not later.antecedent & last.antecedent


def _has_one(said: _Said, words: Collection[str]) -> bool:
    return not (said.consequent | said.antecedent).isdisjoint(words)


def _place(said: _Said) -> tuple[dt.date, int]:
    return said.day or dt.date.min, said.finding


def _rows(connection: Connection, found: Sequence[tuple[_Group, Ended | None]]) -> list[ConditionStands]:
    ids = [g.last.finding for g, _ in found]
    c = tables.conditions.c
    rows = {r.finding: r for some in _pieces(ids) for r in connection.execute(select(tables.conditions).where(c.finding.in_(some)))}
    who, sources = named(connection, ids), sources_of(connection, [*ids, *(e.finding for _, e in found if e)])
    return [
        ConditionStands(
            fate=end.fate if end else "open", kind=rows[i].kind, polarity=rows[i].polarity, holder=who[i].get("holder", ()), owes=who[i].get("owes", ()),
            consequent=rows[i].consequent, antecedent=rows[i].antecedent, first=min((s.day for s in g.said if s.day), default=None), last=g.last.day,
            reports=len({s.report for s in g.said}), ended=Ending(day=end.day, source=sources[end.finding]) if end else None, source=sources[i],
        )
        for (g, end), i in zip(found, ids, strict=True)
    ]  # fmt: skip


def _pieces[T](values: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    listed = list(values)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]
