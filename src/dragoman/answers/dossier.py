"""All of one affair on a page: where it stands, how it came there, under which names it goes, which conditions touch it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, func, select

from dragoman import resources
from dragoman.answers.affair import Step, find_affair
from dragoman.answers.affairs import AffairStands, find_affairs, of_numbers
from dragoman.answers.conditions import ConditionStands, find_conditions
from dragoman.answers.row import Answered, day_of, where_of
from dragoman.answers.runs import affair_column
from dragoman.answers.source import Source, sources_of
from dragoman.errors import NotInLedgerError
from dragoman.ledger import tables
from dragoman.ledger.gist import stem
from dragoman.ledger.names import party
from dragoman.ledger.topics import about, generic
from dragoman.ledger.view import NOW, View
from dragoman.records import Known

MOST_WORDINGS = 50  # the most told
MOST_SIDES = 5  # between which conditions are looked for
MOST_CONDITIONS = 12
BESIDE = 20  # other affairs of the same sides and kind
TOLD_APART = ("agreement", "dispute")  # kinds of which two sides have several: only what it is about tells which condition touches it


class Wording(Answered):
    """A matter of an affair: how some reports put it."""

    wide = "Words"

    matter: int
    subject: str = Field(description="What it is about, as was told last.")
    names: tuple[str, ...] = Field(description="Names of its own by which it is known: JCPOA, New START.")
    sides: tuple[str, ...] = Field(description="Codes; of sanctions who imposes them, then whom they hit.")
    status: str = Field(description="As was told last.")
    reports: int
    first: dt.date | None
    last: dt.date | None
    source: Source = Field(description="The last report of it.")

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        return {
            "Last": day_of(self.last), "About": ", ".join((self.subject, *self.names)), "Between": " ".join(self.sides), "Status": self.status, "Reports": str(self.reports),
            "Words": self.source.sentence or "[text not kept]", "Where": where_of(self.source),
        }  # fmt: skip


class Dossier(Known):
    """All of one affair."""

    number: int = Field(description="The affair's number in this view.")
    stands: AffairStands | None = Field(description="Where it stands; empty where nothing was told of it by then.")
    steps: tuple[Step, ...] = Field(description="How it came there, in order of days.")
    wordings: tuple[Wording, ...] = Field(description="How reports put it, those that many tell first.")
    conditions: tuple[ConditionStands, ...] = Field(description="Between its sides and about the same, those said last first.")
    beside: tuple[AffairStands, ...] = Field(description="Other affairs of the same kind between its sides.")


def find_dossier(connection: Connection, number: int, *, view: View = NOW) -> Dossier:
    """All of one affair.

    Args:
        connection: An open ledger.
        number: Its number, or that of any matter in it.
        view: As of when.

    Raises:
        NotInLedgerError: If there is no such affair.
    """
    m = tables.matters.c
    row = connection.execute(select(affair_column(view).label("number"), m.kind).where(m.id == number)).first()
    if row is None:
        raise NotInLedgerError(f"The ledger holds no affair a{number}. List them with: dragoman affairs")
    stands = next(iter(of_numbers(connection, [row.number], replace(view, since=None))), None)
    if stands is None:
        return Dossier(number=row.number, stands=None, steps=(), wordings=(), conditions=(), beside=())
    wordings, gist = _wordings(connection, row.number, view)
    sides = [party(connection, p.id, view) for p in stands.parties]
    beside = find_affairs(connection, of=sides[:MOST_SIDES], kind=stands.kind, view=replace(view, since=None), limit=BESIDE + 1)
    return Dossier(
        number=row.number, stands=stands, steps=tuple(find_affair(connection, row.number, view=view)), wordings=wordings, conditions=tuple(_conditions(connection, stands, gist, view)),
        beside=tuple(x for x in beside if x.affair != row.number)[:BESIDE],
    )  # fmt: skip


def _wordings(connection: Connection, affair: int, view: View) -> tuple[tuple[Wording, ...], frozenset[str]]:
    """How reports put an affair; and the stems of what it is about."""
    am, m, f, n, a = tables.affair_matters.c, tables.matters.c, tables.findings.c, tables.matter_names.c, tables.affairs.c
    told = select(
        m.id, m.sides, m.gist, func.count(f.report.distinct()).label("reports"), func.min(am.day).label("first"), func.max(am.day).label("last"), _last(view)
    ).select_from(tables.matters.join(tables.affair_matters, am.matter == m.id).join(tables.findings, f.id == am.finding))
    whole = replace(view, since=None)
    query = whole.narrow(told.where(affair_column(view) == affair), day=am.day).group_by(m.id, m.sides, m.gist).order_by(func.count(f.report.distinct()).desc(), m.id)
    rows = connection.execute(query.limit(MOST_WORDINGS)).all()
    ids = [r.finding for r in rows]
    said = {r.finding: r for r in connection.execute(select(a.finding, a.subject, a.status).where(a.finding.in_(ids)))}
    sources = sources_of(connection, ids)
    names: dict[int, list[str]] = {}
    for r in connection.execute(select(n.matter, n.name).where(n.matter.in_([r.id for r in rows])).order_by(n.name)):
        names.setdefault(r.matter, []).append(r.name)
    found = tuple(
        Wording(
            matter=r.id, subject=said[r.finding].subject, names=tuple(map(_called, names.get(r.id, ()))), sides=tuple(c for c in r.sides.split() if c != ">"), status=said[r.finding].status,
            reports=r.reports, first=r.first, last=r.last, source=sources[r.finding],
        )
        for r in rows
    )  # fmt: skip
    own = [w for keys in names.values() for key in keys for w in (*about(key), *_called(key).split())]
    return found, frozenset(stem(w.lower()) for w in (*own, *(w for r in rows for w in r.gist.split())))


def _last(view: View) -> Any:
    """The last finding of a matter that a view shows."""
    am, f = tables.affair_matters.alias("told"), tables.findings.alias("last")
    query = select(am.c.finding).join(f, f.c.id == am.c.finding).where(am.c.matter == tables.matters.c.id)
    query = replace(view, since=None).narrow(query, f, am.c.day).order_by(am.c.day.desc().nulls_last(), am.c.finding.desc()).limit(1)
    return query.correlate(tables.matters).scalar_subquery().label("finding")


def _conditions(connection: Connection, stands: AffairStands, gist: frozenset[str], view: View) -> Iterator[ConditionStands]:
    """Conditions between the sides of an affair that name what it is about; of talks, sanctions and the like, of which two sides have one, such a thing at all."""
    words = gist | (frozenset() if gist and stands.kind in TOLD_APART else generic(stands.kind))
    sides = [party(connection, p.id, view) for p in stands.parties[:MOST_SIDES]]
    found: list[ConditionStands] = []
    for a, b in combinations(sides, 2):
        if a.side != b.side:
            found += find_conditions(connection, between=(a, b), words=words, view=view, limit=MOST_CONDITIONS)
    by_finding = {c.source.finding: c for c in found}
    yield from sorted(by_finding.values(), key=lambda c: (c.last or dt.date.min, c.source.finding), reverse=True)[:MOST_CONDITIONS]


def _called(key: str) -> str:
    names: Sequence[str] = resources.load("en/matter-names.yaml")["matters"].get(key, {}).get("names", (key,))
    return names[0]
