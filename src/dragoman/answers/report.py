"""One report as it stands: its text, what was found in it with what people said of that, and the reports beside it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Connection, func, select

from dragoman.answers.actors import Named, named
from dragoman.answers.corrections import Corrected, corrections_by
from dragoman.answers.row import Answered, day_of, names_of, where_of
from dragoman.answers.saying import sayings, sides
from dragoman.answers.source import Source, sources_of
from dragoman.errors import NotInLedgerError
from dragoman.ledger import tables
from dragoman.ledger.amending import actors_of, amended
from dragoman.ledger.anchors import Anchor, find_again
from dragoman.ledger.overlay import actor_known
from dragoman.ledger.rows import GROUPS, unpacked
from dragoman.ledger.store import report_of
from dragoman.ledger.view import NOW, View
from dragoman.records import Finding, Known, Record, Span

Verdict = Literal["confirmed", "amended", "rejected"]
VERDICTS: dict[str, Verdict] = {"confirm": "confirmed", "amend": "amended", "reject": "rejected"}
BESIDE = 12  # other reports of the story that are told with a report


class Beside(Known):
    """Another report: of the same story, or another version of the same."""

    report: int
    publisher: str | None
    published: dt.date | None
    headline: str | None


class Found(Answered):
    """A finding of a report as people left it."""

    wide = "Words"

    finding: int = Field(description="The finding's number; of an amended one that of the amendment.")
    ref: str = Field(description="Its id within the record: s1, e4, c2, a3.")
    kind: str = Field(description="statement, event, condition, affair")
    what: str = Field(description="What it says in a few words.")
    who: tuple[Named, ...]
    whom: tuple[Named, ...]
    day: dt.date | None
    verdict: Verdict | None = Field(description="What a person said of it last; rejected ones are listed too.")
    corrections: tuple[Corrected, ...] = Field(description="What people said of it, in the order in which they said it.")
    formerly: tuple[int, ...] = Field(description="Other numbers that lead here: of what was amended, and of earlier readings.")
    source: Source

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        return {"Day": day_of(self.day), "What": f"{self.kind}: {self.what}", "Who": names_of(self.who), "Toward": names_of(self.whom) if self.whom else "", "Verdict": self.verdict or "",
                "Words": self.source.sentence or "[text not kept]", "Where": where_of(self.source)}  # fmt: skip


class Gone(Known):
    """A finding of an earlier reading that the one shown does not have."""

    finding: int
    kind: str
    words: str | None = Field(description="The words on which it stood; empty where the ledger keeps no text.")


class ReportStands(Known):
    """A report as it stands."""

    number: int
    ref: str | None
    url: str | None
    publisher: str | None
    published: dt.date | None
    headline: str | None
    text: str | None = Field(description="Empty where the ledger keeps no text of this report.")
    added: dt.datetime
    reader: str = Field(description="Fingerprint of the reader whose reading is shown.")
    story: int
    record: Record = Field(exclude=True, description="As it was read, with amendments in their place; where no text is kept, blanks stand for it.")
    found: tuple[Found, ...] = Field(description="In the order of the record.")
    gone: tuple[Gone, ...]
    siblings: tuple[Beside, ...] = Field(description="Other reports of the same story, the first first; not all of a large story.")
    of_story: int = Field(description="How many reports tell the story, this one with them.")
    versions: tuple[Beside, ...] = Field(description="All versions at the same address, this one too, the first first; empty where there is but one.")


@dataclass(slots=True)
class _Chain:
    """A finding of the reader and what became of it."""

    rows: list[Any]
    finding: Finding
    rejected: bool = False


def find_report(connection: Connection, number: int, *, view: View = NOW) -> ReportStands:
    """A report with what was found in it; what people rejected is there too, told as rejected.

    Args:
        connection: An open ledger.
        number: The report's.
        view: By which knowledge, and whether people's corrections count.

    Raises:
        NotInLedgerError: If there is no such report, or none was known then.
    """
    r, g = tables.reports.c, tables.readings.c
    row = connection.execute(select(tables.reports).where(r.id == number)).mappings().first()
    reading = connection.execute(select(g.id, g.record).where(g.report == number, view.known_by(tables.readings))).first()
    if row is None or reading is None:
        raise NotInLedgerError(f"The ledger holds no report {number}" + (" that was known then." if row is not None else "."))
    f = tables.findings.c
    rows = list(connection.execute(select(tables.findings).where(f.report == number).order_by(f.id)))
    kept = row["text"] is not None
    record = unpacked(reading.record, report_of(row if kept else {**row, "text": _blanks(rows), "headline": _blanks(rows)}), row["ref"])
    chains = _chains(connection, rows, reading.id, record, view)
    formerly, gone = _led(rows, chains)
    columns = {c: row[c] for c in ("ref", "url", "publisher", "published", "headline", "text", "added")}
    return ReportStands(
        number=number, **columns, story=row["story_read" if view.as_read else "story"], reader=record.reader,
        record=_with(connection, record, [c.finding for c in chains]), found=tuple(_found(connection, chains, formerly, view)),
        gone=tuple(_gone(x, row) for x in gone), siblings=_siblings(connection, row, view), of_story=_of_story(connection, row, view), versions=_versions(connection, row),
    )  # fmt: skip


def report_of_finding(connection: Connection, finding: int) -> int:
    """The report of a finding, of whatever reading.

    Raises:
        NotInLedgerError: If there is no such finding.
    """
    found = connection.execute(select(tables.findings.c.report).where(tables.findings.c.id == finding)).scalar()
    if found is None:
        raise NotInLedgerError(f"The ledger holds no finding f{finding}. Findings are numbered as answers show them, such as [r3 f12].")
    return int(found)


def _chains(connection: Connection, rows: Sequence[Any], reading: int, record: Record, view: View) -> list[_Chain]:
    """The reader's findings in the order of the record, each as corrections leave it in this view."""
    known = [x for x in rows if _is_known(x, view)]
    by_ref = {x.ref: x for x in known if x.correction is None and x.reading == reading}
    made = {x.correction: x for x in known if x.correction is not None}
    struck = {} if view.as_read or not known else _struck(connection, known[0].report, view)
    chains = []
    for finding in (f for group in GROUPS for f in getattr(record, group) if f.id in by_ref):
        chain = _Chain([by_ref[finding.id]], finding)
        while not chain.rejected and (by := struck.get(chain.rows[-1].id)) is not None:
            if by.id in made:
                chain.rows.append(made[by.id])
                chain.finding = amended(chain.finding, json.loads(by.detail)["changes"])
            else:
                chain.rejected = True
        chains.append(chain)
    return chains


def _is_known(row: Any, view: View) -> bool:
    if view.known is None:
        return row.known_to is None
    return row.known_from <= view.known and (row.known_to is None or row.known_to > view.known)


def _struck(connection: Connection, report: int, view: View) -> dict[int, Any]:
    """Corrections that reject or replace findings of a report, by the finding."""
    s, c, f = tables.struck.c, tables.corrections.c, tables.findings.c
    joined = tables.struck.join(tables.corrections, c.id == s.correction).join(tables.findings, f.id == s.finding)
    query = select(s.finding, c.id, c.what, c.detail).select_from(joined).where(f.report == report, view.known_by(tables.struck))
    return {x.finding: x for x in connection.execute(query)}


def _led(rows: Sequence[Any], chains: Sequence[_Chain]) -> tuple[dict[int, list[int]], list[Any]]:
    """Which other numbers lead to each finding that stands; and rows of earlier readings that lead nowhere.

    So that an address that was once given (`/reports/3#f12`) stays good.
    """
    formerly: dict[int, list[int]] = {c.rows[-1].id: [x.id for x in c.rows[:-1]] for c in chains}
    shown = {x.id for c in chains for x in c.rows}
    anchors = {c.rows[-1].id: Anchor.of(c.finding) for c in chains}
    found: dict[tuple[Any, ...], int | None] = {}
    gone = []
    for row in rows:
        if row.id in shown:
            continue
        place = (row.kind, row.part, row.start, row.end)
        if place not in found:
            anchor = Anchor(row.kind, row.part, Span(row.start, row.end), "", ())
            found[place] = find_again([anchor], anchors).get(anchor)
        led = found[place]
        if led is None:
            gone.append(row)
        else:
            formerly[led].append(row.id)
    return formerly, gone


def _found(connection: Connection, chains: Sequence[_Chain], formerly: Mapping[int, Sequence[int]], view: View) -> Iterator[Found]:
    last = [c.rows[-1] for c in chains]
    ids = [x.id for x in last]
    who, sources, said = named(connection, ids), sources_of(connection, ids), sayings(connection, {x.id: x.kind for x in last})
    by = {} if view.as_read else corrections_by(connection, [x.id for c in chains for x in c.rows], view)
    for chain, row in zip(chains, last, strict=True):
        told = sorted((c for x in chain.rows for c in by.get(x.id, ())), key=lambda c: c.correction)
        verdict = VERDICTS[told[-1].what] if told else None
        source = sources[row.id].model_copy(update={"verdict": verdict})
        one, other = sides(row.kind, who[row.id])
        yield Found(finding=row.id, ref=row.ref, kind=row.kind, what=said[row.id], who=one, whom=other, day=row.day, verdict=verdict, corrections=tuple(told),
                    formerly=tuple(formerly[row.id]), source=source)  # fmt: skip


def _with(connection: Connection, record: Record, findings: Sequence[Finding]) -> Record:
    """The record with findings as people left them, and with whomever they brought in."""
    now = {f.id: f for f in findings}
    there = {a.id for a in record.actors}
    brought = dict.fromkeys(a for f in findings if f.rule == "person" for a in actors_of(f) if a not in there)
    groups = {g: tuple(now.get(f.id, f) for f in getattr(record, g)) for g in GROUPS}
    return record.model_copy(update={**groups, "actors": (*record.actors, *(actor_known(connection, a) for a in brought))})


def _blanks(rows: Sequence[Any]) -> str:
    """Blanks in place of a text that is not kept, so that places in it can be counted."""
    return " " * (max((x.sentence_end for x in rows), default=0) + 1)


def _gone(row: Any, report: Mapping[Any, Any]) -> Gone:
    text = report["text"] if row.part == "text" else report["headline"]
    return Gone(finding=row.id, kind=row.kind, words=None if text is None else " ".join(text[row.start : row.end].split()))


def _siblings(connection: Connection, row: Mapping[Any, Any], view: View) -> tuple[Beside, ...]:
    r = tables.reports.c
    query = select(r.id, r.publisher, r.published, r.headline).where(*_same_story(row, view), r.id != row["id"])
    return tuple(_beside(x) for x in connection.execute(query.order_by(r.published.nulls_last(), r.id).limit(BESIDE)))


def _of_story(connection: Connection, row: Mapping[Any, Any], view: View) -> int:
    return connection.execute(select(func.count()).select_from(tables.reports).where(*_same_story(row, view))).scalar_one()


def _same_story(row: Mapping[Any, Any], view: View) -> list[Any]:
    r, column = tables.reports.c, "story_read" if view.as_read else "story"
    return [r[column] == row[column], *([r.added <= view.known] if view.known is not None else [])]


def _versions(connection: Connection, row: Mapping[Any, Any]) -> tuple[Beside, ...]:
    if not row["url"]:
        return ()
    r = tables.reports.c
    found = [_beside(x) for x in connection.execute(select(r.id, r.publisher, r.published, r.headline).where(r.url == row["url"]).order_by(r.id))]
    return tuple(found) if len(found) > 1 else ()


def _beside(row: Any) -> Beside:
    return Beside(report=row.id, publisher=row.publisher, published=row.published, headline=row.headline)
