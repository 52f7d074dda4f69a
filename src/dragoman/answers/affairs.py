"""Affairs: which matters stand between sides, and where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, Select, bindparam, exists, func, select

from dragoman.answers.actors import Named
from dragoman.answers.affair import Stand, shown_status, standing_of
from dragoman.answers.row import Answered, day_of, where_of
from dragoman.answers.runs import affair_column
from dragoman.answers.source import AT_ONCE, Source, sources_of
from dragoman.ledger import tables
from dragoman.ledger.names import Party, label
from dragoman.ledger.view import NOW, VIEWS, View
from dragoman.records import PartyStatus
from dragoman.records.affair import AffairKind

PAGE = 400  # findings looked at in one go for affairs that moved last


class AffairStands(Answered):
    """An affair and where it stands."""

    wide = "Words"

    affair: int = Field(description="Its number; `dragoman affair` shows its history.")
    kind: AffairKind
    parties: tuple[Named, ...] = Field(description="Between whom; of sanctions who imposes them, then whom they hit.")
    subject: str = Field(description="What it is about, in the fullest words of a report.")
    status: str
    status_by_party: tuple[PartyStatus, ...] = Field(default=(), description="Who stands apart, by code.")
    since: dt.date | None = Field(description="The first report's day that says so, with none against it since; empty where it is not known.")
    day: dt.date | None = Field(description="The last report's day that says so; empty where it is not known.")
    against: tuple[str, ...] = Field(default=(), description="What other reports of the last weeks say; `dragoman affair` shows their sentences.")
    source: Source = Field(description="The last report that says so.")

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        joint = " → " if self.kind == "sanctions" else " – "
        told = shown_status(self.status, self.status_by_party) + (f", against it: {', '.join(self.against)}" if self.against else "")
        between = joint.join(p.name for p in self.parties)
        words = self.source.sentence or "[text not kept]"
        return {
            "Day": day_of(self.day), "Affair": f"a{self.affair} {self.kind}", "Between": between, "About": self.subject, "Status": told, "Words": words, "Where": where_of(self.source),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Matter:
    """A matter with the last finding that a view shows of it; lists of them begin with the last told."""

    affair: int
    kind: AffairKind
    sides: str
    gist: str
    day: dt.date | None
    finding: int


def find_affairs(
    connection: Connection, *, of: Sequence[Party] = (), kind: AffairKind | None = None, status: str | None = None, view: View = NOW, limit: int = 50
) -> list[AffairStands]:
    """Affairs, those of which something was told last first.

    Args:
        connection: An open ledger.
        of: Sides; every one must be a side of it.
        kind: Kind of the affair.
        status: Where it stands.
        view: As of when; `since` asks for affairs of which something was told since that day.
        limit: How many at most.
    """
    found: list[tuple[list[_Matter], Stand]] = []
    for numbers in _candidates(connection, of, kind, status, view, limit):
        for matters, stand in _standing(connection, numbers, view):
            if status is None or stand.run.state.status == status:
                found.append((matters, stand))
        if len(found) >= limit:
            break
    return _rows(connection, found[:limit])


def of_numbers(connection: Connection, numbers: Sequence[int], view: View = NOW) -> list[AffairStands]:
    """Affairs by their numbers in this view, of which the view shows something; those told of last first."""
    return _rows(connection, _standing(connection, numbers, view))


def _standing(connection: Connection, numbers: Sequence[int], view: View) -> list[tuple[list[_Matter], Stand]]:
    """Affairs by their matters, each with where it stands, the last told first."""
    grouped: dict[int, list[_Matter]] = {}
    for row in connection.execute(_matters_of(view.shape), {"affairs": numbers, **view.values}):
        grouped.setdefault(row[0], []).append(_Matter(*row))
    stands = standing_of(connection, {n: (ms[0].kind, ms[0].day) for n, ms in grouped.items()}, view)
    return [(matters, stands[n]) for n, matters in grouped.items()]


@lru_cache(VIEWS)
def _matters_of(view: View) -> Select[Any]:
    """The matters of some `affairs`, as `_Matter` has them, the last told first."""
    f = tables.findings.c
    q = _last_told(view).where(affair_column(view).in_(bindparam("affairs", expanding=True))).subquery()
    told = select(q.c.affair, q.c.kind, q.c.sides, q.c.gist, f.day, f.id).select_from(q.join(tables.findings, f.id == q.c.finding))
    return told.order_by(f.day.desc().nulls_last(), f.id.desc())


def _candidates(connection: Connection, of: Sequence[Party], kind: AffairKind | None, status: str | None, view: View, limit: int) -> Iterator[list[int]]:
    """Numbers of affairs that may be meant, page by page, the last told first; of a status those of which it was ever told."""
    if not of:
        for fresh in _walk(connection, kind, status, view):
            yield from _pieces(fresh, limit)
        return
    am, m, f = tables.affair_matters.c, tables.matters.c, tables.findings.c
    own = _last_told(view).where(*(m.id.in_(_of_side(p)) for p in of))
    own = own if kind is None else own.where(m.kind == kind)
    own = own if status is None else own.where(exists(select(am.finding).where(am.matter == m.id, am.status == status)))
    q = own.subquery()
    last = func.max(f.day)
    query = select(q.c.affair).select_from(q.join(tables.findings, f.id == q.c.finding)).group_by(q.c.affair).order_by(last.desc().nulls_last(), func.max(f.id).desc())
    yield from _pieces(list(connection.scalars(query)), min(AT_ONCE, limit))


def _walk(connection: Connection, kind: AffairKind | None, status: str | None, view: View) -> Iterator[list[int]]:
    """Numbers of affairs by what was told last, each once; of a status those of which it was ever told."""
    am, m, f = tables.affair_matters.c, tables.matters.c, tables.findings.c
    number = affair_column(view)
    query = select(number.label("affair")).select_from(tables.affair_matters.join(tables.matters, m.id == am.matter).join(tables.findings, f.id == am.finding))
    query = query if kind is None else query.where(am.kind == kind)
    query = query if status is None else query.where(am.status == status)
    query = view.narrow(query, day=am.day).order_by(am.day.desc().nulls_last(), am.finding.desc())
    seen: set[int] = set()
    for page in connection.execution_options(yield_per=PAGE).scalars(query).partitions():
        fresh = [n for n in dict.fromkeys(page) if n not in seen]
        seen.update(fresh)
        if fresh:
            yield fresh


def _of_side(party: Party) -> Select[Any]:
    s = tables.matter_sides.c
    return select(s.matter).where(s.code.in_(party.sides if party.code else party.actors))


def _last_told(view: View) -> Select[Any]:
    """Matters, each with the last finding that the view shows."""
    am, m, f = tables.affair_matters.c, tables.matters.c, tables.findings.c
    last = select(am.finding).join(tables.findings, f.id == am.finding).where(am.matter == m.id)
    last = view.narrow(last, day=am.day).order_by(am.day.desc().nulls_last(), am.finding.desc()).limit(1).correlate(tables.matters)
    return select(m.id, affair_column(view).label("affair"), m.kind, m.sides, m.gist, last.scalar_subquery().label("finding"))


def _subjects(connection: Connection, affairs: Iterable[Sequence[_Matter]]) -> dict[int, str]:
    """The fullest words on each affair: of the matter that says most, as it was put last."""
    fullest = {ms[0].affair: max(ms, key=lambda m: len(m.gist.split())).finding for ms in affairs}
    a = tables.affairs.c
    told: dict[int, str] = {}  # one finding may tell of several affairs: sanctions by many on many
    for some in _pieces(list(dict.fromkeys(fullest.values())), AT_ONCE):
        told |= {r.finding: r.subject for r in connection.execute(select(a.finding, a.subject).where(a.finding.in_(some)))}
    return {affair: told[finding] for affair, finding in fullest.items()}


def _rows(connection: Connection, found: Sequence[tuple[list[_Matter], Stand]]) -> list[AffairStands]:
    sources = sources_of(connection, [s.run.last for _, s in found])
    subjects = _subjects(connection, (ms for ms, _ in found))
    names = _named(connection, {c for ms, _ in found for c in _codes(ms)})
    return [
        AffairStands(
            affair=ms[0].affair, kind=ms[0].kind, parties=tuple(names[c] for c in _codes(ms)), subject=subjects[ms[0].affair], status=s.run.state.status, status_by_party=s.run.state.by_party,
            since=s.run.day, day=s.run.until, against=tuple(dict.fromkeys(r.state.status for r in s.against)), source=sources[s.run.last],
        )
        for ms, s in found
    ]  # fmt: skip


def _codes(matters: Sequence[_Matter]) -> list[str]:
    """All sides of an affair, those of the matter told last first."""
    return list(dict.fromkeys(c for m in matters for c in m.sides.split() if c != ">"))


def _named(connection: Connection, codes: Iterable[str]) -> dict[str, Named]:
    """Sides by their codes: as the ledger names them, else as the world does."""
    wanted = sorted(codes)
    ids = {i: c for c in wanted for i in (f"state:{c}", f"igo:{c}", c)}
    a = tables.actors.c
    met: dict[str, Named] = {}
    for some in _pieces(list(ids), AT_ONCE):
        met |= {ids[r.id]: Named(id=r.id, name=r.name, code=ids[r.id]) for r in connection.execute(select(a.id, a.name).where(a.id.in_(some)))}
    return {c: met.get(c) or _from_the_world(connection, c) for c in wanted}


def side_called(connection: Connection, code: str) -> str:
    """The name of a side by its code."""
    return _named(connection, [code])[code].name


def _from_the_world(connection: Connection, code: str) -> Named:
    for id in (f"state:{code}", f"igo:{code}"):
        name, _ = label(connection, id)
        if name != id:
            return Named(id=id, name=name, code=code)
    return Named(id=code, name=label(connection, code)[0], code=code)


def _pieces[T](values: Sequence[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(values), size):
        yield list(values[start : start + size])
