"""The present reading of a report with people's corrections over it: which correction stands on which finding, and what it makes of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, insert, select, update

from dragoman.errors import CorrectionError
from dragoman.ledger import tables
from dragoman.ledger.amending import actors_of, amended
from dragoman.ledger.anchors import Anchor, find_again
from dragoman.ledger.matters import join_matters, put_matters
from dragoman.ledger.names import label
from dragoman.ledger.rows import GROUPS, KINDS, Kept, Rows, put_findings, unpacked
from dragoman.records import Actor, Affair, Finding, Record, Report, Span

if TYPE_CHECKING:
    from dragoman.ledger.store import Writer

OF_FINDINGS = ("confirm", "reject", "amend")
AT_ONCE = 500  # ids in one query: SQLite takes no more than some thousand

type Step = tuple[Any, Finding | None]  # a correction's row, and the finding as it leaves it: None where it rejects it


@dataclass(slots=True)
class Chain:
    """What is laid over one finding of the reader.

    Attributes:
        rows: Rows of `findings` that the chain runs over, the reader's own first, the one that stands last.
        corrections: Corrections that are laid over it, in the order in which they were made.
    """

    rows: list[int]
    corrections: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Laid:
    """A finding that stands, as people left it.

    Attributes:
        report: Its report.
        report_key: The report's key.
        anchor: By which it is known again: that of the reader's finding on which it rests.
        finding: What it says.
    """

    report: int
    report_key: str
    anchor: Anchor
    finding: Finding


class Overlay:
    """The present reading of a report, with the corrections that stand."""

    def __init__(self, writer: Writer, report: int) -> None:
        self.writer, self.report = writer, report
        r, g, c, f = tables.reports.c, tables.readings.c, tables.corrections.c, tables.findings.c
        run = writer.connection.execute
        self.row = run(select(r.key, r.text, r.headline, r.published).where(r.id == report)).one()
        reading = run(select(g.id, g.record).where(g.report == report, g.known_to.is_(None))).first()
        self.corrections = list(run(select(tables.corrections).where(c.report_key == self.row.key, c.what.in_(OF_FINDINGS), c.undone.is_(None)).order_by(c.id)))
        self.rows = {x.id: x for x in run(select(tables.findings).where(f.report == report, f.known_to.is_(None)))}
        self.id = reading.id if reading else 0
        self.record = unpacked(reading.record, self._report(), None) if reading else None
        self.findings: dict[int, Finding] = {}
        if self.record is not None:
            by_ref = {x.id: x for g_ in GROUPS for x in getattr(self.record, g_)}
            self.findings = {n: by_ref[x.ref] for n, x in self.rows.items() if x.correction is None}

    def chains(self) -> dict[int, Chain]:
        """What is laid over each finding of the reader now."""
        confirmed, struck = self._open(tables.confirmed), self._open(tables.struck)
        made = {x.correction: n for n, x in self.rows.items() if x.correction is not None}
        found: dict[int, Chain] = {}
        for number in self.findings:
            chain = found[number] = Chain([number])
            now: int | None = number
            while now is not None:
                chain.corrections += [*confirmed.get(now, ()), *struck.get(now, ())]
                now = next((made[c] for c in struck.get(now, ()) if c in made), None)
                chain.rows += [now] if now is not None else []
        return found

    def wanted(self, must: int | None = None) -> tuple[dict[int, list[Step]], set[int]]:
        """What the corrections that stand make of each finding of the reader, in the order in which they were made; and those that find none.

        Args:
            must: A correction that has to find one.

        Raises:
            CorrectionError: If `must` does not.
        """
        anchors = {c.id: Anchor.kept(c) for c in self.corrections}
        found = find_again(anchors.values(), {n: Anchor.of(f) for n, f in self.findings.items()})
        wanted: dict[int, list[Step]] = {}
        orphans: set[int] = set()
        for c in self.corrections:
            number = found.get(anchors[c.id])
            try:
                if number is None:
                    raise CorrectionError("The report's present reading has no such finding.")
                steps = wanted.setdefault(number, [])
                steps.append((c, _made(steps, self.findings[number], c)))
            except CorrectionError:
                if c.id == must:
                    raise
                orphans.add(c.id)
        return wanted, orphans

    def laid(self, number: int) -> Laid:
        """A finding that stands, and what is laid over it."""
        read = next(n for n, chain in self.chains().items() if number in chain.rows)
        steps = self.wanted()[0].get(read, [])
        now = steps[-1][1] if steps else self.findings[read]
        assert now is not None, "a finding that stands was not rejected"
        return Laid(self.report, self.row.key, Anchor.kept(steps[0][0]) if steps else Anchor.of(self.findings[read]), now)

    def instead_of(self, row: Any) -> int | None:
        """The finding that stands where one of an earlier reading stood; None where there is none."""
        anchor = Anchor(row.kind, row.part, Span(row.start, row.end), "", ())
        number = find_again([anchor], {n: Anchor.of(f) for n, f in self.findings.items()}).get(anchor)
        return None if number is None else self.chains()[number].rows[-1]

    def take_off(self, chain: Chain) -> None:
        """Close what corrections made of a finding."""
        at = self.writer.at
        for table in (tables.struck, tables.confirmed):
            self.writer.connection.execute(update(table).where(table.c.finding.in_(chain.rows), table.c.known_to.is_(None)).values(known_to=at))
        f = tables.findings.c
        self.writer.connection.execute(update(tables.findings).where(f.id.in_(chain.rows[1:]), f.known_to.is_(None)).values(known_to=at))

    def put_on(self, number: int, now: int, steps: Sequence[Step]) -> None:
        """Lay corrections over a finding of the reader, of which `now` is the row that stands."""
        rows, ids, at = Rows(), self.writer.ids, self.writer.at
        for correction, finding in steps:
            table = tables.confirmed if correction.what == "confirm" else tables.struck
            rows.put(table, {"id": ids.take(table), "finding": now, "correction": correction.id, "known_from": at, "known_to": None})
            if correction.what == "amend" and finding is not None:
                now = self._put(finding, correction.id, self.rows[number], rows)
        for table, made in rows.ordered():
            self.writer.connection.execute(insert(table), made)
        self.writer.words.add(self.writer.connection, "statements", [s["finding"] for s in rows[tables.statements] if s["content"] is not None])
        join_matters(self.writer.connection, [m["id"] for m in rows[tables.matters]])

    def _put(self, finding: Finding, correction: int, origin: Any, rows: Rows) -> int:
        """Rows of a finding that a person amended; its sentence is that of the reader's, as its evidence is."""
        record = self._with(finding)
        kept = Kept(self.report, self.id, self.writer.at, self.row.text is not None, correction)
        made = put_findings(record, kept, rows, self.writer.ids, only=[finding])
        if isinstance(finding, Affair):
            put_matters(self.writer.connection, record, made, rows, self.writer.ids)
        rows[tables.findings][-1].update(sentence_start=origin.sentence_start, sentence_end=origin.sentence_end)
        return made[finding.id]

    def _with(self, finding: Finding) -> Record:
        """The record with the finding in place of the reader's, and with the actors whom a person brought in."""
        assert self.record is not None
        there = {a.id for a in self.record.actors}
        brought = [actor_known(self.writer.connection, a) for a in actors_of(finding) if a not in there]
        self.writer.put_actors(brought)
        group = f"{KINDS[type(finding)]}s"
        others = tuple(finding if x.id == finding.id else x for x in getattr(self.record, group))
        return self.record.model_copy(update={group: others, "actors": (*self.record.actors, *brought)})

    def _report(self) -> Report:
        """The report; where the ledger keeps no text, blanks stand for it, so that places in it can be counted."""
        text, headline = self.row.text, self.row.headline
        if text is None:
            longest = max((x.sentence_end for x in self.rows.values()), default=0)
            text = headline = " " * (longest + 1)
        return Report(text=text, headline=headline, published=self.row.published)

    def _open(self, table: Table) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        numbers = list(self.rows)
        for start in range(0, len(numbers), AT_ONCE):
            rows = self.writer.connection.execute(
                select(table.c.finding, table.c.correction).where(table.c.finding.in_(numbers[start : start + AT_ONCE]), table.c.known_to.is_(None)).order_by(table.c.correction)
            )
            for row in rows:
                found.setdefault(row.finding, []).append(row.correction)
        return found


def actor_known(connection: Connection, id: str) -> Actor:
    """Somebody whom a person brought into a record: as the ledger or the world's list knows him."""
    name, acts_for = label(connection, id)
    row = connection.execute(select(tables.actors).where(tables.actors.c.id == id)).mappings().first()
    if row is not None:
        return Actor(**row, rule="person")
    prefix = id.partition(":")[0]
    return Actor.model_validate({"id": id, "name": name, "kind": {"org": "organization"}.get(prefix, prefix), "acts_for": acts_for, "rule": "person"})


def _made(steps: Sequence[Step], read: Finding, correction: Any) -> Finding | None:
    """The finding as a correction leaves it: None where it rejects it; as it was where it confirms it."""
    now = steps[-1][1] if steps else read
    if now is None:
        raise CorrectionError("The finding was rejected before.")
    if correction.what == "reject":
        return None
    return now if correction.what == "confirm" else amended(now, json.loads(correction.detail)["changes"])
