"""What was said of affairs, as the ledger holds it: runs of reports that say the same, and the day from which on nothing said otherwise."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Case, ColumnElement, Connection, Date, Integer, Select, String, bindparam, case, cast, func, literal, literal_column, not_, or_, select
from sqlalchemy.types import TypeEngine

from dragoman.ledger import tables
from dragoman.ledger.view import VIEWS, View
from dragoman.records import PartyStatus


@dataclass(frozen=True, slots=True)
class State:
    """What a report can say of an affair."""

    status: str
    apart: str = ""

    @property
    def by_party(self) -> tuple[PartyStatus, ...]:
        """Who stands apart."""
        return tuple(PartyStatus(party=p, status=s) for p, s in json.loads(self.apart).items()) if self.apart else ()


@dataclass(frozen=True, slots=True)
class Run:
    """Reports in a row that say the same.

    Attributes:
        day: Of the first of them.
        until: Of the last.
        state: What they say.
        reports: How many they are.
        first: A finding of the first day.
        last: A finding of the last day.
    """

    day: dt.date | None
    until: dt.date | None
    state: State
    reports: int
    first: int
    last: int


def affair_column(view: View) -> Any:
    """The column of `matters` that holds the affair in a view."""
    return tables.matters.c.affair_read if view.as_read else tables.matters.c.affair


def runs_of(connection: Connection, affairs: Mapping[int, dt.date | None], view: View) -> dict[int, list[Run]]:
    """What was said of affairs, in order of days: runs of days on which all reports say the same, and each word of a day on which they do not.

    Args:
        connection: An open ledger.
        affairs: Their numbers in this view, each with the day from which on it is looked at; None: from the beginning.
        view: As of when.
    """
    found: dict[int, list[Run]] = {}
    since = {n: day for n, day in affairs.items() if day is not None}
    for numbers, bounds in (([n for n in affairs if n not in since], {}), (list(since), since)):
        rows = connection.execute(_runs(view.shape, _room(bounds)), {"affairs": numbers, **_told_one_by_one(affair=bounds, day=bounds.values()), **view.values}) if numbers else ()
        for affair, day, until, status, apart, reports, first, last, _ in rows:
            found.setdefault(affair, []).append(Run(day, until, State(status, apart), int(reports), first, last))
    return found


@lru_cache(VIEWS)
def _runs(view: View, room: int) -> Select[Any]:
    """Runs of some `affairs`; each from a day on, where there is room for days."""
    am, m, f = tables.affair_matters.c, tables.matters.c, tables.findings.c
    affair = affair_column(view)
    joined = tables.matters.join(tables.affair_matters, am.matter == m.id).join(tables.findings, f.id == am.finding)
    told = select(affair.label("affair"), am.day, am.status, am.apart, func.count(f.report.distinct()).label("reports"), func.min(f.id).label("finding")).select_from(joined)
    told = view.narrow(told.where(affair.in_(bindparam("affairs", expanding=True))), day=am.day).group_by(affair, am.day, am.status, am.apart)
    if room:
        told = told.where(am.day >= _one_by_one(affair, "day", Date, room))
    days = told.cte("days")
    d = days.c
    own: dict[str, Any] = {"partition_by": d.affair, "order_by": [d.day.asc().nulls_first(), d.status, d.apart]}
    beside = func.count().over(partition_by=[d.affair, d.day])
    marked = select(days, beside.label("beside"), func.lag(d.status).over(**own).label("was"), func.lag(d.apart).over(**own).label("was_apart")).cte("marked")
    # A day on which reports differ parts the runs around it. Its words come one by one, and so does the day after.
    k = marked.c
    own = {"partition_by": k.affair, "order_by": [k.day.asc().nulls_first(), k.status, k.apart]}
    parted = select(*k, func.lag(k.beside).over(**own).label("was_beside")).cte("parted")
    p = parted.c
    own = {"partition_by": p.affair, "order_by": [p.day.asc().nulls_first(), p.status, p.apart]}
    begins = case((or_(p.was.is_(None), p.was != p.status, p.was_apart != p.apart, p.beside > 1, p.was_beside > 1), 1), else_=0)
    numbered = select(parted, begins.label("begins"), func.sum(begins).over(**own).label("run")).cte("numbered")
    n = numbered.c
    run = [n.affair, n.run]
    back = [n.day.desc().nulls_last(), n.status.desc(), n.apart.desc()]
    runs = select(
        n.affair,
        n.day,
        func.max(n.day).over(partition_by=run).label("until"),
        n.status,
        n.apart,
        cast(func.sum(n.reports).over(partition_by=run), Integer).label("reports"),
        n.finding.label("first"),
        func.first_value(n.finding).over(partition_by=run, order_by=back).label("last"),
        n.begins,
    ).cte("runs")
    r = runs.c
    return select(runs).where(r.begins == 1).order_by(r.affair, r.day.asc().nulls_first(), r.status, r.apart)


def someone_apart(connection: Connection, affairs: Iterable[int], view: View) -> set[int]:
    """Of which affairs it was ever told that one stands apart."""
    am, m = tables.affair_matters.c, tables.matters.c
    affair = affair_column(view)
    told = select(am.matter).where(am.apart != literal_column("''"))  # no parameter, else the index over such rows would not serve
    return set(connection.scalars(select(affair).where(m.id.in_(told), affair.in_(list(affairs)))))


def stands_since(connection: Connection, affairs: Mapping[int, Sequence[str]], view: View) -> dict[int, dt.date]:
    """The day from which on all that was told of an affair leaves standing what it stands at: after the last report that says otherwise, the first that says so.

    Args:
        connection: An open ledger.
        affairs: Their numbers in this view, each with the status at which it stands, and behind it those that leave it standing.
        view: As of when.
    """
    asked = {"affairs": list(affairs), **view.values}
    leaving = [" ".join(("", *statuses, "")) for statuses in affairs.values()]
    parted: dict[int, dt.date | None] = dict(connection.execute(_parted(view.shape, _room(affairs)), asked | _told_one_by_one(affair=affairs, leaving=leaving)).tuples().all())
    begun = _told_one_by_one(affair=parted, status=[affairs[n][0] for n in parted], day=[day or dt.date.min for day in parted.values()])
    return {n: day for n, day in connection.execute(_begun(view.shape, _room(parted)), asked | begun) if day is not None}


@lru_cache(VIEWS)
def _parted(view: View, room: int) -> Select[Any]:
    """Of `affairs`, each with the statuses that are `leaving` it as it stands, the day of the last report of another; None where there is none."""
    am, affair = tables.affair_matters.c, affair_column(view)
    # No two statuses differ only where one has an underscore, which LIKE takes for any letter.
    leaves = _one_by_one(affair, "leaving", String, room).contains(literal(" ").concat(am.status).concat(" "))
    otherwise = _days_of_matters(view).where(not_(leaves)).order_by(am.day.desc()).limit(1).scalar_subquery()
    return select(affair, func.max(otherwise)).where(affair.in_(bindparam("affairs", expanding=True))).group_by(affair)


@lru_cache(VIEWS)
def _begun(view: View, room: int) -> Select[Any]:
    """Of `affairs`, each with the `status` at which it stands and a `day`, the day of the first report from then on that says so."""
    am, affair = tables.affair_matters.c, affair_column(view)
    told = _days_of_matters(view).where(am.status == _one_by_one(affair, "status", String, room), am.day >= _one_by_one(affair, "day", Date, room))
    first = told.order_by(am.day).limit(1).scalar_subquery()
    return select(affair, func.min(first)).where(affair.in_(bindparam("affairs", expanding=True))).group_by(affair)


def _days_of_matters(view: View) -> Select[Any]:
    """Days of what was told of a matter, for a query over `matters`."""
    am, m, f = tables.affair_matters.c, tables.matters.c, tables.findings.c
    shown = select(am.day).join(tables.findings, f.id == am.finding).where(am.matter == m.id, am.day.is_not(None))
    return view.narrow(shown, day=am.day).correlate(tables.matters)


def _one_by_one(affair: ColumnElement[int], what: str, type_: type[TypeEngine[Any]], room: int) -> Case[Any]:
    """What is told of each of some affairs (`affair0` and `status0`, …)."""
    return case(*((affair == bindparam(f"affair{n}"), bindparam(f"{what}{n}", type_=type_)) for n in range(room)))


def _told_one_by_one(**told: Iterable[Any]) -> dict[str, Any]:
    """What these names stand for; where there is room for more, the last is told again."""
    values: dict[str, Any] = {}
    for what, each in told.items():
        listed = list(each)
        values |= {f"{what}{n}": listed[min(n, len(listed) - 1)] for n in range(_room(listed))}
    return values


def _room(told: Sized) -> int:
    """For how many affairs a query has room: the next power of two, so that a few queries do for all numbers of them."""
    return 1 << (len(told) - 1).bit_length() if told else 0
