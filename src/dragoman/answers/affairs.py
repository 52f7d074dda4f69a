"""Affairs: which matters stand between sides, and where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, Select, select

from dragoman.answers.actors import Named
from dragoman.answers.affair import Stand, affair_column, shown_status, standing_of
from dragoman.answers.row import Answered, day_of, where_of
from dragoman.answers.source import AT_ONCE, Source, sources_of
from dragoman.errors import UnknownNameError
from dragoman.ledger import tables
from dragoman.ledger.names import Party, party
from dragoman.ledger.view import NOW, View
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
    """A matter with the last finding that a view shows of it."""

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
    found: list[tuple[list[_Matter], str, Stand]] = []
    for affairs in _candidates(connection, of, kind, status, view):
        for matters in affairs:
            latest = max(matters, key=_told_last)
            stand = standing_of(connection, latest.affair, latest.kind, latest.day, view)
            if status is None or stand.run.state.status == status:
                found.append((matters, _subject(connection, matters), stand))
            if len(found) == limit:
                break
        if len(found) == limit:
            break
    return _rows(connection, found)


def _candidates(connection: Connection, of: Sequence[Party], kind: AffairKind | None, status: str | None, view: View) -> Iterator[list[list[_Matter]]]:
    """Affairs that may be meant, each by its matters, page by page, the last told first."""
    if of:
        own = _last_told(view).where(*(tables.matters.c.id.in_(_of_side(p)) for p in of))
        numbers = dict.fromkeys(m.affair for m in _matters(connection, own if kind is None else own.where(tables.matters.c.kind == kind)))
        pages: Iterable[list[int]] = _pieces(list(numbers), AT_ONCE)
    else:
        pages = _walk(connection, kind, status, view)
    for numbers_of_page in pages:
        grouped: dict[int, list[_Matter]] = {}
        for matter in _matters(connection, _last_told(view).where(affair_column(view).in_(numbers_of_page))):
            grouped.setdefault(matter.affair, []).append(matter)
        yield sorted(grouped.values(), key=lambda ms: max(_told_last(m) for m in ms), reverse=True)


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
    return select(s.matter).where(s.code == party.code if party.code else s.code.in_(party.actors))


def _last_told(view: View) -> Select[Any]:
    """Matters, each with the last finding that the view shows."""
    am, m, f = tables.affair_matters.c, tables.matters.c, tables.findings.c
    last = select(am.finding).join(tables.findings, f.id == am.finding).where(am.matter == m.id)
    last = view.narrow(last, day=am.day).order_by(am.day.desc().nulls_last(), am.finding.desc()).limit(1).correlate(tables.matters)
    return select(m.id, affair_column(view).label("affair"), m.kind, m.sides, m.gist, last.scalar_subquery().label("finding"))


def _matters(connection: Connection, query: Select[Any]) -> Iterator[_Matter]:
    """Matters of such a query that are seen at all, the last told first."""
    q = query.subquery()
    f = tables.findings.c
    told = select(q.c.affair, q.c.kind, q.c.sides, q.c.gist, f.day, f.id).select_from(q.join(tables.findings, f.id == q.c.finding))
    for row in connection.execute(told.order_by(f.day.desc().nulls_last(), f.id.desc())):
        yield _Matter(row.affair, row.kind, row.sides, row.gist, row.day, row.id)


def _told_last(matter: _Matter) -> tuple[dt.date, int]:
    return matter.day or dt.date.min, matter.finding


def _subject(connection: Connection, matters: Sequence[_Matter]) -> str:
    """The fullest words on an affair: of the matter that says most, as it was put last."""
    fullest = max(matters, key=lambda m: (len(m.gist.split()), _told_last(m)))
    return connection.execute(select(tables.affairs.c.subject).where(tables.affairs.c.finding == fullest.finding)).scalar() or ""


def _rows(connection: Connection, found: Sequence[tuple[list[_Matter], str, Stand]]) -> list[AffairStands]:
    sources = sources_of(connection, [s.run.last for _, _, s in found])
    names = _named(connection, {c for ms, _, _ in found for c in _codes(ms)})
    return [
        AffairStands(
            affair=ms[0].affair, kind=ms[0].kind, parties=tuple(names[c] for c in _codes(ms)), subject=subject, status=s.run.state.status, status_by_party=s.run.state.by_party,
            since=s.run.day, day=s.run.until, against=tuple(dict.fromkeys(r.state.status for r in s.against)), source=sources[s.run.last],
        )
        for ms, subject, s in found
    ]  # fmt: skip


def _codes(matters: Sequence[_Matter]) -> list[str]:
    """All sides of an affair, those of the matter told last first."""
    return list(dict.fromkeys(c for m in sorted(matters, key=_told_last, reverse=True) for c in m.sides.split() if c != ">"))


def _named(connection: Connection, codes: Iterable[str]) -> dict[str, Named]:
    """Sides by their codes: as the ledger names them, else as the world does."""
    wanted = sorted(codes)
    ids = {i: c for c in wanted for i in (f"state:{c}", f"igo:{c}", c)}
    a = tables.actors.c
    met: dict[str, Named] = {}
    for some in _pieces(list(ids), AT_ONCE):
        met |= {ids[r.id]: Named(id=r.id, name=r.name, code=ids[r.id]) for r in connection.execute(select(a.id, a.name).where(a.id.in_(some)))}
    return {c: met.get(c) or _from_the_world(connection, c) for c in wanted}


def _from_the_world(connection: Connection, code: str) -> Named:
    try:
        known = party(connection, code)
    except UnknownNameError:
        return Named(id=code, name=code, code=code)
    return Named(id=known.id, name=known.name, code=code)


def _pieces[T](values: Sequence[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(values), size):
        yield list(values[start : start + size])
