"""The history of one affair: the steps by which its status moved, and what contradicts them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, select

from dragoman import resources
from dragoman.answers.row import Answered, day_of, where_of
from dragoman.answers.runs import Run, State, runs_of, someone_apart, stands_since
from dragoman.answers.source import Source, sources_of
from dragoman.errors import NotInLedgerError
from dragoman.ledger import tables
from dragoman.ledger.view import NOW, View
from dragoman.records import Known, PartyStatus
from dragoman.records.affair import STATUSES, AffairKind

BACK = dt.timedelta(days=60)  # how far a list of affairs looks back where nothing asks for more


class Against(Known):
    """What reports say against a step: of the same day, or what stood before and cannot lead there."""

    day: dt.date | None
    status: str
    status_by_party: tuple[PartyStatus, ...] = Field(default=(), description="Who stands apart, by code.")
    reports: int = Field(description="How many reports say so, from that day until they say otherwise.")
    source: Source


class Step(Answered):
    """A day on which the status of an affair moved, or on which reports contradict each other."""

    wide = "Words"

    affair: int
    day: dt.date | None = Field(description="The first report's day; empty where it is not known.")
    status: str
    status_by_party: tuple[PartyStatus, ...] = Field(default=(), description="Who stands apart, by code.")
    until: dt.date | None = Field(description="The day of the last report that says the same before the next step.")
    reports: int = Field(description="How many reports say so in that time.")
    less: int = Field(default=0, description="How many say less in that time, and leave it standing: that it was proposed, when it is in force.")
    against: tuple[Against, ...] = Field(default=(), description="What contradicts it, not settled: both sentences are here.")
    source: Source

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        words = [self.source.sentence or "[text not kept]"]
        words += [f"AGAINST IT {a.status}{_of(a.day, self.day)} [{_times(a.reports)}] {where_of(a.source)}: {a.source.sentence or '[text not kept]'}" for a in self.against]
        until = "" if self.until in (None, self.day) else day_of(self.until)
        told = shown_status(self.status, self.status_by_party) + (", contradicted" if self.against else "")
        return {"Day": day_of(self.day), "Status": told, "Until": until, "Reports": str(self.reports), "Words": "\n".join(words), "Where": where_of(self.source)}


@dataclass(slots=True)
class Stand:
    """Where an affair stands from a day on."""

    run: Run
    less: int = 0
    against: list[Run] = field(default_factory=list)


def find_affair(connection: Connection, affair: int, *, view: View = NOW, limit: int = 100) -> list[Step]:
    """The latest steps of an affair, in order of days; a report that comes late falls into its place.

    Args:
        connection: An open ledger.
        affair: Its number, or that of any matter in it.
        view: As of when. People's merging and splitting counts as it does now, whenever they did it, but not `as_read`.
        limit: How many at most.

    Raises:
        NotInLedgerError: If there is no such affair.
    """
    m = tables.matters.c
    row = connection.execute(select(m.kind, (m.affair_read if view.as_read else m.affair).label("number")).where(m.id == affair)).first()
    if row is None:
        raise NotInLedgerError(f"The ledger holds no affair a{affair}. List them with: dragoman affairs")
    stands = stands_of(row.kind, runs_of(connection, {row.number: None}, replace(view, since=None)).get(row.number, ()))
    shown = [s for s in stands if view.since is None or (s.run.until is not None and s.run.until >= view.since)][-limit:]
    runs = [r for s in shown for r in (s.run, *s.against)]
    sources = sources_of(connection, [r.first for r in runs])
    return [
        Step(
            affair=row.number, day=s.run.day, status=s.run.state.status, status_by_party=s.run.state.by_party, until=s.run.until, reports=s.run.reports, less=s.less,
            against=tuple(Against(day=r.day, status=r.state.status, status_by_party=r.state.by_party, reports=r.reports, source=sources[r.first]) for r in s.against),
            source=sources[s.run.first],
        )
        for s in shown
    ]  # fmt: skip


def stands_of(kind: AffairKind, runs: Iterable[Run]) -> list[Stand]:
    """Steps of an affair from what was said of it, in order of days.

    Of reports of one day that say different things most count, of as many the status that is furthest along; the others stand against it. What says less than what stands (resources/ontology/affairs.yaml)
    leaves it standing. A later report is taken even where its status cannot follow; then what stood before stands against it.
    """
    found: list[Stand] = []
    for _, of_day in itertools.groupby(runs, key=lambda r: r.day):
        told = list(of_day)
        now = found[-1] if found else None
        if now is not None:
            less = [r for r in told if _says_less(kind, r.state, now.run.state)]
            now.less += sum(r.reports for r in less)
            told = [r for r in told if r not in less]
        if not told:
            continue
        chosen = max(told, key=lambda r: (r.reports, _rank(kind, r.state), r.state.apart))
        others = [r for r in told if r is not chosen and not _says_less(kind, r.state, chosen.state)]
        if now is not None and now.run.state == chosen.state and not others:
            now.run = replace(now.run, until=chosen.until, reports=now.run.reports + chosen.reports, last=chosen.last)
        else:
            step = Stand(chosen, sum(r.reports for r in told if r is not chosen and r not in others), sorted(others, key=lambda r: (_rank(kind, r.state), r.state.apart)))
            if now is not None and not can_follow(kind, now.run.state, chosen.state):
                step.against.append(now.run)
            found.append(step)
    return found


def can_follow(kind: AffairKind, before: State, after: State) -> bool:
    """Whether a status may follow another, by resources/ontology/affairs.yaml; the same status with others standing apart may."""
    return before.status == after.status or after.status in _after(kind, before.status, "moves")


def standing_of(connection: Connection, affairs: Mapping[int, tuple[AffairKind, dt.date | None]], view: View) -> dict[int, Stand]:
    """Where affairs stand last, looking back only as far as it takes; what stands against it are contradictions of the last weeks alone.

    Args:
        connection: An open ledger.
        affairs: By their numbers in this view, kind and the day of the last report on each.
        view: As of when.
    """
    apart = someone_apart(connection, affairs, view)
    whole = [n for n, (_, latest) in affairs.items() if latest is None]
    recent = runs_of(connection, {n: latest - BACK for n, (_, latest) in affairs.items() if latest is not None}, view)
    stands = {n: stands_of(affairs[n][0], runs) for n, runs in recent.items()}
    found = {n: told[-1] for n, told in stands.items()}
    whole += [n for n, runs in recent.items() if n in apart or not _is_anchored(affairs[n][0], runs)]
    for n, runs in (runs_of(connection, dict.fromkeys(whole), view) if whole else {}).items():
        last = stands_of(affairs[n][0], runs)[-1]
        found[n] = replace(last, against=found[n].against if n in found and found[n].run.state == last.run.state else [])
    unmoved = {n: (affairs[n][0], told[0].run) for n, told in stands.items() if len(told) == 1 and n not in whole}  # stood so before, or came to it just now
    leaving = {n: (run.state.status, *_after(kind, run.state.status, "keeps")) for n, (kind, run) in unmoved.items()}
    for n, day in stands_since(connection, leaving, view).items() if leaving else ():
        found[n] = replace(found[n], run=replace(found[n].run, day=day))
    return found


def _is_anchored(kind: AffairKind, runs: Sequence[Run]) -> bool:
    """Whether a day leaves no doubt, all reports of it saying one thing that no earlier status outweighs: from there on nothing older is heard."""
    alone = {day for day, of_day in itertools.groupby(runs, key=lambda r: r.day) if len(list(of_day)) == 1}
    return any(r.day in alone and r.state.status not in _weak(kind) for r in runs)


def shown_status(status: str, apart: Sequence[PartyStatus]) -> str:
    """A status with who stands apart, for a person."""
    told = status.replace("_", " ")
    return told + (f" ({', '.join(f'{p.party} {p.status}' for p in apart)})" if apart else "")


def _says_less(kind: AffairKind, said: State, stands: State) -> bool:
    """Whether a report says less than what stands and leaves it so: an earlier stage, or the same without who stands apart."""
    if said.status == stands.status:
        return bool(stands.apart) and not said.apart
    return said.status in _after(kind, stands.status, "keeps") and not said.apart


def _after(kind: AffairKind, status: str, how: str) -> Sequence[str]:
    told: Mapping[str, Any] = resources.load("ontology/affairs.yaml")[kind]
    found: Sequence[str] = told[status].get(how, ())
    return found


@cache
def _weak(kind: AffairKind) -> frozenset[str]:
    """Statuses that some other status leaves unheard."""
    return frozenset(s for status in STATUSES[kind] for s in _after(kind, status, "keeps"))


def _rank(kind: AffairKind, state: State) -> int:
    return STATUSES[kind].index(state.status)


def _of(day: dt.date | None, today: dt.date | None) -> str:
    return "" if day == today else f" ({day_of(day)})"


def _times(reports: int) -> str:
    return "1 report" if reports == 1 else f"{reports} reports"
